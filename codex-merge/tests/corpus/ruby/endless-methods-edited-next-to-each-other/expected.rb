class Rectangle
  attr_reader :width, :height

  def area = (width * height).round(2)
  def perimeter = (width + height) * 2
end
