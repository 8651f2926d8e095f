//! Gives the binary a fingerprint of the code that makes layers, so that a layer says which code
//! made it and changed code rebuilds it.
#![expect(clippy::disallowed_methods, reason = "a build script reads the source")]

use std::collections::BTreeMap;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::{Path, PathBuf};

/// What decides the bytes of derived layers.
const SOURCES: [&str; 9] = [
    "../schema/src",
    "../stats/src",
    "../store/src",
    "../enrich/src",
    "../enrich/rules",
    "../panel/src",
    "../analyze/src",
    "../../registry",
    "src/pipeline",
];

fn main() {
    let mut files = BTreeMap::new();
    for source in SOURCES {
        println!("cargo::rerun-if-changed={source}");
        collect(Path::new(source), &mut files);
    }
    // The hasher of the standard library begins with fixed keys.
    let mut hasher = DefaultHasher::new();
    files.hash(&mut hasher);
    println!("cargo::rustc-env=WEIGHHOUSE_CODE_FINGERPRINT={:016x}", hasher.finish());
}

fn collect(path: &Path, files: &mut BTreeMap<PathBuf, Vec<u8>>) {
    if path.is_dir() {
        let entries = std::fs::read_dir(path).expect("a folder of the workspace can be listed");
        for entry in entries.flatten() {
            collect(&entry.path(), files);
        }
    } else if let Ok(bytes) = std::fs::read(path) {
        files.insert(path.to_owned(), bytes);
    }
}
