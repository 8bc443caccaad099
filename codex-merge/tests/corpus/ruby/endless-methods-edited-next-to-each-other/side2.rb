class Rectangle
  attr_reader :width, :height

  def area = width * height
  def perimeter = (width + height) * 2
end
