async function* lines(stream) {
  let rest = '';
  for await (const chunk of stream) {
    const parts = (rest + chunk).split(/\r?\n/);
    rest = parts.pop();
    yield* parts;
  }
  yield rest;
}
