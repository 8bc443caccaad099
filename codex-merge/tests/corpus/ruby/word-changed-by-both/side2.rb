class Ticket
  STATES = %w[open pending closed].freeze
  FLAGS = %i[urgent spam].freeze
end
