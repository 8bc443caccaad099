class Labels
  NAMES = {
    de: "Größe",
    ja: "サイズ",
    fr: "taille",
    ru: "размер",
  }.freeze
end
