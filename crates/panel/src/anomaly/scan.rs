//! One model against its own history: spikes, shifts, and jumps to be compared with others'.

use super::flags::Flag;
use super::history::{Known, ONE, level, spread};
use super::strata::Scales;
use super::{SeriesThresholds, Thresholds};

/// A week that lies far from a model's history and far from the week before.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Jump {
    /// Its place in the series.
    pub(super) place: u32,
    /// Whether it goes up.
    pub(super) is_up: bool,
}

/// What a model's own history has to say about its weeks.
#[derive(Debug, Default)]
pub(super) struct Scanned {
    /// Flags with their places in the series.
    pub(super) flags: Vec<(usize, Flag)>,
    /// Jumps, by place.
    pub(super) jumps: Vec<Jump>,
}

/// How far a week lies from its history.
struct Distance {
    /// Median of the history.
    level: f32,
    /// 1 for a week above it, −1 for one below.
    sign: f32,
    /// The distance, at least 0.
    size: f32,
    /// What distances are multiples of.
    scale: f32,
}

/// What follows a week far from its history.
enum Outcome {
    /// The level comes back with this known week, or nothing tells that it does not.
    Spike { until: usize },
    /// The level stays.
    Shift,
    /// The level neither comes back soon nor stays: a wave that fades.
    Wave,
}

/// Looks for jumps in the known weeks of a model, and adds what it finds.
pub(super) fn scan(known: &Known, scales: &Scales, thresholds: &Thresholds, scanned: &mut Scanned) {
    let Thresholds { series, synchronous, .. } = thresholds;
    let least_score = synchronous.score.min(series.score);
    let rise =
        Rise::of(least_score * series.abrupt_share * series.least_scale, series.least_change);
    let (mut since, mut at) = (0, series.least_history.max(2));
    let mut last_jump = 0;
    while at < known.len() {
        let here = at;
        at += 1;
        let Some(steps) = steps(known, here, &rise, series) else { continue };
        let Some(distance) = distance(known, here, since, scales, least_score, thresholds) else {
            continue;
        };
        let score = distance.size / distance.scale;
        let is_abrupt = |score: f32| steps.are_abrupt(&distance, score, series);
        // A jump that takes two weeks is one jump.
        let is_new = last_jump + 1 != here
            || steps.without_two().are_abrupt(&distance, synchronous.score, series);
        if score > synchronous.score && is_new && is_abrupt(synchronous.score) {
            let is_up = distance.sign > 0.0;
            scanned.jumps.push(Jump { place: known.places[here], is_up });
            last_jump = here;
        }
        if score <= series.score || !is_abrupt(series.score) {
            continue;
        }
        match outcome(known, here, &distance, thresholds) {
            Outcome::Spike { until } => {
                let places = &known.places[here..until];
                scanned.flags.extend(places.iter().map(|place| (*place as usize, Flag::Spike)));
                at = until.max(at);
            }
            Outcome::Shift => {
                scanned.flags.push((known.places[here] as usize, Flag::Shift));
                since = here;
            }
            Outcome::Wave => {}
        }
    }
}

/// The change of the logarithm from the week before and from the one before that.
struct Steps {
    one: f32,
    /// What begins late in a week shows in two steps; the same as `one` where a hole lies between.
    two: f32,
}

impl Steps {
    /// The last step alone.
    fn without_two(&self) -> Self {
        Self { one: self.one, two: self.one }
    }

    /// Whether they are as large as a jump of this score has to be.
    fn are_abrupt(&self, distance: &Distance, score: f32, thresholds: &SeriesThresholds) -> bool {
        let least = score * distance.scale;
        distance.sign * self.one > least * thresholds.abrupt_share
            || distance.sign * self.two > least * thresholds.abrupt_share_of_two
    }
}

/// The steps up to a week; `None` where they are too small for any jump, or cross a hole.
fn steps(known: &Known, here: usize, rise: &Rise, thresholds: &SeriesThresholds) -> Option<Steps> {
    if known.weeks_between(here - 1, here) > thresholds.longest_hole {
        return None;
    }
    let is_two = known.weeks_between(here - 2, here) <= thresholds.longest_hole;
    let before = if is_two { here - 2 } else { here - 1 };
    let now = known.values[here];
    if !rise.is_between(known.values[here - 1], now) && !rise.is_between(known.values[before], now)
    {
        return None;
    }
    let log = known.log(here);
    Some(Steps { one: log - known.log(here - 1), two: log - known.log(before) })
}

/// How far a week lies from its history; `None` without a history, and for a week that lies
/// closer than `least_score`.
fn distance(
    known: &Known,
    at: usize,
    since: usize,
    scales: &Scales,
    least_score: f32,
    thresholds: &Thresholds,
) -> Option<Distance> {
    let history = known.history(at, since, &thresholds.series)?;
    let level = level(history);
    let signed = known.log(at) - level;
    let least_scale = scales.least(level, known.places[at]);
    // The spread costs more than all before it, and few weeks get here.
    if signed.abs() <= least_score * least_scale {
        return None;
    }
    let scale = spread(history, level).max(least_scale);
    Some(Distance { level, sign: signed.signum(), size: signed.abs(), scale })
}

/// What follows a week that lies at this distance from its history.
fn outcome(known: &Known, at: usize, distance: &Distance, thresholds: &Thresholds) -> Outcome {
    let series = &thresholds.series;
    let excess = |log: f32| distance.sign * (log - distance.level);
    let back = (series.back_score * distance.scale).max(series.back_share * distance.size);
    let end = known.places.partition_point(|place| *place <= known.places[at] + series.shift_weeks);
    let soon =
        known.places.partition_point(|place| *place <= known.places[at] + series.spike_weeks);
    if let Some(until) = (at + 1..soon).find(|week| excess(known.log(*week)) <= back) {
        return Outcome::Spike { until };
    }
    if end - (at + 1) < series.least_after {
        return Outcome::Spike { until: end };
    }
    let from = (at + 1).max(end - series.level_weeks.min(end));
    let new_level = level(&known.values[from..end]);
    let kept = (series.back_score * distance.scale).max(series.kept_share * distance.size);
    if excess(new_level) > kept { Outcome::Shift } else { Outcome::Wave }
}

/// The least rise or fall that can be a jump, in whole numbers: nearly all weeks end here.
struct Rise {
    /// The ratio of a week and the one before it, in parts of 1,024.
    ratio: u64,
    /// The difference, in units of values.
    change: u32,
}

impl Rise {
    fn of(least_step: f32, least_change: u32) -> Self {
        Self { ratio: (least_step.exp() * 1024.0) as u64, change: least_change * ONE }
    }

    fn is_between(&self, before: u32, now: u32) -> bool {
        let (low, high) = (before.min(now), before.max(now));
        high - low >= self.change
            && u64::from(high + ONE) * 1024 >= u64::from(low + ONE) * self.ratio
    }
}

#[cfg(test)]
mod tests;
