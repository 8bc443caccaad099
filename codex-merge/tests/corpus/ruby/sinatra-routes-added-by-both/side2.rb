require "sinatra"

get "/products" do
  json Product.all
end

get "/products/new" do
  erb :new
end
