Rails.application.routes.draw do
  root "home#index"

  namespace :api do
    resources :orders
    resources :refunds
  end

  namespace :admin do
    resources :users
  end
end
