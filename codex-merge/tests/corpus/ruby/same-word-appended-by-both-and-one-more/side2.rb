class Ticket
  STATES = %w[open waiting closed].freeze
  FLAGS = %i[urgent spam vip internal].freeze
end
