PIPELINE = [
  Validate.new(strict: true),
  Normalise.new,
].freeze
