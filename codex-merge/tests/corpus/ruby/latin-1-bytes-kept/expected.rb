# encoding: iso-8859-1
class Cafe
  # Größe in Zentimetern
  HEIGHT = 40

  def name
    "Café Müller"
  end

  def street
    "Königsallee"
  end

  def owner
    "José"
  end
end
