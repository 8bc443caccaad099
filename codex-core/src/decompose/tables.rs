//! By tables: groups of tables that refer to each other, with their models and specs.
//!
//! Every migration of Rails rewrites `db/schema.rb`, so no two agents could work at once if each wrote it. Therefore
//! groups write migrations only, each under names of its own (`20260101120000_add_x.GROUP.rb`, which Rails takes like any
//! other), and one agent more writes the schema when all are done.

use std::collections::{BTreeMap, BTreeSet};

use codex_merge::Language;
use codex_scope::decompose::{Graph, folder_pattern, group, path_pattern};

use super::assemble::count as counted;
use super::companions::companions;
use super::division::{Division, Part, Tie, sorted};
use super::error::DecomposeError;
use super::facts::Facts;
use super::module::options;
use super::naming::Names;
use super::plural::plurals;
use super::request::DecomposeRequest;
use super::schema::Schema;
use super::survey::{File, Survey, split};

const MODELS: &[u8] = b"app/models/";

const SCHEMA_TASK: &str = "Run all migrations (bin/rails db:migrate) and keep the schema as Rails writes it.\n\
                           Change nothing else: what is wrong with a migration is its group's to mend.";

/// The schema of one database.
#[derive(Debug)]
pub(super) struct Database {
    /// The place of its file in the survey.
    pub(super) file: usize,
    pub(super) schema: Schema,
}

/// The places of the schemas: `db/schema.rb`, and `db/NAME_schema.rb` of further databases.
pub(super) fn schema_files(survey: &Survey) -> Vec<usize> {
    let is_schema = |file: &File| {
        let (folder, name) = split(file.bytes());
        let in_db = folder == b"db" || folder.ends_with(b"/db");
        in_db && (name == b"schema.rb" || name.ends_with(b"_schema.rb"))
    };
    (0..survey.files.len()).filter(|at| is_schema(&survey.files[*at])).collect()
}

/// The places of models and migrations: what they say of tables is asked for.
pub(super) fn files_to_read(survey: &Survey) -> Vec<usize> {
    let wanted = |file: &File| {
        let (folder, _) = split(file.bytes());
        let is_migration = folder.ends_with(b"db/migrate") || (folder.ends_with(b"_migrate") && has(folder, b"db/"));
        file.language == Some(Language::Ruby) && (below_models(file.bytes()).is_some() || is_migration)
    };
    (0..survey.files.len()).filter(|at| wanted(&survey.files[*at])).collect()
}

/// A table, by its database and name.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Table {
    database: usize,
    name: String,
}

pub(super) fn divide(
    survey: &Survey,
    facts: &[Facts],
    databases: &[Database],
    request: &DecomposeRequest,
) -> Result<Division, DecomposeError> {
    let tables: Vec<Table> = databases
        .iter()
        .enumerate()
        .flat_map(|(database, known)| {
            known.schema.tables.iter().map(move |name| Table { database, name: name.clone() })
        })
        .collect();
    if tables.is_empty() {
        return Err(nothing_fits(survey, databases, request));
    }
    let owned = owned(survey, facts, databases);
    let node = |table: &Table| format!("{}/{}", table.database, table.name);
    let edges = databases.iter().enumerate().flat_map(|(database, known)| {
        let name = move |name: &String| format!("{database}/{name}");
        known.schema.references.iter().map(move |reference| (name(&reference.from), name(&reference.to)))
    });
    let by_node: BTreeMap<String, &Table> = tables.iter().map(|table| (node(table), table)).collect();
    let table_at = |path: &[u8]| std::str::from_utf8(path).ok().and_then(|path| by_node.get(path)).copied();
    let graph = Graph::new(by_node.keys().cloned(), edges).weighted(|path| {
        let count = table_at(path).and_then(|table| owned.get(table)).map_or(1, Vec::len);
        u32::try_from(count).unwrap_or(u32::MAX)
    });
    let mut division = Division::default();
    let mut names = Names::default();
    // The agent of the schema has this name.
    names.take(&["schema".to_owned()]);
    let mut part_of: BTreeMap<&Table, usize> = BTreeMap::new();
    for found in group(&graph, &options(request, tables.len())) {
        let members: Vec<&Table> = graph.paths_of(&found.members).into_iter().filter_map(table_at).collect();
        for table in &members {
            part_of.insert(*table, division.parts.len());
        }
        let mut part = part(survey, databases, &members, &mut names);
        part.oversized = found.oversized;
        for table in &members {
            part.files.extend(owned.get(*table).into_iter().flatten());
        }
        part.files.sort_unstable();
        division.parts.push(part);
    }
    division.ties = ties(databases, &part_of);
    let history = facts.iter().filter(|fact| below_models(survey.files[fact.file].bytes()).is_none());
    let count = history.filter(|fact| !fact.tables.is_empty()).count();
    if count > 0 {
        division.notes.push(format!("no agent may write what was migrated before: {}", counted(count, "migration")));
    }
    let shared = shared_models(survey);
    for part in &mut division.parts {
        part.read.extend(shared.iter().cloned());
    }
    division.shared = shared_folders(survey);
    let groups = division.parts.len();
    let schemas: Vec<usize> = databases.iter().map(|database| database.file).collect();
    division.parts.push(Part {
        name: "schema".to_owned(),
        title: "Schema".to_owned(),
        task: SCHEMA_TASK.to_owned(),
        files: schemas.clone(),
        exact: schemas,
        read: databases.iter().filter_map(|database| folder_pattern(&migrations(survey, database))).collect(),
        waits_for: (0..groups).collect(),
        ..Part::default()
    });
    Ok(division)
}

fn nothing_fits(survey: &Survey, databases: &[Database], request: &DecomposeRequest) -> DecomposeError {
    let sql = survey.files.iter().find(|file| split(file.bytes()).1 == b"structure.sql");
    let found = match (databases.first(), sql) {
        (Some(database), _) => format!("found no tables in {}", survey.files[database.file].path),
        (None, Some(sql)) => format!(
            "found {}, which is not read: with `config.active_record.schema_format = :ruby` Rails writes db/schema.rb",
            sql.path
        ),
        (None, None) => format!("found none among {} files", survey.files.len()),
    };
    DecomposeError::NothingFits {
        by: request.by.name(),
        looked_for: "tables in db/schema.rb or db/NAME_schema.rb, as Rails writes them".to_owned(),
        found,
    }
}

fn part(survey: &Survey, databases: &[Database], tables: &[&Table], names: &mut Names) -> Part {
    let name = names.take(&[center(databases, tables)]);
    // Rails takes small letters, digits and `_` between the dots of a migration's name.
    let tag = name.replace('-', "_");
    let used: BTreeSet<usize> = tables.iter().map(|table| table.database).collect();
    let mut part = Part { title: format!("Tables around {}", center(databases, tables)), ..Part::default() };
    let mut places = Vec::new();
    for database in used.iter().filter_map(|at| databases.get(*at)) {
        let Some(folder) = folder_pattern(&migrations(survey, database)) else { continue };
        part.write.push(format!("{folder}*.{tag}.rb"));
        part.read.push(folder.clone());
        // What the other groups are writing meanwhile is not there yet.
        part.read.push(format!("!{folder}*.*.rb"));
        part.read.extend(path_pattern(survey.files[database.file].bytes()));
        places.push(format!("{folder}TIMESTAMP_NAME.{tag}.rb"));
    }
    part.task = format!(
        "Write new migrations as {}; Rails takes them like any other.\n\
         Leave the schema alone: it is written when all migrations are there. Keep models and specs in step.",
        places.join(" or ")
    );
    part.tables = tables.iter().map(|table| table.name.clone()).collect();
    part.name = name;
    part
}

/// The table to which most others of a group refer; else the one with the shortest name.
fn center(databases: &[Database], tables: &[&Table]) -> String {
    let counted = tables.iter().map(|table| {
        let references = databases.get(table.database).map(|database| &database.schema.references);
        let to_it = references.into_iter().flatten().filter(|reference| {
            let from_here = tables.iter().any(|other| other.database == table.database && other.name == reference.from);
            from_here && reference.to == table.name && reference.from != table.name
        });
        (to_it.count(), std::cmp::Reverse(table.name.len()), std::cmp::Reverse(&table.name))
    });
    counted.max().map(|(_, _, name)| name.0.clone()).unwrap_or_default()
}

fn ties(databases: &[Database], part_of: &BTreeMap<&Table, usize>) -> Vec<Tie> {
    let mut ties: BTreeMap<(usize, usize), Tie> = BTreeMap::new();
    for (database, known) in databases.iter().enumerate() {
        let part = |name: &String| part_of.get(&Table { database, name: name.clone() }).copied();
        for reference in &known.schema.references {
            let (Some(from), Some(to)) = (part(&reference.from), part(&reference.to)) else { continue };
            if from != to {
                let tie = ties.entry((from, to)).or_insert_with(|| {
                    let example = format!("{}.{} -> {}", reference.from, reference.column, reference.to);
                    Tie { from, to, count: 0, example }
                });
                tie.count += 1;
            }
        }
    }
    sorted(ties.into_values().collect())
}

/// The files of each table: its models, and what goes with them.
fn owned(survey: &Survey, facts: &[Facts], databases: &[Database]) -> BTreeMap<Table, Vec<usize>> {
    let mut table_of: BTreeMap<usize, Table> = BTreeMap::new();
    let models: Vec<&Facts> = facts.iter().filter(|fact| is_model(survey.files[fact.file].bytes())).collect();
    for fact in &models {
        if let Some(table) = table_of_model(survey, fact, databases) {
            table_of.insert(fact.file, table);
        }
    }
    // A model without a table of its own inherits from one that has it, and names it first.
    for fact in &models {
        if table_of.contains_key(&fact.file) {
            continue;
        }
        let first =
            fact.imports.iter().filter(|import| table_of.contains_key(&import.to)).min_by_key(|import| import.line);
        if let Some(table) = first.and_then(|import| table_of.get(&import.to)).cloned() {
            table_of.insert(fact.file, table);
        }
    }
    for (file, lead) in companions(survey) {
        if let Some(table) = table_of.get(&lead).cloned() {
            table_of.insert(file, table);
        }
    }
    let mut owned: BTreeMap<Table, Vec<usize>> = BTreeMap::new();
    for (file, table) in table_of {
        owned.entry(table).or_default().push(file);
    }
    owned
}

/// The table that a model says it has, or that its name says.
fn table_of_model(survey: &Survey, fact: &Facts, databases: &[Database]) -> Option<Table> {
    let path = survey.files[fact.file].bytes();
    let (root, name) = below_models(path)?;
    let name = std::str::from_utf8(name).ok()?.strip_suffix(".rb")?;
    let last = name.rsplit('/').next().unwrap_or(name);
    let guesses = plurals(&name.replace('/', "_")).into_iter().chain(plurals(last));
    // Databases of the application itself before those around it.
    let mut near: Vec<(usize, &Database)> = databases
        .iter()
        .enumerate()
        .filter(|(_, database)| root.starts_with(application(survey.files[database.file].bytes())))
        .collect();
    near.sort_by_key(|(at, database)| (std::cmp::Reverse(application(survey.files[database.file].bytes()).len()), *at));
    fact.tables.iter().cloned().chain(guesses).find_map(|name| {
        let (database, _) = near.iter().find(|(_, database)| database.schema.tables.contains(&name))?;
        Some(Table { database: *database, name })
    })
}

/// Patterns of models that all tables share: the base class, and concerns.
fn shared_models(survey: &Survey) -> Vec<String> {
    let mut patterns = BTreeSet::new();
    for file in &survey.files {
        let Some((root, name)) = below_models(file.bytes()) else { continue };
        if name.starts_with(b"concerns/") {
            patterns.extend(folder_pattern(&[root, MODELS, b"concerns"].concat()));
        } else if name == b"application_record.rb" {
            patterns.extend(path_pattern(file.bytes()));
        }
    }
    patterns.into_iter().collect()
}

/// Folders of applications in which models and their tests lie beside other things.
fn shared_folders(survey: &Survey) -> Vec<Vec<u8>> {
    let roots: BTreeSet<&[u8]> =
        survey.files.iter().filter_map(|file| below_models(file.bytes())).map(|(root, _)| root).collect();
    let folders: [&[u8]; 3] = [b"app", b"spec", b"test"];
    roots.iter().flat_map(|root| folders.iter().map(move |folder| [*root, *folder].concat())).collect()
}

/// Whether a file is a model that may have a table.
fn is_model(path: &[u8]) -> bool {
    below_models(path).is_some_and(|(_, name)| !name.starts_with(b"concerns/") && name != b"application_record.rb")
}

/// The application of a model, with a slash at its end, and the model's path in `app/models/`.
fn below_models(path: &[u8]) -> Option<(&[u8], &[u8])> {
    let mut places = (0..path.len()).filter(|at| path[*at..].starts_with(MODELS));
    let at = places.find(|at| *at == 0 || path[*at - 1] == b'/')?;
    Some((&path[..at], &path[at + MODELS.len()..]))
}

/// The application of a schema, with a slash at its end.
fn application(schema: &[u8]) -> &[u8] {
    let (folder, _) = split(schema);
    folder.strip_suffix(b"db").unwrap_or(folder)
}

/// The folder of the migrations of a database.
fn migrations(survey: &Survey, database: &Database) -> Vec<u8> {
    let (folder, name) = split(survey.files[database.file].bytes());
    let kind = name.strip_suffix(b"schema.rb").unwrap_or(b"");
    [folder, b"/", kind, b"migrate"].concat()
}

/// Whether a path begins with a folder, or has it further in.
fn has(path: &[u8], folder: &[u8]) -> bool {
    path.starts_with(folder) || path.windows(folder.len() + 1).any(|part| part[0] == b'/' && part[1..] == *folder)
}
