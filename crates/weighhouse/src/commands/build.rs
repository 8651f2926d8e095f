//! `weighhouse build`: raw → … → indicators, only what is out of date.

use std::path::Path;

use anyhow::bail;
use store::Store;

use crate::{Outcome, clock, output, pipeline, progress};

/// Build every layer that is out of date, from raw snapshots to indicators.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// Build only this collection.
    #[arg(long, value_name = "C")]
    collection: Option<String>,
}

const STAGES: u64 = 5;

pub(crate) fn run(data: &Path, args: &Args) -> anyhow::Result<Outcome> {
    let store = Store::open(data)?;
    let _lock = store.lock()?;
    let collections = pipeline::chosen(&store, args.collection.as_deref())?;
    if collections.is_empty() {
        bail!("there is nothing to build in {}; take readings in first", data.display());
    }
    let bar = progress::bar(collections.len() as u64 * STAGES, "building");
    for collection in &collections {
        if pipeline::raw::complete_entries(&store, collection)?.is_empty() {
            bar.inc(STAGES);
            let line = format!("{collection}: nothing was received whole yet; collect it again");
            bar.suspend(|| output::say(&line));
            continue;
        }
        let built = pipeline::build(&store, collection, clock::now(), &mut |stage| {
            bar.set_message(format!("{collection}: {stage}"));
            bar.inc(1);
        })?;
        let release = &built.release;
        let state = if built.is_new { "built" } else { "up to date" };
        let derived = match built.derived_count {
            0 => String::new(),
            count => format!(", {} models derived", output::grouped(count)),
        };
        let line = format!(
            "{collection}: {state}, release {}, {} models, {} snapshots, data through {}, {} problems{derived}",
            release.id,
            output::grouped(built.model_count),
            output::grouped(release.raw.len() as u64),
            release.data_through,
            output::grouped(built.problem_count),
        );
        bar.suspend(|| output::say(&line));
    }
    bar.finish_and_clear();
    Ok(Outcome::Done)
}
