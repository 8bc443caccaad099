//! Where in a command of a POSIX shell a value stands, and how it is quoted there.
//!
//! The command is read once, with its variables as holes. A value is quoted so that nothing behind
//! it is read differently because of it, so what is said of a hole holds for every value. Where that
//! cannot be done, or where what is read here could be read otherwise by some shell, the hole is
//! refused: reading a command in full is the work of a shell, and a wrong guess would be a hole for
//! commands.
//!
//! What the program makes of its arguments is not looked at, but for programs that run an argument
//! as code. A value that starts with `-` may be an option to it.

use crate::criterion;

/// Where a value stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Place {
    /// Between blanks: the value is a word of its own, and a list several.
    Word,
    /// Beside other text of a word.
    Glued,
    /// Inside of single quotes.
    Single,
    /// Inside of double quotes.
    Double,
}

/// Why no value is safe at some place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Danger {
    Program,
    Code,
    Expansion,
    Comment,
    Backslash,
    Dollar,
    Lost,
}

impl Danger {
    /// The problem in one sentence.
    pub(super) fn message(self) -> &'static str {
        match self {
            Self::Program => "a variable cannot be the program of a command",
            Self::Code => "a variable cannot be a part of code that a program runs",
            Self::Expansion => "a variable cannot stand inside of `$(...)`, `${...}`, `((...))` or backticks",
            Self::Comment => "a variable cannot stand in a comment of a command",
            Self::Backslash => "a variable cannot follow a backslash",
            Self::Dollar => "a variable cannot follow a `$`",
            Self::Lost => "a variable cannot follow a here-document, `case` or nested quotes",
        }
    }

    /// What can be done.
    pub(super) fn help(self) -> &'static str {
        match self {
            Self::Program => "name the program in the template, and give it the variable as an argument",
            Self::Code => "give it as an argument behind the code, as in `sh -c 'test -f \"$1\"' sh {{...}}`",
            Self::Expansion => "set a shell variable first, as in `FILE={{...}}; wc -l $(basename \"$FILE\")`",
            Self::Comment => "remove the comment",
            Self::Backslash => "remove the backslash; two braces as they are would be written `\\{{`",
            Self::Dollar => "remove the `$`: a variable of a template is written `{{...}}`",
            Self::Lost => "put it into a command of its own, or move the script into a file",
        }
    }
}

/// What a character stands in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Inside {
    /// `( ... )`
    Group,
    /// `(( ... ))`; values there would be evaluated.
    Arithmetic,
    /// `$( ... )`
    Substitution,
    /// `${ ... }`
    Brace,
    Backtick,
    Single,
    Double,
    Comment,
}

impl Inside {
    fn expands(self) -> bool {
        matches!(self, Self::Arithmetic | Self::Substitution | Self::Brace | Self::Backtick)
    }
}

/// Reads a command up to its variables.
#[derive(Default)]
pub(super) struct Reader {
    open: Vec<Inside>,
    /// How many of `open` expand what they hold.
    expanding: usize,
    escaped: bool,
    previous: Option<char>,
    /// Whether quotes could be elsewhere than it seems.
    lost: bool,
    /// The word that is being read, if one has begun.
    word: Option<String>,
    /// The start of the word inside of an expansion.
    inner: String,
    command: Command,
}

impl Reader {
    /// Reads on.
    pub(super) fn text(&mut self, text: &str) {
        text.chars().for_each(|character| self.character(character));
    }

    /// Says what a variable that comes here stands in, and what comes next.
    pub(super) fn variable(&mut self, next: Next) -> Result<Place, Danger> {
        let place = self.place(next);
        self.begin_word();
        self.escaped = false;
        // Some character that means nothing to what follows.
        self.previous = Some('x');
        place
    }

    fn place(&self, next: Next) -> Result<Place, Danger> {
        let inside = self.open.last().copied();
        if self.lost {
            return Err(Danger::Lost);
        }
        if inside == Some(Inside::Comment) {
            return Err(Danger::Comment);
        }
        if self.expanding > 0 {
            return Err(Danger::Expansion);
        }
        if self.escaped {
            return Err(Danger::Backslash);
        }
        if self.previous == Some('$') && inside != Some(Inside::Single) {
            return Err(Danger::Dollar);
        }
        if self.command.code != Code::No {
            return Err(Danger::Code);
        }
        let sets = self.word.as_deref().is_some_and(criterion::is_assignment);
        if !self.command.started && !sets {
            return Err(Danger::Program);
        }
        Ok(match inside {
            Some(Inside::Single) => Place::Single,
            Some(Inside::Double) => Place::Double,
            _ if self.word.is_none() && next.ends_word() => Place::Word,
            _ => Place::Glued,
        })
    }

    fn character(&mut self, character: char) {
        if self.escaped {
            self.escaped = false;
            self.previous = Some('x');
            self.add(character);
            return;
        }
        match self.open.last().copied() {
            None | Some(Inside::Group | Inside::Arithmetic | Inside::Substitution) => self.bare(character),
            Some(Inside::Single) if character == '\'' => self.close(),
            Some(Inside::Single) => self.add(character),
            Some(Inside::Double) => self.double(character),
            Some(Inside::Comment) if character == '\n' => {
                self.close();
                self.bare(character);
            }
            Some(Inside::Comment) => {}
            Some(Inside::Backtick) => match character {
                '`' => self.close(),
                '\'' | '"' | '\\' => self.lost = true,
                _ => {}
            },
            Some(Inside::Brace) => match character {
                '}' => self.close(),
                '\'' | '"' | '\\' | '`' | '$' | '{' => self.lost = true,
                _ => {}
            },
        }
        self.previous = Some(character);
    }

    fn bare(&mut self, character: char) {
        self.look_for_case(character);
        let previous = self.previous;
        match character {
            '\\' => {
                self.begin_word();
                self.escaped = true;
            }
            '\'' => {
                // Some shells know escapes in `$'...'`, others do not.
                self.lost |= previous == Some('$');
                self.begin_word();
                self.begin(Inside::Single);
            }
            '"' => {
                self.begin_word();
                self.begin(Inside::Double);
            }
            '`' => {
                self.begin_word();
                self.begin(Inside::Backtick);
            }
            '{' if previous == Some('$') => self.begin(Inside::Brace),
            '(' if previous == Some('$') => self.begin(Inside::Substitution),
            '(' => {
                self.end_command();
                self.begin(if previous == Some('(') { Inside::Arithmetic } else { Inside::Group });
            }
            ')' => {
                self.end_command();
                // Without an opening one it belongs to a pattern of `case`.
                self.lost |= self.open.is_empty();
                self.close();
            }
            '#' if previous.is_none_or(|previous| previous.is_whitespace() || ";&|()".contains(previous)) => {
                self.begin(Inside::Comment);
            }
            ' ' | '\t' => self.end_word(),
            '<' => {
                self.lost |= previous == Some('<');
                self.end_word();
            }
            '>' => self.end_word(),
            '&' if matches!(previous, Some('<' | '>')) => {}
            '|' if previous == Some('>') => {}
            ';' | '&' | '|' | '\n' => self.end_command(),
            _ => self.add(character),
        }
    }

    fn double(&mut self, character: char) {
        let dollar = self.previous == Some('$');
        match character {
            '"' => self.close(),
            '\\' => self.escaped = true,
            '`' => self.begin(Inside::Backtick),
            '{' if dollar => self.begin(Inside::Brace),
            '(' if dollar => self.begin(Inside::Substitution),
            _ => self.add(character),
        }
    }

    fn begin(&mut self, inside: Inside) {
        self.expanding += usize::from(inside.expands());
        self.open.push(inside);
    }

    fn close(&mut self) {
        if let Some(inside) = self.open.pop() {
            self.expanding -= usize::from(inside.expands());
        }
    }

    /// `case` has closing parentheses without opening ones, which end an expansion too early here.
    fn look_for_case(&mut self, character: char) {
        if self.expanding == 0 {
            return;
        }
        if character.is_ascii_alphanumeric() || matches!(character, '_' | '-') {
            if self.inner.len() <= "case".len() {
                self.inner.push(character);
            }
        } else {
            self.lost |= self.inner == "case";
            self.inner.clear();
        }
    }

    // Words inside of an expansion do not matter: nothing is allowed there.

    fn begin_word(&mut self) {
        if self.expanding == 0 {
            self.word.get_or_insert_default();
        }
    }

    fn add(&mut self, character: char) {
        if self.expanding == 0 {
            self.word.get_or_insert_default().push(character);
        }
    }

    fn end_word(&mut self) {
        if self.expanding == 0
            && let Some(word) = self.word.take()
        {
            self.command.word(&word);
        }
    }

    fn end_command(&mut self) {
        if self.expanding == 0 {
            self.end_word();
            self.command = Command::default();
        }
    }
}

/// What stands behind a variable.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Next {
    /// Nothing.
    End,
    /// Another variable.
    Variable,
    Character(char),
}

impl Next {
    fn ends_word(self) -> bool {
        match self {
            Self::End => true,
            Self::Variable => false,
            Self::Character(character) => matches!(character, ' ' | '\t' | '\n' | ';' | '&' | '|' | ')'),
        }
    }
}

/// What is known of the simple command that is being read.
#[derive(Default)]
struct Command {
    /// Whether its program was named.
    started: bool,
    interpreter: Option<Interpreter>,
    code: Code,
}

/// Which of the words that follow are code.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
enum Code {
    #[default]
    No,
    Next,
    All,
}

/// How a program is told to run an argument as code.
#[derive(Clone, Copy)]
enum Interpreter {
    /// By this letter among those of an option.
    Among(char),
    /// By an option that ends with one of these letters.
    AtEnd(&'static str),
}

use Interpreter::{Among, AtEnd};

/// Programs that run an argument as code, sorted.
const INTERPRETERS: &[(&str, Interpreter)] = &[
    ("ash", Among('c')),
    ("bash", Among('c')),
    ("dash", Among('c')),
    ("fish", Among('c')),
    ("ksh", Among('c')),
    ("node", AtEnd("ep")),
    ("perl", AtEnd("eE")),
    ("php", AtEnd("r")),
    ("python", AtEnd("c")),
    ("python3", AtEnd("c")),
    ("ruby", AtEnd("e")),
    ("sh", Among('c')),
    ("su", Among('c')),
    ("zsh", Among('c')),
];

/// Programs all of whose arguments are code.
const ALL_CODE: [&str; 2] = ["eval", "ssh"];

/// Words after which a command starts.
const PREFIXES: [&str; 10] = ["!", "do", "elif", "else", "if", "then", "time", "until", "while", "{"];

/// Words that are more than words at some places.
const RESERVED: [&str; 13] =
    ["case", "do", "done", "elif", "else", "esac", "fi", "for", "if", "in", "then", "until", "while"];

/// The longest bundle of letters in one option that is looked through.
const LONGEST_BUNDLE: usize = 5;

impl Command {
    /// Takes the next word.
    fn word(&mut self, word: &str) {
        if !self.started {
            if criterion::is_assignment(word) || PREFIXES.contains(&word) {
                return;
            }
            self.started = true;
        }
        let letters = word.strip_prefix('-').filter(|letters| letters.bytes().all(|byte| byte.is_ascii_alphabetic()));
        let runs = match (self.interpreter, letters) {
            (Some(Among(letter)), Some(letters)) => letters.contains(letter),
            (Some(AtEnd(ends)), Some(letters)) => {
                letters.len() <= LONGEST_BUNDLE && letters.ends_with(|last: char| ends.contains(last))
            }
            (Some(_), None) => matches!(word, "--command" | "--eval" | "--print"),
            (None, _) => false,
        };
        if runs {
            self.code = Code::Next;
            return;
        }
        if self.code == Code::Next && !word.starts_with('-') {
            // What follows the code are its arguments.
            self.code = Code::No;
            self.interpreter = None;
            return;
        }
        let name = word.rsplit('/').next().unwrap_or(word);
        if let Ok(at) = INTERPRETERS.binary_search_by_key(&name, |&(name, _)| name) {
            self.interpreter = Some(INTERPRETERS[at].1);
        } else if ALL_CODE.contains(&name) {
            self.code = Code::All;
        } else if name == "trap" {
            self.code = Code::Next;
        }
    }
}

/// Quotes a value for its place, so that a shell reads it back as it is. A NUL is not for commands.
pub(super) fn quote(value: &str, place: Place) -> String {
    match place {
        Place::Word if is_plain(value) => value.to_owned(),
        Place::Word | Place::Glued => format!("'{}'", value.replace('\'', "'\\''")),
        Place::Single => value.replace('\'', "'\\''"),
        Place::Double => {
            let mut quoted = String::with_capacity(value.len());
            for character in value.chars() {
                if matches!(character, '"' | '\\' | '$' | '`') {
                    quoted.push('\\');
                }
                quoted.push(character);
            }
            quoted
        }
    }
}

/// Whether a word means itself without quotes.
fn is_plain(word: &str) -> bool {
    !word.is_empty()
        && !RESERVED.contains(&word)
        && word.bytes().all(|byte| {
            byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'.' | b'/' | b'-' | b'+' | b'@' | b':' | b',')
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What is said of every `{{}}` of a command.
    fn places(command: &str) -> Vec<Result<Place, Danger>> {
        let mut reader = Reader::default();
        let mut found = Vec::new();
        let mut rest = command;
        while let Some((before, after)) = rest.split_once("{{}}") {
            reader.text(before);
            let next = match after.chars().next() {
                None => Next::End,
                Some('{') if after.starts_with("{{}}") => Next::Variable,
                Some(character) => Next::Character(character),
            };
            found.push(reader.variable(next));
            rest = after;
        }
        found
    }

    #[test]
    fn tables_are_sorted() {
        assert!(INTERPRETERS.is_sorted_by_key(|&(name, _)| name));
        assert!(PREFIXES.is_sorted());
        assert!(RESERVED.is_sorted());
    }

    #[test]
    fn safe_places_are_told_apart() {
        use Place::{Double, Glued, Single, Word};
        for (command, expected) in [
            ("npx tsc --include {{}}", vec![Word]),
            ("npm test -- {{}} {{}}", vec![Word, Word]),
            ("npm test -- --only={{}}", vec![Glued]),
            ("npm test {{}}{{}}", vec![Glued, Glued]),
            ("npm test {{}}.ts", vec![Glued]),
            ("npm test {{}}>2", vec![Glued]),
            ("npm test -- --only='{{}}' {{}}", vec![Single, Word]),
            ("npm test -- --only=\"{{}}\" {{}}", vec![Double, Word]),
            ("echo 'a'{{}}", vec![Glued]),
            ("echo ''{{}}", vec![Glued]),
            ("cd x && npm test {{}}; echo {{}}", vec![Word, Word]),
            ("npm test 2>&1 {{}}", vec![Word]),
            ("FILE={{}} npm test", vec![Glued]),
            ("FILE={{}}; npm test", vec![Glued]),
            ("A=1 npm test {{}}", vec![Word]),
            ("if grep -q x {{}}; then cat {{}}; fi", vec![Word, Word]),
            ("for f in {{}}; do cat \"$f\"; done", vec![Word]),
            ("( cd x; npm test {{}} )", vec![Word]),
            ("echo \"$HOME\" ${USER} $(date) `date` {{}}", vec![Word]),
            ("echo \"$(cat 'a)' \")\")\" '{{}}'", vec![Single]),
            ("echo a#b {{}}", vec![Word]),
            ("echo \\# {{}} # done", vec![Word]),
            ("echo x # it's\necho {{}}", vec![Word]),
            ("echo '$'{{}}", vec![Glued]),
            ("sh -c 'test -f \"$1\"' sh {{}}", vec![Word]),
            ("ruby -Itest {{}}", vec![Word]),
            ("ruby -c {{}}", vec![Word]),
            ("grep -e x {{}}", vec![Word]),
            ("sh check.sh {{}}", vec![Word]),
        ] {
            let expected: Vec<Result<Place, Danger>> = expected.into_iter().map(Ok).collect();
            assert_eq!(places(command), expected, "{command}");
        }
    }

    #[test]
    fn unsafe_places_are_refused() {
        use Danger::{Backslash, Code, Comment, Dollar, Expansion, Lost, Program};
        for (command, expected) in [
            ("{{}}", Program),
            ("{{}} --version", Program),
            ("'{{}}' x", Program),
            ("bin/{{}}", Program),
            ("A=1 {{}}", Program),
            ("cd x && {{}}", Program),
            ("true\n{{}}", Program),
            ("if {{}}", Program),
            ("cat x | {{}}", Program),
            ("({{}})", Program),
            ("echo $(cat {{}})", Expansion),
            ("echo \"$(cat {{}})\"", Expansion),
            ("echo \"$(cat \"{{}}\")\"", Expansion),
            ("echo `cat {{}}`", Expansion),
            ("echo ${A:-{{}}}", Expansion),
            ("echo $((1 + {{}}))", Expansion),
            ("((x = {{}}))", Expansion),
            ("echo # {{}}", Comment),
            ("# {{}}", Comment),
            ("echo \\{{}}", Backslash),
            ("echo \"\\{{}}\"", Backslash),
            ("echo ${{}}", Dollar),
            ("echo \"${{}}\"", Dollar),
            ("cat <<END\n{{}}\nEND", Lost),
            ("echo $'\\'' {{}}", Lost),
            ("echo \"${A:-\"x\"}\" {{}}", Lost),
            ("echo `echo '`'` {{}}", Lost),
            ("case x in x) echo {{}};; esac", Lost),
            ("echo \"$(case x in x) echo y;; esac)\" {{}}", Lost),
            ("sh -c 'echo {{}}'", Code),
            ("sh -ec {{}}", Code),
            ("env A=1 /bin/bash -c \"echo {{}}\"", Code),
            ("sh -c -e '{{}}'", Code),
            ("eval echo {{}}", Code),
            ("ssh host ls {{}}", Code),
            ("perl -pe 's/{{}}//'", Code),
            ("node --eval '{{}}'", Code),
            ("trap 'rm {{}}' EXIT", Code),
        ] {
            assert_eq!(places(command), [Err(expected)], "{command}");
        }
    }

    #[test]
    fn values_are_quoted_for_their_place() {
        use Place::{Double, Glued, Single, Word};
        for (value, place, expected) in [
            ("src/a-b_1.ts", Word, "src/a-b_1.ts"),
            ("src/a-b_1.ts", Glued, "'src/a-b_1.ts'"),
            ("a b", Word, "'a b'"),
            ("", Word, "''"),
            ("done", Word, "'done'"),
            ("~", Word, "'~'"),
            ("a=b", Word, "'a=b'"),
            ("it's", Word, "'it'\\''s'"),
            ("it's", Single, "it'\\''s"),
            ("$(x) `y` \"z\" \\", Double, "\\$(x) \\`y\\` \\\"z\\\" \\\\"),
            ("a; b", Double, "a; b"),
        ] {
            assert_eq!(quote(value, place), expected, "{value}");
        }
    }
}
