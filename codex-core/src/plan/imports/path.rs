//! Paths of the snapshot, put together from what files say.

/// The folder that a path lies in; empty for the root.
pub(super) fn folder_of(path: &[u8]) -> &[u8] {
    path.iter().rposition(|byte| *byte == b'/').map_or(&path[..0], |slash| &path[..slash])
}

/// The last component of a path.
pub(super) fn name_of(path: &[u8]) -> &[u8] {
    path.iter().rposition(|byte| *byte == b'/').map_or(path, |slash| &path[slash + 1..])
}

/// `relative` seen from `folder`, without `.` and `..`; nothing where it leads out of the root.
pub(super) fn join(folder: &[u8], relative: &[u8]) -> Option<Vec<u8>> {
    let mut parts: Vec<&[u8]> = folder.split(|byte| *byte == b'/').filter(|part| !part.is_empty()).collect();
    for part in relative.split(|byte| *byte == b'/') {
        match part {
            b"" | b"." => {}
            b".." => {
                parts.pop()?;
            }
            name => parts.push(name),
        }
    }
    Some(parts.join(&b'/'))
}

/// The folder, and those above it up to the root, which is empty.
pub(super) fn upwards(folder: &[u8]) -> impl Iterator<Item = &[u8]> {
    std::iter::successors(Some(folder), |&here| (!here.is_empty()).then(|| folder_of(here)))
}

/// How many folders two paths have in common from the root on.
pub(super) fn shared_folders(left: &[u8], right: &[u8]) -> usize {
    left.iter().zip(right).take_while(|(one, other)| one == other).filter(|(byte, _)| **byte == b'/').count()
}

/// Of several paths the nearest to `from`, the first of those that are equally near.
pub(super) fn nearest<'p>(from: &[u8], paths: &'p [Vec<u8>]) -> Option<&'p Vec<u8>> {
    paths.iter().rev().max_by_key(|path| shared_folders(from, path))
}
