//! One collection's release in memory.

mod read;

use std::collections::BTreeMap;

use arrow_array::RecordBatch;
use panel::{Birth, Cells, Filter, Grouping, Panel, Readings};
use schema::{Collection, Group, Instant, Value, ValueType, Week};
use store::{Column, Layer, Release, Store, values_of_batch};

use crate::{Condition, Error, Result, panel_columns};

const SHOWN_VALUES: usize = 12;

/// One collection's release in memory.
#[derive(Debug)]
pub struct Market {
    /// Which release it is.
    pub release: Release,
    /// What the collection covers.
    pub collection: Collection,
    /// The descriptions of its attributes, with their coverage.
    pub attributes: Vec<Description>,
    /// What it was read from.
    pub snapshots: Vec<SnapshotInfo>,
    /// The newest reading.
    pub data_through: Instant,
    pub(crate) panel: Panel,
    model: Grouping,
    groupings: BTreeMap<String, Grouping>,
}

/// The description of an attribute as it travels with the data.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Description {
    /// Column name.
    pub name: String,
    /// Name of the type of its values.
    pub value_type: String,
    /// The unit of a number; empty where there is none.
    pub unit: String,
    /// Its title on pages.
    pub title: String,
    /// One sentence that says what it means.
    pub meaning: String,
    /// Which field of which source it comes from.
    pub source: String,
    /// How it is derived.
    pub method: String,
    /// The family that derives it.
    pub family: String,
    /// Whether its values can be the units of a market.
    pub is_groupable: bool,
    /// Whether its values have an order: each name begins with its lower end, or with `<` or `≤`.
    pub is_ordered: bool,
    /// Models of the collection for which it is known.
    pub known_count: u64,
    /// A known value, as an example.
    pub example: String,
}

/// One snapshot that a collection was read from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SnapshotInfo {
    /// The raw entry's name.
    pub name: String,
    /// The file, as the person who imported it knows it.
    pub file: String,
    /// The instant of its newest reading.
    pub read_at: Instant,
    /// Sound rows.
    pub row_count: u64,
    /// Problems.
    pub problem_count: u64,
}

impl Market {
    /// Loads the current release of a collection.
    pub fn load(store: &Store, collection: &str) -> Result<Self> {
        store.expect_collection(collection)?;
        let release = store
            .release(collection)?
            .ok_or_else(|| Error::NotBuilt { collection: collection.to_owned() })?;
        Self::of_release(store, release)
    }

    /// Loads one release.
    pub fn of_release(store: &Store, release: Release) -> Result<Self> {
        let collection = release.collection.as_str();
        let table = |layer, entry: &str, file| store.read_table(layer, collection, entry, file);
        let attributes = table(Layer::Attributes, &release.attributes, "attributes.parquet")?;
        let descriptions = table(Layer::Attributes, &release.attributes, "catalogue.parquet")?;
        let descriptions = read::descriptions(&descriptions)?;
        let readings = table(Layer::Tables, &release.tables, "readings.parquet")?;
        let cells = table(Layer::Panel, &release.panel, "cells.parquet")?;
        let models = table(Layer::Tables, &release.tables, "models.parquet")?;
        let snapshots = table(Layer::Tables, &release.tables, "snapshots.parquet")?;
        let collection = table(Layer::Tables, &release.tables, "collection.parquet")?;

        let births = births_of(&models)?;
        let ids = read::texts(&models, "model_id")?;
        let ids: Vec<String> = ids.into_iter().map(Option::unwrap_or_default).collect();
        let readings = Readings::new(ids.len(), panel_columns::readings(&readings)?);
        let data_through = Instant::parse(&release.data_through)?;
        let panel = Panel::new(readings, Cells::new(panel_columns::cells(&cells)?), births);
        Ok(Self {
            groupings: read::groupings(&attributes, &descriptions)?,
            model: Grouping::by_model(ids),
            attributes: descriptions,
            snapshots: read::snapshots(&snapshots)?,
            collection: read::collection(&collection, release.is_simulated)?,
            data_through,
            panel,
            release,
        })
    }

    /// The units of a group.
    pub fn grouping(&self, group: &Group) -> Result<&Grouping> {
        match group {
            Group::Model => Ok(&self.model),
            Group::Attribute(name) => self.groupings.get(name).ok_or_else(|| {
                let known = ["model".to_owned()].into_iter().chain(self.groupable());
                Error::UnknownAttribute {
                    what: "group",
                    given: name.clone(),
                    known: known.collect(),
                }
            }),
        }
    }

    /// The models that meet all conditions.
    pub fn filter(&self, conditions: &[Condition]) -> Result<Filter> {
        let mut filter = Filter::all(self.panel.model_count());
        for condition in conditions {
            let grouping = match condition.attribute.as_str() {
                "model" => &self.model,
                name => self.groupings.get(name).ok_or_else(|| Error::UnknownAttribute {
                    what: "attribute",
                    given: name.to_owned(),
                    known: self.groupable().collect(),
                })?,
            };
            let code = |value: &String| {
                grouping.find(value).ok_or_else(|| Error::UnknownValue {
                    attribute: condition.attribute.clone(),
                    given: value.clone(),
                    known: frequent(grouping, self.panel.model_count()),
                })
            };
            let codes = condition.values.iter().map(code).collect::<Result<Vec<u32>>>()?;
            filter.keep(grouping, &codes);
        }
        Ok(filter)
    }

    /// The names of the attributes that can be grouped by.
    pub fn groupable(&self) -> impl Iterator<Item = String> + '_ {
        let groupable = self.attributes.iter().filter(|attribute| attribute.is_groupable);
        groupable.map(|attribute| attribute.name.clone())
    }

    /// Every instant at which something was read, sorted.
    #[must_use]
    pub fn instants(&self) -> &[Instant] {
        self.panel.readings().instants()
    }

    /// The first and the last week of flows, where there are any.
    #[must_use]
    pub fn weeks(&self) -> Option<(Week, Week)> {
        self.panel.weeks()
    }

    /// How many models there are.
    #[must_use]
    pub fn model_count(&self) -> usize {
        self.panel.model_count()
    }

    /// How many cells are observed, estimated and missing.
    #[must_use]
    pub fn state_counts(&self) -> [u64; 3] {
        self.panel.state_counts()
    }
}

/// When each model of the models table came to be.
pub fn births_of(models: &[RecordBatch]) -> Result<Vec<Birth>> {
    let column = Column { name: "created_at", value_type: ValueType::Instant };
    let values = values_of_batch(models, &column)?;
    let birth = |value| match value {
        Value::Instant(at) => Birth::from_created_at(Some(at)),
        _ => Birth::Unknown,
    };
    Ok(values.into_iter().map(birth).collect())
}

fn frequent(grouping: &Grouping, model_count: usize) -> Vec<String> {
    let mut counts = vec![0_u64; grouping.unit_count()];
    (0..model_count).for_each(|model| counts[grouping.code(model) as usize] += 1);
    let mut codes: Vec<u32> = (0..grouping.unit_count() as u32).collect();
    codes.sort_by_key(|code| std::cmp::Reverse(counts[*code as usize]));
    codes.iter().take(SHOWN_VALUES).map(|code| grouping.label(*code).to_owned()).collect()
}
