require "csv"

def load_rates(path)
  CSV.read(path, headers: true)
end

def load_zones(path)
  CSV.read(path).to_h
end

def parse_weight(text)
  Float(text.delete(" kg"))
end
