//! What a value rests on beside the facts of its model: rows of the registry, and what the models say
//! that it descends from.

use enrich::{Lineage, Model, OwnerReview, Registry, RowPlace};
use schema::{Attribute, Day, Instant, Value};

use crate::Result;
use crate::evidence::{Evidence, Place};
use crate::owner::REGISTRY;

/// Models up the lineage whose declarations are shown.
const MOST_ANCESTORS: usize = 4;
/// What tells of a model's bases.
const DECLARING: [&str; 3] = ["base_models", "base_relation", "adapter_base"];

/// The rows of the registry that a value of an attribute rests on: of the uploader, of who made the
/// root of the lineage where the attribute looks at that, and of ids that moved.
pub(crate) fn registry_rows(
    attribute: &Attribute,
    model: &Model,
    lineage: &Lineage,
    row: usize,
    registry: &Registry,
) -> Vec<Evidence> {
    let root = lineage.root(row).filter(|_| attribute.inputs.contains(&"lineage"));
    let root_id = root.as_ref().map(|root| root.model_id.as_str());
    let annotated = model.facts.annotated_developer.as_deref();
    let annotated = annotated.filter(|_| attribute.inputs.contains(&"annotated_developer"));
    let owner = |id: &str| id.split_once('/').map(|(owner, _)| owner.to_owned());
    let mut owners: Vec<String> = Vec::new();
    let of_ids = [Some(model.model_id.as_str()), root_id].into_iter().flatten().filter_map(owner);
    for owner in of_ids.chain(annotated.map(str::to_owned)) {
        let main = registry.organisation(&owner).to_owned();
        for owner in [owner, main] {
            if !owners.contains(&owner) {
                owners.push(owner);
            }
        }
    }
    let mut rows: Vec<Evidence> = owners.iter().map(|owner| owner_row(owner, registry)).collect();
    if root_id.is_some() {
        let bases = model.facts.base_models.iter().flatten();
        rows.extend(bases.filter_map(|base| alias_row(base, registry)));
    }
    rows
}

fn owner_row(owner: &str, registry: &Registry) -> Evidence {
    let name = format!("registry: {owner}");
    let OwnerReview::Reviewed(found) = registry.review(owner) else {
        return Evidence { name, value: Value::Null, place: None };
    };
    let reviewed_on = found.reviewed_on.parse::<Day>().map(Day::start).ok();
    let place = registry.place(owner).zip(reviewed_on).map(|(row, at)| place(row, at));
    Evidence { name, value: found.evidence.as_str().into(), place }
}

fn alias_row(id: &str, registry: &Registry) -> Option<Evidence> {
    let (evidence, row) = registry.alias_evidence(id)?;
    let (current, moved_on) = registry.dated_alias(id)?;
    let value = format!("now {current}: {evidence}").into();
    let name = format!("registry: {id}");
    Some(Evidence { name, value, place: Some(place(row, moved_on.start())) })
}

fn place(row: &RowPlace, read_at: Instant) -> Place {
    Place { file: format!("{REGISTRY}/{}", row.path), line: row.line, read_at }
}

/// The way to the root, and what the models on it say of their own bases, as `ask` finds it.
pub(crate) fn declarations(
    lineage: &Lineage,
    row: usize,
    mut ask: impl FnMut(usize, &str) -> Result<Option<Evidence>>,
) -> Result<Vec<Evidence>> {
    let ancestry: Vec<String> = lineage.ancestry(row).into_iter().map(str::to_owned).collect();
    let value = Value::TextList(ancestry);
    let mut found = vec![Evidence { name: "lineage".to_owned(), value, place: None }];
    let above = std::iter::successors(lineage.parent(row), |place| lineage.parent(*place));
    for place in above.take(MOST_ANCESTORS) {
        let Some(relative) = lineage.relative(place) else { break };
        for field in DECLARING {
            if let Some(evidence) = ask(place, field)?.filter(|it| !it.value.is_null()) {
                found.push(Evidence { name: format!("{field} of {}", relative.id), ..evidence });
            }
        }
    }
    Ok(found)
}
