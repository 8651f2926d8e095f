//! Who may do what that only one process may do at a time.

use std::fs::File;

use crate::error::io;
use crate::{Error, Result, Store};

const LOCK: &str = "lock";
const COLLECT_LOCK: &str = "collect.lock";
const WATCH_LOCK: &str = "watch.lock";

/// A right that one process has at a time; it ends with the value or the process.
#[derive(Debug)]
pub struct Lock {
    _file: File,
}

impl Store {
    /// Takes the right to write, and clears what an interrupted writer left half done.
    pub fn lock(&self) -> Result<Lock> {
        let lock = self.take(LOCK, "writing to")?;
        self.clear_drafts()?;
        Ok(lock)
    }

    /// Takes the right to collect, which may be held for hours while others write.
    pub fn lock_collecting(&self) -> Result<Lock> {
        self.take(COLLECT_LOCK, "collecting into")
    }

    /// Takes the right to run the standing jobs.
    pub fn lock_watching(&self) -> Result<Lock> {
        self.take(WATCH_LOCK, "watching over")
    }

    /// The operating system gives a lock back when its holder dies, however it dies.
    fn take(&self, name: &str, doing: &'static str) -> Result<Lock> {
        let path = self.root().join(name);
        let file = File::options()
            .create(true)
            .truncate(false)
            .write(true)
            .open(&path)
            .map_err(io("open", &path))?;
        if file.try_lock().is_err() {
            return Err(Error::Locked { doing, path: self.root().to_owned() });
        }
        Ok(Lock { _file: file })
    }
}
