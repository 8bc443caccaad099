//! The fixed ends of many alternatives, side by side in memory.
//!
//! Patterns lie all over the memory, and building an index looks at each of them many times. From here it looks at a
//! few bytes each.

use crate::pattern::{Alternative, Shape};

#[derive(Debug)]
pub(super) struct Texts {
    bytes: Vec<u8>,
    items: Vec<Ends>,
}

/// Where the ends of one item are: first comes its prefix, and up to `end` its suffix.
#[derive(Debug, Clone, Copy)]
struct Ends {
    prefix: u32,
    suffix: u32,
    end: u32,
    /// Whether the prefix is all of it. Then it is the suffix as well, and not kept twice.
    literal: bool,
}

impl Texts {
    pub(super) fn of(alternatives: &[Alternative<'_>]) -> Texts {
        let mut texts = Texts { bytes: Vec::new(), items: Vec::with_capacity(alternatives.len()) };
        for alternative in alternatives {
            let literal = alternative.shape() == Shape::Literal;
            let prefix = texts.bytes.len() as u32;
            texts.bytes.extend_from_slice(alternative.prefix());
            let suffix = texts.bytes.len() as u32;
            if !literal {
                texts.bytes.extend_from_slice(alternative.suffix());
            }
            texts.items.push(Ends { prefix, suffix, end: texts.bytes.len() as u32, literal });
        }
        texts
    }

    /// What all paths of an item start with.
    pub(super) fn prefix(&self, item: u32) -> &[u8] {
        let Ends { prefix, suffix, .. } = self.items[item as usize];
        &self.bytes[prefix as usize..suffix as usize]
    }

    /// What all paths of an item end with.
    pub(super) fn suffix(&self, item: u32) -> &[u8] {
        if self.items[item as usize].literal { self.prefix(item) } else { self.kept_suffix(item) }
    }

    /// The suffix by which an item is found. A literal is found by its prefix alone, and has none.
    pub(super) fn kept_suffix(&self, item: u32) -> &[u8] {
        let Ends { suffix, end, .. } = self.items[item as usize];
        &self.bytes[suffix as usize..end as usize]
    }

    /// How many bytes of memory it takes.
    pub(super) fn bytes(&self) -> usize {
        self.bytes.capacity() + self.items.capacity() * size_of::<Ends>()
    }
}
