//! `weighhouse status`: what is there, what is wrong, and what to do.

use std::path::Path;

use schema::Instant;
use store::{Layer, Store};

use crate::output::{Format, Rows, grouped, say};
use crate::pipeline::raw::complete_entries;
use crate::{Outcome, clock};

/// Say what is in the data directory, how fresh it is, what is wrong, and what to do.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// How to print.
    #[arg(long, value_enum, default_value_t)]
    format: Format,
}

/// One collection's state.
struct State {
    row: Vec<String>,
    advice: Option<String>,
}

pub(crate) fn run(data: &Path, args: &Args) -> anyhow::Result<Outcome> {
    let store = Store::open(data)?;
    let mut states = Vec::new();
    for collection in store.collections()? {
        states.push(state(&store, &collection)?);
    }
    let header = vec![
        "collection",
        "snapshots#",
        "rows#",
        "problems#",
        "data_through",
        "days_old#",
        "release",
        "state",
    ];
    if states.is_empty() {
        say(&format!(
            "{} is empty; take readings in: weighhouse import SOURCE PATH…",
            data.display()
        ));
    }
    let advice: Vec<String> = states.iter().filter_map(|state| state.advice.clone()).collect();
    Rows { header, rows: states.into_iter().map(|state| state.row).collect() }
        .print(args.format)?;
    for line in advice {
        say(&line);
    }
    Ok(Outcome::Done)
}

fn state(store: &Store, collection: &str) -> anyhow::Result<State> {
    let (mut rows, mut problems) = (0, 0);
    let entries = store.entries(Layer::Raw, collection)?;
    for name in &entries {
        let manifest = store.manifest(Layer::Raw, collection, name)?;
        rows += manifest.row_count;
        problems += manifest.problem_count;
    }
    let complete: Vec<String> =
        complete_entries(store, collection)?.into_iter().map(|entry| entry.name).collect();
    let release = store.release(collection)?;
    let broke_off = format!("{collection}: a listing broke off; run weighhouse collect again");
    let (state, advice) = match &release {
        None if complete.is_empty() => ("incomplete", Some(broke_off)),
        None => ("not built", Some(format!("{collection}: run weighhouse build"))),
        Some(release) if release.raw != complete => {
            ("out of date", Some(format!("{collection}: new snapshots; run weighhouse build")))
        }
        Some(_) if complete.len() < entries.len() => ("incomplete", Some(broke_off)),
        Some(_) => ("up to date", None),
    };
    let data_through = release.as_ref().map(|release| release.data_through.clone());
    let days_old = data_through.as_deref().and_then(|text| Instant::parse(text).ok());
    let days_old = days_old.map(|at| format!("{:.1}", clock::now().days_since(at)));
    let row = vec![
        collection.to_owned(),
        grouped(entries.len() as u64),
        grouped(rows),
        grouped(problems),
        data_through.unwrap_or_default(),
        days_old.unwrap_or_default(),
        release.map(|release| release.id).unwrap_or_default(),
        state.to_owned(),
    ];
    Ok(State { row, advice })
}
