//! How the standing jobs of `watch` stand, for everyone who asks.

use serde::{Deserialize, Serialize};

use crate::error::io;
use crate::layer::write_atomically;
use crate::{Error, Result, Store};

const JOBS: &str = "jobs.json";

/// A job that is done again and again.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Job {
    /// Its name, as `whole`.
    pub name: String,
    /// What it does, in a few words.
    pub title: String,
    /// The collection that it reads into; `None` before it was done for the first time.
    pub collection: Option<String>,
    /// How often it is due, in seconds.
    pub period_seconds: u64,
    /// Whether it is due whenever there is something to do, rather than by the calendar; then its
    /// period says how long that may wait.
    #[serde(default)]
    pub is_on_demand: bool,
    /// When it is due next, or was due and is not done (RFC 3339); `None` while there is nothing
    /// to do.
    pub due_at: Option<String>,
    /// When it was last begun (RFC 3339).
    pub started_at: Option<String>,
    /// When it was last done (RFC 3339).
    pub succeeded_at: Option<String>,
    /// How often it has failed since it was last done.
    pub failure_count: u32,
    /// What it came to the last time, in one line: what was read, or what went wrong.
    pub outcome: Option<String>,
    /// Whether it is being done.
    pub is_running: bool,
}

impl Store {
    /// The standing jobs, by name; none where nobody watches.
    pub fn jobs(&self) -> Result<Vec<Job>> {
        let path = self.root().join(JOBS);
        let bytes = match std::fs::read(&path) {
            Ok(bytes) => bytes,
            Err(fault) if fault.kind() == std::io::ErrorKind::NotFound => return Ok(Vec::new()),
            Err(fault) => return Err(io("read", &path)(fault)),
        };
        serde_json::from_slice(&bytes).map_err(|source| Error::Manifest { path, source })
    }

    /// Writes down how the jobs stand; readers see the old state or the new one.
    pub fn write_jobs(&self, jobs: &[Job]) -> Result<()> {
        let path = self.root().join(JOBS);
        let mut text = serde_json::to_vec_pretty(jobs)
            .map_err(|source| Error::Manifest { path: path.clone(), source })?;
        text.push(b'\n');
        write_atomically(&path, &text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn jobs_are_read_back_as_they_were_written() {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::create(folder.path()).unwrap();
        assert_eq!(store.jobs().unwrap(), []);
        let job = Job {
            name: "whole".to_owned(),
            title: "the whole listing".to_owned(),
            collection: Some("hub".to_owned()),
            period_seconds: 604_800,
            is_on_demand: false,
            due_at: Some("2026-11-30T00:00:00Z".to_owned()),
            started_at: Some("2026-11-23T00:00:01Z".to_owned()),
            succeeded_at: None,
            failure_count: 1,
            outcome: Some("the Hub rested".to_owned()),
            is_running: false,
        };
        store.write_jobs(std::slice::from_ref(&job)).unwrap();
        assert_eq!(store.jobs().unwrap(), [job]);
        std::fs::write(folder.path().join(JOBS), b"{").unwrap();
        assert!(matches!(store.jobs().unwrap_err(), Error::Manifest { .. }));
    }
}
