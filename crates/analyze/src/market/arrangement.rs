//! In which order models are laid out.

use panel::Grouping;
use store::{Layer, Store};

use super::{CATALOGUE, read};
use crate::Result;

/// The attributes that markets are filtered by, those first whose filters are to cost least: models
/// of one first week lie in this order.
const ARRANGED_BY: [&str; 5] =
    ["modality", "license_family", "size_band", "sector", "country_group"];

/// The groupings by which the models of an entry of attributes are laid out, those first that
/// matter most, in the order of the models table.
pub fn arrangement(store: &Store, collection: &str, attributes: &str) -> Result<Vec<Grouping>> {
    let described = store.read_table(Layer::Attributes, collection, attributes, CATALOGUE)?;
    let descriptions = read::descriptions(&described)?;
    let mut groupings = Vec::new();
    for name in ARRANGED_BY {
        let Some(description) = descriptions.iter().find(|known| known.name == name) else {
            continue;
        };
        let file = "attributes.parquet";
        let values =
            store.read_columns(Layer::Attributes, collection, attributes, file, &[name])?;
        groupings.push(read::grouping(&values, description)?);
    }
    Ok(groupings)
}
