# TODO
class AddCart
end
