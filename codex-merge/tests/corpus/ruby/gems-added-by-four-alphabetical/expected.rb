source "https://rubygems.org"

gem "rails", "~> 7.1.0"
gem "pg", "~> 1.5"
gem "puma"
gem "bootsnap", require: false
gem "image_processing"
gem "redis", "~> 5.0"
gem "sidekiq"

group :development, :test do
  gem "rspec-rails"
  gem "debug"
end

group :test do
  gem "capybara"
end
