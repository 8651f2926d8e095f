//! One model of a release, with what is known of it and why.

use enrich::attributes::{Context, catalogue, explain};
use enrich::{Families, Lineage, MODEL_COLUMNS, Model, ModelRows, Popularity, Registry};
use schema::{Attribute, Confidence, Instant, Value, near};
use store::{Column, Release, Store, Table, values_of_batch};

use crate::beside;
use crate::evidence::{Evidence, Places};
use crate::former::Former;
use crate::lineage::lineage_of;
use crate::models::Names;
use crate::texts::Texts;
use crate::{Error, Models, Result};

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
    /// By which of its names it was found.
    pub found_by: FoundBy,
    /// Names that it had before.
    pub former: Vec<Former>,
    /// Models that had its name before it; [`Former::current`] is what they are called now.
    pub namesakes: Vec<Former>,
    /// When it was first read.
    pub first_seen_at: Instant,
    /// When it was last read.
    pub last_seen_at: Instant,
    /// The attributes that were asked for, in the order of the catalogue.
    pub findings: Vec<Finding>,
}

/// By which of its names a model was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FoundBy {
    /// The id that it has.
    Id,
    /// An id that it had before.
    FormerId,
    /// Its id in other letters.
    OtherCase,
    /// The Hub's `_id`.
    HubId,
}

impl FoundBy {
    /// The name in answers.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Id => "id",
            Self::FormerId => "former_id",
            Self::OtherCase => "other_case",
            Self::HubId => "hub_id",
        }
    }
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
pub fn why(models: &Models, model: &str, attribute: Option<&str>) -> Result<Why> {
    let asked = asked_attributes(attribute)?;
    let registry = Registry::builtin();
    let (store, release) = (&models.store, &models.release);
    let found = find(models, model)?.map_err(|near| models.unknown(model, near))?;
    let row = found.row;
    let table = models.table()?;
    let model = read_model(&table, row)?;
    let values = read_values(&models.attributes()?, row, &asked)?;
    let places = Places::find(store, release, registry, &model)?;
    let data_through = Instant::parse(&release.data_through).unwrap_or(model.last_seen_at);
    let needs_lineage = asked.iter().any(|attribute| attribute.inputs.contains(&"lineage"));
    // What is said of the model by its lineage is said by those above it alone.
    let rows = if needs_lineage { models.bases()?.with_ancestors(row as usize) } else { vec![row] };
    let lineage =
        if needs_lineage { lineage_of(&table, Some(&rows), registry)? } else { Lineage::default() };
    let index = rows.partition_point(|above| *above < row);
    let popularity = Popularity::default();
    let context = Context {
        registry,
        lineage: &lineage,
        popularity: &popularity,
        families: &Families::default(),
        index,
        as_of: data_through,
    };
    let asking = Asking {
        store,
        release,
        registry,
        models: &table,
        model: &model,
        rows: &rows,
        index,
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
        collection: release.collection.clone(),
        release: release.id.clone(),
        is_simulated: release.is_simulated,
        data_through,
        first_seen_at: model.first_seen_at,
        last_seen_at: model.last_seen_at,
        model_id: model.model_id,
        model_key: model.key,
        found_by: found.by,
        former: found.former,
        namesakes: found.namesakes,
    })
}

/// What evidence is looked up with.
struct Asking<'a> {
    store: &'a Store,
    release: &'a Release,
    registry: &'a Registry,
    models: &'a Table,
    model: &'a Model,
    /// The rows of the models whose lineage it is.
    rows: &'a [u32],
    /// The model's place among these.
    index: usize,
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
                        beside::registry_rows(attribute, model, lineage, self.index, self.registry);
                    evidence.extend(rows);
                }
                "lineage" => {
                    let said = |place: usize, field: &str| self.said_by(place, field);
                    evidence.extend(beside::declarations(self.lineage, self.index, said)?);
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
        let Some(row) = self.rows.get(place) else { return Ok(None) };
        let ancestor = read_model(self.models, *row)?;
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

/// A model that was asked for by some name.
pub(crate) struct Found {
    pub(crate) row: u32,
    by: FoundBy,
    /// Names that it had before.
    former: Vec<Former>,
    /// Models that had its name before it.
    namesakes: Vec<Former>,
}

/// The model of a name; the ids that are near where there is none.
pub(crate) fn find(
    models: &Models,
    given: &str,
) -> Result<std::result::Result<Found, Vec<String>>> {
    let given = given.trim();
    let Names { ids, former } = models.names()?;
    let of_former = || {
        let mut known = former.iter().filter(|former| former.id.eq_ignore_ascii_case(given));
        known.find_map(|former| ids.position(|id| id == former.current))
    };
    let by = |by: FoundBy| move |row: usize| (row, by);
    let mut found = ids
        .position(|id| id == given)
        .map(by(FoundBy::Id))
        .or_else(|| of_former().map(by(FoundBy::FormerId)))
        .or_else(|| ids.position(|id| id.eq_ignore_ascii_case(given)).map(by(FoundBy::OtherCase)));
    if found.is_none() {
        let hub_ids = Texts::read(&models.table()?.read(Some(&["hub_id"]))?, "hub_id")?;
        found = hub_ids.position(|id| !id.is_empty() && id == given).map(by(FoundBy::HubId));
    }
    let Some((row, by)) = found else { return Ok(Err(near(given, ids.iter()))) };
    let id = ids.get(row).unwrap_or_default();
    let is_namesake = |former: &&Former| former.id == id && former.current != id;
    let namesakes = former.iter().filter(is_namesake).cloned().collect();
    let former = former.iter().filter(|former| former.current == id).cloned().collect();
    Ok(Ok(Found { row: row as u32, by, former, namesakes }))
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
