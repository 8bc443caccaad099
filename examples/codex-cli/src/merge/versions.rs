//! The versions of one file: reading them, merging them, and what is written of the answer.

use std::borrow::Cow;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;

use anyhow::anyhow;
use codex_merge::{Markers, Merged, Options, Reason};

/// The contents of the base, if there is one, and of the sides.
pub(super) struct Versions {
    base: Option<Vec<u8>>,
    sides: Vec<Vec<u8>>,
}

impl Versions {
    /// Reads them. `/dev/null` as the base says that there is none: all sides added the file.
    pub(super) fn read<'a>(base: &Path, sides: impl IntoIterator<Item = &'a Path>) -> anyhow::Result<Versions> {
        let base = if base == Path::new("/dev/null") { None } else { Some(content_of(base)?) };
        let sides = sides.into_iter().map(content_of).collect::<anyhow::Result<Vec<_>>>()?;
        Ok(Versions { base, sides })
    }

    /// Merges them; `path` tells the language.
    pub(super) fn merge(&self, path: &Path, options: &Options) -> anyhow::Result<Merged> {
        let name = path.as_os_str().as_encoded_bytes();
        let sides: Vec<&[u8]> = self.sides.iter().map(Vec::as_slice).collect();
        let merging = || codex_merge::merge(name, self.base.as_deref(), &sides, options);
        // A panic would end the process with 101. Git takes that for a conflict whose answer is one of the sides, and the
        // other would be lost unnoticed.
        catch_unwind(AssertUnwindSafe(merging)).map_err(|_| {
            let shown = path.display();
            anyhow!("{shown} can't be merged because of a mistake in this program, told above; nothing was written: report it")
        })
    }

    /// The bytes to write: what was merged, with markers around each conflict. Markers are of no use in what is not text: if
    /// such a conflict is left, the first side as it is.
    pub(super) fn content(&self, merged: &Merged, markers: &Markers<'_>) -> Cow<'_, [u8]> {
        let binary = merged.conflicts().any(|conflict| conflict.reason == Reason::NotText);
        match self.sides.first() {
            Some(first) if binary => Cow::Borrowed(first.as_slice()),
            _ => Cow::Owned(merged.render_with(markers)),
        }
    }
}

fn content_of(path: &Path) -> anyhow::Result<Vec<u8>> {
    std::fs::read(path).map_err(|error| anyhow!("{} can't be read: {error}; name a file you may read", path.display()))
}
