export function watch(socket, feed) {
  socket.on('message', (data) => feed.push(data));
  socket.once('open', () => feed.start());

  return () => socket.close();
}
