Gem::Specification.new do |spec|
  spec.name = "shop-client"
  spec.version = "2.3.0"
  spec.summary = "Client of the shop"
  spec.license = "MIT"

  spec.files = Dir["lib/**/*.rb"]

  spec.add_dependency "faraday", "~> 2.7"
  spec.add_dependency "json", ">= 2"
end
