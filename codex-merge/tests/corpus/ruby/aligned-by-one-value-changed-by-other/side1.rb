class Limits
  DEFAULTS = {
    orders:      100,
    attachments: 5,
    notes:       20
  }.freeze
end
