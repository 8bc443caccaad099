//! Text in which secrets are named, not written.

use std::fmt;

use serde::{Deserialize, Serialize};

/// Text that may hold `${NAME}`, which the host replaces by a secret of that name.
///
/// Its `Debug` form shows the names only: people do write secrets into files.
///
/// ```
/// use codex_spec::SecretText;
///
/// let hook = SecretText("https://hooks.example/${TOKEN}?key=abc".to_owned());
/// assert_eq!(hook.names().collect::<Vec<_>>(), ["TOKEN"]);
/// assert_eq!(format!("{hook:?}"), "SecretText(${TOKEN})");
/// ```
#[derive(Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct SecretText(pub String);

impl SecretText {
    /// The names of the secrets, in the order of the text; one that stands twice comes twice.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        names_in(&self.0)
    }

    /// The text as it stands in the file, with the names unreplaced.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for SecretText {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SecretText(")?;
        for (index, name) in self.names().enumerate() {
            let gap = if index == 0 { "" } else { ", " };
            write!(f, "{gap}${{{name}}}")?;
        }
        f.write_str(")")
    }
}

/// The names of all `${NAME}` of a text.
pub(crate) fn names_in(text: &str) -> impl Iterator<Item = &str> {
    text.split("${").skip(1).filter_map(|after| {
        let (name, _) = after.split_once('}')?;
        is_name(name).then_some(name)
    })
}

fn is_name(name: &str) -> bool {
    !name.starts_with(|first: char| first.is_ascii_digit())
        && !name.is_empty()
        && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_')
}
