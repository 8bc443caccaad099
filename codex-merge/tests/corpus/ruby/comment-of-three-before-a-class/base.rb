class AddCart
end
