//! What was written to disk, so that what has changed since can be told.

use std::collections::BTreeMap;
use std::fs::{self, Metadata, OpenOptions};
use std::io::{self, Write};
use std::os::unix::fs::{MetadataExt, OpenOptionsExt, symlink};
use std::path::Path;

use codex_merge::{Entry, Mode};

use super::{below, failed};
use crate::id::ObjectId;
use crate::port::{Repository, RepositoryError, WorkspaceError, WorkspaceFile};

/// The files of a folder as they were written.
#[derive(Debug, Default)]
pub(super) struct Manifest {
    pub(super) files: BTreeMap<Vec<u8>, Written>,
    /// The change time after which a file is surely changed later than it was written.
    pub(super) sealed: i128,
}

/// One file as it was written.
#[derive(Debug, Clone)]
pub(super) struct Written {
    pub(super) entry: Entry<ObjectId>,
    stamp: Stamp,
    digest: [u8; 32],
}

/// What the system says of a file without reading it. The change time can't be set by a program.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Stamp {
    inode: u64,
    size: u64,
    mode: u32,
    modified: i128,
    changed: i128,
}

impl Stamp {
    fn of(metadata: &Metadata) -> Stamp {
        let nanos = |seconds: i64, nanos: i64| i128::from(seconds) * 1_000_000_000 + i128::from(nanos);
        Stamp {
            inode: metadata.ino(),
            size: metadata.size(),
            mode: metadata.mode(),
            modified: nanos(metadata.mtime(), metadata.mtime_nsec()),
            changed: nanos(metadata.ctime(), metadata.ctime_nsec()),
        }
    }
}

/// File systems keep time in steps; two changes within one step can't be told apart.
const STEP_NANOS: i128 = 50_000_000;

impl Manifest {
    /// Writes files below a folder and notes them.
    pub(super) fn write(
        &mut self,
        repository: &dyn Repository,
        folder: &Path,
        files: &[WorkspaceFile],
    ) -> Result<(), WorkspaceError> {
        let ids: Vec<ObjectId> = files.iter().map(|file| file.entry.id).collect();
        let mut problem = None;
        let mut last_parent = None;
        let read = repository.blobs(&ids, &mut |at, content| {
            let file = &files[at];
            let path = below(folder, &file.path);
            match write_one(&path, file.entry.mode, &content, &mut last_parent) {
                Ok(metadata) => {
                    let stamp = Stamp::of(&metadata);
                    self.sealed = self.sealed.max(stamp.changed);
                    let digest = *blake3::hash(&content).as_bytes();
                    self.files.insert(file.path.clone(), Written { entry: file.entry, stamp, digest });
                    Ok(())
                }
                Err(error) => {
                    let detail = error.to_string();
                    problem = Some(failed("writing", &path, error));
                    Err(RepositoryError::Failed { action: "writing a file".to_owned(), detail })
                }
            }
        });
        match (problem, read) {
            (Some(problem), _) => Err(problem),
            (None, read) => Ok(read?),
        }
    }

    /// Whether a file is as it was written. It is read only when its stamp can't tell.
    pub(super) fn unchanged(&self, path: &[u8], on_disk: &Path, metadata: &Metadata) -> io::Result<bool> {
        let Some(written) = self.files.get(path) else { return Ok(false) };
        let stamp = Stamp::of(metadata);
        if stamp == written.stamp && stamp.changed + STEP_NANOS < self.sealed {
            return Ok(true);
        }
        if mode_of(metadata) != Some(written.entry.mode) || stamp.size != written.stamp.size {
            return Ok(false);
        }
        Ok(*blake3::hash(&content_of(on_disk, metadata)?).as_bytes() == written.digest)
    }
}

fn write_one(
    path: &Path,
    mode: Mode,
    content: &[u8],
    last_parent: &mut Option<std::path::PathBuf>,
) -> io::Result<Metadata> {
    if let Some(parent) = path.parent()
        && last_parent.as_deref() != Some(parent)
    {
        fs::create_dir_all(parent)?;
        *last_parent = Some(parent.to_owned());
    }
    if mode == Mode::Symlink {
        use std::os::unix::ffi::OsStrExt;
        symlink(std::ffi::OsStr::from_bytes(content), path)?;
        return fs::symlink_metadata(path);
    }
    let bits = if mode == Mode::Executable { 0o755 } else { 0o644 };
    let mut file = OpenOptions::new().write(true).create_new(true).mode(bits).open(path)?;
    file.write_all(content)?;
    file.metadata()
}

/// What git would call a file of this kind; `None` for what it can't hold.
pub(super) fn mode_of(metadata: &Metadata) -> Option<Mode> {
    let kind = metadata.file_type();
    if kind.is_symlink() {
        Some(Mode::Symlink)
    } else if kind.is_file() {
        Some(if metadata.mode() & 0o100 != 0 { Mode::Executable } else { Mode::File })
    } else {
        None
    }
}

/// A file's content, or a link's target.
pub(super) fn content_of(path: &Path, metadata: &Metadata) -> io::Result<Vec<u8>> {
    use std::os::unix::ffi::OsStringExt;
    if metadata.file_type().is_symlink() {
        return Ok(fs::read_link(path)?.into_os_string().into_vec());
    }
    super::beneath::read_regular(path, super::beneath::MOST)
}
