module Api
  module V1
    class BaseController < ActionController::API
      include ActionController::HttpAuthentication::Token::ControllerMethods

      before_action :authenticate_customer!

      rescue_from ActiveRecord::RecordNotFound do |error|
        render_error(:not_found, "not_found", error.message)
      end

      rescue_from ActiveRecord::RecordInvalid do |error|
        render_error(:unprocessable_entity, "invalid", error.message)
      end

      private

      attr_reader :current_customer

      def authenticate_customer!
        @current_customer = authenticate_with_http_token { |token, _| Customer.find_by(api_token: token) }
        render_error(:unauthorized, "unauthorized", "a valid token is required") unless @current_customer
      end

      def render_error(status, code, message)
        render json: { error: { code: code, message: message } }, status: status
      end
    end
  end
end
