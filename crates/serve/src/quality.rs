//! How far an answer can be relied on, in one word with its reasons.
//!
//! The level is about what is known to be wrong, not about how wide an interval is: that is told
//! with each number. It is said of every answer of the API, and in a header of everything else
//! that shows a collection.

use axum::http::{HeaderName, HeaderValue};
use schema::{Health, Instant};
use serde::Serialize;
use utoipa::ToSchema;

use crate::api::Numbers;
use crate::app::{Collection, Loaded};
use crate::compute::AppState;

/// Says the level of an answer that shows a collection.
pub(crate) const QUALITY: HeaderName = HeaderName::from_static("x-weighhouse-quality");

/// The share of a number's mass from which on it is more estimate than reading.
const MOSTLY: f64 = 0.5;

/// How far an answer can be relied on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub(crate) struct Quality {
    /// The worst level of its reasons; `ok` without any.
    pub(crate) level: Level,
    /// What is known to be wrong; none where the level is `ok`.
    pub(crate) reasons: Vec<Reason>,
}

/// How far an answer can be relied on, in one word.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Level {
    /// Nothing is known to be wrong.
    Ok,
    /// The numbers are right as far as they go; the reasons say what to bear in mind.
    Tainted,
    /// There is no number to rely on; the reasons say why.
    Blocked,
}

/// Something that is known to be wrong.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub(crate) struct Reason {
    /// What sort of thing, stable: `simulated`, `older_release`, `held_back`, `stalled`,
    /// `mostly_estimated`, `partly_undefined`, `counter_events`, `undefined` or
    /// `collection_failed`.
    pub(crate) code: &'static str,
    /// One sentence.
    pub(crate) text: String,
}

/// The levels, as documents list them.
pub(crate) const LEVELS: [(&str, &str); 3] = [
    ("ok", "Nothing is known to be wrong."),
    ("tainted", "The numbers are right as far as they go; the reasons say what to bear in mind."),
    ("blocked", "There is no number to rely on; the reasons say why. The status is 200."),
];
/// The reasons, as documents list them.
pub(crate) const REASONS: [(&str, &str); 9] = [
    ("simulated", "The data are invented by the simulated Hub."),
    ("older_release", "A newer release could not be loaded; this is the one before it."),
    ("held_back", "What was received since the newest reading is incomplete or was held back."),
    ("stalled", "Collecting has stalled: newer readings are due and have not come."),
    ("counter_events", "Something happened to the counters in the time asked for."),
    ("mostly_estimated", "Some number comes from estimated weeks for more than half of its mass."),
    ("partly_undefined", "Some numbers are not defined, and null."),
    ("undefined", "No number of the answer is defined; the answer is blocked."),
    ("collection_failed", "The collection's files cannot be read; the answer is blocked."),
];

impl Level {
    /// Its name in answers and headers.
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Ok => "ok",
            Self::Tainted => "tainted",
            Self::Blocked => "blocked",
        }
    }

    /// As the header says it.
    pub(crate) const fn header(self) -> HeaderValue {
        HeaderValue::from_static(self.name())
    }
}

impl Reason {
    pub(crate) fn new(code: &'static str, text: impl Into<String>) -> Self {
        debug_assert!(REASONS.iter().any(|(known, _)| *known == code), "{code} is listed");
        Self { code, text: text.into() }
    }

    fn level(&self) -> Level {
        match self.code {
            "undefined" | "collection_failed" => Level::Blocked,
            _ => Level::Tainted,
        }
    }
}

impl Quality {
    /// The quality that these reasons make.
    pub(crate) fn of(reasons: Vec<Reason>) -> Self {
        let level = reasons.iter().map(Reason::level).max().unwrap_or(Level::Ok);
        Self { level, reasons }
    }

    /// The quality of an answer about a collection, or about the default one, for these reasons
    /// beside those of the collection.
    pub(crate) fn about(state: &AppState, name: Option<&str>, mut reasons: Vec<Reason>) -> Self {
        let default = || state.app.default_collection();
        let default = || default().map(|shown| shown.market.release.collection.as_str());
        let name = name.or_else(default);
        if let Some((name, collection)) = name.and_then(|name| Some((name, state.app.get(name)?))) {
            reasons.extend(of_collection(state, name, collection));
        }
        Self::of(reasons)
    }

    /// The quality of an answer that is about no collection.
    pub(crate) const fn ok() -> Self {
        Self { level: Level::Ok, reasons: Vec::new() }
    }
}

/// What is known to be wrong with what is shown of a collection.
pub(crate) fn of_collection(state: &AppState, name: &str, collection: &Collection) -> Vec<Reason> {
    let Loaded::Ready(shown) = &collection.loaded else { return Vec::new() };
    let market = &shown.market;
    let mut reasons = Vec::new();
    if market.release.is_simulated {
        let text = "the data are invented by the simulated Hub and say nothing of the real world";
        reasons.push(Reason::new("simulated", text));
    }
    if collection.refused.is_some() {
        let text = "a newer release could not be loaded; this is the one before it";
        reasons.push(Reason::new("older_release", text));
    }
    let is_newer = |at: Option<Instant>| at.is_some_and(|at| at > market.data_through);
    if collection.received.set_aside.iter().any(|entry| is_newer(entry.received_at)) {
        let text = "what was received since the newest reading is incomplete or was held back";
        reasons.push(Reason::new("held_back", text));
    }
    let mut jobs = state.jobs.all().iter();
    let is_stalled = jobs.any(|job| {
        job.collection.as_deref() == Some(name) && job.health(state.now) == Health::Stalled
    });
    if is_stalled {
        let text = "collecting has stalled: newer readings are due and have not come";
        reasons.push(Reason::new("stalled", text));
    }
    reasons
}

/// What is known to be wrong with the numbers of an answer.
pub(crate) fn of_numbers<'a>(numbers: impl IntoIterator<Item = &'a Numbers>) -> Vec<Reason> {
    let (mut all, mut undefined, mut estimated) = (0_u64, 0_u64, false);
    for number in numbers {
        all += 1;
        undefined += u64::from(number.value.is_none());
        estimated |= number.estimated_share.is_some_and(|share| share > MOSTLY);
    }
    let mut reasons = Vec::new();
    if all > 0 && undefined == all {
        let text = "no number of this answer is defined: nothing is known at these times";
        reasons.push(Reason::new("undefined", text));
    } else if undefined > 0 {
        let text = format!("{undefined} of {all} numbers are not defined, and null");
        reasons.push(Reason::new("partly_undefined", text));
    }
    if estimated {
        let text = "some number comes from estimated weeks for more than half of its mass";
        reasons.push(Reason::new("mostly_estimated", text));
    }
    reasons
}

#[cfg(test)]
mod tests {
    use schema::Estimate;

    use super::*;

    fn codes(estimates: &[Estimate]) -> Vec<&'static str> {
        let numbers: Vec<Numbers> = estimates.iter().map(Numbers::from).collect();
        of_numbers(&numbers).iter().map(|reason| reason.code).collect()
    }

    #[test]
    fn numbers_say_what_is_wrong_with_them() {
        let exact = Estimate::exact(1.0, 3);
        let none = Estimate::undefined(0);
        let half = Estimate { estimated_share: Some(0.5), ..exact.clone() };
        let most = Estimate { estimated_share: Some(0.51), ..exact.clone() };
        assert!(codes(&[]).is_empty());
        assert!(codes(&[exact.clone(), half]).is_empty());
        assert_eq!(codes(std::slice::from_ref(&none)), ["undefined"]);
        assert_eq!(codes(&[exact.clone(), none]), ["partly_undefined"]);
        assert_eq!(codes(&[exact, most]), ["mostly_estimated"]);
    }

    #[test]
    fn every_level_and_blocking_reason_is_listed() {
        let levels = [Level::Ok, Level::Tainted, Level::Blocked].map(Level::name);
        assert_eq!(LEVELS.map(|(name, _)| name), levels);
        let blocking = REASONS.iter().filter(|(_, meaning)| meaning.ends_with("is blocked."));
        for (code, _) in blocking {
            assert_eq!(Reason::new(code, "").level(), Level::Blocked, "{code}");
        }
    }

    #[test]
    fn the_level_is_that_of_the_worst_reason() {
        let level = |codes: &[&'static str]| {
            Quality::of(codes.iter().map(|code| Reason::new(code, "")).collect()).level
        };
        assert_eq!(level(&[]), Level::Ok);
        assert_eq!(level(&["simulated", "stalled"]), Level::Tainted);
        assert_eq!(level(&["undefined", "simulated"]), Level::Blocked);
    }
}
