//! Criteria that may be fit for a group, by the tools that the repository has.

use codex_merge::Language;

use super::companions::is_test;
use super::survey::Survey;

/// The most folders of tests that one command is given.
const MAX_FOLDERS: usize = 8;

/// Criteria for these files, as `what holds: command`. `write` are the patterns of the group.
pub(super) fn criteria(survey: &Survey, files: &[usize], write: &[String]) -> Vec<String> {
    let any = |wanted: &dyn Fn(usize) -> bool| files.iter().any(|file| wanted(*file));
    let language = |file: usize| survey.files[file].language;
    let has = |path: &str| survey.has(path.as_bytes());
    let mut criteria = Vec::new();
    if any(&|file| language(file) == Some(Language::Ruby)) && has("Gemfile") {
        let specs = folders(write, "spec/");
        if !specs.is_empty() {
            criteria.push(format!("Its specs pass: bundle exec rspec {}", specs.join(" ")));
        }
        let tests = folders(write, "test/");
        if !tests.is_empty() {
            criteria.push(format!("Its tests pass: bin/rails test {}", tests.join(" ")));
        }
    }
    if any(&|file| matches!(language(file), Some(Language::TypeScript | Language::Tsx))) && has("tsconfig.json") {
        criteria.push("Its types are right: npx tsc --noEmit".to_owned());
    }
    let is_script_test = |file: usize| {
        let script = matches!(language(file), Some(Language::TypeScript | Language::Tsx | Language::JavaScript));
        script && std::str::from_utf8(survey.files[file].bytes()).is_ok_and(is_test)
    };
    if any(&is_script_test) && has("package.json") {
        criteria.push("Its tests pass: npm test".to_owned());
    }
    criteria
}

/// The folders among patterns that lie below `start`, if a shell takes them as they are and they are few.
fn folders<'p>(patterns: &'p [String], start: &str) -> Vec<&'p str> {
    let is_plain = |pattern: &str| pattern.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"_./-".contains(&byte));
    let below = patterns.iter().map(String::as_str).filter(|pattern| pattern.starts_with(start));
    let found: Vec<&str> = below.filter(|pattern| pattern.ends_with('/') && is_plain(pattern)).collect();
    if found.len() > MAX_FOLDERS { Vec::new() } else { found }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_plain_folders_are_named_in_commands() {
        for (patterns, expected) in [
            (&["spec/models/", "app/models/", "spec/a.rb"][..], &["spec/models/"][..]),
            (&["spec/$(x)/", "spec/[[]a]/", "!spec/b/"], &[]),
        ] {
            let patterns: Vec<String> = patterns.iter().map(|pattern| (*pattern).to_owned()).collect();
            assert_eq!(folders(&patterns, "spec/"), expected, "{patterns:?}");
        }
    }
}
