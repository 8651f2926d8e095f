//! What is usual of a number: means and quantiles over models.
//!
//! A mean over models has two readings that are far apart: each model counts once, or as often as
//! it is downloaded. Which one is meant is part of the question. See `docs/methods/averages.md`.

mod numbers;
mod weighted;

use std::fmt;
use std::str::FromStr;

use panel::{Detail, FlowQuestion, Grouping, Scope, Sums};
use schema::{Estimate, Measure};

use crate::answer::{At, reading_kind, times};
use crate::{Market, Query, Result};
pub use numbers::Numbers;
pub(crate) use numbers::{grouping as grouping_of, values_of};
use weighted::Weighted;

/// What is asked of a number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Average {
    /// The weighted arithmetic mean.
    Mean,
    /// The value that half of the weight does not exceed.
    Median,
    /// The value that so many hundredths of the weight do not exceed.
    Percentile(u8),
}

/// How often each model counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub enum Weight {
    /// As often as the measure says: as it was downloaded.
    #[default]
    Measure,
    /// Once, if the measure is known of it.
    Model,
}

/// A question about a numeric attribute.
#[derive(Debug, Clone)]
pub struct AverageQuery<'a> {
    /// The attribute.
    pub numbers: &'a Numbers,
    /// What is asked, in the order of the rows.
    pub averages: Vec<Average>,
    /// How often each model counts.
    pub weight: Weight,
    /// Of which models, by which measure and when; its statistics, group and top are not asked.
    pub query: Query,
}

/// One number about a numeric attribute.
#[derive(Debug, Clone, PartialEq)]
pub struct AverageRow {
    /// When it holds.
    pub at: At,
    /// What it is.
    pub average: Average,
    /// The number; its bounds assume that what is not known lies between the 1st and the 99th
    /// percentile of what is.
    pub estimate: Estimate,
    /// The share of the weight, 0 to 1, of models of which the attribute is known; `None` where
    /// nothing has any weight.
    pub known_share: Option<f64>,
}

/// Answers a question about a numeric attribute, by time, then in the order of the question.
pub fn averages(market: &Market, asked: &AverageQuery<'_>) -> Result<Vec<AverageRow>> {
    let query = &asked.query;
    query.check()?;
    let times = times(market, query)?;
    let filter = market.filter(&query.conditions)?;
    let scope = Scope::new(&asked.numbers.grouping, &filter);
    let values = Values::of(scope.units());
    let rows_at = |at, sums: &Sums| {
        let weighted = Weighted::new(sums, &values, asked.weight, query.measure.kind());
        let row = |average: &Average| AverageRow {
            at,
            average: *average,
            estimate: weighted.average(*average),
            known_share: weighted.known_share(),
        };
        asked.averages.iter().map(row).collect::<Vec<_>>()
    };
    let (Some(At::Week(first)), Some(At::Week(last))) = (times.first(), times.last()) else {
        let kind = reading_kind(query.measure);
        let rows = times.iter().filter_map(|at| match at {
            At::Instant(instant) => {
                Some(rows_at(*at, &market.panel.sums_as_of(kind, *instant, &scope)))
            }
            At::Week(_) => None,
        });
        return Ok(rows.flatten().collect());
    };
    let question = FlowQuestion {
        scope: &scope,
        is_first_year: query.measure == Measure::FirstYear,
        flagged: query.flagged,
        window: query.window.weeks() as usize,
        detail: Detail::Everything,
        prepared: None,
    };
    let of_week = |week, sums: &Sums| rows_at(At::Week(week), sums);
    let rows = market.panel.over_windows(&question, (*first, *last), of_week);
    Ok(rows.into_iter().flatten().collect())
}

/// The values of units, by code and in order.
struct Values {
    of_code: Vec<Option<f64>>,
    /// The codes of units with a value, in ascending order of it.
    ascending: Vec<u32>,
}

impl Values {
    fn of(units: &Grouping) -> Self {
        let of_code = numbers::values_of(units);
        let mut known: Vec<(f64, u32)> = (0_u32..)
            .zip(&of_code)
            .filter_map(|(code, value)| value.map(|value| (value, code)))
            .collect();
        known.sort_unstable_by(|a, b| a.0.total_cmp(&b.0));
        Self { ascending: known.into_iter().map(|(_, code)| code).collect(), of_code }
    }
}

impl Average {
    /// What is asked where nothing else is said.
    pub const USUAL: [Self; 7] = [
        Self::Mean,
        Self::Percentile(10),
        Self::Percentile(25),
        Self::Median,
        Self::Percentile(75),
        Self::Percentile(90),
        Self::Percentile(99),
    ];

    /// The part of the weight below it, 0 to 1; `None` for the mean.
    fn part(self) -> Option<f64> {
        match self {
            Self::Mean => None,
            Self::Median => Some(0.5),
            Self::Percentile(hundredths) => Some(f64::from(hundredths) / 100.0),
        }
    }
}

impl fmt::Display for Average {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Mean => f.write_str("mean"),
            Self::Median => f.write_str("median"),
            Self::Percentile(hundredths) => write!(f, "p{hundredths}"),
        }
    }
}

impl FromStr for Average {
    type Err = schema::Error;

    fn from_str(text: &str) -> std::result::Result<Self, Self::Err> {
        let percentile = text.strip_prefix('p').and_then(|rest| rest.parse().ok());
        match (text, percentile) {
            ("mean", _) => Ok(Self::Mean),
            ("median", _) => Ok(Self::Median),
            (_, Some(hundredths)) if (1..100).contains(&hundredths) => {
                Ok(Self::Percentile(hundredths))
            }
            _ => Err(schema::Error::UnknownName {
                what: "average",
                given: text.to_owned(),
                known: ["mean", "median", "p1", "… p99"].map(str::to_owned).to_vec(),
            }),
        }
    }
}

impl fmt::Display for Weight {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Measure => "measure",
            Self::Model => "model",
        })
    }
}

impl FromStr for Weight {
    type Err = schema::Error;

    fn from_str(text: &str) -> std::result::Result<Self, Self::Err> {
        match text {
            "measure" => Ok(Self::Measure),
            "model" => Ok(Self::Model),
            _ => Err(schema::Error::UnknownName {
                what: "weight",
                given: text.to_owned(),
                known: ["measure", "model"].map(str::to_owned).to_vec(),
            }),
        }
    }
}

#[cfg(test)]
mod tests;
