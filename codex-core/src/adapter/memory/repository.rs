use std::collections::{BTreeMap, HashMap};
use std::sync::{Arc, Mutex};

use codex_merge::{Entry, Mode};

use crate::id::{ObjectId, Timestamp};
use crate::port::{CommitSpec, Expected, RefUpdate, Repository, RepositoryError, Signature, Tree, TreeEntry};
use crate::sync::lock;
use crate::tree;

/// A repository in memory. Its object ids are BLAKE3 hashes, not git's.
#[derive(Debug, Default)]
pub struct MemoryRepository {
    store: Mutex<Store>,
}

#[derive(Debug, Default)]
struct Store {
    blobs: HashMap<ObjectId, Vec<u8>>,
    trees: HashMap<ObjectId, Arc<Tree>>,
    commits: HashMap<ObjectId, CommitSpec>,
    refs: BTreeMap<String, ObjectId>,
}

impl MemoryRepository {
    /// A repository whose branch `main` holds one commit with these files.
    ///
    /// # Errors
    /// [`RepositoryError::FileAndFolder`] when a path is both.
    pub fn with_files<'a>(
        files: impl IntoIterator<Item = (&'a str, &'a str)>,
    ) -> Result<Arc<MemoryRepository>, RepositoryError> {
        let repository = Arc::new(MemoryRepository::default());
        let empty = repository.write_tree(&[])?;
        let mut entries = Vec::new();
        for (path, content) in files {
            let id = repository.write_blob(content.as_bytes())?;
            entries.push((path.as_bytes(), Some(Entry { mode: Mode::File, id })));
        }
        let root = tree::apply(repository.as_ref(), &empty, entries)?;
        let commit = repository.write_commit(&CommitSpec {
            tree: root,
            parents: Vec::new(),
            author: Signature { name: "base".to_owned(), email: "base@example.com".to_owned() },
            message: "base".to_owned(),
            time: Timestamp::default(),
        })?;
        lock(&repository.store).refs.insert("refs/heads/main".to_owned(), commit);
        Ok(repository)
    }

    /// The text of a file at a branch's tip, if there is one.
    pub fn read(&self, branch: &str, path: &str) -> Option<String> {
        let commit = self.read_ref(&format!("refs/heads/{branch}")).ok()??;
        let root = self.tree_of(&commit).ok()?;
        match tree::find(self, &root, path.as_bytes()).ok()? {
            tree::Found::Entry(entry) => String::from_utf8(self.blob(&entry.id).ok()?).ok(),
            _ => None,
        }
    }

    /// A commit as it was written.
    pub fn commit(&self, id: &ObjectId) -> Option<CommitSpec> {
        lock(&self.store).commits.get(id).cloned()
    }
}

fn hash(kind: &str, parts: &[&[u8]]) -> ObjectId {
    let mut hasher = blake3::Hasher::new();
    hasher.update(kind.as_bytes());
    for part in parts {
        hasher.update(&(part.len() as u64).to_le_bytes());
        hasher.update(part);
    }
    // BLAKE3 always yields 32 bytes, a legal length.
    ObjectId::from_bytes(hasher.finalize().as_bytes()).unwrap_or_else(|_| unreachable!())
}

impl Repository for MemoryRepository {
    fn describe(&self) -> String {
        "memory".to_owned()
    }

    fn resolve(&self, name: &str) -> Result<Option<ObjectId>, RepositoryError> {
        let store = lock(&self.store);
        let by_ref = [format!("refs/heads/{name}"), format!("refs/remotes/origin/{name}"), name.to_owned()]
            .iter()
            .find_map(|full| store.refs.get(full).copied());
        let by_id = || name.parse().ok().filter(|id| store.commits.contains_key(id));
        Ok(by_ref.or_else(by_id))
    }

    fn head_branch(&self) -> Result<Option<String>, RepositoryError> {
        Ok(Some("main".to_owned()))
    }

    fn read_ref(&self, name: &str) -> Result<Option<ObjectId>, RepositoryError> {
        Ok(lock(&self.store).refs.get(name).copied())
    }

    fn list_refs(&self, prefix: &str) -> Result<Vec<(String, ObjectId)>, RepositoryError> {
        let store = lock(&self.store);
        let found = store.refs.range(prefix.to_owned()..).take_while(|(name, _)| name.starts_with(prefix));
        Ok(found.map(|(name, id)| (name.clone(), *id)).collect())
    }

    fn checked_out(&self, _branch: &str) -> Result<Option<String>, RepositoryError> {
        Ok(None)
    }

    fn valid_branch(&self, name: &str) -> bool {
        !name.is_empty() && !name.contains([' ', '~', '^', ':', '?', '*', '[', '\\']) && !name.contains("..")
    }

    fn merge_base(&self, a: &ObjectId, b: &ObjectId) -> Result<Option<ObjectId>, RepositoryError> {
        let store = lock(&self.store);
        let ancestors = |start: &ObjectId| {
            let mut seen = vec![*start];
            let mut at = 0;
            while at < seen.len() {
                if let Some(commit) = store.commits.get(&seen[at]) {
                    for parent in &commit.parents {
                        if !seen.contains(parent) {
                            seen.push(*parent);
                        }
                    }
                }
                at += 1;
            }
            seen
        };
        let of_a = ancestors(a);
        Ok(ancestors(b).into_iter().find(|commit| of_a.contains(commit)))
    }

    fn history(&self, tip: &ObjectId, limit: usize) -> Result<Vec<ObjectId>, RepositoryError> {
        let store = lock(&self.store);
        let parent = |commit: &ObjectId| store.commits.get(commit).and_then(|spec| spec.parents.first().copied());
        Ok(std::iter::successors(Some(*tip), parent).take(limit).collect())
    }

    fn tree_of(&self, commit: &ObjectId) -> Result<ObjectId, RepositoryError> {
        let store = lock(&self.store);
        store.commits.get(commit).map(|spec| spec.tree).ok_or(RepositoryError::Missing(*commit))
    }

    fn tree(&self, id: &ObjectId) -> Result<Arc<Tree>, RepositoryError> {
        lock(&self.store).trees.get(id).cloned().ok_or(RepositoryError::Missing(*id))
    }

    fn blobs(
        &self,
        ids: &[ObjectId],
        each: &mut dyn FnMut(usize, Vec<u8>) -> Result<(), RepositoryError>,
    ) -> Result<(), RepositoryError> {
        for (at, id) in ids.iter().enumerate() {
            let content = lock(&self.store).blobs.get(id).cloned();
            each(at, content.ok_or(RepositoryError::Missing(*id))?)?;
        }
        Ok(())
    }

    fn write_blob(&self, bytes: &[u8]) -> Result<ObjectId, RepositoryError> {
        let id = hash("blob", &[bytes]);
        lock(&self.store).blobs.entry(id).or_insert_with(|| bytes.to_vec());
        Ok(id)
    }

    fn write_tree(&self, entries: &[TreeEntry]) -> Result<ObjectId, RepositoryError> {
        let mut entries = entries.to_vec();
        entries.sort_by(|a, b| a.name.cmp(&b.name));
        let mut hasher: Vec<Vec<u8>> = Vec::new();
        for entry in &entries {
            hasher.push(entry.name.clone());
            hasher.push(format!("{:?}", entry.mode).into_bytes());
            hasher.push(entry.id.as_bytes().to_vec());
        }
        let parts: Vec<&[u8]> = hasher.iter().map(Vec::as_slice).collect();
        let id = hash("tree", &parts);
        lock(&self.store).trees.entry(id).or_insert_with(|| Arc::new(Tree { entries }));
        Ok(id)
    }

    fn write_commit(&self, spec: &CommitSpec) -> Result<ObjectId, RepositoryError> {
        let parents: Vec<u8> = spec.parents.iter().flat_map(|id| id.as_bytes().to_vec()).collect();
        let id = hash(
            "commit",
            &[
                spec.tree.as_bytes(),
                &parents,
                spec.author.name.as_bytes(),
                spec.message.as_bytes(),
                &spec.time.0.to_le_bytes(),
            ],
        );
        lock(&self.store).commits.insert(id, spec.clone());
        Ok(id)
    }

    fn update_refs(&self, updates: &[RefUpdate]) -> Result<(), RepositoryError> {
        let mut store = lock(&self.store);
        for update in updates {
            let found = store.refs.get(&update.name).copied();
            let fits = match update.expected {
                Expected::Any => true,
                Expected::Absent => found.is_none(),
                Expected::At(id) => found == Some(id),
            };
            if !fits {
                let detail = match found {
                    Some(id) => format!("it stands at {}", id.short()),
                    None => "it does not exist".to_owned(),
                };
                return Err(RepositoryError::Moved { name: update.name.clone(), detail });
            }
        }
        for update in updates {
            match update.new {
                Some(id) => store.refs.insert(update.name.clone(), id),
                None => store.refs.remove(&update.name),
            };
        }
        Ok(())
    }
}
