export function watch(socket, feed) {
  socket.on('message', (data) => feed.push(data));

  return () => socket.close();
}
