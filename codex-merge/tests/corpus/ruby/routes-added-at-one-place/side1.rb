Rails.application.routes.draw do
  root "home#index"

  namespace :api do
    resources :orders
    get "orders/latest", to: "orders#latest"
  end

  namespace :admin do
    resources :users
  end
end
