//! The rows of an answer at one time.

use panel::Sums;
use schema::Statistic;
use stats::Runs;

use super::{At, Row, Units};
use crate::Query;
use crate::estimates::Standings;

/// How many units `top` lists when the question does not say.
const DEFAULT_TOP: usize = 10;

/// The parts of the units, the smallest, at which quantiles and the Lorenz curve are told.
pub(super) const PARTS: [(&str, f64); 7] = [
    ("p10", 0.1),
    ("p25", 0.25),
    ("p50", 0.5),
    ("p75", 0.75),
    ("p90", 0.9),
    ("p99", 0.99),
    ("p99.9", 0.999),
];

/// Which rows are wanted.
pub(super) struct Wanted<'a> {
    pub(super) query: &'a Query,
    pub(super) units: &'a Units<'a>,
}

impl Wanted<'_> {
    /// The rows of all statistics at one time.
    pub(super) fn rows(&self, at: At, sums: &Sums) -> Vec<Row> {
        let query = self.query;
        let standings = Standings::new(sums, query.measure.kind(), self.units.all.unattributed());
        let limit = self.units.named.as_ref().map_or(query.top.unwrap_or(usize::MAX), Vec::len);
        let per_unit = query.statistics.iter().filter(|statistic| statistic.is_per_unit()).count();
        let of_units = per_unit * (sums.known_count().min(limit) + PARTS.len());
        let mut rows = Vec::with_capacity(query.statistics.len() + of_units);
        for statistic in &query.statistics {
            self.push(&mut rows, at, *statistic, &standings);
        }
        rows
    }

    fn push(&self, rows: &mut Vec<Row>, at: At, statistic: Statistic, standings: &Standings<'_>) {
        let mut push = |unit: Option<String>, is_attributed, estimate| {
            rows.push(Row { at, unit, is_attributed, statistic, estimate });
        };
        let label = |code| Some(self.units.all.label(code).to_owned());
        let estimate = |code| match statistic {
            Statistic::Share => standings.share_of(code),
            Statistic::Rank => standings.rank_of(code),
            Statistic::Percentile => standings.percentile_of(code),
            _ => standings.sum_of(code),
        };
        match statistic {
            Statistic::Rank | Statistic::Percentile => {
                for code in self.codes(statistic, standings) {
                    push(label(code), true, estimate(code));
                }
            }
            Statistic::Sum | Statistic::Share | Statistic::Top => {
                if statistic == Statistic::Sum {
                    push(None, true, standings.total());
                }
                for code in self.codes(statistic, standings) {
                    push(label(code), true, estimate(code));
                }
                if statistic == Statistic::Top {
                    return;
                }
                for code in &standings.unattributed {
                    push(label(*code), false, estimate(*code));
                }
                let others = self.units.named.as_ref();
                let others = others.and_then(|named| standings.others(named, statistic));
                if let Some(others) = others {
                    push(None, true, others);
                }
            }
            Statistic::Quantiles | Statistic::Lorenz => {
                for (name, part) in PARTS {
                    let value = part_of(statistic, standings.ascending(), part);
                    push(Some(name.to_owned()), true, standings.of_part(value));
                }
            }
            _ => push(None, true, standings.statistic(statistic)),
        }
    }

    /// The codes of the units that have rows, the largest first.
    fn codes(&self, statistic: Statistic, standings: &Standings<'_>) -> Vec<u32> {
        let limit = match statistic {
            Statistic::Top => self.query.top.unwrap_or(DEFAULT_TOP),
            _ => self.query.top.unwrap_or(usize::MAX),
        };
        let place = |code| self.units.all.place_of_name(code);
        match &self.units.named {
            None => standings.largest(limit, place),
            Some(named) => standings.largest_of(named, limit, place),
        }
    }
}

/// The quantile at a part, or the share that it holds.
pub(super) fn part_of(statistic: Statistic, runs: &Runs, part: f64) -> Option<f64> {
    if statistic == Statistic::Lorenz { runs.lorenz_at(part) } else { runs.quantile(part) }
}

#[cfg(test)]
mod tests;
