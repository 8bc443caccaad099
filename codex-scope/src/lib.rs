//! Who may touch what: scopes of paths, decided on the patterns themselves.
//!
//! Several agents work on one repository. Each has a [`Scope`]: the paths that it may read and those that it may
//! write, given as patterns. Questions follow.
//!
//! * **May this agent touch this path?** [`Scope::check`] answers, once for every file that is opened or changed, and
//!   [`Scope::explain`] says why not.
//! * **Whose is this file?** [`ScopeIndex`] answers for many agents and many files at once.
//! * **May two agents write the same path?** [`overlaps`] answers before anything runs, and without a look at the
//!   files that happen to exist: it compares the patterns. Where they meet it shows a path as a witness; where it
//!   shows none there is none, neither today nor in a file that an agent is yet to create.
//! * **Who works on what another changes meanwhile?** [`hazards`] compares what agents read with what others write, and
//!   [`ties`] says which agents are tied by files that import, require or name each other.
//!
//! ```
//! use codex_scope::{PatternSet, overlaps};
//!
//! let backend = PatternSet::parse(["app/", "!app/views/", "**/*_api.rb"])?;
//! let frontend = PatternSet::parse(["app/views/", "src/**/*.{ts,tsx}"])?;
//!
//! let found = overlaps(&[&backend, &frontend], |_, _| true, &PatternSet::empty());
//! assert!(found.is_empty(), "the exclusion holds for the third pattern as well");
//! # Ok::<(), codex_scope::SetError>(())
//! ```
//!
//! The crate does no I/O and knows no file system. It never panics on any pattern or path.
//!
//! # Paths
//!
//! A path is a string of bytes, relative to the root of the repository, with `/` between components. It contains no
//! NUL and no component that is empty, `.` or `..`. What is not a path matches nothing.
//!
//! Names are compared byte by byte. A name that starts with a dot is a name like any other. Nothing asks whether a
//! path is a file, a folder or a link, or whether it exists.
//!
//! # Patterns
//!
//! | Written | Matches |
//! |---|---|
//! | `config/routes.rb` | that path |
//! | `config/` | everything inside that folder at any depth, and not the folder itself |
//! | `*` | any run of bytes within one component, also an empty one |
//! | `?` | one character of a component: one Unicode scalar value, encoded in UTF-8 |
//! | `[abc]`, `[a-z]` | one of these characters; `]` is a member in the first place, `-` in the first or last |
//! | `[[]`, `[*]` | that character itself: a class with one member is no wildcard |
//! | `[!abc]`, `[^abc]` | one character other than these; never `/` |
//! | `**` as a whole component | any number of components, also none; at the end, at least one |
//! | `{a,b/c}` | either; spelled out before anything else is read, may be nested and may contain `/` or nothing |
//! | anything else | itself |
//!
//! So `src/**` means the same as `src/`, `**` means every path, and next to other characters `**` means no more
//! than `*`.
//!
//! What else one may ask:
//!
//! | | |
//! |---|---|
//! | Case | counts: `Makefile` is not `makefile`, whatever the file system says. Only the names of `.git` and of the host's configuration are looked for in every spelling, see [`Scope`]. |
//! | Unicode | is not normalised: `é` and `e` with an accent that follows it are two names. A pattern with such an accent has a [`Hint`]. |
//! | Bytes that are not UTF-8 | are matched by `*`, `**` and folders, and by nothing else. A pattern is text and cannot name them. |
//! | Dot files | `*`, `?`, `**` and folders match them. |
//! | `.` and `..` | No wildcard matches them, for they are no names. As a component of a pattern they are an error; only a leading `./` is dropped. |
//! | Absolute paths | A pattern that starts with `/` is an error. `C:/` would be a folder of that name, and has a [`Hint`]. |
//! | Two slashes | An error. |
//! | Backslash | An error: it neither divides nor escapes. In a path it is a byte like any other. |
//! | Special characters in names | stand in a class: `app/[[]id]/page.tsx`, `src/[[]...slug].ts`. Only `[`, `{`, `}`, `*` and `?` are special, so `app/(shop)/@cart/$id+.tsx` is one path. |
//! | `app/[id]/page.tsx` | is what it looks like, a class: either `app/i/page.tsx` or `app/d/page.tsx`. As it was hardly meant, the pattern has a [`Hint`] that says how to write the name. |
//! | What shells know | `~`, `$HOME` and `!(a)` mean themselves, and `{1..9}` means `1..9`. Patterns such as the last two have a [`Hint`]. |
//! | White space | is a part of the name. At the start or end of a pattern it has a [`Hint`]. |
//!
//! [`Pattern::hints`] and [`PatternSet::hints`] list what may have been meant otherwise; whoever reads patterns that
//! people wrote should show it.
//!
//! ```
//! use codex_scope::Pattern;
//!
//! # fn matches(pattern: &str, path: &str) -> bool {
//! #     Pattern::parse(pattern).is_ok_and(|pattern| pattern.matches(path.as_bytes()))
//! # }
//! assert!(matches("config/", "config/locales/de.yml"));
//! assert!(!matches("config/", "config"));
//! assert!(matches("src/*.rs", "src/lib.rs"));
//! assert!(!matches("src/*.rs", "src/bin/main.rs"));
//! assert!(matches("src/**/*.rs", "src/bin/main.rs"));
//! assert!(matches("src/**/*.rs", "src/lib.rs"));
//! assert!(matches("r?sum?.md", "résumé.md"));
//! assert!(matches("{app,lib/*}/util.js", "lib/x/util.js"));
//! assert!(!matches("*", "..") && Pattern::parse("../secrets").is_err());
//! ```
//!
//! # Sets
//!
//! In a [`PatternSet`] an entry that starts with `!` excludes. The order does not matter: a path that an exclusion
//! matches is not in the set. A file whose name starts with `!` is written `./!name`. [`PatternSet::union`] has the
//! paths of both sets, no matter which exclusions the other one has.
//!
//! # Laws
//!
//! * `intersect(a, b)` is a path that both match, and no shorter one is; or `None`, and then no path is matched by
//!   both. The same holds with `a` and `b` exchanged, up to the choice of the path.
//! * `contains(a, b)` is `Ok` only if every path of `b` is in `a`, and says `Outside` only with a path that is not.
//! * `a.union(b)` has a path exactly when `a` or `b` has it.
//! * `may_match_below(folder)` is `true` if any path inside the folder matches.
//! * A scope allows reading whatever it allows writing. `explain` gives a reason exactly where `check` does not allow.
//! * `index.matching(path)` are the sets for which `set.matches(path)`.
//!
//! Comparing two patterns takes time in proportion to the product of their lengths at worst. With exclusions it is a
//! question for which nobody knows a method that is fast on all of them. The one used here takes about as long as
//! without on what people write, and gives up after a fixed amount of work: [`overlaps`] then reports the overlap as
//! not [exact](Overlap::exact), and [`contains`] says [`NotContained::Unsettled`].

mod admin;
pub mod decompose;
mod files;
mod index;
mod intersect;
mod overlap;
mod path;
mod pattern;
mod scope;
mod search;
mod set;
mod ties;

pub use files::ScopeIndex;
pub use intersect::{NotContained, contains, intersect};
pub use overlap::{Hazard, Hazards, Overlap, Overlaps, Recommendation, hazards, overlaps};
pub use path::PathError;
pub use pattern::{Hint, Pattern, PatternError};
pub use scope::{Access, Denial, Scope, Verdict};
pub use set::{PatternSet, SetError};
pub use ties::{Edge, Tie, ties};
