//! raw → records → tables → attributes, panel → indicators: which layer is made of what, and when
//! it is out of date.

mod attributes;
mod completeness;
pub(crate) mod details;
pub(crate) mod fetch;
mod indicators;
pub(crate) mod listing;
pub(crate) mod origin;
pub(crate) mod pages;
mod panel;
mod parallel;
mod problems;
pub(crate) mod raw;
mod records;
mod tables;
pub(crate) mod taking;

use anyhow::Context;
use enrich::Registry;
use schema::Instant;
use store::{InputEntry, Layer, Publication, Release, Store, checksum};

use raw::RawEntry;

/// The version of the code that makes layers; it changes with the code.
pub(crate) const CODE_VERSION: &str =
    concat!(env!("CARGO_PKG_VERSION"), "+", env!("WEIGHHOUSE_CODE_FINGERPRINT"));

/// What building a collection came to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Built {
    /// The release.
    pub release: Release,
    /// Whether anything was made anew.
    pub is_new: bool,
    /// Models in it.
    pub model_count: u64,
    /// Models whose attributes were derived, and not taken over from an earlier release.
    pub derived_count: u64,
    /// Problems in its raw snapshots.
    pub problem_count: u64,
}

/// Builds what is out of date of one collection and makes the result its current release, which is
/// noted as published `now`.
pub(crate) fn build(
    store: &Store,
    collection: &str,
    now: Instant,
    on_stage: &mut dyn FnMut(&str),
) -> anyhow::Result<Built> {
    let entries = raw::complete_entries(store, collection)?;
    let is_simulated = entries.iter().any(|entry| entry.description.is_simulated);
    let registry = registry(is_simulated);
    on_stage("records");
    let records = records(store, collection, &entries)?;
    let inputs = records.iter().map(|name| store.as_input(Layer::Records, collection, name));
    let inputs = inputs.collect::<store::Result<Vec<_>>>()?;
    on_stage("tables");
    let tables = stage(store, Layer::Tables, collection, inputs, |draft| {
        tables::make(store, collection, &entries, &records, &registry, draft)
    })?;
    let data_through = tables::newest_reading(store, collection, &tables)?;
    let from_tables = store.as_input(Layer::Tables, collection, &tables)?;
    on_stage("attributes");
    let earlier = earlier_attributes(store, collection, is_simulated)?;
    let mut derived_count = 0;
    let attributes =
        stage(store, Layer::Attributes, collection, vec![from_tables.clone()], |draft| {
            let from = attributes::From {
                tables: &tables,
                earlier: earlier.as_deref(),
                registry: &registry,
                as_of: data_through,
            };
            derived_count = attributes::make(store, collection, &from, draft)?;
            Ok(())
        })?;
    let from_attributes = store.as_input(Layer::Attributes, collection, &attributes)?;
    on_stage("panel");
    let inputs = vec![from_tables, from_attributes.clone()];
    let panel = stage(store, Layer::Panel, collection, inputs, |draft| {
        let from = panel::From { tables: &tables, attributes: &attributes };
        panel::make(store, collection, from, data_through, draft)
    })?;
    let inputs = vec![from_attributes, store.as_input(Layer::Panel, collection, &panel)?];
    let mut release = Release {
        id: String::new(),
        collection: collection.to_owned(),
        raw: entries.iter().map(|entry| entry.name.clone()).collect(),
        tables,
        attributes,
        panel,
        indicators: key(Layer::Indicators, collection, &inputs),
        data_through: data_through.to_string(),
        is_simulated,
    };
    release.id = format!("{collection}-{}-{}", data_through.day(), &release.indicators[..8]);
    on_stage("indicators");
    stage(store, Layer::Indicators, collection, inputs, |draft| {
        indicators::make(store, &release, draft)
    })?;
    let manifest = store.manifest(Layer::Tables, collection, &release.tables)?;
    let is_new = store.release(collection)?.as_ref() != Some(&release);
    if is_new {
        // Noted first, so that no release is shown that nobody is told of.
        store.note_publication(collection, &publication(&release, manifest.row_count, now))?;
        store.publish(&release)?;
    }
    Ok(Built {
        release,
        is_new,
        model_count: manifest.row_count,
        derived_count,
        problem_count: manifest.problem_count,
    })
}

fn publication(release: &Release, model_count: u64, now: Instant) -> Publication {
    Publication {
        release: release.id.clone(),
        published_at: now.to_string(),
        data_through: release.data_through.clone(),
        model_count,
        snapshot_count: release.raw.len() as u64,
        code_version: CODE_VERSION.to_owned(),
    }
}

/// Makes the records of each raw entry that has none yet; returns their names.
fn records(store: &Store, collection: &str, entries: &[RawEntry]) -> anyhow::Result<Vec<String>> {
    let of_entry = |entry: &RawEntry| {
        let inputs = vec![store.as_input(Layer::Raw, collection, &entry.name)?];
        stage(store, Layer::Records, collection, inputs, |draft| {
            records::make(store, collection, entry, draft)
        })
    };
    entries.iter().map(of_entry).collect()
}

/// The attributes of the current release, where the same code made them with the same registry.
fn earlier_attributes(
    store: &Store,
    collection: &str,
    is_simulated: bool,
) -> anyhow::Result<Option<String>> {
    let Some(release) = store.release(collection)? else { return Ok(None) };
    let name = release.attributes;
    if release.is_simulated != is_simulated || !store.has(Layer::Attributes, collection, &name) {
        return Ok(None);
    }
    let manifest = store.manifest(Layer::Attributes, collection, &name)?;
    Ok((manifest.code_version == CODE_VERSION).then_some(name))
}

/// Makes a layer unless it is there; its name says what it was made from and by which code.
fn stage(
    store: &Store,
    layer: Layer,
    collection: &str,
    inputs: Vec<InputEntry>,
    make: impl FnOnce(&mut store::Draft) -> anyhow::Result<()>,
) -> anyhow::Result<String> {
    let name = key(layer, collection, &inputs);
    if store.has(layer, collection, &name) {
        return Ok(name);
    }
    let mut draft = store.draft(layer, collection, &name)?;
    make(&mut draft)
        .with_context(|| format!("failed to build the {} of {collection}", layer.name()))?;
    draft.describe(|manifest| {
        CODE_VERSION.clone_into(&mut manifest.code_version);
        manifest.inputs = inputs;
    });
    draft.commit()?;
    Ok(name)
}

fn key(layer: Layer, collection: &str, inputs: &[InputEntry]) -> String {
    let mut text = format!("{}\n{collection}\n{CODE_VERSION}\n", layer.name());
    for input in inputs {
        text.push_str(&input.name);
        text.push(' ');
        text.push_str(&input.sha256);
        text.push('\n');
    }
    checksum(text.as_bytes())[..12].to_owned()
}

/// The reviewed owners; a simulated Hub's are known by design.
fn registry(is_simulated: bool) -> Registry {
    let builtin = Registry::builtin();
    if !is_simulated {
        return builtin.clone();
    }
    let options =
        simulate::Options { models: 1, seed: 0, at: Instant::from_millis(1_700_000_000_000) };
    let mut owners = simulate::owner_registry(&simulate::world(&options));
    owners.extend(simulate::history_registry());
    builtin.with_owners(owners.into_iter().map(|label| enrich::Owner {
        name: label.owner.clone(),
        owner: label.owner,
        country: label.country_code.to_owned(),
        kind: kind_of(label.sector).to_owned(),
        sector: label.sector.to_owned(),
        evidence: "invented by the simulated Hub".to_owned(),
        reviewed_on: "2026-01-01".to_owned(),
        confidence: "high".to_owned(),
        ..enrich::Owner::default()
    }))
}

/// The kind of an invented owner: who is unaffiliated is a person.
fn kind_of(sector: &str) -> &'static str {
    if sector == "unaffiliated" { "person" } else { "organisation" }
}

/// The collections that are in the store, or the one that was asked for.
pub(crate) fn chosen(store: &Store, asked: Option<&str>) -> anyhow::Result<Vec<String>> {
    match asked {
        None => Ok(store.collections()?),
        Some(name) => {
            store.expect_collection(name)?;
            Ok(vec![name.to_owned()])
        }
    }
}
