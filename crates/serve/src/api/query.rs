//! `GET /api/v1/query`: statistics of a market.

use analyze::results::{Context, Options, with_sampling};
use analyze::{Answer, Condition, Market, Period, Query};
use axum::extract::Extension;
use axum::http::Uri;
use axum::response::Response;
use schema::{CalendarPeriod, Flagged, Group, Statistic};
use serde::Serialize;
use utoipa::ToSchema;

use super::beside::Beside;
use super::counter_events::CounterEvent;
use super::{Answered, Numbers, Problem, respond_judged};
use crate::compute::AppState;
use crate::cursor::Place;
use crate::moments::periods;
use crate::parameters::Parameters;
use crate::quality::{Reason, of_numbers};
use crate::refusal::Refusal;
use crate::shown::Shown;

/// Times of which sampling intervals are drawn for one question: each takes up to a second.
const MOST_DRAWN: usize = 12;
/// Rows of an answer; what is cut is said.
const MOST_ROWS: usize = 10_000;

pub(super) const KNOWN: &[&str] = &[
    "stat",
    "collection",
    "measure",
    "group",
    "where",
    "as_of",
    "from",
    "to",
    "period",
    "window",
    "flagged",
    "top",
    "sampling",
    "cursor",
    "unit",
    "scale",
    "by",
];

/// The answer to a query: one number a row.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct QueryResponse {
    /// The collection that was asked.
    pub collection: String,
    /// What was counted.
    pub measure: String,
    /// What shares are of.
    pub group: String,
    /// The conditions on models; empty when all are meant.
    #[serde(rename = "where")]
    pub conditions: String,
    /// Present where not all weeks are counted: `exclude` those with a flag, or `only` those.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub flagged: Option<String>,
    /// The data release.
    pub release: String,
    /// The newest reading of the release (RFC 3339).
    pub data_through: String,
    /// Whether the data are invented by the simulated Hub.
    pub simulated: bool,
    /// Present where periods were asked for: what of each the collection has.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub periods: Vec<String>,
    /// Present where something happened to the counters in the time asked for: what has to be known
    /// to read the numbers, by time.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub events: Vec<CounterEvent>,
    /// By time, then statistic in the order of the question, then rank.
    pub rows: Vec<QueryRow>,
    /// Present, and true, when rows were cut.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub truncated: Option<bool>,
    /// Present when rows were cut: the cursor with which the same question gives the next ones.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub next: Option<String>,
}

/// One number, with what is known about how sure it is; null where something does not apply.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct QueryRow {
    /// The date, or for flows the Monday of the week that the window ends with.
    pub at: String,
    /// The unit; null for a statistic of the whole market.
    #[schema(required = true)]
    pub unit: Option<String>,
    /// Only where it was asked for: whole weeks since the first moment of the record at which the
    /// unit has any; absent before it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub age_weeks: Option<u32>,
    /// The statistic.
    pub stat: String,
    /// The number and how sure it is.
    #[serde(flatten)]
    pub numbers: Numbers,
}

/// An answer in the shape in which it is sent, all of its rows.
#[must_use]
pub fn query_response(answer: &Answer) -> QueryResponse {
    QueryResponse {
        collection: answer.collection.clone(),
        measure: answer.measure.name().to_owned(),
        group: answer.group.name().to_owned(),
        conditions: answer.conditions.clone(),
        flagged: (answer.flagged != Flagged::Include).then(|| answer.flagged.name().to_owned()),
        release: answer.release.clone(),
        data_through: answer.data_through.to_string(),
        simulated: answer.is_simulated,
        periods: Vec::new(),
        events: answer.events.iter().map(CounterEvent::from).collect(),
        rows: answer.rows.iter().map(row).collect(),
        truncated: None,
        next: None,
    }
}

/// Statistics of a market.
#[utoipa::path(
    get,
    path = "/api/v1/query",
    params(
        ("stat" = String, Query, description = "One or more of sum, share, rank, percentile, hhi, hhi_normalized, effective_number, cr1, cr4, cr10, gini, entropy, theil, top, quantiles, lorenz; separated by commas"),
        ("collection" = Option<String>, Query, description = "The collection; without it the one with the newest reading"),
        ("measure" = Option<String>, Query, description = "downloads, first_year, downloads_30d, rate_30d, downloads_all_time, likes or models; without it the best that the collection has"),
        ("group" = Option<String>, Query, description = "model, or any groupable attribute; without it uploader"),
        ("where" = Option<String>, Query, description = "attribute=value,…; values of one attribute are alternatives"),
        ("as_of" = Option<String>, Query, description = "A date (its end, UTC) or an instant; without it the newest reading"),
        ("from" = Option<String>, Query, description = "The first week, by any date in it or as 2026-W34; not with as_of"),
        ("to" = Option<String>, Query, description = "The last week; not with as_of"),
        ("period" = Option<String>, Query, description = "Periods of the calendar, separated by commas: 2024, 2024-Q3, 2024-07, or ..2022 for all years up to 2022; not with as_of, from, to or window"),
        ("window" = Option<u32>, Query, description = "Trailing weeks that a flow is summed over: 1, 4, 13 or 52"),
        ("flagged" = Option<String>, Query, description = "Which weeks of flows: include all, exclude those with a flag, or only those"),
        ("top" = Option<u64>, Query, description = "How many units the rows of units are cut to"),
        ("unit" = Option<Vec<String>>, Query, description = "Units by name, repeated for several, at most 20: only their rows, of sum, share, rank and percentile, and those of mass that belongs to none"),
        ("scale" = Option<String>, Query, description = "value, or index: each number in hundredths of the first in the answer that is above 0, by unit and statistic; not of rank, percentile and lorenz"),
        ("by" = Option<String>, Query, description = "date, or age, which tells the age in weeks beside each row; of named units"),
        ("sampling" = Option<String>, Query, description = "yes puts sampling intervals beside shares and indices: what a comparable economy, its owners drawn again, would show; of at most 12 times"),
        ("cursor" = Option<String>, Query, description = "Where the rows go on: `next` of the answer before, to the same question"),
    ),
    responses(
        (status = 200, description = "The numbers; at most 10,000 rows, and the cursor of those after them", body = QueryResponse),
        (status = 400, description = "A question that means nothing", body = Problem, content_type = "application/problem+json"),
        (status = 404, description = "An unknown collection, or no data for the question", body = Problem, content_type = "application/problem+json"),
    )
)]
pub(crate) async fn show(Extension(state): Extension<AppState>, uri: Uri) -> Response {
    respond_judged(state, uri, KNOWN, ask, judge).await
}

pub(super) fn judge(body: &QueryResponse) -> Vec<Reason> {
    let mut reasons = of_numbers(body.rows.iter().map(|row| &row.numbers));
    if !body.events.is_empty() {
        let text = "something happened to the counters in the time asked for; the events say what";
        reasons.push(Reason::new("counter_events", text));
    }
    reasons
}

pub(super) fn ask(
    state: &AppState,
    given: &Parameters,
) -> Result<Answered<QueryResponse>, Refusal> {
    let shown = state.app.collection(given.get("collection"))?;
    let market = &shown.market;
    let release = &market.release.id;
    let begin = Place::read(given, release)?;
    let mut query = Query { statistics: statistics(given)?, ..read(&shown, given)? };
    // Rows before the cursor are counted too, since the units of each statistic come together.
    let most_units = begin.row.saturating_add(MOST_ROWS + 1);
    query.top = match query.top {
        Some(top) => Some(top.min(most_units)),
        // Units beyond those that can be sent need not be listed; `top` has a default of its own.
        None if !query.statistics.contains(&Statistic::Top) => Some(most_units),
        None => None,
    };
    let beside = Beside::read(&query, given)?;
    let parts = parts(market, &query, &calendar_periods(given)?)?;
    let context = sampling(state, &shown, given, parts.len())?;
    // Moment by moment, so that a long question is cut before it is computed.
    let mut whole: Option<Answer> = None;
    let (mut reaches, mut next) = (Vec::new(), None);
    for (index, (query, reach)) in parts.into_iter().enumerate().skip(begin.part) {
        let mut answer = beside.answer(market, &query)?;
        let row = if index == begin.part { begin.row.min(answer.rows.len()) } else { 0 };
        answer.rows.drain(..row);
        let room = MOST_ROWS - whole.as_ref().map_or(0, |whole| whole.rows.len());
        if answer.rows.len() > room {
            beside.check_whole()?;
            next = Some(Place { part: index, row: row + room }.sealed(given, release));
        }
        answer.rows.truncate(room);
        if let Some(context) = &context {
            with_sampling(context, &query, &mut answer.rows)?;
        }
        reaches.extend(reach);
        match &mut whole {
            None => whole = Some(answer),
            Some(whole) => {
                whole.rows.extend(answer.rows);
                // Windows overlap, and so do their events.
                whole.events.extend(answer.events);
            }
        }
        if next.is_some() {
            break;
        }
    }
    let mut whole = whole.ok_or_else(Refusal::unusable_cursor)?;
    let ages = beside.apply(market, &query, &mut whole.rows)?;
    let truncated = next.is_some().then_some(true);
    let mut response =
        QueryResponse { periods: reaches, truncated, next, ..query_response(&whole) };
    response.events.sort();
    response.events.dedup();
    for (row, age) in response.rows.iter_mut().zip(ages) {
        row.age_weeks = age;
    }
    Ok(Answered { is_simulated: response.simulated, body: response })
}

/// What sampling intervals are drawn from, where they are wanted.
fn sampling<'a>(
    state: &'a AppState,
    shown: &'a Shown,
    given: &Parameters,
    times: usize,
) -> Result<Option<Context<'a>>, Refusal> {
    let refused = |reason| Err(analyze::Error::Contradiction { reason }.into());
    match given.get("sampling") {
        None | Some("no") => Ok(None),
        Some("yes") if times > MOST_DRAWN => {
            refused("sampling intervals are drawn for at most 12 times; ask for fewer")
        }
        Some("yes") => {
            let options = Options::default();
            Ok(Some(Context::new(state.files_of(shown)?, &shown.market, options)))
        }
        Some(_) => refused("sampling is yes or no"),
    }
}

/// The questions that one question means, one after another; of a period of the calendar with what
/// of it the collection has.
fn parts(
    market: &Market,
    query: &Query,
    of: &[CalendarPeriod],
) -> analyze::Result<Vec<(Query, Vec<String>)>> {
    let part = |period: &CalendarPeriod| {
        let within = query.in_period(market, *period)?;
        let reach = within.to_string();
        Ok((within.query, vec![reach]))
    };
    if of.is_empty() {
        let moment = |period| (Query { period, ..query.clone() }, Vec::new());
        return Ok(periods(market, query).into_iter().map(moment).collect());
    }
    of.iter().map(part).collect()
}

/// Reads periods of the calendar, which stand for other times.
pub(super) fn calendar_periods(given: &Parameters) -> Result<Vec<CalendarPeriod>, Refusal> {
    let Some(text) = given.get("period") else { return Ok(Vec::new()) };
    for name in ["as_of", "from", "to"] {
        if given.get(name).is_some() {
            let reason = "a period is a time of its own; leave as_of, from and to out";
            return Err(analyze::Error::Contradiction { reason }.into());
        }
    }
    Ok(CalendarPeriod::parse_list(text)?)
}

/// Reads the parts of a question that every kind of question has.
pub(crate) fn read(shown: &crate::shown::Shown, given: &Parameters) -> Result<Query, Refusal> {
    let measure = match given.get("measure") {
        Some(name) => name.parse()?,
        None => shown.default_measure(),
    };
    Ok(Query {
        statistics: Vec::new(),
        measure,
        group: Group::named(given.get("group").unwrap_or("uploader")),
        conditions: Condition::parse_list(given.get("where").unwrap_or_default())?,
        period: Period::parse(given.get("as_of"), given.get("from"), given.get("to"))?,
        flagged: given.get("flagged").map(str::parse).transpose()?.unwrap_or_default(),
        window: given.get("window").map(str::parse).transpose()?.unwrap_or_default(),
        top: top(given)?,
    })
}

fn statistics(given: &Parameters) -> Result<Vec<Statistic>, Refusal> {
    let known = Statistic::ALL.map(Statistic::name).join(", ");
    let text = given.get("stat").ok_or_else(|| {
        Refusal::missing_parameter("stat", &format!("one or more of {known}, separated by commas"))
    })?;
    let mut statistics = Vec::new();
    for name in text.split(',').map(str::trim) {
        let statistic = name.parse()?;
        if !statistics.contains(&statistic) {
            statistics.push(statistic);
        }
    }
    Ok(statistics)
}

pub(super) fn top(given: &Parameters) -> Result<Option<usize>, Refusal> {
    let Some(text) = given.get("top") else { return Ok(None) };
    // More units than can be counted are all of them.
    let is_number = text.bytes().all(|byte| byte.is_ascii_digit());
    let top = is_number.then(|| text.parse().unwrap_or(usize::MAX)).filter(|top| *top > 0);
    let unreadable =
        || Refusal::unreadable(format!("cannot read '{text}' as a number of units, as 10"));
    top.map(Some).ok_or_else(unreadable)
}

fn row(row: &analyze::Row) -> QueryRow {
    QueryRow {
        at: row.at.to_string(),
        unit: row.unit.clone(),
        age_weeks: None,
        stat: row.statistic.name().to_owned(),
        numbers: Numbers::from(&row.estimate),
    }
}
