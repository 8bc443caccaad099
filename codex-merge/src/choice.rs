//! The rule every merge starts from: what one side alone changed is settled.
//!
//! Laws: the choice does not depend on the order of the sides (but for the indices it names), an unchanged side decides
//! nothing, and equal edits count once.

/// What a base and its sides come to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Choice {
    /// No side changed it.
    Base,
    /// These sides changed it, all equally; never empty.
    Edit(Vec<usize>),
    /// These sides changed it in at least two ways.
    Clash(Vec<usize>),
}

/// Chooses between a base and its sides.
pub(crate) fn choose<T: PartialEq + ?Sized>(base: &T, sides: &[&T]) -> Choice {
    let changed: Vec<usize> = sides.iter().enumerate().filter(|(_, s)| ***s != *base).map(|(i, _)| i).collect();
    let Some(first) = changed.first().copied() else { return Choice::Base };
    if changed.iter().all(|i| sides[*i] == sides[first]) { Choice::Edit(changed) } else { Choice::Clash(changed) }
}

#[cfg(test)]
mod tests {
    use super::{Choice, choose};

    #[test]
    fn what_one_side_changed_is_settled() {
        assert_eq!(choose("a", &["a", "a"]), Choice::Base);
        assert_eq!(choose("a", &["a", "b"]), Choice::Edit(vec![1]));
        assert_eq!(choose("a", &["b", "a", "b"]), Choice::Edit(vec![0, 2]));
        assert_eq!(choose("a", &["b", "c", "a"]), Choice::Clash(vec![0, 1]));
        assert_eq!(choose("a", &[]), Choice::Base);
    }
}
