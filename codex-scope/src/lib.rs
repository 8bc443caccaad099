//! Who may touch what: scopes of paths, decided on the patterns themselves.
//!
//! Several agents work on one repository. Each has a [`Scope`]: the paths that it may read and those that it may
//! write, given as patterns. Two questions follow.
//!
//! * **May this agent touch this path?** [`Scope::check`] answers, once for every file that is opened or changed.
//! * **May two agents write the same path?** [`overlaps`] answers before anything runs, and without a look at the
//!   files that happen to exist: it compares the patterns. Where they meet it shows a path as a witness; where it
//!   shows none there is none, neither today nor in a file that an agent is yet to create.
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
//! Names are compared byte by byte: case counts, and Unicode is not normalised. A name that starts with a dot is a
//! name like any other. Nothing asks whether a path is a file or a folder, or whether it exists.
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
//! | `[!abc]`, `[^abc]` | one character other than these; never `/` |
//! | `**` as a whole component | any number of components, also none; at the end, at least one |
//! | `{a,b/c}` | either; spelled out before anything else is read, may be nested and may contain `/` or nothing |
//! | anything else | itself |
//!
//! So `src/**` means the same as `src/`, `**` means every path, and next to other characters `**` means no more
//! than `*`. A byte that is not part of valid UTF-8 is matched by `*`, `**` and folders only. A leading `./` is
//! dropped. No backslash: to mean a special character itself, put it into a class, as in `app/[[]id]/page.tsx`.
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
//! * `contains(a, b)` is `Ok` only if every path of `b` is in `a`.
//! * `a.union(b)` has a path exactly when `a` or `b` has it.
//! * `may_match_below(folder)` is `true` if any path inside the folder matches.
//! * A scope allows reading whatever it allows writing.
//!
//! Comparing two patterns takes time in proportion to the product of their lengths at worst. Exclusions can, in
//! theory, make a comparison exponential; it then stops after 250,000 steps and errs on the side of asking. See
//! [`Overlap::exact`] and [`contains`].

mod admin;
mod intersect;
mod overlap;
mod path;
mod pattern;
mod scope;
mod search;
mod set;

pub use intersect::{contains, intersect};
pub use overlap::{Overlap, Recommendation, overlaps};
pub use pattern::{Pattern, PatternError};
pub use scope::{Access, Scope, Verdict};
pub use set::{PatternSet, SetError};
