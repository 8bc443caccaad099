Gem::Specification.new do |spec|
  spec.name = "shop-client"
  spec.version = "2.4.0"
  spec.summary = "Ruby client of the shop"
  spec.license = "MIT"

  spec.files = Dir["lib/**/*.rb"]

  spec.add_dependency "faraday", "~> 2.7"
end
