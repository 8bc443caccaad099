# TODO
# See ticket 30.
# Orders without a customer are left out.
class AddCart
end
