//! `GET /family`: the page of one family of models: a base model, what is made from it, and by whom.

use axum::extract::Extension;
use axum::http::Uri;
use axum::response::Response;
use maud::{Markup, html};
use why::Kinship;

use super::asked::Asked;
use super::{Kind, Page, respond};
use crate::compute::AppState;
use crate::figures::{Leaf, leaves, lineage_of, role_title};
use crate::pages::model::family as parts_of_family;
use crate::parts::{self, address_of, counted, grouped};
use crate::refusal::Refusal;
use crate::view::View;

/// What these pages have of their own.
pub(crate) const KIND: Kind = Kind {
    page: Page {
        path: "/family",
        within: Some("/models"),
        name: "Family",
        heading: "Families of models",
        lead: "A base model and all that is made from it: its tree, its share, and through whom it flows.",
    },
    parameter: "family",
    group: Some("family"),
    names: ("family", "families"),
    is_of_owners: false,
    made_of: &["role", "owner", "license_family", "quantization_method"],
    known_by: &["developer", "architecture_family"],
    about: None,
    further: Some(further),
    stands_for: Some(stands_for),
};

/// The code of a refusal that says that there is no such model.
const UNKNOWN_MODEL: &str = "unknown_model";

/// Answers with the page.
pub(crate) async fn show(Extension(state): Extension<AppState>, uri: Uri) -> Response {
    respond(state, uri, &KIND).await
}

/// The family of a model that is not its root.
fn stands_for(_: &AppState, view: &View, name: &str) -> Result<Option<String>, Refusal> {
    match view.shown.kinship(name) {
        Ok(family) => Ok(family.family),
        Err(refusal) if refusal.code == UNKNOWN_MODEL => Ok(None),
        Err(refusal) => Err(refusal),
    }
}

/// The tree below the model that the address names, and the whole family by role.
fn further(asked: &Asked) -> Result<Markup, Refusal> {
    let named = asked.given.get(KIND.parameter).unwrap_or_default();
    let Some(family) = kinship(asked, named)? else { return Ok(html! {}) };
    let drawing = lineage_of(&asked.view, &family);
    let leaves = leaves(&family);
    Ok(html! {
        section aria-labelledby="tree" {
            h2 #tree { "The tree" }
            p.subtitle {
                (counted(family.members.len() as u64, "model", "models")) " of this collection descend from "
                (asked.unit) ", or are it."
                @if let Some(captured) = family.captured() {
                    " " (chart::format_value(&chart::Unit::Share, captured))
                    " of their downloads flow through others than who made it."
                }
            }
            @if family.model_id != asked.unit {
                p {
                    "Shown is the branch of " strong { (family.model_id) } ". "
                    a href=(branch(&family, &asked.unit)) { "The whole family" }
                }
                (parts_of_family::ancestry(&family))
            }
            (parts::figure(&drawing, asked.view.layout))
            details.tree-list open {
                summary { "The tree as a list, with ways into each branch" }
                (list(&family, &leaves, 0))
            }
            h3 { "Through whom the whole family flows" }
            (parts_of_family::table(&family))
        }
    })
}

/// The family as seen from a model; from the whole of it where the collection does not have the
/// root, which then is in no file.
fn kinship(asked: &Asked, named: &str) -> Result<Option<Kinship>, Refusal> {
    let shown = &asked.view.shown;
    let ask = |model: &str| shown.kinship(model);
    match ask(named) {
        Ok(family) if family.family.as_deref() == Some(&asked.unit) => Ok(Some(family)),
        Err(refusal) if refusal.code != UNKNOWN_MODEL => Err(refusal),
        Ok(_) | Err(_) => {
            let Some(member) = a_member(asked) else { return Ok(None) };
            let family = ask(&member)?;
            Ok(Some(Kinship { model_id: asked.unit.clone(), ancestry: Vec::new(), ..family }))
        }
    }
}

/// Any model of the family.
fn a_member(asked: &Asked) -> Option<String> {
    let market = &asked.view.shown.market;
    let families = market.grouping(&asked.group).ok()?;
    let models = market.grouping(&schema::Group::Model).ok()?;
    let code = families.find(&asked.unit)?;
    let member = (0..families.model_count()).find(|model| families.code(*model) == code)?;
    Some(models.label(models.code(member)).to_owned())
}

/// What hangs from a node, each with ways to its page and into its branch.
fn list(family: &Kinship, leaves: &[Leaf], at: usize) -> Markup {
    let leaf = &leaves[at];
    let below: Vec<usize> =
        (0..leaves.len()).filter(|place| leaves[*place].parent == Some(at)).collect();
    let item = html! {
        @match &leaf.model {
            Some(model) if leaf.models > 0 => {
                a href=(address_of(&family.collection, None, "model", model)) { (model) }
            }
            _ => { (leaf.label) }
        }
        span.method {
            " " (role_title(&leaf.role).to_lowercase()) " · "
            @match leaf.downloads {
                Some(sum) => { (grouped(sum.unsigned_abs())) " downloads" }
                None => { "downloads not known" }
            }
            @if let (Some(model), true) = (&leaf.model, at > 0 && leaf.below.0 > 0) {
                " · " a href=(branch(family, model)) {
                    (counted(leaf.below.0, "model", "models")) " below"
                    span.visually-hidden { " " (model) }
                }
            }
        }
    };
    html! {
        @if at == 0 {
            ul.tree { li { (item) (children(family, leaves, &below)) } }
        } @else {
            li { (item) (children(family, leaves, &below)) }
        }
    }
}

fn children(family: &Kinship, leaves: &[Leaf], below: &[usize]) -> Markup {
    html! {
        @if !below.is_empty() {
            ul { @for child in below { (list(family, leaves, *child)) } }
        }
    }
}

/// The page of the family with the tree below one of its models.
fn branch(family: &Kinship, model: &str) -> String {
    address_of(&family.collection, None, "family", model)
}
