//! What every answer without conflicts has to pass.
//!
//! The checks know nothing of how an answer was found, so that a mistake made there is caught here.

mod definitions;
mod lines;
mod words;

use crate::conflict::Check;
use crate::engine::Version;
use crate::languages::{Grammar, Language};
use crate::options::Options;
use crate::tree::Tree;

/// The versions an answer is checked against.
pub(crate) struct Verifier<'a> {
    base: Option<&'a [u8]>,
    sides: &'a [&'a [u8]],
    language: Option<Language>,
    import_deduplication: bool,
}

/// How much of an answer can be checked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Extent {
    Everything,
    /// Not whether every edit is in it, which cannot hold where a caller preferred one side.
    Form,
}

impl<'a> Verifier<'a> {
    pub(crate) fn new(path: &[u8], base: Option<&'a [u8]>, sides: &'a [&'a [u8]], options: &Options) -> Self {
        let language = Language::of_path(path).filter(|language| language.grammar().is_some());
        Self { base, sides, language, import_deduplication: options.import_deduplication }
    }

    /// The first check that `out` fails.
    pub(crate) fn failed(&self, out: &[u8], extent: Extent) -> Option<Check> {
        if extent == Extent::Everything {
            if lines::lost(out, self.base, self.sides) {
                return Some(Check::KeptLine);
            }
            if let Some(check) = words::failed(out, self.base, self.sides) {
                return Some(check);
            }
        }
        self.failed_form(out)
    }

    fn failed_form(&self, out: &[u8]) -> Option<Check> {
        let language = self.language?;
        let (grammar, profile) = (language.grammar()?, language.profile()?);
        let inputs: Vec<Version<'_>> =
            self.base.iter().chain(self.sides).filter_map(|bytes| parse(grammar, bytes)).collect();
        let most = inputs.iter().map(|version| version.tree.errors()).max()?;
        let Some(result) = parse(grammar, out) else { return Some(Check::Syntax) };
        if result.tree.errors() > most {
            return Some(Check::Syntax);
        }
        let imports = if self.import_deduplication { None } else { profile.imports.as_ref().map(|i| i.statement) };
        definitions::repeated(profile, &result, &inputs, imports).then_some(Check::RepeatedDefinition)
    }
}

fn parse<'v>(grammar: &'static Grammar, bytes: &'v [u8]) -> Option<Version<'v>> {
    Tree::parse(grammar, bytes).map(|tree| Version { bytes, tree })
}
