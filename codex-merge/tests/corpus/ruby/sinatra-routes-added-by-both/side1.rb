require "sinatra"

get "/products" do
  json Product.all
end

get "/products/:id" do
  json Product.find(params[:id])
end
