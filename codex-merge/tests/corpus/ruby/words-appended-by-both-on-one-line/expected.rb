class Ticket
  STATES = %w[open waiting closed merged reopened].freeze
  FLAGS = %i[urgent spam].freeze
end
