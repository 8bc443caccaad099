function load(url) {
	return fetch(url)
		.then((response) => (response.ok ? response.json() : { items: [] }))
		.then((data) => data.items)
		.catch(() => [])
		.finally(() => spinner.stop());
}
