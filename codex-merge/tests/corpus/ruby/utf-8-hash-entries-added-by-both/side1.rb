class Labels
  NAMES = {
    de: "Größe",
    ja: "サイズ",
    fr: "taille",
  }.freeze
end
