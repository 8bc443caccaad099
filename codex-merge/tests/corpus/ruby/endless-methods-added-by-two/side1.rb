class Rectangle
  attr_reader :width, :height

  def area = width * height
  def perimeter = 2 * (width + height)
  def square? = width == height
end
