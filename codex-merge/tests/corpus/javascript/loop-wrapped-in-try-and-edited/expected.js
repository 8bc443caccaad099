async function* lines(stream) {
  try {
    let rest = '';
    for await (const chunk of stream) {
      const parts = (rest + chunk).split(/\r?\n/);
      rest = parts.pop();
      yield* parts;
    }
    yield rest;
  } finally {
    stream.destroy();
  }
}
