require "csv"

def load_rates(path)
  CSV.read(path, headers: true)
end
