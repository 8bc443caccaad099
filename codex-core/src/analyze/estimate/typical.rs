//! How large a file of a folder usually is.

use crate::analyze::facts::AgentFacts;

/// A median of fewer files says little.
const LEAST_FILES: usize = 3;
/// Of a folder with very many files so many are looked at, spread evenly.
const MOST_FILES: usize = 200;
/// A median above this is more likely that of generated files.
const MOST_LINES: u64 = 400;

/// The sizes of the files that an agent can see.
pub(super) struct Typical<'f> {
    /// Paths and lines, sorted by path.
    files: Vec<(&'f [u8], u64)>,
}

/// The usual size of a file.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Size {
    /// Lines.
    pub(super) lines: u64,
    /// Where that comes from, for people.
    pub(super) basis: String,
}

impl<'f> Typical<'f> {
    pub(super) fn new(facts: &'f AgentFacts) -> Typical<'f> {
        let known = facts.writable.iter().chain(&facts.readable);
        let mut files: Vec<(&[u8], u64)> = known
            .filter_map(|file| Some((file.path.as_bytes(), file.lines?)))
            .filter(|(_, lines)| *lines > 0)
            .collect();
        files.sort_unstable();
        Typical { files }
    }

    /// The median of the nearest files with this ending: those below `folder` (no trailing slash; empty for the root),
    /// or else below the folder above it, and so on. `None` if there are not enough anywhere.
    pub(super) fn near(&self, folder: &str, ending: Option<&str>) -> Option<Size> {
        let mut folder = folder;
        loop {
            if let Some(size) = self.below(folder, ending) {
                return Some(size);
            }
            if folder.is_empty() {
                return None;
            }
            folder = folder.rfind('/').map_or("", |slash| &folder[..slash]);
        }
    }

    fn below(&self, folder: &str, ending: Option<&str>) -> Option<Size> {
        let prefix = if folder.is_empty() { String::new() } else { format!("{folder}/") };
        let start = self.files.partition_point(|(path, _)| *path < prefix.as_bytes());
        let count = self.files[start..].partition_point(|(path, _)| path.starts_with(prefix.as_bytes()));
        let inside = &self.files[start..start + count];
        let fits = |path: &[u8]| ending.is_none_or(|ending| has_ending(path, ending));
        let looked_at = inside.iter().step_by(count.div_ceil(MOST_FILES).max(1));
        let mut lines: Vec<u64> = looked_at.filter(|(path, _)| fits(path)).map(|(_, lines)| *lines).collect();
        if lines.len() < LEAST_FILES {
            return None;
        }
        lines.sort_unstable();
        let median = lines[lines.len() / 2].min(MOST_LINES);
        let kind = ending.map(|ending| format!("*.{ending} ")).unwrap_or_default();
        let place = if folder.is_empty() { "the repository".to_owned() } else { prefix };
        let basis = format!("about {median} lines, the median of {} {kind}files in {place}", lines.len());
        Some(Size { lines: median, basis })
    }
}

fn has_ending(path: &[u8], ending: &str) -> bool {
    path.strip_suffix(ending.as_bytes()).is_some_and(|stem| stem.ends_with(b"."))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analyze::facts::FileFacts;
    use crate::path::RepoPath;

    #[test]
    fn the_nearest_files_count() {
        let files = [
            ("app/a.rb", 10),
            ("app/b.rb", 20),
            ("app/services/c.rb", 100),
            ("app/services/d.rb", 300),
            ("app/services/e.rb", 200),
            ("app-two/x.rb", 1),
            ("web/f.ts", 40),
            ("web/g.ts", 50),
            ("web/h.ts", 9000),
        ];
        let fact = |(path, lines): (&str, u64)| FileFacts { path: RepoPath::new(path).unwrap(), lines: Some(lines) };
        let facts = AgentFacts { writable: files.map(fact).to_vec(), ..AgentFacts::default() };
        let typical = Typical::new(&facts);
        for (folder, ending, expected) in [
            ("app/services", None, Some(200)),
            ("app/services/payments", Some("rb"), Some(200)),
            ("app", Some("rb"), Some(100)),
            ("app/services", Some("ts"), Some(50)),
            ("web", None, Some(50)),
            ("", Some("py"), None),
            ("app/services", Some("py"), None),
        ] {
            let found = typical.near(folder, ending).map(|size| size.lines);
            assert_eq!(found, expected, "{folder} {ending:?}");
        }
        let unread = FileFacts { path: RepoPath::new("z").unwrap(), lines: None };
        let facts = AgentFacts { readable: vec![unread], ..AgentFacts::default() };
        assert_eq!(Typical::new(&facts).near("", None), None);
    }
}
