//! Every index of an economy's owners, and how each moves with what an owner holds.

use panel::Sums;
use schema::{Estimate, Statistic};

use super::INDICES;
use super::economy::Economy;
use super::effects::sums_by;
use crate::estimates::{Market, Rank, Standings, ranks, slope_of};

/// The indices, in the order of [`INDICES`].
#[derive(Debug, Default)]
pub(super) struct Indices {
    pub(super) estimates: Vec<Estimate>,
    /// How each moves with each owner, by code; none where no interval has a width.
    pub(super) slopes: Vec<Option<Vec<f64>>>,
}

impl Economy {
    /// The indices, which are worked out once: whoever asks of an economy asks more than once.
    pub(super) fn indices(&self) -> &Indices {
        self.indices.get_or_init(|| {
            let sums = sums_by(self, self.owners.len(), |holding| holding.owner);
            let standings = Standings::new(&sums, self.kind, &self.owners.unattributed);
            let ranks = sums.has_widths().then(|| ranks_of(&sums, &standings));
            let estimate = |statistic: &Statistic| standings.statistic(*statistic);
            let estimates: Vec<Estimate> = INDICES.iter().map(estimate).collect();
            let slopes = INDICES.iter().zip(&estimates).map(|(statistic, estimate)| {
                let (ranks, value) = ranks.as_ref().zip(estimate.value)?;
                let market = Market::of_runs(standings.ascending(), value);
                let slope = |(code, rank): (u32, &Option<Rank>)| {
                    rank.map_or(0.0, |rank| slope_of(*statistic, &market, sums.value(code), rank))
                };
                Some((0..).zip(ranks).map(slope).collect())
            });
            Indices { slopes: slopes.collect(), estimates }
        })
    }
}

/// The rank of each owner, by code; of one that holds nothing known it is none.
fn ranks_of(sums: &Sums, standings: &Standings<'_>) -> Vec<Option<Rank>> {
    let runs = standings.ascending();
    let (values, of_runs) = (runs.runs(), ranks(runs));
    let rank = |code: u32| {
        let value = sums.value(code);
        of_runs.get(values.partition_point(|run| run.value < value)).copied()
    };
    (0..sums.unit_count() as u32).map(rank).collect()
}
