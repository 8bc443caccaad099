# frozen_string_literal: true

require "csv"
require "json"
require "logger"

module Feed
  VERSION = "1.4.0"
end
