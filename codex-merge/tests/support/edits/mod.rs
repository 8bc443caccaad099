//! Modules in Ruby, TypeScript and TSX, and edits of them, made from bytes.
//!
//! Edits are made to the parts of a module, not to its text, so that it is known which members each touches. More bytes
//! make a larger module and more edits; all bytes make some. This needs nothing but the standard library: property tests
//! and fuzzing share it.

mod bytes;
mod make;
mod model;
mod render;
mod script;
mod touch;

pub(crate) use bytes::Bytes;
pub(crate) use touch::Touch;

use make::Names;
use model::Module;

/// A module, and what became of it on each side.
#[derive(Clone, Debug)]
pub(crate) struct Case {
    pub(crate) path: &'static [u8],
    pub(crate) base: Vec<u8>,
    pub(crate) sides: Vec<Vec<u8>>,
    /// What the edits of each side touch.
    pub(crate) touches: Vec<Vec<Touch>>,
}

impl Case {
    /// A module, and a side for each script.
    pub(crate) fn new(module: &[u8], scripts: &[&[u8]]) -> Self {
        let base = make::module(&mut Bytes::new(module));
        let mut case = Self::of(&base);
        for (side, script) in scripts.iter().enumerate() {
            case.add(script::edited(&base, Names::Mostly(side), &[], &mut Bytes::new(script)));
        }
        case
    }

    /// Like `new`, but no side touches a member that another touches, nor one beside it, and no two give the same name.
    pub(crate) fn apart(module: &[u8], scripts: &[&[u8]]) -> Self {
        let base = make::module(&mut Bytes::new(module));
        let mut case = Self::of(&base);
        for (side, script) in scripts.iter().enumerate() {
            let others = case.touches.concat();
            case.add(script::edited(&base, Names::Only(side), &others, &mut Bytes::new(script)));
        }
        case
    }

    fn of(base: &Module) -> Self {
        Self { path: base.dialect.path(), base: render::render(base), sides: Vec::new(), touches: Vec::new() }
    }

    fn add(&mut self, edited: script::Edited) {
        self.sides.push(render::render(&edited.module));
        self.touches.push(edited.touches);
    }
}

/// The numbers below `count` in some order.
pub(crate) fn shuffled(count: usize, bytes: &mut Bytes<'_>) -> Vec<usize> {
    let mut order: Vec<usize> = (0..count).collect();
    for last in (1..count).rev() {
        order.swap(last, bytes.below(last + 1));
    }
    order
}
