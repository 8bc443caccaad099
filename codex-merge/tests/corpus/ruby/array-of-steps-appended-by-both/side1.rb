PIPELINE = [
  Validate.new(strict: true),
  Normalise.new,
  Deduplicate.new,
].freeze
