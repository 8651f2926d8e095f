//! Files that people hand us, outside the data directory.

use std::path::{Path, PathBuf};

use crate::Result;
use crate::error::io;

/// A folder inside a folder inside a folder is as deep as a data set's clone goes.
const MAX_DEPTH: usize = 4;

/// Reads a whole file.
pub fn read(path: &Path) -> Result<Vec<u8>> {
    std::fs::read(path).map_err(io("read", path))
}

/// Lists the files that a path means: itself, or for a folder those below it that `is_wanted`,
/// sorted by path.
pub fn files(path: &Path, is_wanted: &dyn Fn(&Path) -> bool) -> Result<Vec<PathBuf>> {
    let metadata = std::fs::metadata(path).map_err(io("read", path))?;
    if !metadata.is_dir() {
        return Ok(vec![path.to_owned()]);
    }
    let mut found = Vec::new();
    walk(path, is_wanted, MAX_DEPTH, &mut found)?;
    found.sort();
    Ok(found)
}

fn walk(
    folder: &Path,
    is_wanted: &dyn Fn(&Path) -> bool,
    depth: usize,
    found: &mut Vec<PathBuf>,
) -> Result<()> {
    for entry in std::fs::read_dir(folder).map_err(io("list", folder))? {
        let path = entry.map_err(io("list", folder))?.path();
        if path.is_dir() {
            if depth > 1 {
                walk(&path, is_wanted, depth - 1, found)?;
            }
        } else if is_wanted(&path) {
            found.push(path);
        }
    }
    Ok(())
}
