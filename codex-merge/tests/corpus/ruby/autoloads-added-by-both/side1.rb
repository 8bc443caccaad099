module Feed
  autoload :Entry, "feed/entry"
  autoload :Parser, "feed/parser"
  autoload :Writer, "feed/writer"
end
