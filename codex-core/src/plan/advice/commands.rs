//! What a command can show: whether work was done, or only that its form is right.

/// What the success of a command says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Shows {
    /// Nothing: it always succeeds.
    Nothing,
    /// That what is there has the right form, be it much or little.
    Form,
    /// Something that depends on what was done, as far as can be told from outside.
    Work,
}

/// Programs that succeed whatever was done. Sorted.
const IDLE: &[&str] = &[":", "cd", "echo", "exit", "export", "printf", "pwd", "set", "sleep", "true"];

/// Programs that judge the form of what is there; with an argument, only if it is given. Sorted.
const FORM: &[(&str, Option<&str>)] = &[
    ("bash", Some("-n")),
    ("biome", None),
    ("black", None),
    ("cargo", Some("check")),
    ("cargo", Some("clippy")),
    ("cargo", Some("fmt")),
    ("erb_lint", None),
    ("eslint", None),
    ("flake8", None),
    ("gofmt", None),
    ("mypy", None),
    ("node", Some("--check")),
    ("prettier", None),
    ("pyright", None),
    ("rubocop", None),
    ("ruby", Some("-c")),
    ("ruff", None),
    ("sh", Some("-n")),
    ("shellcheck", None),
    ("srb", None),
    ("standardrb", None),
    ("stylelint", None),
    ("tsc", None),
    ("vue-tsc", None),
    ("yamllint", None),
];

/// Words before the program that only say where it comes from. Sorted.
const STARTERS: &[&str] =
    &["bundle", "bunx", "command", "env", "exec", "npm", "npx", "pnpm", "poetry", "run", "time", "yarn"];

/// What the success of a command line says: the most that any of its commands does.
pub(super) fn shows(line: &str) -> Shows {
    let commands = line.split(['\n', ';', '&', '|']).map(str::trim).filter(|command| !command.is_empty());
    commands.map(one).max().unwrap_or(Shows::Nothing)
}

fn one(command: &str) -> Shows {
    let mut words = command.split_whitespace().skip_while(|word| is_assignment(word) || STARTERS.contains(word));
    let Some(program) = words.next() else { return Shows::Work }; // `npm run` and the like, whatever they do
    let program = program.rsplit('/').next().unwrap_or(program);
    let arguments: Vec<&str> = words.collect();
    if IDLE.contains(&program) {
        return Shows::Nothing;
    }
    let form = FORM
        .iter()
        .any(|(known, argument)| *known == program && argument.is_none_or(|argument| arguments.contains(&argument)));
    if form { Shows::Form } else { Shows::Work }
}

fn is_assignment(word: &str) -> bool {
    word.split_once('=').is_some_and(|(name, _)| {
        !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_')
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_tables_are_sorted() {
        assert!(IDLE.is_sorted() && FORM.is_sorted() && STARTERS.is_sorted());
    }

    #[test]
    fn what_commands_show() {
        for (command, expected) in [
            ("true", Shows::Nothing),
            ("echo done && exit 0", Shows::Nothing),
            ("", Shows::Nothing),
            ("npx tsc --noEmit", Shows::Form),
            ("bundle exec ruby -c app/a.rb", Shows::Form),
            ("NODE_ENV=test ./node_modules/.bin/eslint src", Shows::Form),
            ("cd web && npx prettier --check .", Shows::Form),
            ("ruby test/a.rb", Shows::Work),
            ("cargo test", Shows::Work),
            ("cargo check", Shows::Form),
            ("npx tsc --noEmit && npm test", Shows::Work),
            ("bundle exec rspec spec/models", Shows::Work),
            ("test -f app/a.rb", Shows::Work),
            ("npm run", Shows::Work),
            ("make", Shows::Work),
        ] {
            assert_eq!(shows(command), expected, "{command}");
        }
    }
}
