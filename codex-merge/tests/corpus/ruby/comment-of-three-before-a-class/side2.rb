# Orders without a customer are left out.
class AddCart
end
