//! `schema`: what may stand in files, for editors.

use codex_spec::FileKind;

use super::print_json;
use crate::arguments::SchemaOf;
use crate::exit::Exit;

pub(super) fn schema(of: SchemaOf) -> anyhow::Result<Exit> {
    let kind = match of {
        SchemaOf::Workflow => FileKind::Workflow,
        SchemaOf::Template => FileKind::Template,
        SchemaOf::Assignment => FileKind::Assignment,
    };
    print_json(&codex_spec::json_schema(kind))?;
    Ok(Exit::Done)
}
