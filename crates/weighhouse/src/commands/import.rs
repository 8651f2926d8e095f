//! `weighhouse import`: take files in as raw snapshots.

use std::path::{Path, PathBuf};

use anyhow::{Context, bail};
use enrich::Source;
use store::{Store, input};

use crate::pipeline::taking::{self, Received, Taken};
use crate::{Outcome, clock, output, progress};

/// Take files in as raw snapshots.
///
/// What is sound is taken in; what is not is named with file, line and reason, kept in a table of
/// problems, and counted by `status`. Importing the same file again changes nothing.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// Where the files come from: radar, llmfit, embeddings-trending, hub-details,
    /// open-model-evolution or hub-stats.
    #[arg(value_name = "SOURCE")]
    source: Source,
    /// Files, or folders whose files of this source are taken; gzip and zstd are read as they are.
    #[arg(value_name = "PATH", required = true)]
    paths: Vec<PathBuf>,
}

/// Problems of one file that are printed; all are kept.
const SHOWN_PROBLEMS: usize = 10;

pub(crate) fn run(data: &Path, args: &Args) -> anyhow::Result<Outcome> {
    let mut files = Vec::new();
    for path in &args.paths {
        let found = input::files(path, &|path| args.source.is_file(path))?;
        if found.is_empty() {
            bail!("there is no file of the source '{}' in {}", args.source, path.display());
        }
        files.extend(found);
    }
    let store = Store::create(data)?;
    let _lock = store.lock()?;
    let bar = progress::bar(files.len() as u64, "importing");
    let mut tally = Tally::default();
    for path in &files {
        bar.set_message(file_name(path, args.source));
        let result = take(&store, path, args.source);
        bar.suspend(|| tally.add(result));
        bar.inc(1);
    }
    bar.finish_and_clear();
    tally.close(args.source.name(), files.len())
}

fn take(store: &Store, path: &Path, source: Source) -> anyhow::Result<Taken> {
    let bytes = input::read(path)?;
    let received = Received {
        source,
        collection: source.name().to_owned(),
        file: file_name(path, source),
        bytes,
        arrived_at: clock::now(),
        read_at: None,
        is_simulated: false,
    };
    taking::take(store, received).with_context(|| format!("failed to import {}", path.display()))
}

/// The name under which messages speak of a file; a dump's folder holds its date.
fn file_name(path: &Path, source: Source) -> String {
    let parts = if source == Source::HubStats { 2 } else { 1 };
    let mut names: Vec<_> = path
        .components()
        .rev()
        .take(parts)
        .map(|part| part.as_os_str().to_string_lossy())
        .collect();
    names.reverse();
    names.join("/")
}

/// What became of the files.
#[derive(Debug, Default)]
pub(crate) struct Tally {
    taken: usize,
    known: usize,
    refused: usize,
    rows: u64,
    problems: u64,
}

impl Tally {
    /// Counts one file and says what was wrong with it.
    pub(crate) fn add(&mut self, result: anyhow::Result<Taken>) {
        let taken = match result {
            Ok(taken) => taken,
            Err(error) => {
                self.refused += 1;
                output::print_error(&error);
                return;
            }
        };
        for problem in taken.problems.iter().take(SHOWN_PROBLEMS) {
            output::say(&format!("problem: {problem}"));
        }
        if taken.problems.len() > SHOWN_PROBLEMS {
            let more = taken.problems.len() - SHOWN_PROBLEMS;
            output::say(&format!("problem: {}: and {more} more", taken.file));
        }
        self.problems += taken.problems.len() as u64;
        if taken.rows == 0 {
            self.refused += 1;
            output::say(&format!("error: nothing in {} is sound; it was not taken in", taken.file));
        } else if taken.is_new {
            self.taken += 1;
            self.rows += taken.rows;
        } else {
            self.known += 1;
        }
    }

    /// Sums up, and says how the command ended.
    pub(crate) fn close(&self, collection: &str, files: usize) -> anyhow::Result<Outcome> {
        if self.refused == files {
            bail!("nothing was imported into {collection}");
        }
        output::say(&format!(
            "{collection}: {} of {files} files taken in with {} rows, {} known before, {} refused, {} problems",
            self.taken,
            output::grouped(self.rows),
            self.known,
            self.refused,
            output::grouped(self.problems),
        ));
        if self.taken > 0 {
            output::say("next: weighhouse build");
        }
        let is_clean = self.problems == 0 && self.refused == 0;
        Ok(if is_clean { Outcome::Done } else { Outcome::CheckFailed })
    }
}
