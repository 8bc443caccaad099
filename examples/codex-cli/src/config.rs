//! `.codex/config.yaml`: which executor serves which model. The host's business, so no agent may write it.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::time::Duration;

use anyhow::Context;
use serde::{Deserialize, Deserializer};

use crate::exit::usage;

/// The file.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(crate) struct Config {
    /// Executors by the model's name in workflows.
    pub(crate) models: BTreeMap<String, ModelConfig>,
    /// The model of agents that name none.
    pub(crate) default_model: Option<String>,
    /// Where runs are recorded and agents work, from the repository's root; --state-dir has the last word.
    pub(crate) state_dir: Option<PathBuf>,
    /// How long one criterion or validation command may take.
    #[serde(deserialize_with = "duration")]
    pub(crate) command_timeout: Option<Duration>,
}

/// What serves a model.
#[derive(Debug, Deserialize)]
#[serde(tag = "executor", rename_all = "kebab-case", deny_unknown_fields)]
pub(crate) enum ModelConfig {
    /// Any program that works on files in its working directory.
    Command {
        /// Program and arguments; files of the repository are found by their path in it.
        command: Vec<String>,
        /// How long an agent may take whose workflow sets no timeout.
        #[serde(default, deserialize_with = "duration")]
        timeout: Option<Duration>,
    },
    /// Recorded model turns: `FOLDER/WORKFLOW/AGENT.json`.
    Recorded {
        /// The folder.
        cassettes: PathBuf,
    },
}

/// `90s`, `10m`, `1h30m`, or a number of seconds.
fn duration<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Duration>, D::Error> {
    #[derive(Deserialize)]
    #[serde(untagged)]
    enum Written {
        Seconds(u64),
        Text(String),
    }
    let Some(written) = Option::<Written>::deserialize(deserializer)? else { return Ok(None) };
    match written {
        Written::Seconds(seconds) => Ok(Some(Duration::from_secs(seconds))),
        Written::Text(text) => codex_spec::parse_duration(&text).map(Some).ok_or_else(|| {
            serde::de::Error::custom(format!("`{text}` is no duration: write it like 90s, 10m or 1h30m"))
        }),
    }
}

impl Config {
    /// Reads the file that was named, or the repository's own if there is one.
    pub(crate) fn load(named: Option<&Path>, repository: &Path) -> anyhow::Result<Config> {
        let own = repository.join(".codex").join("config.yaml");
        let path = named.unwrap_or(&own);
        let text = match std::fs::read_to_string(path) {
            Ok(text) => text,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound && named.is_none() => {
                return Ok(Config::default());
            }
            Err(error) => return Err(error).with_context(|| format!("reading {}", path.display())),
        };
        let config: Config =
            serde_yaml::from_str(&text).map_err(|error| usage(format!("{}: {error}", path.display())))?;
        for (model, served) in &config.models {
            if let ModelConfig::Command { command, .. } = served
                && command.is_empty()
            {
                return Err(usage(format!("{}: the command of model `{model}` is empty", path.display())));
            }
        }
        Ok(config)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The configuration that the README shows is one that is read.
    #[test]
    fn the_configuration_in_the_readme_is_understood() {
        let readme = include_str!("../../../README.md");
        let line = readme.lines().find(|line| line.starts_with("models:")).expect("the README shows one");
        let config: Config = serde_yaml::from_str(line).expect("reads");
        let ModelConfig::Command { command, timeout } = &config.models["codex-1"] else { panic!("{config:?}") };
        assert_eq!((command.len(), *timeout), (2, Some(Duration::from_secs(600))));
    }
}
