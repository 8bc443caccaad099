require_relative "config/environment"

use Rack::Deflater
use Rack::ETag

run Shop::Application
