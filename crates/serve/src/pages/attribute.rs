//! `GET /attribute`: what one attribute is, of how many models it is known, and what the models are
//! by it.

mod numbers;

use analyze::Description;
use axum::extract::Extension;
use axum::http::{StatusCode, Uri};
use axum::response::Response;
use maud::{Markup, html};
use schema::near;

use super::{Page, attributes, empty, refused, unit, whole};
use crate::compute::{AppState, compute};
use crate::figures::{Name, draw};
use crate::headers::mark;
use crate::parameters::Parameters;
use crate::parts::{self, Follows, Shell, UnitForm, grouped, unit_filters};
use crate::refusal::Refusal;
use crate::shown::Shown;
use crate::view::{KNOWN, View};

/// The page.
pub(crate) const PAGE: Page = Page {
    path: "/attribute",
    within: Some("/attributes"),
    name: "Attribute",
    heading: "One attribute",
    lead: "What it means, from what and by which rule it is derived, and what the models are by it.",
};

/// Answers with the page.
pub(crate) async fn show(Extension(state): Extension<AppState>, uri: Uri) -> Response {
    let fallback = state.clone();
    let answer = compute(state, move |state| answer(state, &uri));
    answer.await.flatten().unwrap_or_else(|refusal| refused::page(&fallback, &refusal))
}

fn answer(state: &AppState, uri: &Uri) -> Result<Response, Refusal> {
    let known: Vec<&str> = KNOWN.iter().copied().chain(["attribute"]).collect();
    let given = Parameters::read(uri, &known)?;
    if state.app.default_collection().is_none() && given.get("collection").is_none() {
        return Ok(empty::page(state, &PAGE));
    }
    let shown = state.app.collection(given.get("collection"))?;
    let name = given.get("attribute").map(str::trim).ok_or_else(|| {
        Refusal::missing_parameter("attribute", "the name of an attribute, as license_family")
    })?;
    let described = find(&shown.market.attributes, name)?;
    let mut of_view = given.without("attribute");
    if described.is_groupable {
        of_view = of_view.with("group", &described.name);
    }
    let view = View::of(shown.clone(), of_view)?;
    let kept = [("attribute", described.name.as_str())];
    let around = Shell {
        page: Some(&PAGE),
        address: None,
        heading: &described.title,
        lead: PAGE.lead,
        shown: Some(&shown),
        kept: &kept,
        follows: Follows::Shown,
        state,
    };
    let body = body(&view, described)?;
    Ok(mark(whole(StatusCode::OK, &around, &body), shown.market.release.is_simulated))
}

/// The attribute of this name, in any case.
fn find<'a>(attributes: &'a [Description], name: &str) -> Result<&'a Description, Refusal> {
    let known = attributes.iter().find(|attribute| attribute.name.eq_ignore_ascii_case(name));
    known.ok_or_else(|| {
        let near = near(name, attributes.iter().map(|attribute| attribute.name.as_str()));
        let near = if near.is_empty() {
            "the page of all attributes lists them".to_owned()
        } else {
            format!("near it are: {}", near.join(", "))
        };
        let detail = format!("there is no attribute '{name}'; {near}");
        let title = "Unknown attribute";
        Refusal { code: "unknown_name", title, ..Refusal::not_found(detail) }
    })
}

fn body(view: &View, described: &Description) -> Result<Markup, Refusal> {
    let market = &view.shown.market;
    let models = market.model_count() as u64;
    let form = UnitForm {
        path: PAGE.path,
        parameter: "attribute",
        label: "Attribute",
        unit: &described.name,
        group: None,
        is_of_owners: false,
    };
    let collection = &market.release.collection;
    let is_number = Shown::is_numeric(described);
    Ok(html! {
        (unit_filters(view, &form))
        section aria-labelledby="what" {
            h2 #what { "What it is" }
            p { (described.meaning) }
            dl.facts {
                dt { "Name" } dd { code { (described.name) } }
                dt { "Known for" }
                dd {
                    (grouped(described.known_count)) " of " (unit::models(models)) " ("
                    (attributes::share_of(described.known_count, models)) ")"
                }
                @if !described.example.is_empty() { dt { "Example" } dd { (described.example) } }
                (attributes::derivation(described))
            }
            p {
                a href=(format!("/attributes?collection={collection}&find={}", described.name)) {
                    "Among all attributes"
                }
            }
        }
        @if described.is_groupable && described.known_count > 0 {
            (parts::figure(&*draw(Name::AttributeShares, view)?, view.layout))
            (unit::largest(view, "values")?)
        } @else if is_number && described.known_count > 0 {
            (numbers::section(view, described)?)
        } @else if described.is_groupable || is_number {
            p.reason {
                strong { "No data for this question: " }
                "no source of this collection tells it of any model."
            }
        } @else {
            p.reason {
                "Models cannot be grouped by it: nearly every model has a value of its own. "
                "The page of a model shows its value, with the evidence."
            }
        }
    })
}
