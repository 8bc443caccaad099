//! Which variables children are given.

use std::collections::BTreeMap;

/// Given to every agent and command, where the host has them. Sorted.
pub const COMMON: &[&str] = &["HOME", "LANG", "LC_ALL", "PATH", "TMPDIR", "TZ", "USER"];

/// The host's variables that an agent may have: the common ones and those its workflow names.
pub(crate) fn granted(host: &BTreeMap<String, String>, named: &[String]) -> BTreeMap<String, String> {
    host.iter()
        .filter(|(name, _)| COMMON.contains(&name.as_str()) || named.contains(name))
        .map(|(name, value)| (name.clone(), value.clone()))
        .collect()
}
