//! One model of a release, with what is known of it and why.

use enrich::attributes::{Context, catalogue, explain};
use enrich::{Families, Lineage, MODEL_COLUMNS, Model, ModelRows, Popularity, Registry};
use schema::{Attribute, Confidence, Instant, Value, ValueType, near};
use store::{Column, Layer, Release, Store, Table, values_of_batch};

use crate::beside;
use crate::evidence::{Evidence, Places};
use crate::lineage::lineage_of;
use crate::{Error, Result};

pub(crate) const MODELS: &str = "models.parquet";
/// Why an owner of simulated data is who it is.
const BY_DESIGN: &str = "the owners of the simulated Hub are known by design";
pub(crate) const ATTRIBUTES: &str = "attributes.parquet";

/// What is known of one model of a release, and why.
#[derive(Debug, Clone, PartialEq)]
pub struct Why {
    /// The collection.
    pub collection: String,
    /// The release.
    pub release: String,
    /// Whether the data are invented.
    pub is_simulated: bool,
    /// How far the data reach.
    pub data_through: Instant,
    /// The model's current id.
    pub model_id: String,
    /// What makes it the same model over time: the Hub's `_id` where known, else its id.
    pub model_key: String,
    /// When it was first read.
    pub first_seen_at: Instant,
    /// When it was last read.
    pub last_seen_at: Instant,
    /// The attributes that were asked for, in the order of the catalogue.
    pub findings: Vec<Finding>,
}

/// One attribute's value for the model, and why it is so.
#[derive(Debug, Clone, PartialEq)]
pub struct Finding {
    /// The attribute.
    pub attribute: &'static Attribute,
    /// Its value; null is not known.
    pub value: Value,
    /// How the value is known.
    pub confidence: Confidence,
    /// The sign that decided; empty where the method and the evidence say all there is to say.
    pub because: String,
    /// All that the value was derived from.
    pub evidence: Vec<Evidence>,
}

/// Tells what is known of a model of a release and why: of one attribute, or of all.
///
/// The model may be named by its id, in any case, by an id that it had before, or by the Hub's
/// `_id`.
pub fn why(store: &Store, release: &Release, model: &str, attribute: Option<&str>) -> Result<Why> {
    let asked = asked_attributes(attribute)?;
    let registry = Registry::builtin();
    let Release { collection, tables, attributes, .. } = release;
    let models = store.open_table(Layer::Tables, collection, tables, MODELS)?;
    let row = find(&models, registry, model)?.map_err(|near| Error::UnknownModel {
        collection: collection.clone(),
        given: model.to_owned(),
        near,
    })?;
    let model = read_model(&models, row)?;
    let table = store.open_table(Layer::Attributes, collection, attributes, ATTRIBUTES)?;
    let values = read_values(&table, row, &asked)?;
    let places = Places::find(store, release, registry, &model)?;
    let data_through = Instant::parse(&release.data_through).unwrap_or(model.last_seen_at);
    let needs_lineage = asked.iter().any(|attribute| attribute.inputs.contains(&"lineage"));
    let lineage = if needs_lineage { lineage_of(&models, registry)? } else { Lineage::default() };
    let popularity = Popularity::default();
    let context = Context {
        registry,
        lineage: &lineage,
        popularity: &popularity,
        families: &Families::default(),
        index: row as usize,
        as_of: data_through,
    };
    let asking = Asking {
        store,
        release,
        registry,
        models: &models,
        model: &model,
        row: row as usize,
        lineage: &lineage,
        places: &places,
        data_through,
        is_single: asked.len() == 1,
    };
    let finding = |(attribute, value): (&'static Attribute, Value)| {
        let explained = explain(&model, &context, attribute.name);
        // The reviewed owners are real ones.
        let is_by_design = release.is_simulated && attribute.inputs.contains(&"registry");
        Ok(Finding {
            attribute,
            confidence: explained.as_ref().map_or(attribute.confidence, |why| why.confidence),
            because: match explained {
                Some(_) if is_by_design => BY_DESIGN.to_owned(),
                explained => explained.map(|why| why.because).unwrap_or_default(),
            },
            evidence: asking.evidence(attribute)?,
            value,
        })
    };
    let findings = asked.into_iter().zip(values).map(finding).collect::<Result<_>>()?;
    Ok(Why {
        findings,
        collection: collection.clone(),
        release: release.id.clone(),
        is_simulated: release.is_simulated,
        data_through,
        first_seen_at: model.first_seen_at,
        last_seen_at: model.last_seen_at,
        model_id: model.model_id,
        model_key: model.key,
    })
}

/// What evidence is looked up with.
struct Asking<'a> {
    store: &'a Store,
    release: &'a Release,
    registry: &'a Registry,
    models: &'a Table,
    model: &'a Model,
    row: usize,
    lineage: &'a Lineage,
    places: &'a Places,
    data_through: Instant,
    is_single: bool,
}

impl Asking<'_> {
    fn evidence(&self, attribute: &Attribute) -> Result<Vec<Evidence>> {
        let mut evidence = Vec::new();
        for input in attribute.inputs {
            match *input {
                "registry" if self.release.is_simulated => {
                    evidence.push(Evidence::of_words("registry", BY_DESIGN));
                }
                "registry" => {
                    let (model, lineage) = (self.model, self.lineage);
                    let rows =
                        beside::registry_rows(attribute, model, lineage, self.row, self.registry);
                    evidence.extend(rows);
                }
                "lineage" => {
                    let said = |place: usize, field: &str| self.said_by(place, field);
                    evidence.extend(beside::declarations(self.lineage, self.row, said)?);
                }
                input => {
                    evidence.push(self.places.evidence(input, self.model, self.data_through));
                }
            }
        }
        Ok(evidence)
    }

    /// What a model above says of its own bases. To look that up takes as long as the model itself,
    /// so that it is done only where one attribute is asked for.
    fn said_by(&self, place: usize, field: &str) -> Result<Option<Evidence>> {
        if !self.is_single {
            return Ok(None);
        }
        let ancestor = read_model(self.models, place as u32)?;
        let places = Places::find(self.store, self.release, self.registry, &ancestor)?;
        Ok(Some(places.evidence(field, &ancestor, self.data_through)))
    }
}

fn asked_attributes(name: Option<&str>) -> Result<Vec<&'static Attribute>> {
    let Some(name) = name else { return Ok(catalogue().collect()) };
    let known = catalogue().find(|attribute| attribute.name.eq_ignore_ascii_case(name));
    known.map(|attribute| vec![attribute]).ok_or_else(|| Error::UnknownAttribute {
        given: name.to_owned(),
        near: near(name, catalogue().map(|attribute| attribute.name)),
    })
}

/// The row of a model; the ids that are near where there is none.
pub(crate) fn find(
    models: &Table,
    registry: &Registry,
    given: &str,
) -> Result<std::result::Result<u32, Vec<String>>> {
    let given = given.trim();
    let batches = models.read(Some(&["model_id", "hub_id"]))?;
    let texts = |name| {
        let values = values_of_batch(&batches, &Column { name, value_type: ValueType::Text })?;
        let text = |value| if let Value::Text(text) = value { text } else { String::new() };
        Ok::<_, Error>(values.into_iter().map(text).collect::<Vec<String>>())
    };
    let ids = texts("model_id")?;
    let row = |wanted: &dyn Fn(&String) -> bool| ids.iter().position(wanted);
    let found = row(&|id| id == given)
        .or_else(|| registry.alias(given).and_then(|current| row(&|id| id == current)))
        .or_else(|| row(&|id| id.eq_ignore_ascii_case(given)));
    if let Some(row) = found {
        return Ok(Ok(row as u32));
    }
    let by_hub_id = texts("hub_id")?.iter().position(|id| !id.is_empty() && id == given);
    let not_found = || near(given, ids.iter().map(String::as_str));
    Ok(by_hub_id.map(|row| row as u32).ok_or_else(not_found))
}

fn read_model(models: &Table, row: u32) -> Result<Model> {
    let columns: Vec<&str> = MODEL_COLUMNS.iter().map(|(name, _)| *name).collect();
    let batch = models.read_rows(&[row], &columns)?;
    let missing = || store::Error::Column { column: "model_id".to_owned(), expected: "text" };
    Ok(ModelRows::of(&batch.ok_or_else(missing)?).read(0))
}

fn read_values(table: &Table, row: u32, asked: &[&'static Attribute]) -> Result<Vec<Value>> {
    let column = |attribute: &&'static Attribute| Column {
        name: attribute.name,
        value_type: attribute.value_type,
    };
    read_row(table, row, &asked.iter().map(column).collect::<Vec<_>>())
}

fn read_row(table: &Table, row: u32, columns: &[Column]) -> Result<Vec<Value>> {
    let names: Vec<&str> = columns.iter().map(|column| column.name).collect();
    let batch = table.read_rows(&[row], &names)?;
    let value = |column| {
        let values = values_of_batch(batch.as_slice(), column)?;
        Ok(values.into_iter().next().unwrap_or_default())
    };
    columns.iter().map(value).collect()
}
