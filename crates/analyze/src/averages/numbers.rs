//! A numeric attribute of all models.

use std::collections::HashMap;

use arrow_array::cast::AsArray;
use arrow_array::types::{Float64Type, Int64Type};
use arrow_array::{Array, RecordBatch};
use panel::Grouping;
use schema::ValueType;
use store::{Layer, Store};

use crate::{Error, Market, Result};

/// The values of a numeric attribute, by model.
///
/// Models of one value are a unit, so that what is asked of a number is asked of sums of units.
#[derive(Debug, Clone)]
pub struct Numbers {
    /// The attribute.
    pub attribute: String,
    /// The unit of its values; empty where there is none.
    pub unit: String,
    /// Units by value; models of which it is not known belong to none.
    pub(crate) grouping: Grouping,
}

/// What stands for a value that is not known.
const UNKNOWN: &str = "unknown";

impl Numbers {
    /// Reads a numeric attribute of a market's release.
    pub fn read(store: &Store, market: &Market, attribute: &str) -> Result<Self> {
        let numeric = [ValueType::Integer, ValueType::Number];
        let is_numeric = |of: &&crate::Description| {
            numeric.iter().any(|value_type| value_type.name() == of.value_type)
        };
        let mut known = market.attributes.iter().filter(is_numeric);
        let Some(description) = known.find(|known| known.name == attribute) else {
            let known = market.attributes.iter().filter(is_numeric);
            return Err(Error::UnknownAttribute {
                what: "numeric attribute",
                given: attribute.to_owned(),
                known: known.map(|known| known.name.clone()).collect(),
            });
        };
        let release = &market.release;
        let (collection, entry) = (&release.collection, &release.attributes);
        let file = "attributes.parquet";
        let batches =
            store.read_columns(Layer::Attributes, collection, entry, file, &[attribute])?;
        let values = read_values(&batches, attribute)?;
        Ok(Self {
            attribute: attribute.to_owned(),
            unit: description.unit.clone(),
            grouping: grouping(&values).arranged(market.panel.order()),
        })
    }
}

fn read_values(batches: &[RecordBatch], attribute: &str) -> Result<Vec<Option<f64>>> {
    let mut values = Vec::new();
    for batch in batches {
        let column = batch.column(0);
        if let Some(whole) = column.as_primitive_opt::<Int64Type>() {
            values.extend(whole.iter().map(|value| value.map(|value| value as f64)));
        } else if let Some(real) = column.as_primitive_opt::<Float64Type>() {
            values.extend(real.iter().map(|value| value.filter(|value| value.is_finite())));
        } else {
            let column = attribute.to_owned();
            return Err(store::Error::Column { column, expected: "a number" }.into());
        }
        debug_assert_eq!(column.len(), batch.num_rows());
    }
    Ok(values)
}

/// Units by value, each named by it.
pub(crate) fn grouping(values: &[Option<f64>]) -> Grouping {
    let mut places: HashMap<u64, u32> = HashMap::new();
    let mut names: Vec<String> = Vec::new();
    let keys = values.iter().map(|value| {
        // Adding zero makes one zero of the two.
        let value = (*value)? + 0.0;
        Some(*places.entry(value.to_bits()).or_insert_with(|| {
            names.push(value.to_string());
            names.len() as u32 - 1
        }))
    });
    let keys: Vec<Option<u32>> = keys.collect();
    Grouping::by_key(&keys, &names, UNKNOWN, UNKNOWN)
}

/// The value of each unit by code; `None` where it belongs to models of which it is not known.
pub(crate) fn values_of(units: &Grouping) -> Vec<Option<f64>> {
    (0..units.unit_count() as u32).map(|code| units.label(code).parse().ok()).collect()
}
