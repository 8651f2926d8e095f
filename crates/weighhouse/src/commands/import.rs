//! `weighhouse import`: take files in as raw snapshots.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use anyhow::{Context, bail};
use enrich::{ColumnSearch, Source, TableMap};
use schema::Day;
use store::{Store, archive, input};

use super::collect::HubArgs;
use crate::clock::SystemClock;
use crate::pipeline::fetch::{self, Address, Event};
use crate::pipeline::origin::{Named, Origin};
use crate::pipeline::taking::{self, Given, Taken};
use crate::{Outcome, clock, output, progress};

/// Take files in as raw snapshots.
///
/// What is sound is taken in; what is not is named with file, line and reason, kept in a table of
/// problems, and counted by `status`. Importing the same file again changes nothing.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// Where the files come from: radar, llmfit, embeddings-trending, hub-details,
    /// open-model-evolution, hub-stats, or table for any other CSV, JSON lines or Parquet; or raw
    /// for what `export raw` wrote.
    #[arg(value_name = "SOURCE")]
    source: Door,
    /// What the columns of a table mean, for the source 'table'; see docs/import.md.
    #[arg(long, value_name = "MAP.toml")]
    map: Option<PathBuf>,
    /// Only files at an address, with a date in their path, from this day on (UTC).
    #[arg(long, value_name = "DATE")]
    from: Option<Day>,
    /// Only files at an address, with a date in their path, up to this day.
    #[arg(long, value_name = "DATE")]
    until: Option<Day>,
    #[command(flatten)]
    hub: HubArgs,
    /// Files, or folders whose files of this source are taken; gzip and zstd are read as they are.
    /// Or addresses: https://huggingface.co/datasets/OWNER/NAME[/tree/REVISION/PATH],
    /// hf://datasets/OWNER/NAME[@REVISION][/PATH], or the https:// address of a file.
    #[arg(value_name = "PATH", required = true)]
    paths: Vec<PathBuf>,
}

/// What can be taken in.
#[derive(Debug, Clone, Copy)]
enum Door {
    /// The raw layer of a collection, as `export raw` wrote it.
    Raw,
    /// Files of a source.
    Source(Source),
}

impl std::str::FromStr for Door {
    type Err = schema::Error;

    fn from_str(text: &str) -> Result<Self, schema::Error> {
        if text == "raw" { Ok(Self::Raw) } else { text.parse().map(Self::Source) }
    }
}

/// Problems of one file that are printed; the first 10,000 are kept, and all are counted.
const SHOWN_PROBLEMS: usize = 10;

pub(crate) fn run(data: &Path, args: &Args) -> anyhow::Result<Outcome> {
    let source = match args.source {
        Door::Raw => return restore(data, &args.paths),
        Door::Source(source) => source,
    };
    let origin = origin(source, args.map.as_deref())?;
    let (mut files, mut addresses) = (Vec::new(), Vec::new());
    for path in &args.paths {
        let text = path.to_str().unwrap_or_default();
        if let Some(address) = Address::parse(text, &args.hub.endpoint)? {
            addresses.push(address);
            continue;
        }
        let found = input::files(path, &|path| origin.is_file(path))?;
        if found.is_empty() {
            bail!("there is no file of the source '{source}' in {}", path.display());
        }
        files.extend(found);
    }
    let store = Store::create(data)?;
    let mut tally = Tally::default();
    if !files.is_empty() {
        take_all(&store, &origin, &files, &mut tally)?;
    }
    let mut count = files.len();
    for address in &addresses {
        count += fetch_all(&store, &origin, args, address, &mut tally)?;
    }
    tally.close(&origin.collection_name(), count)
}

/// Takes in files that are here.
fn take_all(
    store: &Store,
    origin: &Origin,
    files: &[PathBuf],
    tally: &mut Tally,
) -> anyhow::Result<()> {
    let _lock = store.lock()?;
    if let Some(map) = origin.map() {
        check_columns(store, origin, map, files)?;
    }
    let bar = progress::bar(files.len() as u64, "importing");
    for path in files {
        let file = origin.file_name(path);
        bar.set_message(file.clone());
        let result = take(store, path, &file, origin);
        bar.suspend(|| tally.add(result));
        bar.inc(1);
    }
    bar.finish_and_clear();
    Ok(())
}

/// Downloads the files at an address and takes them in one by one; returns how many there are.
fn fetch_all(
    store: &Store,
    origin: &Origin,
    args: &Args,
    address: &Address,
    tally: &mut Tally,
) -> anyhow::Result<usize> {
    // A file that is there is another one by another map.
    let known = match origin {
        Origin::Known(_) => fetch::received(store, &origin.collection_name())?,
        Origin::Table(..) => BTreeSet::new(),
    };
    let request = fetch::Request {
        address,
        is_wanted: &|path| origin.is_file(path),
        name: &|path| origin.file_name(path),
        from: args.from,
        until: args.until,
        known: &known,
        endpoint: &args.hub.endpoint,
        token: args.hub.token()?,
    };
    let bar = progress::bar(0, "fetching");
    let mut known_count = 0;
    let on_event = &mut |event: Event<'_>| match event {
        Event::Begun { name, number, of } => {
            bar.set_message(format!("bytes of {name} ({number} of {of})"));
            bar.set_position(0);
        }
        Event::Received(transfer) => {
            bar.set_length(transfer.bytes_total.unwrap_or(transfer.bytes));
            bar.set_position(transfer.bytes);
        }
        Event::Known => known_count += 1,
    };
    let count = fetch::each(store, &request, &SystemClock, on_event, &mut |file| {
        // Others may write while the next file is on its way.
        let _lock = store.lock()?;
        let result = take(store, file.path, file.name, origin);
        bar.suspend(|| tally.add(result));
        Ok(())
    })?;
    bar.finish_and_clear();
    tally.known += known_count;
    Ok(count)
}

/// Takes back what `export raw` wrote.
fn restore(data: &Path, paths: &[PathBuf]) -> anyhow::Result<Outcome> {
    let store = Store::create(data)?;
    let _lock = store.lock()?;
    for path in paths {
        let restored = archive::restore(&store, path)?;
        output::say(&format!(
            "{}: {} entries restored, {} known before; next: weighhouse build",
            restored.collection,
            output::grouped(restored.entries),
            output::grouped(restored.known),
        ));
    }
    Ok(Outcome::Done)
}

/// The origin that the arguments mean: a table has a map, and nothing else has.
fn origin(source: Source, map: Option<&Path>) -> anyhow::Result<Origin> {
    match (source, map) {
        (Source::Table, None) => {
            bail!("the source 'table' needs a map: import table --map MAP.toml PATH…")
        }
        (Source::Table, Some(path)) => {
            let failed = || format!("failed to read the map {}", path.display());
            let text = String::from_utf8(input::read(path)?).with_context(failed)?;
            Origin::of_map(text).with_context(failed)
        }
        (source, None) => Ok(Origin::Known(source)),
        (source, Some(_)) => {
            bail!("--map is for the source 'table'; the columns of '{source}' are known")
        }
    }
}

/// Refuses a map that names columns which none of the files has, before anything is taken in.
fn check_columns(
    store: &Store,
    origin: &Origin,
    map: &TableMap,
    files: &[PathBuf],
) -> anyhow::Result<()> {
    let mut search = ColumnSearch::new(map);
    for path in files {
        let file = origin.file_name(path);
        let named = Named { file: &file, now: clock::now(), read_at: None };
        named.open(store.open_input(path)?, |opened| search.look_at(map, opened));
    }
    if let Some((absent, seen)) = search.absent() {
        bail!(
            "the map names {} that no file has: {}; there are: {}",
            if absent.len() == 1 { "a column" } else { "columns" },
            absent.join(", "),
            seen.join(", ")
        );
    }
    Ok(())
}

fn take(store: &Store, path: &Path, file: &str, origin: &Origin) -> anyhow::Result<Taken> {
    fetch::expect_no_pointer(path, file, "run `git lfs pull` in its clone")?;
    let given = Given { origin, path, file, arrived_at: clock::now() };
    taking::take_file(store, given).with_context(|| format!("failed to import {file}"))
}

/// What became of the files.
#[derive(Debug, Default)]
pub(crate) struct Tally {
    taken: usize,
    known: usize,
    refused: usize,
    rows: u64,
    problems: u64,
    unmapped_columns: BTreeSet<String>,
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
        let more = taken.problem_count.saturating_sub(SHOWN_PROBLEMS as u64);
        if more > 0 {
            let more = output::grouped(more);
            output::say(&format!("problem: {}: and {more} more", taken.file));
        }
        self.problems += taken.problem_count;
        self.unmapped_columns.extend(taken.unmapped_columns);
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
        if !self.unmapped_columns.is_empty() {
            let columns: Vec<&str> = self.unmapped_columns.iter().map(String::as_str).collect();
            output::say(&format!(
                "{} columns are not in the map and were not read: {}",
                columns.len(),
                columns.join(", ")
            ));
        }
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
