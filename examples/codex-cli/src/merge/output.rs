//! Writing files in one step: readers see the old content or the new one, never a part.

use std::fs::{File, OpenOptions};
use std::io::{self, ErrorKind, Write};
use std::path::{Path, PathBuf};

use anyhow::anyhow;
use tempfile::NamedTempFile;

/// A content that is ready to be put where it belongs.
pub(super) struct Staged<'a> {
    path: &'a Path,
    way: Way<'a>,
}

enum Way<'a> {
    /// A file beside the wanted one that takes its place.
    Replace { file: NamedTempFile, wanted: PathBuf },
    /// A pipe or a device, which can only be written to.
    Pass { file: File, content: &'a [u8] },
}

/// Does all that can fail for want of rights or space. Nothing has changed at `path` before [`Staged::put`], and nothing stays
/// behind without it.
///
/// A file that is there keeps its permissions, and is refused if they let nobody write. A link stays, and what it leads to is
/// replaced.
pub(super) fn stage<'a>(path: &'a Path, content: &'a [u8]) -> anyhow::Result<Staged<'a>> {
    match way(path, content) {
        Ok(way) => Ok(Staged { path, way }),
        Err(error) => Err(refused(path, &error)),
    }
}

impl Staged<'_> {
    /// Puts the content where it belongs.
    pub(super) fn put(self) -> anyhow::Result<()> {
        let done = match self.way {
            Way::Replace { file, wanted } => file.persist(wanted).map(drop).map_err(|error| error.error),
            Way::Pass { mut file, content } => file.write_all(content),
        };
        done.map_err(|error| refused(self.path, &error))
    }
}

fn way<'a>(path: &Path, content: &'a [u8]) -> io::Result<Way<'a>> {
    let (wanted, known) = match std::fs::metadata(path) {
        Ok(known) if known.is_dir() => return Err(ErrorKind::IsADirectory.into()),
        Ok(known) if !known.is_file() => {
            return Ok(Way::Pass { file: OpenOptions::new().write(true).open(path)?, content });
        }
        Ok(known) if known.permissions().readonly() => return Err(ErrorKind::PermissionDenied.into()),
        Ok(known) => (path.canonicalize()?, Some(known.permissions())),
        Err(error) if error.kind() == ErrorKind::NotFound => (path.to_owned(), None),
        Err(error) => return Err(error),
    };
    let folder = wanted.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let mut builder = tempfile::Builder::new();
    builder.prefix(".codex-merge-");
    // Like any new file: what the user's mask leaves of it.
    #[cfg(unix)]
    builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
    let mut file = builder.tempfile_in(folder)?;
    file.write_all(content)?;
    if let Some(permissions) = known {
        file.as_file().set_permissions(permissions)?;
    }
    Ok(Way::Replace { file, wanted })
}

fn refused(path: &Path, error: &io::Error) -> anyhow::Error {
    anyhow!("{} can't be written: {error}; name a file in a folder you may write to", path.display())
}

/// Writes to standard output.
pub(super) fn print(content: &[u8]) -> anyhow::Result<()> {
    let mut out = io::stdout().lock();
    let done = out.write_all(content).and_then(|()| out.flush());
    done.map_err(|error| {
        anyhow!("standard output can't be written: {error}; send it where there is room, or to a file")
    })
}
