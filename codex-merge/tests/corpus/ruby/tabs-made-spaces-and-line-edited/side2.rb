class Timer
	def start
		@started = clock.monotonic
		log("started")
	end
end
