//! A claim's question under many definitions: its specification curve.
//!
//! U. Simonsohn, J. P. Simmons and L. D. Nelson (2020), "Specification curve analysis", *Nature
//! Human Behaviour* 4, 1208–1214. See `docs/methods/robustness.md`.

use schema::Estimate;

use super::ask::{command, reason};
use super::choices::{Specification, specifications};
use super::verdict::too_short;
use super::{Asker, CLAIMS, Claim, Expected, What, When};
use crate::{Error, Result, outermost};

/// A level agrees with the one that is claimed where it differs from it by less than this part.
const NEAR: f64 = 0.1;
/// A growth below this is a fall.
const NO_GROWTH: f64 = 1.0;

/// A claim's question under many definitions.
#[derive(Debug, Clone, PartialEq)]
pub struct Curve {
    /// The answers, from the least to the most.
    pub points: Vec<Point>,
    /// What cannot be asked of the collection, each with the reason.
    pub not_asked: Vec<(Specification, String)>,
    /// Every choice that any definition makes otherwise, in the order in which they are offered.
    pub choices: Vec<String>,
}

/// The answer under one definition.
#[derive(Debug, Clone, PartialEq)]
pub struct Point {
    /// The definition.
    pub specification: Specification,
    /// The number.
    pub estimate: Estimate,
    /// Whether it is on the claim's side.
    pub agrees: bool,
    /// Whether all of its interval and bounds are on the side on which it is.
    pub is_sure: bool,
    /// The question as it is asked at the command line, where there is such a command.
    pub command: Option<String>,
}

impl Curve {
    /// How many definitions agree with the claim.
    #[must_use]
    pub fn agreeing(&self) -> usize {
        self.points.iter().filter(|point| point.agrees).count()
    }

    /// How many are sure that the claim is right, and how many that it is wrong.
    #[must_use]
    pub fn sure(&self) -> (usize, usize) {
        let sure = |agrees| {
            self.points.iter().filter(|point| point.is_sure && point.agrees == agrees).count()
        };
        (sure(true), sure(false))
    }

    /// The share of definitions, 0 to 1, that agree; `None` where none can be asked.
    #[must_use]
    pub fn agreeing_share(&self) -> Option<f64> {
        (!self.points.is_empty()).then(|| self.agreeing() as f64 / self.points.len() as f64)
    }

    /// The middle answer; of an even number of answers, between the middle two.
    #[must_use]
    pub fn median(&self) -> Option<f64> {
        let value = |place: usize| self.points.get(place)?.estimate.value;
        let count = self.points.len();
        let (below, above) = (value(count.checked_sub(1)? / 2)?, value(count / 2)?);
        Some(f64::midpoint(below, above))
    }
}

/// The claims whose question other definitions can be asked of.
///
/// A total is of what is counted and of nothing else: under another definition it is another
/// question.
pub fn with_curves() -> impl Iterator<Item = &'static Claim> {
    CLAIMS.iter().filter(|claim| claim.what != What::Total)
}

/// The claim of a name.
pub fn named(name: &str) -> Result<&'static Claim> {
    if let Some(claim) = with_curves().find(|claim| claim.name == name) {
        return Ok(claim);
    }
    if CLAIMS.iter().any(|claim| claim.name == name) {
        return Err(Error::Contradiction {
            reason: "the claim is of a total, which has no other definition",
        });
    }
    let names = || with_curves().map(|claim| claim.name);
    let near = schema::near(name, names());
    let known = if near.is_empty() { names().map(str::to_owned).collect() } else { near };
    Err(schema::Error::UnknownName { what: "claim", given: name.to_owned(), known }.into())
}

/// Asks a claim's question under every definition. Fails only where the market cannot be read.
pub fn curve(asker: &Asker<'_>, claim: &Claim) -> Result<Curve> {
    let mut curve = Curve { points: Vec::new(), not_asked: Vec::new(), choices: Vec::new() };
    for specification in specifications(asker.market, claim) {
        let Specification { choices, what, when, definition } = &specification;
        let is_new = |choice: &&String| !curve.choices.contains(choice);
        let new: Vec<String> = choices.iter().filter(is_new).cloned().collect();
        curve.choices.extend(new);
        let answer = match asker.ask(*what, *when, definition) {
            Err(error) => Err(reason(error)?),
            Ok(found) => match (found.estimate.value, too_short(&found)) {
                (_, Some(short)) => Err(short),
                (None, None) => Err("what is asked is known of no model of this time".to_owned()),
                (Some(value), None) => Ok((found.estimate, value)),
            },
        };
        match answer {
            Err(reason) => curve.not_asked.push((specification, reason)),
            Ok((estimate, value)) => {
                let (agrees, is_sure) = side(claim, value, outermost(&estimate));
                let command = command_of(asker, &specification);
                curve.points.push(Point { specification, estimate, agrees, is_sure, command });
            }
        }
    }
    let value = |point: &Point| point.estimate.value.unwrap_or_default();
    curve.points.sort_by(|a, b| value(a).total_cmp(&value(b)));
    Ok(curve)
}

fn command_of(asker: &Asker<'_>, specification: &Specification) -> Option<String> {
    let Specification { what, when, definition, .. } = specification;
    let collection = &asker.market.release.collection;
    // No command makes one of many owners.
    (!definition.is_unreviewed_one).then(|| command(collection, *what, &when.periods(), definition))
}

/// Whether a number is on the claim's side, and whether all that it may be is on the same.
fn side(claim: &Claim, value: f64, may_be: Option<(f64, f64)>) -> (bool, bool) {
    let (from, to) = claimed(claim);
    let agrees = from < value && value < to;
    let is_sure = may_be.is_some_and(|(least, most)| {
        if agrees { from < least && most < to } else { most <= from || to <= least }
    });
    (agrees, is_sure)
}

/// Between which numbers the claim is right, both left out.
fn claimed(claim: &Claim) -> (f64, f64) {
    match (claim.expected, claim.when) {
        (Expected::Rise, _) => (0.0, f64::INFINITY),
        (Expected::Fall, _) => (f64::NEG_INFINITY, 0.0),
        (Expected::Value(value, _), When::Growth(..)) if value > NO_GROWTH => {
            (NO_GROWTH, f64::INFINITY)
        }
        (Expected::Value(..), When::Growth(..)) => (f64::NEG_INFINITY, NO_GROWTH),
        (Expected::Value(value, _), _) => (value - NEAR * value.abs(), value + NEAR * value.abs()),
    }
}

/// Which answers agree with a claim, as a clause that follows "agrees".
#[must_use]
pub fn agreement(claim: &Claim) -> &'static str {
    match (claim.expected, claim.when) {
        (Expected::Rise, _) => "where it is a rise, however small",
        (Expected::Fall, _) => "where it is a fall, however small",
        (Expected::Value(value, _), When::Growth(..)) if value > NO_GROWTH => {
            "where it is a growth, by however much; not only where it is as large as the paper says"
        }
        (Expected::Value(..), When::Growth(..)) => "where it is a fall, by however much",
        (Expected::Value(..), _) => "where it is within a tenth of what the paper says",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::claims::Definition;

    fn claim(name: &str) -> &'static Claim {
        named(name).unwrap()
    }

    #[test]
    fn a_direction_is_a_side_of_zero_and_a_growth_one_of_1() {
        let rise = claim("china-rises");
        assert_eq!(side(rise, 0.1, Some((0.05, 0.2))), (true, true));
        assert_eq!(side(rise, 0.1, Some((-0.05, 0.2))), (true, false));
        assert_eq!(side(rise, -0.1, Some((-0.2, -0.05))), (false, true));
        assert_eq!(side(rise, 0.0, Some((0.0, 0.0))), (false, true), "no change is no rise");
        assert_eq!(side(claim("us-falls"), -0.1, None), (true, false));
        // Size is said to grow 17 times; that it grows at all agrees.
        let growth = claim("size-growth-mean-total-download");
        assert_eq!(side(growth, 2.0, Some((1.5, 3.0))), (true, true));
        assert_eq!(side(growth, 0.5, Some((0.4, 1.5))), (false, false));
        assert!(agreement(growth).starts_with("where it is a growth, by however much"));
        assert!(agreement(claim("us-falls")).contains("a fall"));
        assert!(agreement(claim("industry-late")).contains("within a tenth"));
    }

    #[test]
    fn a_level_agrees_within_a_tenth_of_what_is_claimed() {
        let level = claim("industry-late");
        assert_eq!(side(level, 0.40, Some((0.39, 0.405))), (true, true));
        assert_eq!(side(level, 0.40, Some((0.30, 0.41))), (true, false));
        assert_eq!(side(level, 0.42, Some((0.41, 0.43))), (false, true));
        assert_eq!(side(level, 0.30, Some((0.20, 0.40))), (false, false));
    }

    #[test]
    fn the_middle_of_the_answers_is_told() {
        let point = |value: f64| Point {
            specification: Specification {
                choices: Vec::new(),
                what: CLAIMS[2].what,
                when: CLAIMS[2].when,
                definition: Definition::of(&CLAIMS[2]),
            },
            estimate: Estimate::exact(value, 1),
            agrees: value > 0.0,
            is_sure: true,
            command: None,
        };
        let curve = |values: &[f64]| Curve {
            points: values.iter().map(|value| point(*value)).collect(),
            not_asked: Vec::new(),
            choices: Vec::new(),
        };
        assert_eq!(curve(&[-1.0, 2.0, 7.0]).median(), Some(2.0));
        assert_eq!(curve(&[-1.0, 2.0, 4.0, 9.0]).median(), Some(3.0));
        assert_eq!(curve(&[-1.0, 2.0, 4.0, 9.0]).agreeing_share(), Some(0.75));
        assert_eq!(curve(&[-1.0, 2.0]).sure(), (1, 1));
        assert_eq!((curve(&[]).median(), curve(&[]).agreeing_share()), (None, None));
    }

    #[test]
    fn a_name_that_is_no_claim_is_refused_with_those_near_it() {
        let refused = named("china-rise").unwrap_err().to_string();
        assert_eq!(refused, "unknown claim 'china-rise'; known are: china-rises");
        let total = named("model-count").unwrap_err().to_string();
        assert!(total.contains("no other definition"), "{total}");
    }
}
