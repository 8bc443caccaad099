//! Contents of files, as far as they are there.

use super::files::Files;
use crate::id::ObjectId;
use crate::port::{Repository, RepositoryError};

/// Files that are asked for at once.
const CHUNK: usize = 64;

/// Reads contents and hands them over one by one with the file's number, until `left` bytes are used up. Gives the number
/// of files that were not read: contents that a partial clone lacks are no error here.
pub(super) fn read(
    repository: &dyn Repository,
    files: &Files,
    wanted: &[usize],
    left: &mut usize,
    each: &mut dyn FnMut(usize, &[u8]),
) -> Result<usize, RepositoryError> {
    let mut unread = 0;
    for chunk in wanted.chunks(CHUNK) {
        if *left == 0 {
            unread += chunk.len();
            continue;
        }
        let known: Vec<(usize, ObjectId)> = chunk.iter().filter_map(|at| files.id(*at).map(|id| (*at, id))).collect();
        let ids: Vec<ObjectId> = known.iter().map(|(_, id)| *id).collect();
        let mut done = 0;
        let mut take = |at: usize, bytes: &[u8]| {
            *left = left.saturating_sub(bytes.len());
            each(at, bytes);
        };
        let together = repository.blobs(&ids, &mut |at, bytes| {
            done = at + 1;
            take(known[at].0, &bytes);
            Ok(())
        });
        match together {
            Ok(()) => {}
            // What comes behind a missing one is not handed over.
            Err(RepositoryError::Missing(_)) => {
                for (at, id) in known.iter().skip(done) {
                    match repository.blob(id) {
                        Ok(bytes) => take(*at, &bytes),
                        Err(RepositoryError::Missing(_)) => unread += 1,
                        Err(error) => return Err(error),
                    }
                }
            }
            Err(error) => return Err(error),
        }
    }
    Ok(unread)
}
