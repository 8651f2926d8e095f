//! What is derived of each model: one module for each family, one catalogue over all.
//!
//! A family holds the descriptions of its attributes and one pure function that gives their
//! values in the same order. Everything else (the Arrow schema, lists, labels, documentation)
//! derives from the descriptions.

use schema::{Attribute, Confidence, Instant, Value};

use crate::families::Families;
use crate::lineage::Lineage;
use crate::popularity::Popularity;
use crate::registry::Registry;
use crate::tables::Model;

mod access;
mod architecture;
mod card;
mod citation;
mod context;
mod counting;
mod data;
mod describe;
mod documentation;
mod environment;
mod evaluation;
mod experts;
mod files;
mod identity;
mod kin;
mod language;
mod library;
mod license;
mod license_terms;
mod lineage;
mod maintenance;
mod media;
mod modality;
mod name;
mod openness;
mod owner;
mod popularity;
mod published;
mod quantization;
pub(crate) mod rules;
mod runtime;
mod safety;
mod sections;
pub(crate) mod signs;
mod size;
mod task;
mod usage;
mod weights;
mod word_table;

pub(crate) use media::Media;
pub(crate) use name::{named_size, says_size, words as name_words};

/// Few enough that they and a family's columns stay near the processor, family after family.
const MODELS_AT_ONCE: usize = 64;

/// What a family may look at beside the model itself.
#[derive(Debug, Clone, Copy)]
pub struct Context<'a> {
    /// Who the owners are.
    pub registry: &'a Registry,
    /// From which model each model descends.
    pub lineage: &'a Lineage,
    /// How much each model was used.
    pub popularity: &'a Popularity,
    /// Which models belong together.
    pub families: &'a Families,
    /// The model's place in the collection.
    pub index: usize,
    /// The newest reading of the collection: ages are as of it.
    pub as_of: Instant,
}

/// A family of attributes that are derived together.
#[derive(Debug, Clone, Copy)]
pub struct Family {
    /// The descriptions, in the order of the values.
    pub attributes: &'static [Attribute],
    /// Derives one value for each description.
    pub derive: fn(&Model, &Context<'_>) -> Vec<Value>,
    /// Says which sign decided the value of the attribute of this name; `None` where the facts
    /// and the method say all there is to say.
    pub explain: fn(&Model, &Context<'_>, &str) -> Option<Explanation>,
}

impl Family {
    /// Whether its values rest on the model alone, so that they stay as long as its facts do: not
    /// on other models, on readings or on the date.
    #[must_use]
    pub fn is_of_model_alone(&self) -> bool {
        let inputs = || self.attributes.iter().flat_map(|attribute| attribute.inputs);
        !inputs().any(|input| OF_COLLECTION.contains(input))
    }

    /// A family whose facts and methods say all there is to say of its values.
    pub(crate) const fn plain(
        attributes: &'static [Attribute],
        derive: fn(&Model, &Context<'_>) -> Vec<Value>,
    ) -> Self {
        Self { attributes, derive, explain: |_, _, _| None }
    }
}

/// Which sign decided a value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Explanation {
    /// How the value is known.
    pub confidence: Confidence,
    /// The sign, in words, as `the word Q4_K_M of the file model-Q4_K_M.gguf`.
    pub because: String,
}

/// Explains the value that an attribute has for a model.
///
/// `None` where no attribute has the name.
#[must_use]
pub fn explain(model: &Model, context: &Context<'_>, name: &str) -> Option<Explanation> {
    let is_named = |attribute: &&Attribute| attribute.name == name;
    let family = FAMILIES.iter().find(|family| family.attributes.iter().any(|a| a.name == name))?;
    let attribute = family.attributes.iter().find(is_named)?;
    let plain = || Explanation { confidence: attribute.confidence, because: String::new() };
    Some((family.explain)(model, context, name).unwrap_or_else(plain))
}

/// Inputs that change though nothing changes that is said of the model.
const OF_COLLECTION: [&str; 4] = ["seen", "lineage", "readings", "as_of"];

/// Every family, in the order of the columns.
pub const FAMILIES: &[Family] = &[
    identity::FAMILY,
    owner::FAMILY,
    popularity::FAMILY,
    lineage::FAMILY,
    kin::FAMILY,
    task::FAMILY,
    modality::FAMILY,
    architecture::FAMILY,
    language::FAMILY,
    library::FAMILY,
    counting::FAMILY,
    files::FAMILY,
    size::FAMILY,
    weights::FAMILY,
    quantization::FAMILY,
    experts::FAMILY,
    context::FAMILY,
    license::FAMILY,
    access::FAMILY,
    card::FAMILY,
    runtime::FAMILY,
    usage::FAMILY,
    maintenance::FAMILY,
    license_terms::FAMILY,
    documentation::FAMILY,
    evaluation::FAMILY,
    data::FAMILY,
    citation::FAMILY,
    environment::FAMILY,
    safety::FAMILY,
    openness::FAMILY,
];

/// Every attribute, in the order of the columns.
pub fn catalogue() -> impl Iterator<Item = &'static Attribute> + Clone {
    FAMILIES.iter().flat_map(|family| family.attributes)
}

/// What models are derived with that holds for their whole collection.
#[derive(Debug, Clone, Copy)]
pub struct Shared<'a> {
    /// Who the owners are.
    pub registry: &'a Registry,
    /// From which model each model of the collection descends.
    pub lineage: &'a Lineage,
    /// How much each model of the collection was used.
    pub popularity: &'a Popularity,
    /// Which models of the collection belong together.
    pub families: &'a Families,
    /// The newest reading of the collection: ages are as of it.
    pub as_of: Instant,
}

/// Derives every attribute of every model: a column of values for each of the catalogue. Of their
/// readings nothing is known.
#[must_use]
pub fn derive(models: &[Model], registry: &Registry, as_of: Instant) -> Vec<Vec<Value>> {
    let (lineage, popularity) = (Lineage::of(models, registry), Popularity::default());
    let families = Families::new(&lineage, &popularity, registry);
    let (lineage, popularity, families) = (&lineage, &popularity, &families);
    let shared = Shared { registry, lineage, popularity, families, as_of };
    derive_some(models, 0, shared)
}

/// As [`derive`], for models that follow each other; `first` is the place of the first of them in
/// the collection.
#[must_use]
pub fn derive_some(models: &[Model], first: usize, shared: Shared<'_>) -> Vec<Vec<Value>> {
    let mut columns = vec![Vec::with_capacity(models.len()); catalogue().count()];
    give_values(FAMILIES, models, first, shared, |column, run| {
        columns[column].extend(run.values().cloned());
    });
    columns
}

/// The values of one attribute, of some models that follow each other.
#[derive(Debug, Clone, Copy)]
pub struct Run<'a> {
    /// For each model, the values of the attribute's family.
    models: &'a [Vec<Value>],
    place: usize,
}

impl<'a> Run<'a> {
    /// The values, in the order of the models.
    pub fn values(self) -> impl Iterator<Item = &'a Value> + Clone {
        self.models.iter().map(move |values| &values[self.place])
    }
}

/// Derives the attributes of some families, of models that follow each other from the place
/// `first` on. Hands over the values of some models at once, with the place of their attribute
/// among those of the families; of each attribute, they come in the order of the models.
pub fn give_values(
    families: &[Family],
    models: &[Model],
    first: usize,
    shared: Shared<'_>,
    mut take: impl FnMut(usize, Run<'_>),
) {
    let Shared { registry, lineage, popularity, families: kin, as_of } = shared;
    let mut values: Vec<Vec<Value>> = Vec::with_capacity(MODELS_AT_ONCE);
    for (few, start) in models.chunks(MODELS_AT_ONCE).zip((first..).step_by(MODELS_AT_ONCE)) {
        let mut begin = 0;
        for family in families {
            let of_model = |(model, index): (&Model, usize)| {
                let context =
                    Context { registry, lineage, popularity, families: kin, index, as_of };
                (family.derive)(model, &context)
            };
            values.extend(few.iter().zip(start..).map(of_model));
            for place in 0..family.attributes.len() {
                take(begin + place, Run { models: &values, place });
            }
            begin += family.attributes.len();
            values.clear();
        }
    }
}

#[cfg(test)]
mod tests;
