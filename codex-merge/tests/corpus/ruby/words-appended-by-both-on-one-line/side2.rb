class Ticket
  STATES = %w[open waiting closed reopened].freeze
  FLAGS = %i[urgent spam].freeze
end
