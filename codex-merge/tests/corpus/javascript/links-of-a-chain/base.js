function load(url) {
	return fetch(url)
		.then((response) => response.json())
		.then((data) => data.items)
		.catch(() => []);
}
