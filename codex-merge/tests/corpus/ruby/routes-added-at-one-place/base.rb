Rails.application.routes.draw do
  root "home#index"

  namespace :api do
    resources :orders
  end

  namespace :admin do
    resources :users
  end
end
