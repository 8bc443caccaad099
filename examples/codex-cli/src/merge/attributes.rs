//! The lines of `.gitattributes` that name the driver.

use codex_merge::Language;

/// A `.gitattributes` with a line for every pattern.
pub(super) struct Completed {
    /// The content of the file.
    pub(super) content: Vec<u8>,
    /// How many lines are new.
    pub(super) added: usize,
    /// The patterns for which the file names another way to merge; no line was added for those.
    pub(super) others: Vec<String>,
}

/// One line for each pattern of a file name whose language has a grammar.
pub(super) fn lines() -> impl Iterator<Item = String> {
    Language::patterns().map(|(pattern, _)| line(&pattern))
}

/// What `content` becomes with a line for each pattern that it does not say how to merge.
pub(super) fn completed(content: &[u8]) -> Completed {
    let known = String::from_utf8_lossy(content);
    let mut done = Completed { content: content.to_vec(), added: 0, others: Vec::new() };
    for (pattern, _) in Language::patterns() {
        let said = known.lines().filter_map(|line| merging(line, &pattern)).next_back();
        match said {
            Some("merge=codex") => {}
            Some(_) => done.others.push(pattern),
            None => {
                if done.content.last().is_some_and(|byte| *byte != b'\n') {
                    done.content.push(b'\n');
                }
                done.content.extend_from_slice(line(&pattern).as_bytes());
                done.content.push(b'\n');
                done.added += 1;
            }
        }
    }
    done
}

fn line(pattern: &str) -> String {
    format!("{pattern} merge=codex")
}

/// What a line says of merging the files of exactly this pattern.
fn merging<'a>(line: &'a str, pattern: &str) -> Option<&'a str> {
    let mut words = line.split_ascii_whitespace();
    if words.next()?.trim_matches('"') != pattern {
        return None;
    }
    let says = |word: &&str| {
        let name = word.trim_start_matches(['-', '!']).split('=').next();
        name == Some("merge") || *word == "binary"
    };
    words.rfind(says)
}

#[cfg(test)]
mod tests {
    use super::{completed, lines};

    /// Checks how many lines are there, what is left to others, and that nothing is missing afterwards.
    #[track_caller]
    fn check(content: &str, present: usize, others: &[&str]) {
        let all = lines().count();
        let done = completed(content.as_bytes());
        assert_eq!(done.added, all - present - others.len(), "{content}");
        assert_eq!(done.others, others, "{content}");
        assert!(done.content.starts_with(content.as_bytes()), "{content}");
        let again = completed(&done.content);
        assert_eq!((again.added, again.content), (0, done.content), "{content}");
    }

    #[test]
    fn lines_are_added_where_nothing_is_said_of_merging() {
        check("", 0, &[]);
        check("*.png binary\n*.rb text", 0, &[]);
        check("# *.rb merge=codex\n", 0, &[]);
        check("*.rb text merge=codex\r\n\"*.ts\"\tmerge=codex eol=lf\n", 2, &[]);
        check("*.rb merge=union\nGemfile -merge\n*.js binary\n", 0, &["*.js", "*.rb", "Gemfile"]);
        check("*.rb merge=union\n*.rb merge=codex\n", 1, &[]);
        check(&lines().map(|line| line + "\n").collect::<String>(), lines().count(), &[]);
    }

    #[test]
    fn content_that_is_not_utf_8_is_kept() {
        let done = completed(b"caf\xe9.rb text\n");
        assert!(done.content.starts_with(b"caf\xe9.rb text\n*.cjs merge=codex\n"));
    }
}
