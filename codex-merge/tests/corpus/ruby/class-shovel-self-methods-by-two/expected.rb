class Currency
  class << self
    def find(code)
      all.fetch(code)
    end

    def all
      @all ||= load_all
    end

    def default
      find("EUR")
    end

    def codes
      all.keys
    end
  end

  def initialize(code)
    @code = code
  end
end
