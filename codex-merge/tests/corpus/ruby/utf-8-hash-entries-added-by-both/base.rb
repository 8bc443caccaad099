class Labels
  NAMES = {
    de: "Größe",
    ja: "サイズ",
  }.freeze
end
