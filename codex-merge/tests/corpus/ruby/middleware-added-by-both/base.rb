require_relative "config/environment"

use Rack::Deflater

run Shop::Application
