function area(shape) {
  return shape.width * shape.height;
}

function isSquare(shape) {
  return shape.width === shape.height;
}