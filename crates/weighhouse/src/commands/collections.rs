//! `weighhouse collections`: which populations there are.

use std::path::Path;

use analyze::{Disagreement, Market};
use store::{Layer, Store};

use crate::Outcome;
use crate::output::{Format, Rows, grouped, say};
use crate::pipeline::origin;
use crate::pipeline::raw::complete_entries;

/// List the collections: what each covers, from whom, and how far it reaches.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// How to print.
    #[arg(long, value_enum, default_value_t)]
    format: Format,
}

pub(crate) fn run(data: &Path, args: &Args) -> anyhow::Result<Outcome> {
    let store = Store::open(data)?;
    let (mut rows, mut disagreements) = (Vec::new(), Vec::new());
    for collection in store.collections()? {
        let entries = complete_entries(&store, &collection)?;
        let Some(first) = entries.first() else { continue };
        let about = origin::about(&store, &collection, &entries)?;
        let release = store.release(&collection)?;
        let models = match &release {
            Some(release) => {
                let manifest = store.manifest(Layer::Tables, &collection, &release.tables)?;
                grouped(manifest.row_count)
            }
            None => String::new(),
        };
        if let Some(release) = &release
            && let Some(found) = Market::disagreement(&store, release)?
        {
            disagreements.extend(disagreement_line(&collection, &found));
        }
        rows.push(vec![
            collection,
            about.title,
            grouped(entries.len() as u64),
            models,
            release.as_ref().map(|release| release.data_through.clone()).unwrap_or_default(),
            if first.description.is_simulated { "yes" } else { "no" }.to_owned(),
            about.covers,
            about.source,
        ]);
    }
    let header = vec![
        "name",
        "title",
        "snapshots#",
        "models#",
        "data_through",
        "simulated",
        "covers",
        "source",
    ];
    Rows { header, rows }.print(args.format)?;
    for line in &disagreements {
        say(line);
    }
    Ok(Outcome::Done)
}

/// How far two counters of the same downloads are apart, in one line.
fn disagreement_line(collection: &str, found: &Disagreement) -> Option<String> {
    let percent = |ratio: f64| format!("{:.1} %", ratio * 100.0);
    Some(format!(
        "{collection}: the 30-day sum is {} of what the cumulative counter gained in the middle of \
         {} comparisons of {} models, and {} of them differ by more than {}",
        percent(found.median_ratio?),
        grouped(found.compared),
        grouped(found.model_count),
        percent(found.share_beyond_tolerance?),
        percent(found.tolerance?),
    ))
}
