# encoding: iso-8859-1
class Cafe
  # Größe in Zentimetern
  HEIGHT = 40

  def name
    "Café Müller"
  end
end
