require "csv"

def load_rates(path)
  CSV.read(path, headers: true)
end

def parse_weight(text)
  Float(text.delete(" kg"))
end
