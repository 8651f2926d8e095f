//! A page for every owner, country, licence, library, task and family, and for every other value
//! that models can be grouped by: where it stands, how it got there, and what it is made of.

mod about;
pub(crate) mod any;
mod asked;
mod body;
pub(crate) mod country;
pub(crate) mod country_group;
pub(crate) mod family;
mod index;
pub(crate) mod library;
pub(crate) mod license;
mod nowhere;
pub(crate) mod owner;
mod quality;
pub(crate) mod sector;
mod standing;
pub(crate) mod task;

use axum::http::{StatusCode, Uri};
use axum::response::Response;
use maud::Markup;

pub(super) use index::largest;
pub(super) use quality::section as quality;
pub(super) use standing::{models, rank, section as stands};

use self::asked::{Asked, Found};
use super::{Page, empty, refused, whole};
use crate::compute::{AppState, compute};
use crate::headers::mark;
use crate::parameters::Parameters;
use crate::parts::{Follows, Shell};
use crate::refusal::Refusal;
use crate::view::{KNOWN, View};

/// What pages about the units of one group have of their own.
#[derive(Debug)]
pub(crate) struct Kind {
    pub(crate) page: Page,
    /// The parameter that names the unit.
    parameter: &'static str,
    /// The group as views name it; `None` where the address does.
    group: Option<&'static str>,
    /// What one is called, and several.
    names: (&'static str, &'static str),
    /// Whether it matters whom models are counted with.
    is_of_owners: bool,
    /// What a unit is told to be made of: groups, as views name them.
    made_of: &'static [&'static str],
    /// Attributes that tell what the unit is, where all its models have the same.
    known_by: &'static [&'static str],
    /// What is known of the unit beside its numbers.
    about: Option<fn(&Asked) -> Markup>,
    /// What follows its series.
    further: Option<Section>,
    /// The unit that a name stands for which is none, as that of a member for its family.
    stands_for: Option<StandsFor>,
}

/// Makes a section of the page.
type Section = fn(&Asked) -> Result<Markup, Refusal>;

/// Finds the unit that a name stands for.
type StandsFor = fn(&AppState, &View, &str) -> Result<Option<String>, Refusal>;

/// Answers with the page about the unit that the address names, or about all of its kind.
async fn respond(state: AppState, uri: Uri, kind: &'static Kind) -> Response {
    let fallback = state.clone();
    let answer = compute(state, move |state| answer(state, &uri, kind));
    answer.await.flatten().unwrap_or_else(|refusal| refused::page(&fallback, &refusal))
}

fn answer(state: &AppState, uri: &Uri, kind: &'static Kind) -> Result<Response, Refusal> {
    let known: Vec<&str> = KNOWN.iter().copied().chain([kind.parameter]).collect();
    let given = Parameters::read(uri, &known)?;
    if state.app.default_collection().is_none() && given.get("collection").is_none() {
        return Ok(empty::page(state, &kind.page));
    }
    let (asked, status) = match Asked::read(state, given, kind)? {
        Found::All(view) => {
            let body = index::body(&view, kind)?;
            return Ok(page(&Told { state, kind, view: &view, unit: None }, StatusCode::OK, &body));
        }
        Found::Unit(asked) => (asked, StatusCode::OK),
        Found::Nowhere(view, unit) => {
            let body = nowhere::body(state, &view, kind, &unit)?;
            let told = Told { state, kind, view: &view, unit: None };
            return Ok(page(&told, StatusCode::NOT_FOUND, &body));
        }
    };
    let body = body::body(&asked)?;
    let told = Told { state, kind, view: &asked.view, unit: Some(&asked.unit) };
    Ok(page(&told, status, &body))
}

/// What a page says around its body.
struct Told<'a> {
    state: &'a AppState,
    kind: &'static Kind,
    view: &'a View,
    unit: Option<&'a str>,
}

fn page(told: &Told<'_>, status: StatusCode, body: &Markup) -> Response {
    let Told { state, kind, view, unit } = told;
    let shown = &view.shown;
    let mut kept: Vec<(&str, &str)> = unit.iter().map(|unit| (kind.parameter, *unit)).collect();
    if let (None, Some(group)) = (kind.group, view.group.as_deref()) {
        kept.push(("group", group));
    }
    let lead = match unit {
        Some(_) => {
            let title = shown.title_of(&view.group("owner"));
            format!("{title}. {}", kind.page.lead)
        }
        None => kind.page.lead.to_owned(),
    };
    let around = Shell {
        page: Some(&kind.page),
        address: None,
        heading: unit.unwrap_or(kind.page.heading),
        lead: &lead,
        shown: Some(shown),
        kept: &kept,
        follows: Follows::Shown,
        state,
    };
    mark(whole(status, &around, body), shown.market.release.is_simulated)
}
