# frozen_string_literal: true

require "json"
require "logger"
require "time"

module Feed
  VERSION = "1.4.0"
end
