//! Files for people, where they ask for them, outside of every layer.

use std::path::{Path, PathBuf};

use crate::Result;
use crate::error::io;
use crate::layer::{sync_folder, write_synced};

/// Writes a file at once: whoever looks sees the old one or the new one, whatever happens.
pub fn write(path: &Path, bytes: &[u8]) -> Result<()> {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let beside = path.with_file_name(format!(".{name}.new"));
    let written = write_synced(&beside, bytes);
    if written.is_err() {
        // Why it could not be written is what matters, not that this could not be undone.
        let _ = std::fs::remove_file(&beside);
        return written;
    }
    std::fs::rename(&beside, path).map_err(io("commit", path))?;
    let parent = path.parent().filter(|parent| !parent.as_os_str().is_empty());
    sync_folder(parent.unwrap_or(Path::new(".")))
}

/// The path of a file from the root, by which another program finds it.
///
/// Fails where it is not there.
pub fn absolute(path: &Path) -> Result<PathBuf> {
    path.canonicalize().map_err(io("find", path))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_replaced_and_nothing_else_is_left() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("report.html");
        write(&path, b"one").unwrap();
        write(&path, b"two").unwrap();
        assert_eq!(std::fs::read(&path).unwrap(), b"two");
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1);
        let missing = folder.path().join("not/there.html");
        let fault = write(&missing, b"x").unwrap_err().to_string();
        assert!(fault.contains("there.html"), "{fault}");
    }
}
