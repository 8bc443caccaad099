//! `db/schema.rb` as Rails writes it: tables, and which refer to which.
//!
//! Read line by line, as the file is dumped, one statement on each line:
//!
//! * `create_table "orders", ... do |t|` begins a table, `end` ends it. Names may be strings or symbols, with or without
//!   parentheses.
//! * `t.references "customer"` and `t.belongs_to :customer` refer to a table by the name of what they refer to, or by
//!   `foreign_key: { to_table: ... }`; with `polymorphic: true` to none.
//! * `t.bigint "customer_id"`, or any other column of whole numbers or UUIDs whose name ends in `_id`, refers to a table
//!   by its name, unless there is a `customer_type` beside it. The table is looked for by the whole name and then by what
//!   is left of it without its first words: `shipping_address_id` may refer to `addresses`. A column of text does not:
//!   it mostly holds the key of something outside.
//! * `add_foreign_key "orders", "customers"` says it outright.
//!
//! Names that no table bears refer to nothing. A statement over several lines counts by its first one.

use std::collections::BTreeSet;

use super::plural::plurals;

/// The most tables that are read of a schema.
const MAX_TABLES: usize = 20_000;

/// The most tables that one model or migration names.
const MAX_NAMED: usize = 256;

/// Kinds of columns that can hold the key of a row. Sorted.
const KEY_TYPES: &[&str] = &["bigint", "binary", "integer", "uuid"];

/// Calls of migrations whose first argument is a table. Sorted.
const TABLE_CALLS: &[&str] = &[
    "add_belongs_to",
    "add_check_constraint",
    "add_column",
    "add_foreign_key",
    "add_index",
    "add_reference",
    "add_timestamps",
    "change_column",
    "change_column_comment",
    "change_column_default",
    "change_column_null",
    "change_table",
    "create_table",
    "drop_table",
    "remove_belongs_to",
    "remove_check_constraint",
    "remove_column",
    "remove_columns",
    "remove_foreign_key",
    "remove_index",
    "remove_reference",
    "remove_timestamps",
    "rename_column",
    "rename_index",
    "rename_table",
];

/// The tables of one file.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Schema {
    /// By name, sorted.
    pub(super) tables: BTreeSet<String>,
    /// Which refer to which, sorted.
    pub(super) references: BTreeSet<Reference>,
}

/// A column of one table refers to another.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Reference {
    pub(super) from: String,
    pub(super) to: String,
    /// The column, as far as the text says it.
    pub(super) column: String,
}

/// Reads a schema.
pub(super) fn read(text: &[u8]) -> Schema {
    let text = String::from_utf8_lossy(text);
    let mut schema = Schema::default();
    let mut columns: Vec<Column> = Vec::new();
    let mut keys: Vec<Reference> = Vec::new();
    let mut open: Option<String> = None;
    for line in text.lines() {
        let line = line.trim();
        if line == "end" {
            open = None;
        } else if let Some(call) = Call::of(line) {
            match (call.name, call.first()) {
                ("create_table", Some(name)) if schema.tables.len() < MAX_TABLES => {
                    schema.tables.insert(name.to_owned());
                    open = line.ends_with('|').then(|| name.to_owned());
                }
                ("add_foreign_key", Some(from)) => {
                    if let Some(to) = call.second() {
                        let column = call.option("column").map_or_else(|| to.to_owned(), str::to_owned);
                        keys.push(Reference { from: from.to_owned(), to: to.to_owned(), column });
                    }
                }
                (name, Some(column)) => {
                    if let (Some(kind), Some(table)) = (name.strip_prefix("t."), &open) {
                        columns.extend(Column::of(table, kind, column, &call));
                    }
                }
                _ => {}
            }
        }
    }
    let polymorphic: BTreeSet<(String, String)> =
        columns.iter().filter(|column| column.kind == Kind::Type).map(Column::stem).collect();
    let declared: BTreeSet<(&str, &str)> = keys.iter().map(|key| (key.from.as_str(), key.column.as_str())).collect();
    for column in &columns {
        let is_declared = declared.contains(&(column.table.as_str(), column.name.as_str()));
        if column.kind == Kind::Type || is_declared || polymorphic.contains(&column.stem()) {
            continue;
        }
        let to = match &column.kind {
            Kind::Table(to) => schema.tables.get(to.as_str()).cloned(),
            _ => table_of(&schema.tables, &column.stem().1),
        };
        if let Some(to) = to {
            let (from, column) = (column.table.clone(), column.name.clone());
            schema.references.insert(Reference { from, to, column });
        }
    }
    // A key that names no column is mostly that of a column which was found by its name.
    let found: BTreeSet<(String, String)> =
        schema.references.iter().map(|known| (known.from.clone(), known.to.clone())).collect();
    for key in keys {
        let is_known = key.column == key.to && found.contains(&(key.from.clone(), key.to.clone()));
        if !is_known && schema.tables.contains(&key.from) && schema.tables.contains(&key.to) {
            schema.references.insert(key);
        }
    }
    schema
}

/// The tables that a model or a migration names: by `self.table_name =`, or in calls that change tables. In the order of
/// the text, each once.
pub(super) fn tables_named(text: &[u8]) -> Vec<String> {
    let mut tables: Vec<String> = Vec::new();
    for line in String::from_utf8_lossy(text).lines() {
        let line = line.trim();
        let assigned =
            line.strip_prefix("self.table_name").map(str::trim_start).and_then(|rest| rest.strip_prefix('='));
        let table = match assigned {
            Some(value) => word(value.trim_start()).map(|(word, _)| word.to_owned()),
            None => Call::of(line)
                .filter(|call| TABLE_CALLS.binary_search(&call.name).is_ok())
                .and_then(|call| call.first().map(str::to_owned)),
        };
        if let Some(table) = table
            && tables.len() < MAX_NAMED
            && !tables.contains(&table)
        {
            tables.push(table);
        }
    }
    tables
}

/// The table that holds what is called `name`: `customer` is in `customers`.
pub(super) fn table_of(tables: &BTreeSet<String>, name: &str) -> Option<String> {
    let mut rest = name;
    loop {
        if let Some(table) = plurals(rest).into_iter().find(|plural| tables.contains(plural)) {
            return Some(table);
        }
        rest = rest.split_once('_')?.1;
    }
}

/// A column that may refer to a table.
struct Column {
    table: String,
    name: String,
    kind: Kind,
}

#[derive(PartialEq, Eq)]
enum Kind {
    /// It holds the key of a row.
    Key,
    /// It says of which table the row in the key beside it is.
    Type,
    /// It refers to this table.
    Table(String),
}

impl Column {
    fn of(table: &str, kind: &str, name: &str, call: &Call<'_>) -> Option<Column> {
        let column = |name: String, kind: Kind| Some(Column { table: table.to_owned(), name, kind });
        match kind {
            "references" | "belongs_to" if call.option("polymorphic") == Some("true") => None,
            "references" | "belongs_to" => {
                let to = call.option("to_table").map(str::to_owned);
                column(format!("{name}_id"), to.map_or(Kind::Key, Kind::Table))
            }
            "string" if name.ends_with("_type") => column(name.to_owned(), Kind::Type),
            _ if KEY_TYPES.binary_search(&kind).is_ok() && name.ends_with("_id") => column(name.to_owned(), Kind::Key),
            _ => None,
        }
    }

    /// Its table, and its name without `_id` or `_type`.
    fn stem(&self) -> (String, String) {
        let stem = self.name.strip_suffix("_id").or_else(|| self.name.strip_suffix("_type"));
        (self.table.clone(), stem.unwrap_or(&self.name).to_owned())
    }
}

/// A call on one line: its name, and what stands behind it.
struct Call<'l> {
    name: &'l str,
    arguments: &'l str,
}

impl<'l> Call<'l> {
    /// The call that a line begins with.
    fn of(line: &'l str) -> Option<Call<'l>> {
        let end = line.find(|c: char| !(c.is_ascii_alphanumeric() || matches!(c, '_' | '.'))).unwrap_or(line.len());
        let (name, rest) = line.split_at(end);
        let arguments = rest.strip_prefix('(').unwrap_or(rest).trim_start();
        (!name.is_empty() && !arguments.is_empty()).then_some(Call { name, arguments })
    }

    /// The first argument, if it is a name.
    fn first(&self) -> Option<&'l str> {
        word(self.arguments).map(|(word, _)| word)
    }

    /// The second argument, if both are names.
    fn second(&self) -> Option<&'l str> {
        let (_, rest) = word(self.arguments)?;
        word(rest.trim_start().strip_prefix(',')?.trim_start()).map(|(word, _)| word)
    }

    /// The value of `name:`, if it is a name or a word.
    fn option(&self, name: &str) -> Option<&'l str> {
        let (at, _) = self.arguments.match_indices(name).find(|(at, _)| {
            let before = self.arguments[..*at].chars().next_back();
            let behind = &self.arguments[at + name.len()..];
            behind.starts_with(':') && !before.is_some_and(|c| c.is_alphanumeric() || matches!(c, '_' | ':' | '"'))
        })?;
        let value = self.arguments[at + name.len() + 1..].trim_start();
        match word(value) {
            Some((word, _)) => Some(word),
            None => {
                let end = value.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(value.len());
                Some(&value[..end]).filter(|value| !value.is_empty())
            }
        }
    }
}

/// The string or symbol that a text begins with, and what stands behind it. A name has letters, digits, `_`, `.` and `-`.
fn word(text: &str) -> Option<(&str, &str)> {
    let (open, rest) = match text.chars().next()? {
        quote @ ('"' | '\'') => (Some(quote), &text[1..]),
        ':' => match text[1..].strip_prefix('"') {
            Some(rest) => (Some('"'), rest),
            None => (None, &text[1..]),
        },
        _ => return None,
    };
    let end = rest.find(|c: char| !(c.is_alphanumeric() || matches!(c, '_' | '.' | '-'))).unwrap_or(rest.len());
    let (word, behind) = rest.split_at(end);
    let behind = match open {
        Some(quote) => behind.strip_prefix(quote)?,
        None => behind,
    };
    (!word.is_empty()).then_some((word, behind))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[track_caller]
    fn check(text: &str, tables: &[&str], references: &[(&str, &str, &str)]) {
        let schema = read(text.as_bytes());
        assert_eq!(schema.tables.iter().map(String::as_str).collect::<Vec<_>>(), tables, "{text}");
        let found: Vec<(&str, &str, &str)> = schema
            .references
            .iter()
            .map(|reference| (reference.from.as_str(), reference.column.as_str(), reference.to.as_str()))
            .collect();
        assert_eq!(found, references, "{text}");
    }

    #[test]
    fn the_tables_of_this_file_are_sorted() {
        assert!(KEY_TYPES.is_sorted() && TABLE_CALLS.is_sorted());
    }

    #[test]
    fn tables_and_references() {
        check(
            r#"
ActiveRecord::Schema[8.0].define(version: 2026_01_01_000000) do
  create_table "customers", force: :cascade do |t|
    t.string "name", null: false
  end

  create_table "orders", id: :uuid, force: :cascade do |t|
    t.bigint "customer_id", null: false
    t.bigint "shipping_address_id"
    t.string "external_ref_id"
    t.index ["customer_id"], name: "index_orders_on_customer_id"
  end

  create_table "addresses" do |t|
    t.text "note_id"
  end

  add_foreign_key "orders", "customers"
end
"#,
            &["addresses", "customers", "orders"],
            &[("orders", "shipping_address_id", "addresses"), ("orders", "customer_id", "customers")],
        );
    }

    #[test]
    fn other_spellings() {
        check(
            r#"
create_table(:people) do |t|
  t.belongs_to :company, foreign_key: true
  t.references :boss, foreign_key: { to_table: :people }
  t.references "owner", polymorphic: true
  # t.references :country
end
create_table :companies do |t|
end
create_table :countries do |t|
end
"#,
            &["companies", "countries", "people"],
            &[("people", "company_id", "companies"), ("people", "boss_id", "people")],
        );
    }

    #[test]
    fn polymorphic_columns_refer_to_nothing() {
        check(
            "create_table \"comments\" do |t|\n  t.string \"post_type\"\n  t.bigint \"post_id\"\nend\ncreate_table \"posts\" do |t|\nend\n",
            &["comments", "posts"],
            &[],
        );
    }

    #[test]
    fn declared_keys_name_their_columns() {
        check(
            "create_table \"a\" do |t|\n  t.bigint \"author_id\"\nend\ncreate_table \"users\" do |t|\nend\nadd_foreign_key \"a\", \"users\", column: \"author_id\"\nadd_foreign_key \"a\", \"gone\"\n",
            &["a", "users"],
            &[("a", "author_id", "users")],
        );
    }

    #[test]
    fn tables_of_models_and_migrations() {
        for (text, expected) in [
            ("class A < B\n  self.table_name = \"old_orders\"\nend", &["old_orders"][..]),
            ("self.table_name = prefix + 'x'", &[]),
            (
                "def change\n  create_table :orders do |t|\n    t.string :name\n  end\n  add_index :orders, :name",
                &["orders"],
            ),
            ("add_reference(:orders, :customer)\nrename_table \"a\", \"b\"", &["orders", "a"]),
            ("execute \"create_table\"", &[]),
            ("", &[]),
        ] {
            assert_eq!(tables_named(text.as_bytes()), expected, "{text}");
        }
    }

    proptest! {
        #[test]
        fn any_text_ends(text in "(create_table|add_foreign_key|t\\.references|[ \":,(|é\na-c_]|end){0,60}") {
            let _ = (read(text.as_bytes()), tables_named(text.as_bytes()));
        }
    }
}
