//! A market put together from its parts, as whoever simulates one does.

use std::collections::BTreeMap;

use panel::{Birth, CellsBuilder, Cubes, Grouping, Panel, Readings};
use schema::{Collection, Instant, ValueType};
use store::Release;

use super::{Description, Market, threads};
use crate::Numbers;

/// The parts of a market whose every model has a moment of birth and weekly flows.
#[derive(Debug)]
pub struct MarketParts {
    /// The name of the collection, which is marked as simulated.
    pub collection: String,
    /// The ids of the models.
    pub ids: Vec<String>,
    /// When each came to be.
    pub births: Vec<Instant>,
    /// The flows of each.
    pub flows: CellsBuilder,
    /// The end of the record.
    pub through: Instant,
    /// Attributes to group by, with the unit of each model.
    pub attributes: Vec<(&'static str, Grouping)>,
}

impl Market {
    /// Puts a market together in memory; it has no readings, and no release to be read from.
    #[must_use]
    pub fn of_parts(parts: MarketParts) -> Self {
        let births: Vec<Birth> =
            parts.births.iter().map(|at| Birth::from_created_at(Some(*at))).collect();
        let cells = parts.flows.finish(&births, parts.through);
        let arranged = |(name, grouping): (&'static str, Grouping)| {
            (name.to_owned(), grouping.arranged(cells.order()))
        };
        let groupings: BTreeMap<String, Grouping> =
            parts.attributes.into_iter().map(arranged).collect();
        let readings = Readings::new(births.len(), []);
        Self {
            release: Release {
                id: parts.collection.clone(),
                collection: parts.collection.clone(),
                raw: Vec::new(),
                tables: String::new(),
                attributes: String::new(),
                panel: String::new(),
                indicators: String::new(),
                data_through: parts.through.to_string(),
                is_simulated: true,
            },
            collection: Collection {
                name: parts.collection,
                title: "Simulated".to_owned(),
                covers: "models that were invented".to_owned(),
                source: "simulated".to_owned(),
                is_simulated: true,
            },
            attributes: groupings.iter().map(|(name, one)| described(name, one)).collect(),
            snapshots: Vec::new(),
            data_through: parts.through,
            events: Vec::new(),
            disagreement: None,
            cubes: Cubes::default(),
            unknown_ages: 0,
            model: Grouping::by_model(&parts.ids).arranged(cells.order()),
            panel: Panel::new(readings, cells, &births, threads()),
            groupings,
        }
    }
}

/// What is known of an attribute that has a name and units, and nothing else.
fn described(name: &str, grouping: &Grouping) -> Description {
    let models = 0..grouping.model_count();
    let known: Vec<u32> = models
        .map(|model| grouping.code(model))
        .filter(|code| grouping.is_attributed(*code))
        .collect();
    Description {
        name: name.to_owned(),
        value_type: ValueType::Text.name().to_owned(),
        unit: String::new(),
        title: name.replace('_', " "),
        meaning: "Invented.".to_owned(),
        source: "simulated".to_owned(),
        method: "drawn".to_owned(),
        family: "simulated".to_owned(),
        version: 1,
        inputs: Vec::new(),
        confidence: "stated".to_owned(),
        is_groupable: true,
        is_ordered: false,
        known_count: known.len() as u64,
        example: known.first().map_or_else(String::new, |code| grouping.label(*code).to_owned()),
    }
}

impl Numbers {
    /// A numeric attribute of a market that was put together, by model in the order of its parts.
    #[must_use]
    pub fn of_values(market: &Market, attribute: &str, values: &[Option<f64>]) -> Self {
        let grouping = crate::averages::grouping_of(values);
        Self {
            attribute: attribute.to_owned(),
            unit: String::new(),
            grouping: grouping.arranged(market.panel.order()),
        }
    }
}
