source "https://rubygems.org"

gem "rackup"
gem "sequel"
gem "rack"
gem "puma"