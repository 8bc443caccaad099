# TODO
# See ticket 30.
class AddCart
end
