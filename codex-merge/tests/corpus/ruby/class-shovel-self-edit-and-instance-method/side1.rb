class Currency
  class << self
    def find(code)
      all.fetch(code.to_s.upcase)
    end

    def all
      @all ||= load_all
    end
  end

  def initialize(code)
    @code = code
  end
end
