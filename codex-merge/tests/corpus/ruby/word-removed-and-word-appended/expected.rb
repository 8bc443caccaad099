class Ticket
  STATES = %w[open closed merged].freeze
  FLAGS = %i[urgent spam].freeze
end
