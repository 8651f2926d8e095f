//! What the author wrote, and what the Hub made of it.

use serde_json::{Map, Value, json};

use super::View;
use crate::model::Quirk;
use crate::numbers::mix;

/// The front matter of the card, as written; `None` without a card.
pub(super) fn card_data(view: &View) -> Option<Value> {
    let model = view.model;
    if model.has(Quirk::NoCard) {
        return None;
    }
    let mut card = Map::new();
    if let Some(license) = model.license {
        card.insert("license".to_owned(), json!(license));
        if license == "other" {
            card.insert("license_name".to_owned(), json!("simulated-community-license"));
        }
    }
    if !model.languages.is_empty() {
        card.insert("language".to_owned(), listed(view, &model.languages));
    }
    if let Some(library) = model.library() {
        card.insert("library_name".to_owned(), json!(library));
    }
    if !model.has(Quirk::NoTask) {
        card.insert("pipeline_tag".to_owned(), json!(model.architecture().task));
    }
    if let Some(dataset) = dataset(view) {
        card.insert("datasets".to_owned(), listed(view, &[dataset.as_str()]));
    }
    if let Some((relation, origins)) = &model.origin {
        let ids: Vec<&str> = origins.iter().map(|origin| typed(view, *origin)).collect();
        card.insert("base_model".to_owned(), listed(view, &ids));
        if model.has(Quirk::SaysRelation) {
            card.insert("base_model_relation".to_owned(), json!(relation.name()));
        }
    }
    Some(Value::Object(card))
}

/// The name of a base as the author knew it, which may have changed since.
pub(super) fn typed<'a>(view: &View<'a>, origin: u32) -> &'a str {
    view.world.id_at(origin, view.model.created_at())
}

/// The lineage as the Hub resolves it: only what a card says, and what is still there.
pub(super) fn base_models(view: &View) -> Option<Value> {
    if view.model.has(Quirk::NoCard) {
        return None;
    }
    let (relation, origins) = view.model.origin.as_ref()?;
    let models: Vec<Value> = origins
        .iter()
        .filter(|origin| view.world.is_visible(**origin, view.at))
        .map(|origin| {
            let id = view.world.id_at(*origin, view.at);
            json!({ "_id": view.world.model(*origin).object_id.to_string(), "id": id })
        })
        .collect();
    if models.is_empty() {
        return None;
    }
    Some(json!({ "relation": relation.name(), "models": models }))
}

/// Adds the tags that follow from the card.
pub(super) fn add_tags(view: &View, tags: &mut Vec<String>) {
    let model = view.model;
    if model.has(Quirk::NoCard) {
        return;
    }
    tags.extend(model.languages.iter().map(|language| (*language).to_owned()));
    if let Some(dataset) = dataset(view) {
        tags.push(format!("dataset:{dataset}"));
    }
    if model.has(Quirk::HasPaper) {
        let bits = mix(model.quirks);
        // A month of the thirteenth is none, so that no tag names a paper that exists.
        tags.push(format!("arxiv:{:02}13.{:05}", 22 + bits % 5, bits / 5 % 20_000));
    }
    if let Some((relation, origins)) = &model.origin {
        for origin in origins {
            // What is gone is not resolved, and stands as it was typed.
            let is_there = view.world.is_visible(*origin, view.at);
            let id =
                if is_there { view.world.id_at(*origin, view.at) } else { typed(view, *origin) };
            tags.push(format!("base_model:{id}"));
            tags.push(format!("base_model:{}:{id}", relation.name()));
        }
    }
    if let Some(license) = model.license {
        tags.push(format!("license:{license}"));
    }
}

/// The training set that the card names.
fn dataset(view: &View) -> Option<String> {
    let model = view.model;
    let owner = model.owner();
    model.has(Quirk::HasDataset).then(|| format!("{owner}/corpus-{}", mix(model.quirks) % 7))
}

/// A list, or one text where the author wrote it so.
fn listed(view: &View, values: &[&str]) -> Value {
    match values {
        [value] if view.model.has(Quirk::BareText) => json!(value),
        values => json!(values),
    }
}
