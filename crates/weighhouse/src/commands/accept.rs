//! `weighhouse accept`: build from a snapshot that was held back.

use std::path::Path;

use anyhow::bail;
use store::{Layer, Store};

use crate::{Outcome, output};

/// Build from a snapshot that was held back, because the Hub has changed and not our reading.
///
/// `weighhouse status` says which snapshots are held back and why. Later snapshots are held
/// against the one that was accepted.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// The collection.
    #[arg(value_name = "COLLECTION")]
    collection: String,
    /// The snapshot; without it, the newest that is held back.
    #[arg(value_name = "SNAPSHOT")]
    snapshot: Option<String>,
}

pub(crate) fn run(data: &Path, args: &Args) -> anyhow::Result<Outcome> {
    let store = Store::open(data)?;
    store.expect_collection(&args.collection)?;
    let _lock = store.lock()?;
    let mut held_back = Vec::new();
    for name in store.entries(Layer::Raw, &args.collection)? {
        let raw = store.manifest(Layer::Raw, &args.collection, &name)?.raw;
        let Some(raw) = raw.filter(|raw| raw.is_complete) else { continue };
        if !store.is_sound(&args.collection, &name, &raw)? {
            held_back.push((name, raw.held_back));
        }
    }
    let found = match &args.snapshot {
        None => held_back.last(),
        Some(asked) => held_back.iter().find(|(name, _)| name == asked),
    };
    let Some((name, reasons)) = found else {
        let names: Vec<&str> = held_back.iter().map(|(name, _)| name.as_str()).collect();
        let known = if names.is_empty() { "none".to_owned() } else { names.join(", ") };
        bail!("there is no such snapshot of {} held back; held back are: {known}", args.collection);
    };
    for reason in reasons {
        output::say(&format!("held back because {reason}"));
    }
    store.accept(&args.collection, name)?;
    output::say(&format!("{}: {name} is accepted; next: weighhouse build", args.collection));
    Ok(Outcome::Done)
}
