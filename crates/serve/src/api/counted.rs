//! `GET /api/v1/counted`: whether a model is counted in each collection, and as what.

use analyze::{EventKind, Market, ModelRecord, RecordedWeek};
use axum::extract::Extension;
use axum::http::Uri;
use axum::response::Response;
use schema::{CellState, Week};
use serde::Serialize;
use utoipa::ToSchema;

use super::former::FormerName;
use super::{Answered, Problem, respond};
use crate::compute::AppState;
use crate::names::{Asked, Kind, Named};
use crate::parameters::Parameters;
use crate::refusal::Refusal;
use crate::shown::Shown;
use crate::view::COUNTING_RULE;

const KNOWN: &[&str] = &["model"];
/// Names that are shown where there is no such model.
const MOST_NEAR: usize = 5;
/// Mass of owners that nobody reviewed is called so.
const UNREVIEWED: &str = "unreviewed";

/// Whether a model is counted, in each collection that is shown.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub(crate) struct CountedResponse {
    /// The model as it was asked for.
    pub(crate) model: String,
    /// Collections that have it.
    pub(crate) found_in: u64,
    /// Each collection: those that have it first, real before simulated, then by name.
    pub(crate) collections: Vec<CountedIn>,
}

/// Whether a collection has the model, and as what it counts there.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub(crate) struct CountedIn {
    /// The collection.
    pub(crate) collection: String,
    /// Its title.
    pub(crate) title: String,
    /// Which population it covers.
    pub(crate) covers: String,
    /// The data release.
    pub(crate) release: String,
    /// The newest reading of the release (RFC 3339).
    pub(crate) data_through: String,
    /// Whether the data are invented by the simulated Hub.
    pub(crate) simulated: bool,
    /// The model as it is counted; null where the collection has none of this name.
    #[schema(required = true)]
    pub(crate) found: Option<CountedModel>,
    /// Models with names like it, where it has none.
    pub(crate) near: Vec<String>,
}

/// The model as a collection counts it.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub(crate) struct CountedModel {
    /// The id under which it is counted.
    pub(crate) model: String,
    /// How it was found: by its `id`, by a `former_id`, or by its id in other letters (`other_case`).
    pub(crate) found_by: &'static str,
    /// Names that it had before.
    pub(crate) former_ids: Vec<FormerName>,
    /// How often it was read.
    pub(crate) reading_count: u64,
    /// Its first reading (RFC 3339).
    #[schema(required = true)]
    pub(crate) first_reading_at: Option<String>,
    /// Its last reading (RFC 3339).
    #[schema(required = true)]
    pub(crate) last_reading_at: Option<String>,
    /// Whether the last reading is the collection's newest, so that nothing says that it has gone.
    pub(crate) is_in_newest: bool,
    /// The weeks of which its downloads are known, or known not to be.
    pub(crate) weeks: CountedWeeks,
    /// The rule by which its downloads are counted; null where it is not known.
    #[schema(required = true)]
    pub(crate) counting_rule: Option<String>,
    /// When that rule changed (RFC 3339), so that before and after are not the same measure.
    pub(crate) rule_changed_at: Vec<String>,
    /// Its owner; null for a legacy id without one.
    #[schema(required = true)]
    pub(crate) owner: Option<String>,
    /// Whether somebody reviewed who its owner is; null where the collection has no countries.
    #[schema(required = true)]
    pub(crate) is_owner_reviewed: Option<bool>,
    /// As what it counts, by each attribute that models are grouped by.
    pub(crate) units: Vec<CountedUnit>,
}

/// How well the weeks of a model are known.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, ToSchema)]
pub(crate) struct CountedWeeks {
    /// The first week, by its Monday.
    #[schema(required = true)]
    pub(crate) first: Option<String>,
    /// The last week, by its Monday.
    #[schema(required = true)]
    pub(crate) last: Option<String>,
    /// Weeks that two readings bound.
    pub(crate) observed: u64,
    /// Weeks that are estimated from readings further apart.
    pub(crate) estimated: u64,
    /// Weeks that are in no sum, since nothing is known of them.
    pub(crate) missing: u64,
    /// Weeks about which something is odd; they are counted.
    pub(crate) flagged: u64,
    /// Where weeks are missing, in a row each.
    pub(crate) gaps: Vec<CountedGap>,
}

/// Weeks that are missing one after another.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub(crate) struct CountedGap {
    /// The first, by its Monday.
    pub(crate) from: String,
    /// The last, by its Monday.
    pub(crate) to: String,
}

/// As what a model counts in a group.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub(crate) struct CountedUnit {
    /// The attribute.
    pub(crate) attribute: String,
    /// Its title.
    pub(crate) title: String,
    /// The unit, or the name of what belongs to none, as `unknown` and `unreviewed`.
    pub(crate) unit: String,
    /// Whether that is a unit with a share of its own.
    pub(crate) is_unit: bool,
}

/// Whether a model is counted, in each collection.
#[utoipa::path(
    get,
    path = "/api/v1/counted",
    params(
        ("model" = String, Query, description = "The model: its id, or an id that it had before, as Qwen/Qwen3-8B"),
    ),
    responses(
        (status = 200, description = "What each collection has of it, which may be nothing", body = CountedResponse),
        (status = 400, description = "A question that means nothing", body = Problem, content_type = "application/problem+json"),
    )
)]
pub(crate) async fn show(Extension(state): Extension<AppState>, uri: Uri) -> Response {
    respond(state, uri, KNOWN, tell).await
}

fn tell(state: &AppState, given: &Parameters) -> Result<Answered<CountedResponse>, Refusal> {
    let meaning = "the id of a model, as Qwen/Qwen3-8B";
    let model = given.get("model").ok_or_else(|| Refusal::missing_parameter("model", meaning))?;
    let body = counted(state, model.trim());
    let is_simulated = body.collections.iter().any(|of| of.simulated);
    Ok(Answered { body, is_simulated })
}

/// What each collection has of a model.
pub(crate) fn counted(state: &AppState, model: &str) -> CountedResponse {
    let mut collections: Vec<CountedIn> =
        state.app.ready().map(|shown| within(shown, model)).collect();
    collections.sort_by_key(|of| (of.found.is_none(), of.simulated));
    CountedResponse {
        model: model.to_owned(),
        found_in: collections.iter().filter(|of| of.found.is_some()).count() as u64,
        collections,
    }
}

fn within(shown: &Shown, model: &str) -> CountedIn {
    let market = &shown.market;
    let named = shown.names().model(market, model);
    let near = match named {
        Some(_) => Vec::new(),
        None => near(shown, model),
    };
    CountedIn {
        collection: market.release.collection.clone(),
        title: market.collection.title.clone(),
        covers: market.collection.covers.clone(),
        release: market.release.id.clone(),
        data_through: market.data_through.to_string(),
        simulated: market.release.is_simulated,
        found: named.map(|named| found(shown, &named)),
        near,
    }
}

fn near(shown: &Shown, model: &str) -> Vec<String> {
    let of = |text| {
        let asked = Asked { text, kind: Some(Kind::Model), most: MOST_NEAR };
        let found = shown.names().find(&shown.market, &asked);
        found.into_iter().flat_map(|of| of.found).map(|found| found.name).collect::<Vec<_>>()
    };
    let found = of(model);
    if !found.is_empty() {
        return found;
    }
    // Another owner may have it, or one that is called a little otherwise.
    let own = model.rsplit_once('/').map_or(model, |(_, own)| own);
    let shorter = own.rsplit_once(['-', '_', '.']).map_or(own, |(begin, _)| begin);
    [own, shorter].into_iter().map(of).find(|found| !found.is_empty()).unwrap_or_default()
}

fn found(shown: &Shown, named: &Named) -> CountedModel {
    let market = &shown.market;
    let record = market.record(named.place);
    let units = market.units_of(named.place).into_iter();
    let units: Vec<CountedUnit> = units
        .map(|(attribute, title, unit, is_unit)| CountedUnit {
            attribute: attribute.to_owned(),
            title: title.to_owned(),
            unit: unit.to_owned(),
            is_unit,
        })
        .collect();
    let unit = |attribute: &str| units.iter().find(|unit| unit.attribute == attribute);
    let rule = unit(COUNTING_RULE).filter(|rule| rule.is_unit).map(|rule| rule.unit.clone());
    CountedModel {
        model: named.id.clone(),
        found_by: named.found_by,
        former_ids: shown.names().former_of(&named.id).map(FormerName::from).collect(),
        reading_count: record.read_at.len() as u64,
        first_reading_at: record.read_at.first().map(ToString::to_string),
        last_reading_at: record.read_at.last().map(ToString::to_string),
        is_in_newest: record.read_at.last() == market.instants().last(),
        weeks: weeks(&record),
        rule_changed_at: rule_changes(market, &record, rule.as_deref()),
        counting_rule: rule,
        owner: unit("uploader").filter(|owner| owner.is_unit).map(|owner| owner.unit.clone()),
        is_owner_reviewed: unit("country").map(|country| country.unit != UNREVIEWED),
        units,
    }
}

fn weeks(record: &ModelRecord) -> CountedWeeks {
    let count = |is: &dyn Fn(&RecordedWeek) -> bool| {
        record.weeks.iter().filter(|week| is(week)).count() as u64
    };
    let missing: Vec<Week> = record
        .weeks
        .iter()
        .filter(|week| week.state == CellState::Missing)
        .map(|week| week.week)
        .collect();
    let in_a_row = missing.chunk_by(|a, b| a.plus(1) == *b);
    CountedWeeks {
        first: record.weeks.first().map(|week| week.week.to_string()),
        last: record.weeks.last().map(|week| week.week.to_string()),
        observed: count(&|week| week.state == CellState::Observed),
        estimated: count(&|week| week.state == CellState::Estimated),
        missing: missing.len() as u64,
        flagged: count(&|week| week.is_flagged),
        gaps: in_a_row
            .map(|gap| CountedGap { from: gap[0].to_string(), to: gap[gap.len() - 1].to_string() })
            .collect(),
    }
}

/// When the rule changed by which a model is counted, while it was.
fn rule_changes(market: &Market, record: &ModelRecord, rule: Option<&str>) -> Vec<String> {
    let (Some(rule), Some(first), Some(last)) =
        (rule, record.read_at.first(), record.read_at.last())
    else {
        return Vec::new();
    };
    let events = market.events.iter().filter(|event| event.kind == EventKind::RuleChange);
    events
        .filter(|event| event.subject.as_deref() == Some(rule))
        .filter(|event| (*first..=*last).contains(&event.at))
        .map(|event| event.at.to_string())
        .collect()
}
