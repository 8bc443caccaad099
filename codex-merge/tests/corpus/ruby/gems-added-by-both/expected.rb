source "https://rubygems.org"

gem "rails", "~> 7.1.0"
gem "pg", "~> 1.5"
gem "puma"
gem "sidekiq"
gem "redis", "~> 5.0"

group :development, :test do
  gem "rspec-rails"
  gem "debug"
end

group :test do
  gem "capybara"
end
