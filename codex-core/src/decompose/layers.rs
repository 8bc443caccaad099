//! The layers of Rails applications and of packages of TypeScript or JavaScript, by the folders in which they lie.
//!
//! Two tables, each in the order in which layers build on each other: a layer may wait for those above it, never for one
//! below. Patterns are those of scopes, seen from the folder of the application or package; no two layers of a table
//! share a path.

/// One layer.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Layer {
    /// Its name in ids.
    pub(super) id: &'static str,
    /// Its name for people.
    pub(super) title: &'static str,
    /// What an agent that works on it is told.
    pub(super) task: &'static str,
    /// Where its files lie.
    pub(super) files: &'static [&'static str],
    /// The layers that it builds on.
    pub(super) after: &'static [&'static str],
}

/// The layer of what tests the others together; the last of both tables.
pub(super) const TESTS: &str = "tests";

/// The layers of a Rails application. Tests of one class lie with it: `spec/models/` is found through `app/models/`.
pub(super) const RAILS: &[Layer] = &[
    Layer {
        id: "routes",
        title: "Routes",
        task: "Declare the endpoints. They are the contract between controllers, views and clients.",
        files: &["config/routes.rb", "config/routes/"],
        after: &[],
    },
    Layer {
        id: "schema",
        title: "Database schema",
        task: "Write the migrations and bring the schema up to date. Give every foreign key an index.",
        files: &[
            "db/migrate/",
            "db/*_migrate/",
            "db/schema.rb",
            "db/*_schema.rb",
            "db/structure.sql",
            "db/*_structure.sql",
            "db/seeds.rb",
            "db/seeds/",
        ],
        after: &[],
    },
    Layer {
        id: "models",
        title: "Models",
        task: "Write the models with their validations, associations and specs.",
        files: &[
            "app/models/",
            "spec/factories/",
            "spec/factories.rb",
            "test/factories/",
            "test/factories.rb",
            "test/fixtures/",
            "!test/fixtures/files/",
        ],
        after: &["schema"],
    },
    Layer {
        id: "policies",
        title: "Policies",
        task: "Say who may do what, with specs for those who may and those who may not.",
        files: &["app/policies/", "app/abilities/"],
        after: &["models"],
    },
    Layer {
        id: "services",
        title: "Services",
        task: "Write the business logic on top of the models, with its specs.",
        files: &[
            "app/services/",
            "app/commands/",
            "app/forms/",
            "app/interactors/",
            "app/operations/",
            "app/queries/",
            "app/use_cases/",
            "app/validators/",
            "lib/",
            "!lib/assets/",
            "!lib/tasks/",
        ],
        after: &["models"],
    },
    Layer {
        id: "mailers",
        title: "Mailers",
        task: "Write the mailers with their views and specs.",
        files: &["app/mailers/", "app/mailboxes/", "app/notifiers/", "app/views/*_mailer/"],
        after: &["models", "services"],
    },
    Layer {
        id: "jobs",
        title: "Jobs and tasks",
        task: "Write what runs in the background or on a schedule, with its specs. A job may run twice.",
        files: &["app/jobs/", "app/sidekiq/", "app/workers/", "lib/tasks/"],
        after: &["models", "services", "mailers"],
    },
    Layer {
        id: "controllers",
        title: "Controllers",
        task: "Write the endpoints with their parameters, serializers and request specs.",
        files: &[
            "app/controllers/",
            "app/api/",
            "app/channels/",
            "app/graphql/",
            "app/resources/",
            "app/serializers/",
            "spec/requests/",
            "spec/routing/",
            "test/integration/",
        ],
        after: &["routes", "models", "policies", "services", "mailers", "jobs"],
    },
    Layer {
        id: "views",
        title: "Views",
        task: "Write the views and their helpers. No queries and no decisions of the business belong there.",
        files: &[
            "app/views/",
            "!app/views/*_mailer/",
            "app/assets/",
            "app/components/",
            "app/decorators/",
            "app/frontend/",
            "app/helpers/",
            "app/javascript/",
            "app/presenters/",
            "app/view_models/",
        ],
        after: &["routes", "models", "controllers"],
    },
    Layer {
        id: TESTS,
        title: "Tests of the whole",
        task: "Write tests that go through all layers, and what tests share.",
        files: &[
            "spec/*",
            "!spec/factories.rb",
            "spec/acceptance/",
            "spec/features/",
            "spec/integration/",
            "spec/support/",
            "spec/system/",
            "test/*",
            "!test/factories.rb",
            "test/support/",
            "test/system/",
            "features/",
        ],
        after: &["routes", "schema", "models", "policies", "services", "mailers", "jobs", "controllers", "views"],
    },
];

/// The layers of a package of TypeScript or JavaScript, or of an application in one. Tests of one file lie with it.
pub(super) const PACKAGE: &[Layer] = &[
    Layer {
        id: "types",
        title: "Types",
        task: "Declare the types that the other layers share. They are the contract between them.",
        files: &["{,src/}types/", "{,src/}@types/", "{,src/}interfaces/", "{,src/}schemas/", "{,src/}types.ts"],
        after: &[],
    },
    Layer {
        id: "db",
        title: "Database",
        task: "Write the schema, its migrations and the access to the data.",
        files: &[
            "{,src/}{db,database,data}/",
            "{,src/}{prisma,drizzle}/",
            "{,src/}{entities,models,migrations,repositories}/",
        ],
        after: &["types"],
    },
    Layer {
        id: "lib",
        title: "Shared code",
        task: "Write what several layers use, without knowing them.",
        files: &["{,src/}{lib,libs,util,utils,helpers}/", "{,src/}{common,core,shared,constants}/", "src/config/"],
        after: &["types"],
    },
    Layer {
        id: "server",
        title: "Server",
        task: "Write the endpoints and the business logic behind them.",
        files: &[
            "{,src/}{server,services,middleware,middlewares}/",
            "{,src/}{controllers,handlers,resolvers,graphql}/",
            "{,src/}{jobs,workers,queues}/",
            "{,src/}{app,pages}/api/",
        ],
        after: &["types", "db", "lib"],
    },
    Layer {
        id: "api",
        title: "API client",
        task: "Write the functions that call the server, under the names and with the types of the contract.",
        files: &["{,src/}{api,client,clients,queries,trpc}/"],
        after: &["types", "lib", "server", "controllers"],
    },
    Layer {
        id: "store",
        title: "State",
        task: "Write how state is kept and changed.",
        files: &["{,src/}{store,stores,state,redux,slices}/", "{,src/}{context,contexts,providers}/"],
        after: &["types", "lib", "api"],
    },
    Layer {
        id: "hooks",
        title: "Hooks",
        task: "Write the hooks through which components get at state and data.",
        files: &["{,src/}{hooks,composables}/"],
        after: &["types", "lib", "api", "store"],
    },
    Layer {
        id: "components",
        title: "Components",
        task: "Write the components with their tests.",
        files: &["{,src/}{components,ui,widgets,layouts}/", "{,src/}{styles,icons,assets}/"],
        after: &["types", "lib", "store", "hooks"],
    },
    Layer {
        id: "pages",
        title: "Pages",
        task: "Put components together to pages and routes.",
        files: &["{,src/}{app,pages}/", "!{,src/}{app,pages}/api/", "{,src/}{routes,screens,views}/"],
        after: &["types", "lib", "api", "store", "hooks", "components"],
    },
    Layer {
        id: TESTS,
        title: "Tests of the whole",
        task: "Write tests that go through all layers, and what tests share.",
        files: &["{,src/}{__tests__,spec,test,tests}/", "{,src/}{cypress,e2e,playwright}/"],
        after: &["types", "db", "lib", "server", "api", "store", "hooks", "components", "pages"],
    },
];

#[cfg(test)]
mod tests {
    use codex_scope::PatternSet;

    use super::*;

    #[test]
    fn layers_build_on_layers_above_them_and_share_no_path() {
        for table in [RAILS, PACKAGE] {
            let sets: Vec<PatternSet> =
                table.iter().map(|layer| PatternSet::parse(layer.files).expect("patterns")).collect();
            let writers: Vec<&PatternSet> = sets.iter().collect();
            let overlaps = codex_scope::overlaps(&writers, |_, _| true, &PatternSet::empty());
            assert!(overlaps.is_empty(), "{overlaps:?}");
            for (at, layer) in table.iter().enumerate() {
                for after in layer.after {
                    let known = [RAILS, PACKAGE].iter().any(|table| table.iter().any(|layer| layer.id == *after));
                    assert!(known, "{}: {after}", layer.id);
                    let below = table.iter().position(|layer| layer.id == *after).is_some_and(|place| place >= at);
                    assert!(!below, "{} waits for {after}", layer.id);
                }
            }
            assert_eq!(table.last().map(|layer| layer.id), Some(TESTS));
        }
    }
}
