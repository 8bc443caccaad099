//! Ids for the parts of an agent.

use super::ScopePart;

/// The most characters of an id.
const MOST_CHARACTERS: usize = 64;

/// An id for each part: the agent's with the first folder in which the parts differ, or else with a number. `taken`
/// says which ids others have.
pub(in crate::analyze) fn part_ids(agent: &str, parts: &[ScopePart], taken: impl Fn(&str) -> bool) -> Vec<String> {
    let firsts: Vec<Vec<&str>> = parts.iter().map(components).collect();
    let common = (0..).take_while(|&depth| all_equal(&firsts, depth)).count();
    let label = |components: &Vec<&str>| components.get(common).map_or_else(|| "rest".to_owned(), |name| plain(name));
    let labels: Vec<String> = firsts.iter().map(label).collect();
    let ids: Vec<String> = labels.iter().map(|label| format!("{agent}-{label}")).collect();
    let fits = |at: usize| {
        let id = &ids[at];
        !labels[at].is_empty() && id.len() <= MOST_CHARACTERS && !taken(id) && !ids[..at].contains(id)
    };
    if (0..ids.len()).all(fits) {
        return ids;
    }
    let mut numbered = (1..).map(|number| with_number(agent, number)).filter(|id| !taken(id));
    parts.iter().filter_map(|_| numbered.next()).collect()
}

/// The components of a part's first pattern, as far as they are fixed.
fn components(part: &ScopePart) -> Vec<&str> {
    let first = part.write.first().map(String::as_str).unwrap_or_default();
    let first = first.strip_prefix("./").unwrap_or(first);
    first.split('/').take_while(|name| !name.is_empty() && !name.contains(['*', '?', '[', '{'])).collect()
}

fn all_equal(rows: &[Vec<&str>], depth: usize) -> bool {
    let first = rows.first().and_then(|row| row.get(depth));
    first.is_some() && rows.iter().all(|row| row.get(depth) == first)
}

/// A name as a part of an id: small letters, digits, `_` and `-`, without an ending.
fn plain(name: &str) -> String {
    let stem = name.split('.').find(|part| !part.is_empty()).unwrap_or_default();
    let plain: String = stem
        .chars()
        .map(|c| if c.is_ascii_alphanumeric() || c == '_' { c.to_ascii_lowercase() } else { '-' })
        .collect();
    plain.trim_matches('-').to_owned()
}

/// Cut off where it would be too long; ids are ASCII.
fn with_number(agent: &str, number: usize) -> String {
    let end = format!("-{number}");
    let kept: String = agent.chars().take(MOST_CHARACTERS.saturating_sub(end.len())).collect();
    format!("{kept}{end}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_are_named_after_what_tells_them_apart() {
        for (parts, taken, expected) in [
            (&["spec/services/", "tests/components/"][..], "", &["a-spec", "a-tests"][..]),
            (&["src/", "src/pages/"], "", &["a-rest", "a-pages"]),
            (&["src/pages/", "src/App.tsx"], "", &["a-pages", "a-app"]),
            (&["src/**/*.ts", "src/**/*.rb"], "", &["a-1", "a-2"]),
            (&["src/x/", "src/y/"], "a-y", &["a-1", "a-2"]),
            (&["src/**/*.ts", "src/**/*.rb"], "a-1", &["a-2", "a-3"]),
            (&["src/é/", "src/y/"], "", &["a-1", "a-2"]),
        ] {
            let part = |text: &&str| ScopePart { write: vec![(*text).to_owned()], share: 0.5 };
            let parts: Vec<ScopePart> = parts.iter().map(part).collect();
            assert_eq!(part_ids("a", &parts, |id| id == taken), expected, "{parts:?}");
        }
        let long = "x".repeat(64);
        let parts = ["a/", "b/"].map(|text| ScopePart { write: vec![text.to_owned()], share: 0.5 });
        assert!(part_ids(&long, &parts, |_| false).iter().all(|id| id.len() == 64));
    }
}
