class Rectangle
  attr_reader :width, :height

  def area = (width * height).round(2)
  def perimeter = 2 * (width + height)
end
