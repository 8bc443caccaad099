Rails.application.routes.draw do
  namespace :api do
    namespace :v1 do
      resources :orders, only: %i[index show create] do
        post :cancel, on: :member
      end
    end
  end
end
