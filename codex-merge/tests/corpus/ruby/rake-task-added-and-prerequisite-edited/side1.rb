namespace :catalogue do
  desc "Imports the catalogue"
  task import: :environment do
    Catalogue::Import.run
  end

  desc "Rebuilds the index"
  task index: %i[environment import] do
    Catalogue::Index.rebuild
  end

  task all: %i[import index]
end
