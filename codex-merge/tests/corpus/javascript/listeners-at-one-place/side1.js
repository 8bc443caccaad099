export function watch(socket, feed) {
  socket.on('message', (data) => feed.push(data));
  socket.on('error', (error) => feed.fail(error));

  return () => socket.close();
}
