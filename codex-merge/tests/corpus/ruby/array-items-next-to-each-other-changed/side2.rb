PIPELINE = [
  Validate.new(strict: true),
  Normalise.new(:utf8),
].freeze
