class Ticket
  STATES = %w[open closed].freeze
  FLAGS = %i[urgent spam].freeze
end
