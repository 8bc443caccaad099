Rails.application.routes.draw do
  root "home#index"

  namespace :api do
    resources :orders
    get "orders/:number", to: "orders#by_number"
  end

  namespace :admin do
    resources :users
  end
end
