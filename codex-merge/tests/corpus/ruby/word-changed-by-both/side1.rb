class Ticket
  STATES = %w[open on_hold closed].freeze
  FLAGS = %i[urgent spam].freeze
end
