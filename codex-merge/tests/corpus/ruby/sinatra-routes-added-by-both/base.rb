require "sinatra"

get "/products" do
  json Product.all
end
