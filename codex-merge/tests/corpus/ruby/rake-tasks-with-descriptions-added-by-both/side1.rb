namespace :catalogue do
  desc "Imports the catalogue"
  task import: :environment do
    Catalogue::Import.run
  end

  desc "Rebuilds the index"
  task index: %i[environment import] do
    Catalogue::Index.rebuild
  end

  desc "Removes what is sold out"
  task prune: :environment do
    Catalogue::Prune.run
  end
end
