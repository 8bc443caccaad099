PIPELINE = [
  Validate.new(strict: false),
  Normalise.new,
].freeze
