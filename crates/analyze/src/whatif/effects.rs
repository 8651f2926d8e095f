//! What a change does to each number.

use std::collections::BTreeMap;

use panel::{Sums, UnitSum};
use schema::{Estimate, Statistic};

use super::economy::{Economy, Holding, Names};
use super::{Effect, INDICES};
use crate::changes;
use crate::estimates::{Spread, Standings};

impl Economy {
    /// What becomes of every index of owners, and of the shares of countries and sectors, when
    /// this economy turns into another.
    ///
    /// Shares are told of all units that have any before or after, the largest before first.
    #[must_use]
    pub fn effects(&self, after: &Self) -> Vec<Effect> {
        let pairs = &Pairs::of(self, after);
        let mut effects = self.index_effects(after, pairs);
        for label in 0..self.labels.len() {
            effects.extend(self.share_effects(after, pairs, label));
        }
        effects
    }

    fn index_effects(&self, after: &Self, pairs: &Pairs<'_>) -> Vec<Effect> {
        let sides = std::thread::scope(|scope| {
            let before = scope.spawn(|| self.indices());
            let after = after.indices();
            [before.join().expect("adding up does not panic"), after]
        });
        let effect = |(place, statistic): (usize, &Statistic)| {
            let [before, later] = sides.map(|side| side.estimates[place].clone());
            let mut difference = changes::difference(&before, &later);
            let slopes = sides.map(|side| side.slopes[place].as_deref());
            let spread = pairs.spread(|holding, side| {
                slopes[side].map_or(0.0, |slopes| slopes[holding.owner as usize])
            });
            put(&mut difference, spread);
            let is_whole = |estimate: &Estimate| estimate.bound_low == estimate.bound_high;
            if is_whole(&before) && is_whole(&later) {
                (difference.bound_low, difference.bound_high) =
                    (difference.value, difference.value);
            }
            Effect {
                group: self.group.clone(),
                unit: None,
                statistic: *statistic,
                before,
                after: later,
                difference,
            }
        };
        INDICES.iter().enumerate().map(effect).collect()
    }

    fn share_effects(&self, after: &Self, pairs: &Pairs<'_>, label: usize) -> Vec<Effect> {
        let names = &after.labels[label].names;
        let sums =
            [self, after].map(|economy| sums_by(economy, names.len(), |of| of.labels[label]));
        let standings = [
            Standings::new(&sums[0], self.kind, &names.unattributed),
            Standings::new(&sums[1], self.kind, &names.unattributed),
        ];
        let masses = [0, 1].map(|of| Mass::of(&sums[of], names));
        let mut codes: Vec<u32> = (0..names.len() as u32)
            .filter(|code| sums[0].is_known(*code) || sums[1].is_known(*code))
            .collect();
        codes.sort_by_key(|code| std::cmp::Reverse((sums[0].parts(*code), sums[1].parts(*code))));
        let moves = pairs.moves(label);
        let effect = |code: u32| {
            let [before, later] = [0, 1].map(|of| standings[of].share_of(code));
            let mut difference = changes::difference(&before, &later);
            let shares = [before.value, later.value].map(Option::unwrap_or_default);
            let slope = |side: usize, of: u32| {
                (f64::from(u8::from(of == code)) - shares[side]) / masses[side].all
            };
            let mut spread = Spread::default();
            for ((from, to), widths) in &moves {
                let later = to.map_or(0.0, |to| slope(1, to));
                spread.add(later - slope(0, *from), widths.below.sqrt(), widths.above.sqrt());
            }
            put(&mut difference, spread.joined());
            if !names.unattributed.contains(&code) {
                let held = [0, 1].map(|of| sums[of].value(code));
                bound_share(&mut difference, held, &masses);
            }
            Effect {
                group: after.labels[label].group.clone(),
                unit: Some(names.get(code).to_owned()),
                statistic: Statistic::Share,
                before,
                after: later,
                difference,
            }
        };
        codes.into_iter().map(effect).collect()
    }
}

/// All mass, and that which belongs to none.
#[derive(Clone, Copy)]
struct Mass {
    all: f64,
    unattributed: f64,
}

impl Mass {
    fn of(sums: &Sums, names: &Names) -> Self {
        let all = (0..sums.unit_count() as u32).map(|code| sums.value(code)).sum();
        let unattributed = names.unattributed.iter().map(|code| sums.value(*code)).sum();
        Self { all, unattributed }
    }
}

/// What the difference of a share could be, wherever unattributed mass belongs.
///
/// The same mass belongs to the same unit before and after. Of the mass u that belongs to none, a
/// is the unit's; of the part r of it that the change takes away or places, b is. The difference is
/// linear in a and b, so its ends lie in the corners of what these can be.
fn bound_share(difference: &mut Estimate, held: [f64; 2], masses: &[Mass; 2]) {
    let [before, after] = masses;
    if before.all <= 0.0 || after.all <= 0.0 || after.unattributed > before.unattributed {
        return;
    }
    let placed = before.unattributed - after.unattributed;
    let corners =
        [(0.0, 0.0), (after.unattributed, 0.0), (placed, placed), (before.unattributed, placed)];
    let ends = corners.map(|(a, b)| (held[1] + a - b) / after.all - (held[0] + a) / before.all);
    difference.bound_low = ends.into_iter().reduce(f64::min);
    difference.bound_high = ends.into_iter().reduce(f64::max);
}

/// The holdings of an economy, each with what it is after the change.
struct Pairs<'a> {
    pairs: Vec<(&'a Holding, Option<&'a Holding>)>,
}

impl<'a> Pairs<'a> {
    /// Holdings keep their order, and those that are gone are left out.
    fn of(before: &'a Economy, after: &'a Economy) -> Self {
        let mut left = after.holdings.iter().peekable();
        let pair = |holding: &'a Holding| {
            let later = left.next_if(|later| later.id == holding.id);
            (holding, later)
        };
        Self { pairs: before.holdings.iter().map(pair).collect() }
    }

    /// The squared half-widths of all holdings of one unit of a label that went to one other, or
    /// to none: what all of them do to a share is the same.
    fn moves(&self, label: usize) -> BTreeMap<(u32, Option<u32>), Spread> {
        let mut moves: BTreeMap<(u32, Option<u32>), Spread> = BTreeMap::new();
        for (before, after) in &self.pairs {
            let UnitSum { below, above, .. } = before.sum;
            if below + above > 0.0 {
                let key = (before.labels[label], after.map(|after| after.labels[label]));
                let widths = moves.entry(key).or_default();
                widths.below += below * below;
                widths.above += above * above;
            }
        }
        moves
    }

    /// Joins what the interval of each holding does to a difference; `slope` is asked for before
    /// (0) and after (1).
    fn spread(&self, slope: impl Fn(&Holding, usize) -> f64) -> Spread {
        let mut spread = Spread::default();
        for (before, after) in &self.pairs {
            let UnitSum { below, above, .. } = before.sum;
            if below + above > 0.0 {
                let later = after.map_or(0.0, |after| slope(after, 1));
                spread.add(later - slope(before, 0), below, above);
            }
        }
        spread.joined()
    }
}

/// The sums of units, by a code of each holding.
pub(super) fn sums_by(economy: &Economy, units: usize, code: impl Fn(&Holding) -> u32) -> Sums {
    let mut sums = vec![UnitSum::default(); units];
    for holding in &economy.holdings {
        let (sum, own) = (&mut sums[code(holding) as usize], &holding.sum);
        sum.value += own.value;
        sum.below = sum.below.hypot(own.below);
        sum.above = sum.above.hypot(own.above);
        sum.model_count += own.model_count;
        sum.estimated += own.estimated;
        sum.missing += own.missing;
    }
    Sums::of(&sums)
}

fn put(difference: &mut Estimate, spread: Spread) {
    difference.low = difference.value.map(|value| value - spread.below);
    difference.high = difference.value.map(|value| value + spread.above);
}
