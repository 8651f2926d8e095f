//! The second pass: which readings are left out.

use schema::Instant;

use super::movement::{CLASSES, Movement};
use super::survey::{Counts, REACH, StaleSurvey};
use super::{StaleEvent, StaleKind, StaleTally, repeats};
use crate::readings::CounterReading;

/// A repeat that is less likely than this by the model's own history is stale.
const OWN_CHANCE: f64 = 1e-3;
/// A model that rests more often than this does not normally move: what is rare for it comes in
/// stretches, whose chances are no product.
const MOVES_NORMALLY: f64 = 0.1;
/// A repeat that is genuine with less than this chance, given what the snapshot's others do, is
/// stale. To leave out a genuine reading costs little: the next one tells the same.
const GENUINE_CHANCE: f64 = 0.2;
/// Classes whose models rest more often than this do not tell whether a snapshot is stale.
const TELLING_REST: f64 = 0.5;
/// A share of fewer readings is no share.
const LEAST_READINGS: u64 = 5;
/// No class is taken to rest less often than this.
const LEAST_REST: f64 = 1e-3;
/// A snapshot of which this share is as in an older one may be that one again.
const ROLLBACK_ALIKE: f64 = 0.99;
/// Less of a snapshot left out, or not listed, is not worth a mark: of all its models, or of those
/// that normally move.
const STALE_MARK: f64 = 0.05;
const PARTIAL_MARK: f64 = 0.2;
const PARTIAL_LEAST_MODELS: u64 = 20;

/// Says which readings are stale.
#[derive(Debug, Clone)]
pub struct StaleJudge {
    instants: Vec<Instant>,
    ranks: Vec<usize>,
    /// By place in time.
    verdicts: Vec<Verdict>,
    /// How often models of each class rest between two readings that are not stale.
    rest: [f64; CLASSES],
}

#[derive(Debug, Clone, Copy, Default)]
struct Verdict {
    /// Which share of the readings is stale.
    stale_share: f64,
    is_rollback: bool,
    /// Models not listed, of how many, where that is worth a mark.
    partial: Option<(u64, u64)>,
}

impl StaleJudge {
    pub(super) fn new(survey: &StaleSurvey) -> Self {
        let rest = std::array::from_fn(|class| normal_rest(&survey.snapshots, class));
        let mut verdicts: Vec<Verdict> = Vec::with_capacity(survey.snapshots.len());
        for (rank, counts) in survey.snapshots.iter().enumerate() {
            let is_rollback = is_rollback(&survey.snapshots, &verdicts, rank);
            verdicts.push(Verdict {
                stale_share: stale_share(counts, &rest),
                is_rollback,
                partial: partial(counts),
            });
        }
        let (instants, ranks) = (survey.instants.clone(), survey.ranks.clone());
        Self { instants, ranks, verdicts, rest }
    }

    /// Fills `fresh` with the readings of one model that are not stale, and tallies the others.
    ///
    /// `readings` are sorted by time, with the places of their snapshots. One reading is always left.
    pub fn fresh(
        &self,
        readings: &[CounterReading],
        snapshots: &[u32],
        fresh: &mut Vec<CounterReading>,
        tally: &mut StaleTally,
    ) {
        fresh.clear();
        let mut movement = None;
        let mut before: Option<&CounterReading> = None;
        let mut run = Run::default();
        for (index, reading) in readings.iter().enumerate() {
            let place = snapshots[index] as usize;
            let verdict = &self.verdicts[self.ranks[place]];
            tally.seen[place] += 1;
            if verdict.is_rollback {
                tally.dropped[place] += 1;
                continue;
            }
            let last = before.replace(reading);
            let Some(last) = last.filter(|last| repeats(last, reading)) else {
                run = Run::default();
                fresh.push(*reading);
                continue;
            };
            let movement = movement.get_or_insert_with(|| Movement::of(readings));
            if run.length == 0 {
                run.whole = repeats_ahead(&readings[index..], last);
            }
            run.length += 1;
            let chance = movement.chance_of_rest(last, reading, run.whole);
            run.chance *= chance.filter(|chance| *chance <= MOVES_NORMALLY).unwrap_or(1.0);
            let rest = movement.class(last, reading).map_or(1.0, |class| self.rest[class]);
            if run.chance < OWN_CHANCE || genuine(rest, verdict.stale_share) < GENUINE_CHANCE {
                tally.dropped[place] += 1;
            } else {
                fresh.push(*reading);
            }
        }
        if fresh.is_empty() {
            fresh.extend(readings.first());
        }
    }

    /// What is wrong with the snapshots, by time; `tally` is of all models.
    #[must_use]
    pub fn events(&self, tally: &StaleTally) -> Vec<StaleEvent> {
        let mut events = Vec::new();
        for (place, at) in self.instants.iter().enumerate() {
            let verdict = &self.verdicts[self.ranks[place]];
            let (models, of) = (tally.dropped[place], tally.seen[place]);
            let mut mark = |kind, models, of| {
                events.push(StaleEvent { at: *at, snapshot: place as u32, kind, models, of });
            };
            if verdict.is_rollback {
                mark(StaleKind::Rollback, models, of);
            } else if models >= LEAST_READINGS
                && (models as f64 >= STALE_MARK * of as f64 || verdict.stale_share >= STALE_MARK)
            {
                mark(StaleKind::Stale, models, of);
            }
            if let Some((skipped, of)) = verdict.partial {
                mark(StaleKind::Partial, skipped, of);
            }
        }
        events.sort_by_key(|event| (event.at, event.snapshot, event.kind));
        events
    }
}

/// Repeats that follow each other, and how likely they are together.
struct Run {
    length: usize,
    whole: usize,
    chance: f64,
}

impl Default for Run {
    fn default() -> Self {
        Self { length: 0, whole: 0, chance: 1.0 }
    }
}

/// How many readings from the first on repeat `last`.
fn repeats_ahead(readings: &[CounterReading], last: &CounterReading) -> usize {
    readings.iter().take_while(|reading| repeats(last, reading)).count()
}

/// The chance that a repeat is genuine, among models that rest so often in a snapshot of which this
/// share is stale.
fn genuine(rest: f64, stale_share: f64) -> f64 {
    let genuine = (1.0 - stale_share) * rest;
    if stale_share > 0.0 { genuine / (stale_share + genuine) } else { 1.0 }
}

/// How often models of a class normally rest: the lower quartile over the snapshots.
fn normal_rest(snapshots: &[Counts], class: usize) -> f64 {
    let shares = snapshots.iter().filter(|counts| counts.moves[class] >= LEAST_READINGS);
    let mut shares: Vec<f64> =
        shares.map(|counts| counts.repeats[class] as f64 / counts.moves[class] as f64).collect();
    shares.sort_by(f64::total_cmp);
    let quartile = shares.get(shares.len().saturating_sub(1) / 4);
    quartile.map_or(1.0, |share| share.max(LEAST_REST))
}

/// Which share of a snapshot's readings is stale, by how many more models rest in it than normally;
/// 0 where that may be chance.
fn stale_share(counts: &Counts, rest: &[f64; CLASSES]) -> f64 {
    let (mut excess, mut most, mut variance, mut readings) = (0.0, 0.0, 0.0, 0);
    for class in (0..CLASSES).filter(|class| rest[*class] <= TELLING_REST) {
        let (count, rest) = (counts.moves[class] as f64, rest[class]);
        excess += counts.repeats[class] as f64 - rest * count;
        most += (1.0 - rest) * count;
        variance += rest * (1.0 - rest) * count;
        readings += counts.moves[class];
    }
    // Far above: four standard deviations, and two readings for small numbers.
    let is_far_above = excess > 4.0 * variance.sqrt() + 2.0;
    if readings >= LEAST_READINGS && is_far_above { (excess / most).clamp(0.0, 1.0) } else { 0.0 }
}

/// Which share of two snapshots' models is listed in both with the same counters; the later one is
/// at `rank`.
fn alike(snapshots: &[Counts], rank: usize, earlier: usize) -> Option<(f64, f64)> {
    let back = rank - earlier - 1;
    if back >= REACH {
        return None;
    }
    let (here, there) = (&snapshots[rank], &snapshots[earlier]);
    let all = (here.listed + there.listed - here.shared[back]) as f64;
    (all > 0.0).then(|| (here.same[back] as f64 / all, all))
}

/// Whether a snapshot is an older one again, while the one before it is another.
fn is_rollback(snapshots: &[Counts], verdicts: &[Verdict], rank: usize) -> bool {
    let mut earlier = (0..rank).rev().filter(|earlier| !verdicts[*earlier].is_rollback);
    let Some(last) = earlier.next() else { return false };
    let Some((to_last, all)) = alike(snapshots, rank, last) else { return false };
    earlier.filter_map(|earlier| alike(snapshots, rank, earlier)).any(|(to_older, _)| {
        to_older >= ROLLBACK_ALIKE
            && (1.0 - to_last) * all >= LEAST_READINGS as f64
            && 1.0 - to_last > 3.0 * (1.0 - to_older)
    })
}

fn partial(counts: &Counts) -> Option<(u64, u64)> {
    let of = counts.listed + counts.skipped;
    let is_partial =
        of >= PARTIAL_LEAST_MODELS && counts.skipped as f64 >= PARTIAL_MARK * of as f64;
    is_partial.then_some((counts.skipped, of))
}
