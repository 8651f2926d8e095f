//! Where a unit stands among the others: its rank and its percentile.
//!
//! See `docs/methods/rank.md`.

use schema::Estimate;

use super::slopes::{Rank, ranks};
use super::{Standings, marked};

/// Percentiles are of so many parts.
const PARTS: f64 = 100.0;

impl Standings<'_> {
    /// One unit's rank, 1 the largest: one more than the units that are larger.
    pub(crate) fn rank_of(&self, code: u32) -> Estimate {
        let n = self.n as f64;
        // Where the unit is large its rank is small, so the ends change places.
        self.placed(code, |place| n - place.smaller - place.equal + 1.0)
    }

    /// One unit's percentile, 0 to 100: the part of the units that are smaller, and half of those
    /// of its size, itself among them.
    pub(crate) fn percentile_of(&self, code: u32) -> Estimate {
        let n = self.n as f64;
        self.placed(code, |place| PARTS * (place.smaller + place.equal / 2.0) / n)
    }

    /// A number that follows from where a unit stands, with what it would be at both ends of the
    /// unit's own interval, all others being what they are.
    fn placed(&self, code: u32, number: impl Fn(Rank) -> f64) -> Estimate {
        let sums = self.sums;
        let value = sums.value(code);
        let at = |value: f64| number(self.place_at(code, value));
        let mut estimate = Estimate::exact(at(value), sums.model_count(code));
        let ends = [(value - sums.below(code)).max(0.0), value + sums.above(code)].map(at);
        estimate.low = Some(ends[0].min(ends[1]));
        estimate.high = Some(ends[0].max(ends[1]));
        if self.unattributed_mass > 0.0 {
            // Mass that belongs to nobody known may be any number of units.
            (estimate.bound_low, estimate.bound_high) = (None, None);
        }
        let estimated = (sums.estimated(code), value);
        marked(estimate, self.kind, estimated, sums.missing(code))
    }

    /// Where a unit would stand if it held `value`, and all others what they do.
    fn place_at(&self, code: u32, value: f64) -> Rank {
        let runs = self.ascending().runs();
        let places = self.places.get_or_init(|| ranks(self.ascending()));
        let run = runs.partition_point(|run| run.value < value);
        let (smaller, equal) = match (runs.get(run), places.get(run)) {
            (Some(found), Some(place)) if found.value <= value => (place.smaller, place.equal),
            (_, Some(place)) => (place.smaller, 0.0),
            _ => (self.n as f64, 0.0),
        };
        // The unit itself is counted where it would be, not where it is.
        let own = self.sums.value(code);
        if own < value {
            Rank { smaller: smaller - 1.0, equal: equal + 1.0 }
        } else if own > value {
            Rank { smaller, equal: equal + 1.0 }
        } else {
            Rank { smaller, equal }
        }
    }
}
