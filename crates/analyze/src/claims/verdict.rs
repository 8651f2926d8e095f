//! Whether a collection bears a claim out.

use schema::{Estimate, MeasureKind};

use super::ask::{command, reason};
use super::{Asked, Asker, Claim, Definition, Expected, What};
use crate::{Market, Result, outermost};

/// The part of a period's weeks, 0 to 1, that there must be flows of; the paper's 2025 ends in
/// August.
const LEAST_REACH: f64 = 0.6;
/// Weeks that there must be of a period without a beginning.
const LEAST_WEEKS: i32 = 52;
/// A number whose interval and bounds span more than this part of what is claimed tells nothing.
const WIDEST: f64 = 0.5;
/// Collections of all models of a Hub; the paper speaks of those and of no others.
const WHOLE_HUBS: [&str; 2] = ["hub", "hub-stats"];

/// What became of a claim.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Status {
    /// The number, or the direction, is as claimed.
    Reproduced,
    /// It is not.
    Differs,
    /// The interval and the bounds leave both open.
    Open,
    /// The collection has not what it takes.
    NotReproducible,
}

impl Status {
    /// Every status, in the order of tables.
    pub const ALL: [Self; 4] = [Self::Reproduced, Self::Differs, Self::Open, Self::NotReproducible];

    /// The name in tables.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Reproduced => "reproduced",
            Self::Differs => "differs",
            Self::Open => "cannot be told",
            Self::NotReproducible => "not reproducible",
        }
    }
}

/// What a collection says of a claim.
#[derive(Debug, Clone, PartialEq)]
pub struct Finding {
    /// The number of this collection, where it has one.
    pub ours: Option<Estimate>,
    /// What became of the claim.
    pub status: Status,
    /// Why.
    pub because: String,
    /// The question, as it is asked at the command line.
    pub command: String,
}

/// Holds a claim against a market. Fails only where the market cannot be read.
pub fn check(asker: &Asker<'_>, claim: &Claim) -> Result<Finding> {
    let definition = Definition::of(claim);
    let market = asker.market;
    let name = &market.release.collection;
    let command = command(name, claim.what, &claim.when.periods(), &definition);
    let (ours, (status, because)) = match asker.ask(claim.what, claim.when, &definition) {
        Err(error) => (None, (Status::NotReproducible, reason(error)?)),
        Ok(answered) => {
            let verdict = match obstacle(market, claim, &answered) {
                Some(obstacle) => (Status::NotReproducible, obstacle),
                None => judge(claim.expected, &answered.estimate),
            };
            (answered.estimate.value.map(|_| answered.estimate), verdict)
        }
    };
    Ok(Finding { ours, status, because, command })
}

/// Whether a market is of all models of a Hub, real or simulated, as the paper's claims are.
#[must_use]
pub fn is_whole_hub(market: &Market) -> bool {
    let collection = &market.release.collection;
    WHOLE_HUBS.contains(&collection.strip_prefix("simulated-").unwrap_or(collection))
}

/// What keeps a number from speaking of the claim at all.
fn obstacle(market: &Market, claim: &Claim, asked: &Asked) -> Option<String> {
    if asked.estimate.value.is_none() {
        return Some("what is asked is known of no model of this time".to_owned());
    }
    if !is_whole_hub(market) {
        return Some(format!(
            "the claim is of the whole Hub; this is another population: {}",
            market.collection.covers
        ));
    }
    if claim.what == What::Total && claim.measure.kind() == MeasureKind::Flow {
        return Some("the claim is of the weeks from June 2020 to August 2025 and no others, which are no period of the calendar".to_owned());
    }
    too_short(asked)
}

/// What of a period is missing, where too much is.
pub(super) fn too_short(asked: &Asked) -> Option<String> {
    asked.reach.iter().find_map(|within| {
        let is_short = match within.reach {
            crate::Reach::AsOf(_) => false,
            crate::Reach::Weeks { first, last, of: None } => {
                last.number() - first.number() < LEAST_WEEKS - 1
            }
            reach @ crate::Reach::Weeks { .. } => {
                reach.share().is_some_and(|share| share < LEAST_REACH)
            }
        };
        is_short.then(|| format!("too little of the time is there: {within}"))
    })
}

/// Whether a number bears out what is expected, by its interval and its bounds together.
pub(super) fn judge(expected: Expected, ours: &Estimate) -> (Status, String) {
    let Some((least, most)) = outermost(ours) else {
        return (Status::Open, "neither an interval nor bounds are known".to_owned());
    };
    let (status, because) = match expected {
        Expected::Value(value, tolerance) => {
            let is_within = least - tolerance <= value && value <= most + tolerance;
            if !is_within {
                (Status::Differs, "the value lies outside the interval and the bounds")
            } else if most - least > WIDEST * value.abs() {
                (Status::Open, "interval and bounds hold the value, and much else")
            } else {
                (Status::Reproduced, "the value lies within the interval and the bounds")
            }
        }
        Expected::Rise if least > 0.0 => (Status::Reproduced, "all of it lies above zero"),
        Expected::Fall if most < 0.0 => (Status::Reproduced, "all of it lies below zero"),
        Expected::Rise if most < 0.0 => (Status::Differs, "all of it lies below zero"),
        Expected::Fall if least > 0.0 => (Status::Differs, "all of it lies above zero"),
        Expected::Rise | Expected::Fall => (Status::Open, "interval and bounds hold no change too"),
    };
    (status, because.to_owned())
}
