//! What is told first of a release, each number with its picture and where it leads; worked out
//! once, and kept with the release.

mod place;

use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use analyze::headlines::{Direction, Headline, Number, Topic, headlines};
use analyze::{Period, Query};
use schema::{Flagged, Group, Measure, Statistic, Window};

use crate::figures::draw;
use crate::refusal::Refusal;
use crate::shown::Shown;
use crate::view::{Attribution, View};

pub(crate) use place::{place, question};

/// The attribute whose mean is told.
const SIZE: &str = "parameters";
/// Attributes of which it is told for how much of the measure they are known.
const COVERED: [&str; 6] =
    ["country_group", "size_band", "license_family", "openness_class", "modality", "role"];

/// What was told of a release, by attribution.
#[derive(Debug, Default)]
pub(crate) struct Headlines([Kept; 2]);

/// What was told, and who works it out: one at a time, so that many who ask at once ask once.
#[derive(Debug, Default)]
struct Kept {
    told: OnceLock<Arc<Told>>,
    work: Mutex<()>,
}

/// What is told of a release.
#[derive(Debug)]
pub(crate) struct Told {
    pub(crate) found: analyze::headlines::Headlines,
    /// A sparkline for each headline, where its series has any number.
    pub(crate) sparks: Vec<Option<String>>,
    /// Titles of attributes with the share, 0 to 1, of the measure for which each is known.
    pub(crate) coverage: Vec<(String, f64)>,
    /// How many models had been shown at the newest reading, and at the one before.
    pub(crate) models: [Option<f64>; 2],
}

/// What is told of a release; worked out where nobody asked before.
pub(crate) fn told(shown: &Arc<Shown>, attribution: Attribution) -> Result<Arc<Told>, Refusal> {
    let kept = &shown.headlines.0[attribution as usize];
    if let Some(known) = kept.told.get() {
        return Ok(Arc::clone(known));
    }
    let _work = kept.work.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(known) = kept.told.get() {
        return Ok(Arc::clone(known));
    }
    let told = Arc::new(work_out(shown, attribution)?);
    Ok(Arc::clone(kept.told.get_or_init(|| told)))
}

fn work_out(shown: &Arc<Shown>, attribution: Attribution) -> Result<Told, Refusal> {
    let market = &shown.market;
    let measure = shown.default_measure();
    let has_sizes = shown.numeric().any(|known| known.name == SIZE);
    let sizes = if has_sizes { Some(shown.numbers(SIZE)?) } else { None };
    let found = headlines(market, measure, attribution.of_results(), sizes.as_deref())?;
    let spark = |headline: &Headline| spark(shown, attribution, &found, headline);
    let sparks = found.told.iter().map(spark).collect::<Result<_, _>>()?;
    Ok(Told { sparks, coverage: coverage(shown, measure)?, models: models(shown)?, found })
}

/// The small picture of a headline: its series in the figure that it leads to.
fn spark(
    shown: &Arc<Shown>,
    attribution: Attribution,
    found: &analyze::headlines::Headlines,
    headline: &Headline,
) -> Result<Option<String>, Refusal> {
    let Some(span) = &found.span else { return Ok(None) };
    let place = place(headline);
    let given = question(shown, attribution, span, &place);
    let view = View::of(Arc::clone(shown), given)?;
    let mut figure = draw(place.figure, &view)?.figure.clone();
    // Several headlines may be of one figure, and ids are unique in a page.
    figure.id = format!("headline-{}", topic_id(headline.topic));
    let key = match (&headline.number, place.figure) {
        (Number::Share { unit, .. }, _) => unit.as_str(),
        (Number::Hhi(_), _) => Statistic::Hhi.name(),
        (Number::Mean(_), _) => "mean",
    };
    Ok(chart::sparkline(&figure, key))
}

/// For how much of the measure each attribute is known at the newest time.
fn coverage(shown: &Shown, measure: Measure) -> Result<Vec<(String, f64)>, Refusal> {
    let mut coverage = Vec::new();
    for name in COVERED {
        let group = Group::named(name);
        if shown.market.grouping(&group).is_err() {
            continue;
        }
        let query = newest(measure, group.clone(), Statistic::Share, Period::Newest);
        let rows = match analyze::answer(&shown.market, &query) {
            Ok(answer) => answer.rows,
            Err(analyze::Error::OutOfReach { .. }) => continue,
            Err(error) => return Err(error.into()),
        };
        let unattributed = rows.iter().filter(|row| !row.is_attributed);
        let unknown: f64 = unattributed.filter_map(|row| row.estimate.value).sum();
        if rows.iter().any(|row| row.estimate.value.is_some()) {
            coverage.push((shown.title_of(&group), (1.0 - unknown).clamp(0.0, 1.0)));
        }
    }
    Ok(coverage)
}

/// How many models there were at the newest reading, and at the one before.
fn models(shown: &Shown) -> Result<[Option<f64>; 2], Refusal> {
    let count = |period| {
        let query = newest(Measure::Models, Group::Model, Statistic::Sum, period);
        let query = Query { top: Some(0), ..query };
        let rows = analyze::answer(&shown.market, &query)?.rows;
        Ok::<_, Refusal>(rows.first().and_then(|row| row.estimate.value))
    };
    match shown.market.instants() {
        [] => Ok([None, None]),
        [_] => Ok([count(Period::Newest)?, None]),
        [.., before, _] => Ok([count(Period::Newest)?, count(Period::AsOf(*before))?]),
    }
}

fn newest(measure: Measure, group: Group, statistic: Statistic, period: Period) -> Query {
    Query {
        statistics: vec![statistic],
        measure,
        group,
        conditions: Vec::new(),
        flagged: Flagged::Include,
        period,
        window: Window::Week,
        top: None,
    }
}

/// The name of a topic in addresses within a page.
pub(crate) const fn topic_id(topic: Topic) -> &'static str {
    match topic {
        Topic::Leader => "leader",
        Topic::Concentration => "concentration",
        Topic::Countries => "countries",
        Topic::Openness => "openness",
        Topic::Size => "size",
        Topic::Properties => "properties",
        Topic::Roles => "intermediaries",
    }
}

/// The sign of a direction, which differs in shape and not by its colour alone, its class, and the
/// word that it stands for.
pub(crate) const fn sign(direction: Direction) -> (&'static str, &'static str, &'static str) {
    match direction {
        Direction::Up => ("▲", "is-up", "rose"),
        Direction::Down => ("▼", "is-down", "fell"),
        Direction::Open => ("◇", "is-open", "cannot be told"),
    }
}
