//! Jumps that an owner's models share in one week.
//!
//! Were each model's weeks in another order, its jumps would fall into any of them alike. Then
//! the owner's models that jump in one week are as many as independent events give whose chances
//! are the models' own shares of weeks with jumps. Weeks in which the whole market jumps raise
//! what is expected of everyone.

use std::ops::Range;

use super::SynchronousThresholds;
use super::scan::Jump;
use super::tails::at_least;

/// The jumps of a model, beside the weeks in which they can be told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Track {
    pub(super) owner: u32,
    pub(super) model: u32,
    /// The number of the week of its first cell.
    pub(super) first: i32,
    /// Numbers of the weeks in which a jump can be told.
    pub(super) tellable: Range<i32>,
    /// Its jumps, by place.
    pub(super) jumps: Vec<Jump>,
}

/// One jump of a model of an owner.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct OwnerJump {
    owner: u32,
    week: i32,
    track: usize,
    place: u32,
}

/// Models and places of jumps that too many of the owner's models share for chance.
pub(super) fn shared(
    mut tracks: Vec<Track>,
    thresholds: &SynchronousThresholds,
) -> Vec<(usize, usize)> {
    tracks.sort_by_key(|track| (track.owner, track.model));
    let mut shared = Vec::new();
    for is_up in [true, false] {
        let direction = Direction::of(&tracks, is_up);
        let Some(market) = Market::of(&tracks, &direction) else { continue };
        for together in direction.jumps.chunk_by(|a, b| (a.owner, a.week) == (b.owner, b.week)) {
            if together.len() >= thresholds.least_models
                && is_beyond_chance(&tracks, &direction, &market, together, thresholds)
            {
                let cells = together.iter().map(|jump| (tracks[jump.track].model, jump.place));
                shared.extend(cells.map(|(model, place)| (model as usize, place as usize)));
            }
        }
    }
    shared
}

/// All jumps up, or all jumps down.
struct Direction {
    /// By owner, then week, then model.
    jumps: Vec<OwnerJump>,
    /// For each track, the share of its weeks that hold one.
    rates: Vec<f64>,
}

impl Direction {
    fn of(tracks: &[Track], is_up: bool) -> Self {
        let (mut jumps, mut rates) = (Vec::new(), Vec::with_capacity(tracks.len()));
        for (place_of_track, track) in tracks.iter().enumerate() {
            let before = jumps.len();
            jumps.extend(track.jumps.iter().filter(|jump| jump.is_up == is_up).map(|jump| {
                let week = track.first + jump.place as i32;
                OwnerJump { owner: track.owner, week, track: place_of_track, place: jump.place }
            }));
            rates.push((jumps.len() - before) as f64 / track.tellable.len().max(1) as f64);
        }
        jumps.sort_unstable();
        Self { jumps, rates }
    }
}

/// What all models do, by week.
struct Market {
    /// The number of the first week.
    first: i32,
    /// How many jumps the models' own rates let expect.
    expected: Vec<f64>,
    /// How many there are.
    jumps: Vec<u32>,
}

impl Market {
    /// `None` where no week can be told.
    fn of(tracks: &[Track], direction: &Direction) -> Option<Self> {
        let told = || tracks.iter().map(|track| &track.tellable).filter(|weeks| !weeks.is_empty());
        let first = told().map(|weeks| weeks.start).min()?;
        let weeks = (told().map(|weeks| weeks.end).max()? - first) as usize;
        // Each model's rate begins with its first week and ends after its last.
        let mut expected = vec![0.0; weeks + 1];
        for (track, rate) in tracks.iter().zip(&direction.rates) {
            if !track.tellable.is_empty() {
                expected[(track.tellable.start - first) as usize] += rate;
                expected[(track.tellable.end - first) as usize] -= rate;
            }
        }
        let mut sum = 0.0;
        for rate in &mut expected {
            sum += *rate;
            *rate = sum;
        }
        let mut jumps = vec![0; weeks + 1];
        direction.jumps.iter().for_each(|jump| jumps[(jump.week - first) as usize] += 1);
        Some(Self { first, expected, jumps })
    }

    /// By how much the others jump more in a week than their own rates let expect; at least 1.
    ///
    /// One is added to both, so that a small market says little.
    fn excess_of_others(&self, week: i32, count: usize, expected: f64) -> f64 {
        let place = (week - self.first) as usize;
        let others = f64::from(self.jumps[place]) - count as f64;
        let expected_of_others = (self.expected[place] - expected).max(0.0);
        ((others + 1.0) / (expected_of_others + 1.0)).max(1.0)
    }
}

/// Whether an owner's jumps of one week are too many for chance.
fn is_beyond_chance(
    tracks: &[Track],
    direction: &Direction,
    market: &Market,
    together: &[OwnerJump],
    thresholds: &SynchronousThresholds,
) -> bool {
    let OwnerJump { owner, week, .. } = together[0];
    let from = tracks.partition_point(|track| track.owner < owner);
    let (mut models, mut expected) = (0_usize, 0.0);
    for (track, rate) in tracks.iter().zip(&direction.rates).skip(from) {
        if track.owner != owner {
            break;
        }
        if track.tellable.contains(&week) {
            models += 1;
            expected += rate;
        }
    }
    let count = together.len();
    let excess = market.excess_of_others(week, count, expected);
    count as f64 >= thresholds.least_share * models as f64
        && at_least(count, expected * excess) < thresholds.chance
}

#[cfg(test)]
mod tests;
