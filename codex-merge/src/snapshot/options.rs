//! What a caller may choose about the merge of trees.

use crate::options::Options;

/// The choices of one merge of trees.
///
/// ```
/// use codex_merge::{Method, Options, TreeOptions};
///
/// let options = TreeOptions::from(Options::default().with_method(Method::Lines)).with_rename_similarity(75);
/// assert_eq!(options.merge.method, Method::Lines);
/// assert!(options.renames);
/// ```
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct TreeOptions {
    /// How contents are merged. Its [`prefer`](Options::prefer) also settles the conflicts between paths that the
    /// preferred side has a part in.
    pub merge: Options,
    /// Whether renames are followed; by default they are.
    pub renames: bool,
    /// The least similarity, in per cent, at which a deleted and an added path of one side are taken for a rename; 50 by
    /// default. With more than 100 only equal contents are.
    pub rename_similarity: u8,
    /// How many pairs of a deleted and an added path are compared at most for one side; 50 000 by default. Where there are
    /// more, only paths with the same file name are compared and taken for renames, and none if these are too many as
    /// well. Equal contents are found without comparing and do not count.
    pub rename_limit: usize,
}

impl Default for TreeOptions {
    fn default() -> Self {
        Self { merge: Options::default(), renames: true, rename_similarity: 50, rename_limit: 50_000 }
    }
}

impl TreeOptions {
    /// The same options with contents merged in another way.
    #[must_use]
    pub fn with_merge(mut self, merge: Options) -> Self {
        self.merge = merge;
        self
    }

    /// The same options with renames followed, or not.
    #[must_use]
    pub fn with_renames(mut self, follow: bool) -> Self {
        self.renames = follow;
        self
    }

    /// The same options with another least similarity of a rename, in per cent.
    #[must_use]
    pub fn with_rename_similarity(mut self, percent: u8) -> Self {
        self.rename_similarity = percent;
        self
    }

    /// The same options with another limit on the pairs that are compared.
    #[must_use]
    pub fn with_rename_limit(mut self, pairs: usize) -> Self {
        self.rename_limit = pairs;
        self
    }
}

impl From<Options> for TreeOptions {
    fn from(merge: Options) -> Self {
        Self::default().with_merge(merge)
    }
}

impl From<&Options> for TreeOptions {
    fn from(merge: &Options) -> Self {
        Self::from(merge.clone())
    }
}

impl From<&TreeOptions> for TreeOptions {
    fn from(options: &TreeOptions) -> Self {
        options.clone()
    }
}
