class Importer
  def run(file)
    rows = parse(
      file,
      separator: ";",
      headers: :first_row
    )
    rows.each { |row| save(row) }
  end
end
