//! Who leads, how sure each place is, and who stays.

use std::collections::BTreeSet;

use schema::{Estimate, Statistic};
use stats::rank_intervals;

use super::shares::{Told, drawn};
use super::{Context, End, Form, Found, Line, Piece, Sentence, What};
use crate::Result;
use crate::sampling::CONFIDENCE;

/// Units whose places are told.
const TOLD: usize = 10;
/// Units that may take such a place in a draw.
const RANKED: usize = 40;
/// Leaders of which it is told how many stay.
const LEADERS: [(usize, &str); 2] =
    [(10, "of the ten largest, still among them"), (50, "of the fifty largest, still among them")];

/// The places of the largest owners.
pub(crate) fn owners(context: &Context<'_>) -> Result<Found> {
    leaders(context, context.owner())
}

/// The places of the largest countries.
pub(crate) fn countries(context: &Context<'_>) -> Result<Found> {
    leaders(context, "country")
}

fn leaders(context: &Context<'_>, group: &str) -> Result<Found> {
    let query = context.query(group, vec![Statistic::Share]);
    let spans = context.spans(&query)?;
    let told = Told::read(context, &spans)?;
    let last = spans.all().len() - 1;
    let mut found = Found { notes: vec![spans.note()], ..Found::default() };
    let ranked = told.ranked(last);
    let names: Vec<String> = ranked.iter().take(RANKED).map(|(name, _)| name.clone()).collect();
    let shares: Vec<&Estimate> = ranked.iter().take(RANKED).map(|(_, share)| share).collect();
    let values: Vec<f64> = shares.iter().filter_map(|share| share.value).collect();
    if values.len() < shares.len() || values.is_empty() {
        found.notes.push("no share is known".to_owned());
        return Ok(found);
    }
    let queries = spans.queries();
    let drawn = drawn(context, &query.group, &names, &queries[last..])?;
    let places = rank_intervals(&values, drawn.count(), CONFIDENCE, |number, draw| {
        let shares = &drawn.draw(number)[..names.len()];
        draw.iter_mut().zip(shares).for_each(|(of, share)| {
            *of = if share.is_nan() { 0.0 } else { *share };
        });
    });
    let spare = told.unattributed(last);
    for (place, (name, rank)) in names.iter().zip(&places).take(TOLD).enumerate() {
        let (low, high) = measured(&shares, place);
        let (bound_low, bound_high) = bounded(&values, place, spare);
        found.lines.push(Line {
            what: What::Value("place by share"),
            unit: Some(name.clone()),
            when: spans.all()[last].name.clone(),
            form: Form::Count,
            estimate: Estimate {
                low: Some(low as f64),
                high: Some(high as f64),
                bound_low: Some(bound_low as f64),
                bound_high: Some(bound_high as f64),
                sampling_low: Some(rank.best as f64),
                sampling_high: Some(rank.worst as f64),
                ..Estimate::exact(rank.rank as f64, shares[place].n)
            },
            test: None,
        });
    }
    let mut said = first_place(&found.lines);
    if context.has_few_owners()? {
        found.notes.push(super::context::FEW_OWNERS.to_owned());
        said = said.map(|said| Sentence { is_finding: false, ..said });
    }
    found.sentences.extend(said);
    found.lines.extend(stayed(&told, &spans));
    Ok(found)
}

/// The best and the worst place that the measurement intervals allow.
fn measured(shares: &[&Estimate], place: usize) -> (usize, usize) {
    let (own, others) =
        (shares[place], || shares.iter().enumerate().filter(|(at, _)| *at != place));
    let ends = |share: &Estimate| {
        let value = share.value.unwrap_or_default();
        (share.low.unwrap_or(value), share.high.unwrap_or(value))
    };
    let (low, high) = ends(own);
    let surely_above = others().filter(|(_, other)| ends(other).0 > high).count();
    let maybe_above = others().filter(|(_, other)| ends(other).1 > low).count();
    (surely_above + 1, maybe_above + 1)
}

/// The best and the worst place, wherever the mass that belongs to none goes.
fn bounded(values: &[f64], place: usize, spare: f64) -> (usize, usize) {
    let own = values[place];
    let best = values.iter().filter(|value| **value > own + spare).count() + 1;
    // The nearest below are lifted first, so that the mass reaches for most of them.
    let mut gaps: Vec<f64> = values[place + 1..].iter().map(|value| own - value).collect();
    gaps.sort_unstable_by(f64::total_cmp);
    let mut left = spare;
    let passed = gaps.iter().take_while(|gap| {
        left -= **gap;
        left >= 0.0 && spare > 0.0
    });
    (best, place + 1 + passed.count())
}

/// How many of the leaders of each span are among the leaders of the next, and of the last.
fn stayed(told: &Told, spans: &super::Spans) -> Vec<Line> {
    let mut lines = Vec::new();
    for (count, what) in LEADERS {
        let leaders: Vec<BTreeSet<String>> = (0..spans.all().len())
            .map(|span| told.ranked(span).into_iter().take(count).map(|(name, _)| name).collect())
            .collect();
        // Where all are leaders, all stay.
        if leaders.iter().any(|leaders| leaders.len() < count) {
            continue;
        }
        let mut push = |from: usize, to: usize| {
            let stayed = leaders[from].intersection(&leaders[to]).count();
            lines.push(Line {
                what: What::Value(what),
                unit: None,
                when: format!("{} → {}", spans.all()[from].name, spans.all()[to].name),
                form: Form::Count,
                // Who leads is not sure, and how that adds up is not known.
                estimate: Estimate::alone(stayed as f64, count as u64),
                test: None,
            });
        };
        let last = spans.all().len() - 1;
        (0..last).for_each(|span| push(span, span + 1));
        if last > 1 {
            push(0, last);
        }
    }
    lines
}

fn first_place(lines: &[Line]) -> Option<Sentence> {
    let first = lines.first()?;
    let alone = |end: Option<f64>| end.is_some_and(|end| end <= 1.0);
    let is_sure = alone(first.estimate.high)
        && alone(first.estimate.bound_high)
        && alone(first.estimate.sampling_high);
    let mut pieces = vec![
        Piece::Name(first.unit.clone()?),
        Piece::Words(" leads in "),
        Piece::Name(first.when.clone()),
    ];
    if is_sure {
        pieces.push(Piece::Words(
            ", whatever gaps, unattributed downloads and the luck of a few owners can do.",
        ));
        return Some(Sentence::finding(pieces));
    }
    pieces.push(Piece::Words(" by what is known; its place may be as low as "));
    let ends = [
        (first.estimate.high, End::High, " by gaps and estimates"),
        (first.estimate.bound_high, End::BoundHigh, " by where unattributed downloads belong"),
        (first.estimate.sampling_high, End::SamplingHigh, " by the luck of a few models or owners"),
    ];
    let unsure = ends.into_iter().filter(|(end, ..)| !alone(*end));
    for (number, (_, end, by)) in unsure.enumerate() {
        if number > 0 {
            pieces.push(Piece::Words(", and as low as "));
        }
        pieces.extend([Piece::Number { line: 0, end }, Piece::Words(by)]);
    }
    pieces.push(Piece::Words("."));
    Some(Sentence::plain(pieces))
}
