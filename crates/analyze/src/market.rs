//! One collection's release in memory.

mod arrangement;
mod downloads;
mod events;
mod parts;
mod read;
mod record;

use std::collections::BTreeMap;

use arrow_array::RecordBatch;
use panel::anomaly::{Flag, count_flags};
use panel::{Birth, Cells, Cubes, Filter, Grouping, Panel, Readings};
use schema::{Collection, Group, Instant, Value, ValueType, Week};
use store::{Column, Layer, Release, Store, values_of_batch};

pub use arrangement::arrangement;
pub use events::{Disagreement, Event, EventKind};
pub use parts::MarketParts;
pub use record::{ModelRecord, RecordedWeek};

use crate::{Condition, Error, Result, panel_columns};

const SHOWN_VALUES: usize = 12;
/// Beyond so many threads memory is the bound.
const MOST_THREADS: usize = 8;

/// Units that sums are made beforehand for: some 50 MB over five years of weeks.
const MOST_COMBINATIONS: usize = 4_096;

/// The file that describes the attributes.
const CATALOGUE: &str = "catalogue.parquet";
/// The file of a panel's cells.
pub const CELLS: &str = "cells.panel";
/// The file of what happened to the counters.
pub const EVENTS: &str = "events.parquet";
/// The file that says how far two counters of the same downloads are apart.
pub const DISAGREEMENT: &str = "disagreement.parquet";

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
    /// What happened to the counters, by time.
    pub events: Vec<Event>,
    /// How far the two counters of the models that have both are apart.
    pub disagreement: Option<Disagreement>,
    pub(crate) panel: Panel,
    pub(crate) cubes: Cubes,
    unknown_ages: usize,
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
    /// Version of the method, from 1.
    pub version: u64,
    /// What the value is derived from, by the names of facts and tables.
    pub inputs: Vec<String>,
    /// How the value is known: stated, derived or inferred.
    pub confidence: String,
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

    /// The descriptions of a release's attributes, with their coverage, and nothing else of it.
    pub fn descriptions(store: &Store, release: &Release) -> Result<Vec<Description>> {
        let Release { collection, attributes, .. } = release;
        let described = store.read_table(Layer::Attributes, collection, attributes, CATALOGUE)?;
        read::descriptions(&described)
    }

    /// How far the two counters of a release's models are apart, and nothing else of it.
    pub fn disagreement(store: &Store, release: &Release) -> Result<Option<Disagreement>> {
        let Release { collection, panel, .. } = release;
        read::disagreement(&store.read_table(Layer::Panel, collection, panel, DISAGREEMENT)?)
    }

    /// Loads one release.
    pub fn of_release(store: &Store, release: Release) -> Result<Self> {
        let collection = release.collection.as_str();
        let table = |layer, entry: &str, file| store.read_table(layer, collection, entry, file);
        let descriptions = Self::descriptions(store, &release)?;
        let snapshots = table(Layer::Tables, &release.tables, "snapshots.parquet")?;
        let about = table(Layer::Tables, &release.tables, "collection.parquet")?;
        let panel_table = |file| table(Layer::Panel, &release.panel, file);
        let events = read::events(&panel_table(EVENTS)?)?;
        let disagreement = Self::disagreement(store, &release)?;
        let data_through = Instant::parse(&release.data_through)?;

        // The cells are by far the largest part: the rest is read beside them.
        let (cells, rest) = std::thread::scope(|scope| {
            let rest = scope.spawn(|| Rest::read(store, &release, &descriptions));
            let cells = read_cells(store, &release);
            (cells, rest.join().expect("reading does not panic"))
        });
        let (cells, rest) = (cells?, rest?);
        let arranged =
            |(name, grouping): (String, Grouping)| (name, grouping.arranged(cells.order()));
        Ok(Self {
            groupings: rest.groupings.into_iter().map(arranged).collect(),
            model: rest.model.arranged(cells.order()),
            attributes: descriptions,
            snapshots: read::snapshots(&snapshots)?,
            collection: read::collection(&about, release.is_simulated)?,
            data_through,
            events,
            disagreement,
            cubes: Cubes::default(),
            unknown_ages: rest
                .births
                .iter()
                .filter(|birth| !matches!(birth, Birth::Known(_)))
                .count(),
            panel: Panel::new(rest.readings, cells, &rest.births, threads()),
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
            let (grouping, codes) = self.codes_of(condition)?;
            filter.keep(grouping, &codes);
        }
        Ok(filter)
    }

    /// The units that a condition names.
    pub(crate) fn codes_of(&self, condition: &Condition) -> Result<(&Grouping, Vec<u32>)> {
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
        Ok((grouping, codes))
    }

    /// Makes sums beforehand for questions about these attributes, so that those are answered at
    /// once, or sooner where an attribute has many units; attributes that the collection does not
    /// have are left out.
    pub fn prepare(&mut self, attributes: &[&str]) {
        let grouped = attributes.iter().map(|name| (*name, self.groupings.get(*name)));
        let known: Vec<(&str, &Grouping)> =
            grouped.filter_map(|(name, grouping)| Some((name, grouping?))).collect();
        self.cubes = Cubes::new(&self.panel, &known, MOST_COMBINATIONS);
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

    /// How many cells of a week are observed, estimated, missing and flagged; `None` where the week
    /// has none.
    #[must_use]
    pub fn week_states(&self, week: Week) -> Option<panel::WeekTotals> {
        self.panel.cells().totals_of(week)
    }

    /// How many models there are whose age is not known, since they are older than the Hub's
    /// record of creation or their source does not tell it.
    #[must_use]
    pub fn unknown_age_count(&self) -> usize {
        self.unknown_ages
    }

    /// How many cells have a flag.
    #[must_use]
    pub fn flagged_count(&self) -> u64 {
        self.panel.cells().flagged_count()
    }

    /// How many cells have each flag; a cell with two counts for both. It looks at every cell.
    #[must_use]
    pub fn flag_counts(&self) -> [(Flag, u64); 4] {
        count_flags(self.panel.cells())
    }

    /// How many cells are observed, estimated and missing.
    #[must_use]
    pub fn state_counts(&self) -> [u64; 3] {
        self.panel.cells().state_counts()
    }
}

/// All of a release but its cells.
struct Rest {
    births: Vec<Birth>,
    readings: Readings,
    model: Grouping,
    groupings: BTreeMap<String, Grouping>,
}

impl Rest {
    fn read(store: &Store, release: &Release, descriptions: &[Description]) -> Result<Self> {
        let collection = release.collection.as_str();
        let columns = |layer, entry: &str, file, names: &[&str]| {
            store.read_columns(layer, collection, entry, file, names)
        };
        let names = ["created_at"];
        let births =
            births_of(&columns(Layer::Tables, &release.tables, "models.parquet", &names)?)?;
        let ids = columns(Layer::Tables, &release.tables, "models.parquet", &["model_id"])?;
        let names = ["model", "at_ms", "downloads_30d", "downloads_all_time", "likes"];
        let readings = columns(Layer::Tables, &release.tables, "readings.parquet", &names)?;
        let groupable = descriptions.iter().filter(|description| description.is_groupable);
        let mut groupings = BTreeMap::new();
        for description in groupable {
            let names = [description.name.as_str()];
            let file = "attributes.parquet";
            let values = columns(Layer::Attributes, &release.attributes, file, &names)?;
            groupings.insert(description.name.clone(), read::grouping(&values, description)?);
        }
        Ok(Self {
            readings: Readings::new(births.len(), panel_columns::readings(&readings)?),
            births,
            model: read::model_grouping(&ids)?,
            groupings,
        })
    }
}

fn read_cells(store: &Store, release: &Release) -> Result<Cells> {
    let Release { collection, panel, .. } = release;
    let (mut source, bytes) = store.open_stream(Layer::Panel, collection, panel, CELLS)?;
    Ok(Cells::read(&mut source, bytes)?)
}

/// Threads that a question is answered with.
fn threads() -> usize {
    std::thread::available_parallelism().map_or(1, usize::from).min(MOST_THREADS)
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
    let count = |code: u32| std::cmp::Reverse(counts[code as usize]);
    codes.sort_by_key(|code| (count(*code), grouping.place_of_name(*code)));
    codes.iter().take(SHOWN_VALUES).map(|code| grouping.label(*code).to_owned()).collect()
}
