class Importer
  def run(file)
    rows = parse(file, separator: ";", headers: true)
    rows.each { |row| save(row) }
  end
end
