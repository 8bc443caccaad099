module Feed
  autoload :Entry, "feed/entry"
  autoload :Parser, "feed/parser"
end
