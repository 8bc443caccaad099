//! Secrets by their value: what the host calls a secret is in no journal, transcript or event.

use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

/// Values shorter than this are not looked for: they would be found everywhere.
const SHORTEST: usize = 6;

/// The keys under which events hold what programs and people wrote. Ids, paths and names are never changed: a run could not
/// be followed any more.
const TEXTS: &[&str] =
    &["base", "command", "detail", "line", "output", "reason", "summary", "text", "texts", "what", "why"];

/// Replaces the values of secrets by their names.
#[derive(Clone, Default)]
pub(crate) struct Redactor {
    /// The value, and what stands there instead.
    secrets: Vec<(String, String)>,
}

impl Redactor {
    pub(crate) fn new<'a>(secrets: impl IntoIterator<Item = (&'a str, &'a str)>) -> Redactor {
        let mut secrets: Vec<(String, String)> = secrets
            .into_iter()
            .filter(|(_, value)| value.len() >= SHORTEST)
            .map(|(name, value)| (value.to_owned(), format!("[{name}]")))
            .collect();
        // A secret that holds another one goes first.
        secrets.sort_by_key(|(value, _)| std::cmp::Reverse(value.len()));
        Redactor { secrets }
    }

    /// The event without secrets in its texts.
    pub(crate) fn apply<T: Serialize + DeserializeOwned>(&self, event: T) -> T {
        if self.secrets.is_empty() {
            return event;
        }
        // Events are plain data: they always have a JSON form.
        let Ok(mut json) = serde_json::to_value(&event) else { return event };
        if !self.clean(&mut json, false) {
            return event;
        }
        // Only texts were changed, and texts may be anything.
        serde_json::from_value(json).unwrap_or(event)
    }

    /// Cleans texts below a value; says whether there was anything to clean.
    fn clean(&self, value: &mut Value, is_text: bool) -> bool {
        match value {
            Value::String(text) if is_text => {
                let mut found = false;
                for (secret, instead) in &self.secrets {
                    if text.contains(secret.as_str()) {
                        *text = text.replace(secret.as_str(), instead);
                        found = true;
                    }
                }
                found
            }
            Value::Array(items) => items.iter_mut().fold(false, |found, item| self.clean(item, is_text) | found),
            Value::Object(fields) => fields.iter_mut().fold(false, |found, (key, field)| {
                self.clean(field, TEXTS.binary_search(&key.as_str()).is_ok()) | found
            }),
            _ => false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::agent::AgentEvent;
    use crate::run::Event;

    #[test]
    fn values_become_names_wherever_they_stand() {
        let secrets = [("TOKEN", "s3cret\"quoted"), ("SHORT", "abc"), ("LONG", "s3cret\"quoted and more")];
        let redactor = Redactor::new(secrets);
        let say = |text: &str| AgentEvent::Message { text: text.to_owned() };
        assert_eq!(redactor.apply(say("x s3cret\"quoted y")), say("x [TOKEN] y"));
        assert_eq!(redactor.apply(say("s3cret\"quoted and more")), say("[LONG]"));
        assert_eq!(redactor.apply(say("abc")), say("abc"));
    }
    #[test]
    fn ids_and_paths_stay_what_they_are() {
        assert!(TEXTS.is_sorted());
        let redactor = Redactor::new([("DB_PASSWORD", "password")]);
        let started = Event::AgentStarted { agent: "password-reset".to_owned(), attempt: 1 };
        assert_eq!(redactor.apply(started.clone()), started);
        let failed =
            |detail: &str| Event::StepFailed { step: "password".to_owned(), agent: None, detail: detail.to_owned() };
        assert_eq!(redactor.apply(failed("the password is wrong")), failed("the [DB_PASSWORD] is wrong"));
    }
}
