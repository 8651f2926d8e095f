//! The tree of a family: what is made from what, with the downloads of each model.

mod branches;

use chart::{Figure, Kind, Node, Point, Series, Unit, X};
use schema::{CellState, Estimate};
use why::Kinship;

use self::branches::{Branch, branches};
use super::{Brief, Drawing, Name};
use crate::parameters::Parameters;
use crate::parts;
use crate::refusal::Refusal;
use crate::view::View;

/// The parameter that names the model.
const MODEL: &str = "model";

/// A root that the collection does not have.
const OUTSIDE: (&str, &str) = ("(outside)", "Not in this collection");
/// Models that are told together.
const FURTHER: (&str, &str) = ("(further)", "Further models, together");

/// The role of those of whom too little shows.
const UNKNOWN: &str = "unknown";

/// One node of the tree, as it is drawn and listed.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Leaf {
    /// The model's id, or how many further ones there are.
    pub(crate) label: String,
    /// The model; `None` for several together.
    pub(crate) model: Option<String>,
    /// The place of the node that it hangs from, from 0.
    pub(crate) parent: Option<usize>,
    /// The name of its uploader's role, or what stands in its place.
    pub(crate) role: String,
    /// Its newest 30-day sum, or that of all of them; `None` where it is not known.
    pub(crate) downloads: Option<i64>,
    /// How many models it stands for: none where the collection does not have it.
    pub(crate) models: u64,
    /// How many models of the family hang from it, and what they add up to.
    pub(crate) below: (u64, i64),
}

/// The nodes of the tree below a model of its family, each after the one that it hangs from.
pub(crate) fn leaves(family: &Kinship) -> Vec<Leaf> {
    let leaf = |branch: &Branch<'_>| {
        let member = branch.member;
        let (role, downloads, models) = match (member, branch.further) {
            (Some(member), _) => (member.role.clone(), member.downloads_30d, 1),
            (None, Some((models, sum))) => (FURTHER.0.to_owned(), sum, models),
            (None, None) => (OUTSIDE.0.to_owned(), None, 0),
        };
        let model = branch.further.is_none().then(|| branch.id.to_owned());
        let label = match branch.further {
            Some((models, _)) => parts::counted(models, "further model", "further models"),
            None => branch.id.to_owned(),
        };
        Leaf { label, model, parent: branch.parent, role, downloads, models, below: branch.below }
    };
    branches(family).iter().map(leaf).collect()
}

/// The tree below the model that the address names, of its family.
pub(super) fn draw(view: &View) -> Result<Drawing, Refusal> {
    let model = view
        .given
        .get(MODEL)
        .ok_or_else(|| Refusal::missing_parameter(MODEL, "the id of a model, as Qwen/Qwen3-8B"))?;
    let family = view.shown.kinship(model)?;
    Ok(drawing(view, &family))
}

/// The tree below a model of its family.
pub(crate) fn drawing(view: &View, family: &Kinship) -> Drawing {
    let market = &view.shown.market;
    let leaves = leaves(family);
    let title = format!("What is made from {}", family.model_id);
    let subtitle = "Each model below the one that it is made from, as declared or inferred, with its \
                    newest reading of the rolling 30-day counter; marks tell what the uploader does."
        .to_owned();
    let mut parameters = Parameters::default();
    parameters.push("collection", &market.release.collection);
    parameters.push(MODEL, &family.model_id);
    view.hidden.iter().for_each(|key| parameters.push("hide", key));
    let reason = family.family.is_none().then(|| "nothing is known of its bases".to_owned());
    let figure = Figure {
        id: Name::Lineage.text().to_owned(),
        kind: Kind::Tree,
        title: title.clone(),
        subtitle: subtitle.clone(),
        unit: Unit::Count("downloads"),
        source: market.collection.source.clone(),
        data_through: parts::day(market.data_through.day()),
        simulated: market.release.is_simulated,
        series: series(&leaves, &view.hidden),
        is_ordered: false,
        events: Vec::new(),
        reference_lines: Vec::new(),
        choices: Vec::new(),
        nodes: leaves.iter().map(node).collect(),
        links: Vec::new(),
        notes: notes(&leaves),
    };
    Drawing {
        name: Name::Lineage.text(),
        path: Name::Lineage.path(),
        figure,
        marks: Vec::new(),
        brief: Brief { title, subtitle },
        reason,
        parameters,
        release: market.release.id.clone(),
        collection: market.release.collection.clone(),
        covers: market.collection.covers.clone(),
        data_through: market.data_through,
    }
}

fn node(leaf: &Leaf) -> Node {
    Node { label: leaf.label.clone(), parent: leaf.parent.map(|parent| parent as u32 + 1) }
}

/// A series a role, in the order of what they add up to; what is no role comes last.
fn series(leaves: &[Leaf], hidden: &[String]) -> Vec<Series> {
    let mut series: Vec<Series> = Vec::new();
    for (place, leaf) in (1..).zip(leaves) {
        let point = Point {
            x: X::Place(place),
            estimate: leaf.downloads.map_or_else(
                || Estimate::undefined(leaf.models),
                |sum| Estimate::exact(sum as f64, leaf.models),
            ),
            state: if leaf.downloads.is_some() { CellState::Observed } else { CellState::Missing },
        };
        match series.iter_mut().find(|series| series.key == leaf.role) {
            Some(known) => known.points.push(point),
            None => series.push(Series {
                key: leaf.role.clone(),
                label: role_title(&leaf.role),
                points: vec![point],
                is_residual: [OUTSIDE.0, FURTHER.0, UNKNOWN].contains(&leaf.role.as_str()),
                is_hidden: hidden.contains(&leaf.role),
            }),
        }
    }
    series.sort_by_key(|series| series.is_residual);
    series
}

/// A role in words, as a legend has it.
pub(crate) fn role_title(role: &str) -> String {
    for (key, title) in [OUTSIDE, FURTHER] {
        if role == key {
            return title.to_owned();
        }
    }
    let mut letters = role.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

/// How many models are told together.
fn notes(leaves: &[Leaf]) -> Vec<String> {
    let further: u64 =
        leaves.iter().filter(|leaf| leaf.role == FURTHER.0).map(|leaf| leaf.models).sum();
    let note = || {
        format!(
            "The {} with the fewest downloads below them are told together; the page of the family \
             shows any branch by itself.",
            parts::counted(further, "model", "models")
        )
    };
    (further > 0).then(note).into_iter().collect()
}

#[cfg(test)]
mod tests;
