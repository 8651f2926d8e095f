//! What a data directory knows of chosen models, and what is derived of it.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use enrich::attributes::{Context, catalogue, derive, explain};
use enrich::{Facts, Families, Lineage, Model, ModelRows, Popularity, Registry};
use schema::{Instant, Value};
use store::{Layer, Store};

/// The facts of those of the wanted models that any collection of a data directory knows. What
/// several collections know is joined in the order of their names.
pub(crate) fn facts(
    data: &Path,
    wanted: &BTreeSet<&str>,
) -> anyhow::Result<BTreeMap<String, Facts>> {
    let store = Store::open(data)?;
    let mut found: BTreeMap<String, Facts> = BTreeMap::new();
    for collection in store.collections()? {
        let Some(release) = store.release(&collection)? else { continue };
        let table =
            store.open_table(Layer::Tables, &collection, &release.tables, "models.parquet")?;
        for part in 0..table.parts() {
            let Some(batch) = table.read_part(part, None)? else { continue };
            let rows = ModelRows::of(&batch);
            for model in (0..rows.len()).map(|row| rows.read(row)) {
                if wanted.contains(model.model_id.as_str()) {
                    found.entry(model.model_id).or_default().update(model.facts);
                }
            }
        }
    }
    Ok(found)
}

/// An attribute's value, and the sign that decided it, in words.
pub(crate) struct Judged {
    pub(crate) value: Value,
    pub(crate) because: String,
}

impl Judged {
    pub(crate) fn flag(&self) -> Option<bool> {
        if let Value::Boolean(flag) = self.value { Some(flag) } else { None }
    }

    pub(crate) fn number(&self) -> Option<f64> {
        match self.value {
            Value::Integer(number) => Some(number as f64),
            Value::Number(number) => Some(number),
            _ => None,
        }
    }

    /// The text; empty where nothing is known.
    pub(crate) fn text(&self) -> &str {
        if let Value::Text(text) = &self.value { text } else { "" }
    }
}

/// Some attributes of a model, each as it is derived of the model alone.
pub(crate) fn judge<const N: usize>(id: &str, facts: Facts, names: [&str; N]) -> [Judged; N] {
    let models = [Model::new(id, facts)];
    let (registry, as_of) = (Registry::builtin(), Instant::from_millis(0));
    let columns = derive(&models, registry, as_of);
    let (lineage, popularity) = (Lineage::default(), Popularity::default());
    let families = Families::default();
    let context = Context {
        registry,
        lineage: &lineage,
        popularity: &popularity,
        families: &families,
        index: 0,
        as_of,
    };
    names.map(|name| {
        let at = catalogue().position(|attribute| attribute.name == name);
        let because = explain(&models[0], &context, name).map(|why| why.because);
        Judged {
            value: at.map_or(Value::Null, |at| columns[at][0].clone()),
            because: because.unwrap_or_default(),
        }
    })
}
