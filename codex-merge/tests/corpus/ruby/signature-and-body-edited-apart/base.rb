class Exporter
  def export(records, format: :csv, encoding: "UTF-8")
    writer = writer_for(format)

    records.each do |record|
      writer.write(record.to_row)
    end

    writer.finish.encode(encoding)
  end
end
