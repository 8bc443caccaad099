class Labels
  NAMES = {
    de: "Größe",
    ja: "サイズ",
    ru: "размер",
  }.freeze
end
