//! The folders of a list of paths.

use rustc_hash::FxHashMap;

/// Folders deeper than this count as one with the folder at this depth, so that climbing is cheap.
const MAX_DEPTH: usize = 64;

/// The folder of the repository itself.
pub(super) const ROOT: usize = 0;

/// Folders, numbered so that each stands behind the one that it lies in.
pub(super) struct Folders {
    parents: Vec<usize>,
    depths: Vec<usize>,
}

impl Folders {
    /// The folders of these paths, and the folder of each of them.
    pub(super) fn of(paths: &[Vec<u8>]) -> (Folders, Vec<usize>) {
        let mut folders = Folders { parents: vec![ROOT], depths: vec![0] };
        let mut known: FxHashMap<(usize, &[u8]), usize> = FxHashMap::default();
        let mut homes = Vec::with_capacity(paths.len());
        for path in paths {
            let mut here = ROOT;
            let mut components = path.split(|byte| *byte == b'/').peekable();
            while let Some(component) = components.next() {
                let depth = folders.depths[here];
                if components.peek().is_none() || depth == MAX_DEPTH {
                    break;
                }
                let new = folders.parents.len();
                let parent = here;
                here = *known.entry((parent, component)).or_insert(new);
                if here == new {
                    folders.parents.push(parent);
                    folders.depths.push(depth + 1);
                }
            }
            homes.push(here);
        }
        (folders, homes)
    }

    pub(super) fn len(&self) -> usize {
        self.parents.len()
    }

    /// The folder that a folder lies in; the root lies in itself.
    pub(super) fn parent(&self, folder: usize) -> usize {
        self.parents[folder]
    }

    /// How many folders a folder lies in.
    pub(super) fn depth(&self, folder: usize) -> usize {
        self.depths[folder]
    }

    /// The folder at `depth` in which a folder lies, or which it is; nothing if it lies less deep.
    pub(super) fn at_depth(&self, mut folder: usize, depth: usize) -> Option<usize> {
        if self.depths[folder] < depth {
            return None;
        }
        while self.depths[folder] > depth {
            folder = self.parents[folder];
        }
        Some(folder)
    }

    /// The deepest folder that holds both.
    pub(super) fn common(&self, mut a: usize, mut b: usize) -> usize {
        while a != b {
            if self.depths[a] >= self.depths[b] {
                a = self.parents[a];
            } else {
                b = self.parents[b];
            }
        }
        a
    }
}
