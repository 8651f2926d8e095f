//! When one unit overtook another, and how sure the date is.

use schema::{Estimate, Group, Statistic};
use stats::LinearParts;

use super::blocks::Blocks;
use super::{Context, End, Form, Found, Line, Piece, Sentence, What};
use crate::sampling::{Drawn, Holdings, drawn_for};
use crate::{Condition, Result};

/// Units among which crossings are looked for.
const MOST_UNITS: usize = 6;
/// Pairs that are told of.
const MOST_PAIRS: usize = 6;
/// A lead at the end, as a part of the market, below which nobody would call it one.
const LEAST_LEAD: f64 = 0.005;
/// The part of the draws in which a crossing has to be, for it to be called one.
const SURE: f64 = 0.95;

/// Which country overtook which.
pub(crate) fn countries(context: &Context<'_>) -> Result<Found> {
    crossings(context, &context.group("country"))
}

/// Which class of openness overtook which.
pub(crate) fn openness(context: &Context<'_>) -> Result<Found> {
    crossings(context, &Group::named("openness_class"))
}

fn crossings(context: &Context<'_>, group: &Group) -> Result<Found> {
    let blocks = Blocks::of(context)?;
    let market = context.market;
    let units = market.grouping(group)?;
    let owners = market.grouping(&drawn_for(group))?;
    let query = crate::Query {
        group: group.clone(),
        conditions: Vec::<Condition>::clone(&context.conditions),
        ..context.query(group.name(), vec![Statistic::Share])
    };
    let holdings = Holdings::read(market, owners, units, &blocks.queries(&query))?;
    let series = Series::of(&holdings, &blocks, |code| units.is_attributed(code));
    let pairs = series.pairs(|code| units.is_attributed(code));
    let mut found = Found::default();
    found.notes.push(format!("{} blocks of four weeks, {}", blocks.count(), blocks.name()));
    if pairs.is_empty() {
        found.sentences.push(Sentence::plain(vec![Piece::Words(
            "Among the largest none was below another at first and above it at last.",
        )]));
        return Ok(found);
    }
    let drawn = drawn(context, &holdings, &series, &pairs);
    let is_few = context.has_few_owners()?;
    if is_few {
        found.notes.push(super::context::FEW_OWNERS.to_owned());
    }
    for (number, (behind, ahead)) in pairs.iter().take(MOST_PAIRS).enumerate() {
        let Some(at) = crossing(&series.lead(*ahead, *behind)) else { continue };
        let name = format!("{} over {}", units.label(*ahead), units.label(*behind));
        let crossed = drawn.part_defined(number);
        let interval = drawn.interval_of_defined(number);
        let date = |block: f64| blocks.monday(block.round() as usize);
        let bounds = series.bounds(*ahead, *behind);
        let first = found.lines.len();
        let unknown = Estimate::undefined(series.owners);
        found.lines.push(Line {
            what: What::Date("week from which it was ahead"),
            unit: Some(name.clone()),
            when: blocks.name(),
            form: Form::Week,
            estimate: Estimate {
                value: Some(blocks.monday(at)),
                sampling_low: interval.map(|interval| date(interval.low.floor())),
                sampling_high: interval.map(|interval| date(interval.high.ceil())),
                bound_low: bounds[0].map(|block| blocks.monday(block)),
                bound_high: bounds[1].map(|block| blocks.monday(block)),
                ..unknown.clone()
            },
            test: None,
        });
        found.lines.push(Line {
            what: What::Value("part of the draws in which it overtook"),
            unit: Some(name),
            when: blocks.name(),
            form: Form::Share,
            estimate: Estimate { value: Some(crossed), ..unknown },
            test: None,
        });
        let mut said = sentence(&found.lines, first, crossed >= SURE, bounds[1].is_some());
        said.is_finding &= !is_few;
        found.sentences.push(said);
    }
    found.notes.push(
        "the date is the one that parts the blocks best into those with the one ahead and those \
         with the other; bounds: all unattributed downloads were the one's, or all the other's"
            .to_owned(),
    );
    Ok(found)
}

fn sentence(lines: &[Line], first: usize, is_sure: bool, is_bounded: bool) -> Sentence {
    let mut pieces = vec![
        Piece::Name(lines[first].unit.clone().unwrap_or_default()),
        Piece::Words(": ahead from the week of "),
        Piece::Number { line: first, end: End::Value },
        Piece::Words(" (sampling interval "),
        Piece::Number { line: first, end: End::SamplingLow },
        Piece::Words(" to "),
        Piece::Number { line: first, end: End::SamplingHigh },
        Piece::Words(")"),
    ];
    if !is_bounded {
        pieces.push(Piece::Words(
            "; but it may never have been, if what belongs to nobody known was all the other's.",
        ));
        return Sentence::plain(pieces);
    }
    if is_sure {
        pieces.push(Piece::Words("."));
        return Sentence::finding(pieces);
    }
    pieces.extend([
        Piece::Words("; but only in "),
        Piece::Number { line: first + 1, end: End::Value },
        Piece::Words(" of the draws of owners it overtook at all."),
    ]);
    Sentence::plain(pieces)
}

/// What units hold, block by block.
struct Series {
    blocks: usize,
    /// By unit, then block.
    sums: Vec<f64>,
    /// By block.
    totals: Vec<f64>,
    /// What belongs to no unit, by block.
    unattributed: Vec<f64>,
    owners: u64,
}

impl Series {
    fn of(holdings: &Holdings, blocks: &Blocks, is_unit: impl Fn(u32) -> bool) -> Self {
        let mut series = Self {
            blocks: blocks.count(),
            sums: vec![0.0; holdings.units * blocks.count()],
            totals: vec![0.0; blocks.count()],
            unattributed: vec![0.0; blocks.count()],
            owners: holdings.by_owner().count() as u64,
        };
        for (row, holding) in holdings.rows.iter().enumerate() {
            let begin = holding.unit as usize * series.blocks;
            for (block, value) in holdings.of_row(row).iter().enumerate() {
                series.sums[begin + block] += value;
                series.totals[block] += value;
                if !is_unit(holding.unit) {
                    series.unattributed[block] += value;
                }
            }
        }
        series
    }

    fn of_unit(&self, unit: u32) -> &[f64] {
        &self.sums[unit as usize * self.blocks..][..self.blocks]
    }

    /// By how much of the market one unit is ahead of another, block by block.
    fn lead(&self, unit: u32, other: u32) -> Vec<f64> {
        let pairs = self.of_unit(unit).iter().zip(self.of_unit(other));
        let lead = |((own, other), total): ((&f64, &f64), &f64)| match *total {
            total if total > 0.0 => (own - other) / total,
            _ => 0.0,
        };
        pairs.zip(&self.totals).map(lead).collect()
    }

    /// The blocks in which the one would be ahead first, if all that is unattributed were its own,
    /// and if all were the other's; `None` where it would not come to be ahead.
    fn bounds(&self, ahead: u32, behind: u32) -> [Option<usize>; 2] {
        let lead = self.lead(ahead, behind);
        let moved = |part: f64| -> Vec<f64> {
            let lead = lead.iter().zip(&self.unattributed).zip(&self.totals);
            lead.map(
                |((lead, free), total)| {
                    if *total > 0.0 { lead + part * free / total } else { *lead }
                },
            )
            .collect()
        };
        // With all of it the one may have been ahead from the first.
        [Some(crossing(&moved(1.0)).unwrap_or(0)), crossing(&moved(-1.0))]
    }

    /// Pairs of large units of which the second overtook the first, those with the widest lead at
    /// the end first.
    fn pairs(&self, is_unit: impl Fn(u32) -> bool) -> Vec<(u32, u32)> {
        let share = |unit: u32| -> f64 {
            let shares = self.of_unit(unit).iter().zip(&self.totals);
            shares.filter(|(_, total)| **total > 0.0).map(|(sum, total)| sum / total).sum()
        };
        let mut units: Vec<u32> = (0..(self.sums.len() / self.blocks.max(1)) as u32).collect();
        units.retain(|unit| is_unit(*unit) && share(*unit) > 0.0);
        units.sort_by(|a, b| share(*b).total_cmp(&share(*a)));
        units.truncate(MOST_UNITS);
        let each = units.iter().flat_map(|a| units.iter().map(move |b| (*a, *b)));
        let mut pairs: Vec<(u32, u32)> =
            each.filter(|(a, b)| a != b && crossing(&self.lead(*b, *a)).is_some()).collect();
        let lead = |pair: &(u32, u32)| self.lead(pair.1, pair.0).iter().rev().take(6).sum::<f64>();
        pairs.retain(|pair| lead(pair) >= LEAST_LEAD * self.blocks.min(6) as f64);
        pairs.sort_by(|a, b| lead(b).total_cmp(&lead(a)));
        pairs.truncate(MOST_PAIRS);
        pairs
    }
}

/// The first block of those in which a lead is above zero, the best cut of all into such that are
/// below and such that are above; `None` where one of the two is empty, or the lead of the one or
/// the other has the wrong sign as a whole.
fn crossing(lead: &[f64]) -> Option<usize> {
    let whole: f64 = lead.iter().sum();
    let (mut before, mut best) = (0.0, (0, f64::NEG_INFINITY));
    for (block, value) in lead.iter().enumerate() {
        // What lies behind counts if it is below zero, what lies ahead if it is above.
        let parted = whole - 2.0 * before;
        if parted > best.1 {
            best = (block, parted);
        }
        before += value;
    }
    if whole - 2.0 * before > best.1 {
        return None;
    }
    let at = best.0;
    let (below, above) = lead.split_at(at);
    let is_parted = below.iter().sum::<f64>() < 0.0 && above.iter().sum::<f64>() > 0.0;
    // A lead that is gone at the end is no overtaking.
    let end = &lead[lead.len() - lead.len().min(6)..];
    let begin = &lead[..lead.len().min(6)];
    let holds = end.iter().sum::<f64>() > 0.0 && begin.iter().sum::<f64>() < 0.0;
    (is_parted && holds).then_some(at)
}

/// In every draw the block in which each pair crossed; NaN where it did not.
fn drawn(
    context: &Context<'_>,
    holdings: &Holdings,
    series: &Series,
    pairs: &[(u32, u32)],
) -> Drawn {
    let mut place_of = vec![None; holdings.units];
    let mut places = 0;
    for unit in pairs.iter().flat_map(|pair| [pair.0, pair.1]) {
        place_of[unit as usize].get_or_insert_with(|| {
            places += 1;
            places - 1
        });
    }
    let blocks = series.blocks;
    let mut parts = LinearParts::new(places * blocks);
    for rows in holdings.by_owner() {
        parts.push(rows.flat_map(|row| {
            let place = place_of[holdings.rows[row].unit as usize];
            let values = holdings.of_row(row).iter().enumerate();
            values.filter_map(move |(block, value)| {
                place.map(|place: usize| ((place * blocks + block) as u32, *value))
            })
        }));
    }
    Drawn::new(parts.each(&context.draws, |sums| {
        let of = |unit: u32| {
            let place = place_of[unit as usize].unwrap_or_default();
            &sums[place * blocks..][..blocks]
        };
        let crossed = |(behind, ahead): &(u32, u32)| {
            let lead = of(*ahead).iter().zip(of(*behind)).zip(&series.totals);
            let lead: Vec<f64> = lead
                .map(|((a, b), total)| if *total > 0.0 { (a - b) / total } else { 0.0 })
                .collect();
            crossing(&lead).map_or(f64::NAN, |block| block as f64)
        };
        pairs.iter().map(crossed).collect()
    }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_crossing_parts_what_is_below_from_what_is_above() {
        let lead = [-3.0, -2.0, -2.0, -1.0, 0.5, -0.25, 1.0, 2.0, 2.0, 3.0, 3.0, 3.0];
        assert_eq!(crossing(&lead), Some(4));
        assert_eq!(crossing(&[1.0; 12]), None);
        assert_eq!(crossing(&[-1.0; 12]), None);
        let back: Vec<f64> = lead.iter().rev().copied().collect();
        assert_eq!(crossing(&back), None);
    }

    /// By hand, of 100 in each of twelve blocks: unit 1 is ahead by −30, −20, … 80 and unit 0 by as
    /// much behind. With 25 of nobody known it may have been ahead three blocks earlier, or later;
    /// with 95 from the first block on, or never.
    #[test]
    fn what_belongs_to_nobody_moves_the_date() {
        let leads: Vec<f64> = (0..12).map(|block| 10.0 * f64::from(block) - 30.0).collect();
        let sums = leads.iter().map(|_| 0.0).chain(leads.iter().copied()).collect();
        let with = |unattributed: f64| Series {
            blocks: 12,
            sums,
            totals: vec![100.0; 12],
            unattributed: vec![unattributed; 12],
            owners: 2,
        };
        let mut series = with(0.0);
        assert_eq!(series.bounds(1, 0), [Some(3), Some(3)]);
        series.unattributed = vec![25.0; 12];
        assert_eq!(series.bounds(1, 0), [Some(0), Some(6)]);
        series.unattributed = vec![95.0; 12];
        assert_eq!(series.bounds(1, 0), [Some(0), None]);
    }
}
