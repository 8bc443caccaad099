PIPELINE = [
  Validate.new(strict: false),
  Normalise.new(:utf8),
].freeze
