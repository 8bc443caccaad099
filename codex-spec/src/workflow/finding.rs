//! Where the findings of a reviewer stand in its artefact.

use serde::{Deserialize, Serialize};

/// Where the parts of findings stand in an artefact in JSON: `finding_map`.
///
/// Each value is a JSON pointer (RFC 6901). The defaults describe the built-in schema, which is
///
/// ```json
/// {
///   "findings": [
///     { "file": "a.ts", "line": 3, "end_line": 4, "rule": "n-plus-one", "severity": "high", "message": "..." }
///   ]
/// }
/// ```
///
/// What is not mapped is carried along as it is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FindingMap {
    /// The list of findings, from the top of the artefact; empty if the artefact is the list. Default: `/findings`.
    pub findings: String,
    /// The path of the file, from the top of a finding like all that follow. Default: `/file`.
    pub file: String,
    /// The first line, counted from 1. Default: `/line`.
    pub line: String,
    /// The last line. Default: `/end_line`.
    pub end_line: String,
    /// The name of what was violated. Default: `/rule`.
    pub rule: String,
    /// How bad it is. Default: `/severity`.
    pub severity: String,
    /// What was found, in words. Default: `/message`.
    pub message: String,
}

impl Default for FindingMap {
    fn default() -> Self {
        Self {
            findings: "/findings".to_owned(),
            file: "/file".to_owned(),
            line: "/line".to_owned(),
            end_line: "/end_line".to_owned(),
            rule: "/rule".to_owned(),
            severity: "/severity".to_owned(),
            message: "/message".to_owned(),
        }
    }
}
