function area(shape) {
  return shape.width * shape.height;
}

function perimeter(shape) {
  return 2 * (shape.width + shape.height);
}