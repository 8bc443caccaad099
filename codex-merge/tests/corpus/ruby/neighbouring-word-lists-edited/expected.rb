class Ticket
  STATES = %w[open waiting closed merged].freeze
  FLAGS = %i[urgent spam vip].freeze
end
