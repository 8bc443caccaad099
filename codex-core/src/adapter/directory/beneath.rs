//! Opening files below a folder without ever following a symbolic link, at any place of the path.

use std::fs::File;
use std::io::{self, Read, Write};
use std::os::fd::OwnedFd;
use std::path::Path;

use rustix::fs::{AtFlags, Mode, OFlags, open, openat, unlinkat};
use rustix::io::Errno;

const FOLDER: OFlags = OFlags::DIRECTORY.union(OFlags::NOFOLLOW).union(OFlags::CLOEXEC).union(OFlags::RDONLY);

/// Opens the folder that holds `path`, making folders on the way if asked to.
fn parent(root: &Path, path: &[u8], make: bool) -> Result<(OwnedFd, Vec<u8>), Errno> {
    let mut here = open(root, FOLDER, Mode::empty())?;
    let mut parts = path.split(|&b| b == b'/').peekable();
    while let Some(part) = parts.next() {
        if parts.peek().is_none() {
            return Ok((here, part.to_vec()));
        }
        here = match openat(&here, part, FOLDER, Mode::empty()) {
            Err(Errno::NOENT) if make => {
                match rustix::fs::mkdirat(&here, part, Mode::from_raw_mode(0o755)) {
                    Ok(()) | Err(Errno::EXIST) => {}
                    Err(error) => return Err(error),
                }
                openat(&here, part, FOLDER, Mode::empty())?
            }
            other => other?,
        };
    }
    Err(Errno::INVAL)
}

/// A file's content; `None` if there is no such file.
pub(super) fn read(root: &Path, path: &[u8]) -> Result<Option<Vec<u8>>, Errno> {
    let opened = parent(root, path, false).and_then(|(folder, name)| {
        let flags = OFlags::RDONLY | OFlags::NOFOLLOW | OFlags::CLOEXEC | OFlags::NONBLOCK;
        openat(&folder, name, flags, Mode::empty())
    });
    match opened {
        Ok(file) => read_all(File::from(file), MOST).map(Some).map_err(|error| errno(&error)),
        Err(Errno::NOENT) => Ok(None),
        Err(error) => Err(error),
    }
}

/// Writes a whole file, keeping its mode if it is there.
pub(super) fn write(root: &Path, path: &[u8], content: &[u8]) -> Result<(), Errno> {
    let (folder, name) = parent(root, path, true)?;
    let flags = OFlags::WRONLY | OFlags::CREATE | OFlags::NOFOLLOW | OFlags::CLOEXEC | OFlags::NONBLOCK;
    let file = openat(&folder, name, flags, Mode::from_raw_mode(0o644))?;
    let mut file = File::from(file);
    let kind = file.metadata().map_err(|error| errno(&error))?;
    if !kind.is_file() {
        return Err(Errno::ISDIR);
    }
    file.set_len(0).and_then(|()| file.write_all(content)).map_err(|error| errno(&error))
}

/// Removes a file; one that is not there is as good as removed.
pub(super) fn remove(root: &Path, path: &[u8]) -> Result<(), Errno> {
    let removed = parent(root, path, false).and_then(|(folder, name)| unlinkat(&folder, name, AtFlags::empty()));
    match removed {
        Ok(()) | Err(Errno::NOENT) => Ok(()),
        Err(error) => Err(error),
    }
}

/// A regular file's content; a pipe put in its place meanwhile blocks nobody.
pub(in crate::adapter) fn read_regular(path: &Path, most: u64) -> io::Result<Vec<u8>> {
    let flags = OFlags::RDONLY | OFlags::NOFOLLOW | OFlags::CLOEXEC | OFlags::NONBLOCK;
    read_all(File::from(open(path, flags, Mode::empty())?), most)
}

/// No file larger than this is read into memory.
pub(super) const MOST: u64 = 1 << 30;

/// What a file says of its size is not believed: a sparse one may claim anything.
fn read_all(file: File, most: u64) -> io::Result<Vec<u8>> {
    let metadata = file.metadata()?;
    if !metadata.is_file() {
        return Err(io::ErrorKind::IsADirectory.into());
    }
    let mut content = Vec::with_capacity(metadata.len().min(1 << 20) as usize);
    file.take(most).read_to_end(&mut content)?;
    Ok(content)
}

fn errno(error: &io::Error) -> Errno {
    Errno::from_io_error(error).unwrap_or(if error.kind() == io::ErrorKind::IsADirectory {
        Errno::ISDIR
    } else {
        Errno::IO
    })
}
