module Feed
  autoload :Entry, "feed/entry"
  autoload :Parser, "feed/parser"
  autoload :Schema, "feed/schema"
end
