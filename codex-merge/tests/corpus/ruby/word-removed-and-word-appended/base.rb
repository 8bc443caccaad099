class Ticket
  STATES = %w[open waiting closed].freeze
  FLAGS = %i[urgent spam].freeze
end
