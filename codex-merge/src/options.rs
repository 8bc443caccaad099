//! What a caller may choose about a merge.

/// How new members that several sides put at one place are ordered among themselves.
///
/// Members that were there before never move, and the new members of one side keep their order.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Order {
    /// As the sides are given.
    Side,
    /// By name, so that the order of the sides decides nothing.
    #[default]
    Alphabetical,
}

/// How far a merge goes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Method {
    /// By syntax where there is a grammar, else by lines.
    #[default]
    Structured,
    /// By lines only.
    Lines,
    /// Not at all: a file that two sides changed differently is a conflict.
    None,
}

/// The choices of one merge.
///
/// ```
/// use codex_merge::{Method, Options};
///
/// let options = Options::default().with_method(Method::Lines).with_prefer(Some(0));
/// assert_eq!(options.method, Method::Lines);
/// ```
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Options {
    /// How far the merge goes.
    pub method: Method,
    /// How new members at one place are ordered.
    pub order: Order,
    /// The side whose text settles each conflict it is part of.
    pub prefer: Option<usize>,
    /// Whether two imports from one source become one statement.
    pub import_deduplication: bool,
    /// The least P(correct) at which a place is settled that no rule can prove: from 0 (everything that was found) to 1
    /// (nothing).
    pub least_confidence: f64,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            method: Method::default(),
            order: Order::default(),
            prefer: None,
            import_deduplication: true,
            least_confidence: crate::confidence::LEAST,
        }
    }
}

impl Options {
    /// The same options with another method.
    #[must_use]
    pub fn with_method(mut self, method: Method) -> Self {
        self.method = method;
        self
    }

    /// The same options with another order.
    #[must_use]
    pub fn with_order(mut self, order: Order) -> Self {
        self.order = order;
        self
    }

    /// The same options with another preferred side.
    #[must_use]
    pub fn with_prefer(mut self, prefer: Option<usize>) -> Self {
        self.prefer = prefer;
        self
    }

    /// The same options with another least confidence.
    #[must_use]
    pub fn with_least_confidence(mut self, least: f64) -> Self {
        self.least_confidence = least;
        self
    }

    /// The same options with imports of one source joined, or not.
    #[must_use]
    pub fn with_import_deduplication(mut self, join: bool) -> Self {
        self.import_deduplication = join;
        self
    }
}
