require_relative "config/environment"

use Rack::Deflater
use Rack::Attack

run Shop::Application
