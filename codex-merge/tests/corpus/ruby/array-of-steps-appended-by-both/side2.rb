PIPELINE = [
  Validate.new(strict: true),
  Normalise.new,
  Enrich.new(api),
].freeze
