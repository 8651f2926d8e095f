//! What git leaves in the place of a large file that was not pulled.

use std::fs::File;
use std::io::Read;
use std::path::Path;

use crate::Result;
use crate::error::io;

/// With this every git-lfs pointer begins, by its specification.
const POINTER_MAGIC: &[u8] = b"version https://git-lfs.github.com/spec/";

/// Whether a file is a git-lfs pointer: a few lines that say which file belongs there.
pub fn is_lfs_pointer(path: &Path) -> Result<bool> {
    let file = File::open(path).map_err(io("open", path))?;
    let mut beginning = Vec::new();
    file.take(POINTER_MAGIC.len() as u64).read_to_end(&mut beginning).map_err(io("read", path))?;
    Ok(beginning == POINTER_MAGIC)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pointer_is_told_from_a_file() {
        let folder = tempfile::tempdir().unwrap();
        let check = |bytes: &[u8], expected: bool| {
            let path = folder.path().join("file");
            std::fs::write(&path, bytes).unwrap();
            assert_eq!(is_lfs_pointer(&path).unwrap(), expected);
        };
        // The example of the git-lfs specification.
        let pointer = "version https://git-lfs.github.com/spec/v1\n\
            oid sha256:4d7a214614ab2935c943f9e0ff69d22eadbb8f32b1258daaa5e2ca24d17e2393\n\
            size 12345\n";
        check(pointer.as_bytes(), true);
        check(b"PAR1", false);
        check(b"", false);
        check(b"version 2 of my list\n", false);
    }
}
