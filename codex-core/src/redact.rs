//! Secrets by their value: what the host calls a secret is in no journal, transcript or event.

use serde::Serialize;
use serde::de::DeserializeOwned;

/// Values shorter than this are not looked for: they would be found everywhere.
const SHORTEST: usize = 6;

/// Replaces the values of secrets by their names.
#[derive(Clone, Default)]
pub(crate) struct Redactor {
    /// The value as it stands in JSON, and what stands there instead.
    secrets: Vec<(String, String)>,
}

impl Redactor {
    pub(crate) fn new<'a>(secrets: impl IntoIterator<Item = (&'a str, &'a str)>) -> Redactor {
        let mut secrets: Vec<(String, String)> = secrets
            .into_iter()
            .filter(|(_, value)| value.len() >= SHORTEST)
            .map(|(name, value)| (escaped(value), escaped(&format!("[{name}]"))))
            .collect();
        // A secret that holds another one goes first.
        secrets.sort_by_key(|(value, _)| std::cmp::Reverse(value.len()));
        Redactor { secrets }
    }

    /// The value without secrets in any text of it.
    pub(crate) fn apply<T: Serialize + DeserializeOwned>(&self, value: T) -> T {
        if self.secrets.is_empty() {
            return value;
        }
        // Events are plain data: they always have a JSON form, and with other texts in it, too.
        let Ok(mut json) = serde_json::to_string(&value) else { return value };
        if !self.secrets.iter().any(|(secret, _)| json.contains(secret)) {
            return value;
        }
        for (secret, instead) in &self.secrets {
            json = json.replace(secret, instead);
        }
        serde_json::from_str(&json).unwrap_or(value)
    }
}

/// A text as it stands within the quotes of JSON.
fn escaped(text: &str) -> String {
    let quoted = serde_json::to_string(text).unwrap_or_default();
    quoted.trim_matches('"').to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::agent::AgentEvent;

    #[test]
    fn values_become_names_wherever_they_stand() {
        let secrets = [("TOKEN", "s3cret\"quoted"), ("SHORT", "abc"), ("LONG", "s3cret\"quoted and more")];
        let redactor = Redactor::new(secrets);
        let say = |text: &str| AgentEvent::Message { text: text.to_owned() };
        assert_eq!(redactor.apply(say("x s3cret\"quoted y")), say("x [TOKEN] y"));
        assert_eq!(redactor.apply(say("s3cret\"quoted and more")), say("[LONG]"));
        assert_eq!(redactor.apply(say("abc")), say("abc"));
    }
}
