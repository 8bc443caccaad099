module Tutorial
  SAMPLE = <<~'TEXT'
<<<<<<< yours
price = 5
=======
price = 9
>>>>>>> theirs
  TEXT

  def self.intro
    "Settle the lines between the markers."
  end

  def self.outro
    "Then remove the markers."
  end
end
