//! What the change of a mean or a share is made of: owners that changed, that gained or lost, that
//! entered and that left.

use panel::Grouping;
use schema::{Estimate, Group, Statistic};
use stats::{LinearParts, Presence, foster_haltiwanger_krizan};

use super::{Context, End, Form, Found, Line, Piece, Sentence, Spans, What};
use crate::Result;
use crate::averages::values_of;
use crate::sampling::{Drawn, Holdings};

/// The parts, in the order in which they are told.
const PARTS: [&str; 6] = [
    "whole change",
    "within: owners whose own models changed",
    "between: shares that moved to owners that were higher before",
    "cross: owners that changed and gained together",
    "entry: owners that entered",
    "exit: owners that left",
];

/// What the change of the mean size is made of.
pub(crate) fn sizes(context: &Context<'_>) -> Result<Found> {
    let numbers = context.asker.numbers("parameters")?;
    let values = values_of(&numbers.grouping);
    decomposed(
        context,
        &numbers.grouping,
        &values,
        Form::Large,
        "The mean size of models by download",
    )
}

/// What the change of the share of mixtures of experts is made of.
pub(crate) fn experts(context: &Context<'_>) -> Result<Found> {
    share(context, "is_moe", "yes", "The share of mixtures of experts")
}

/// What the change of the share of quantized models is made of.
pub(crate) fn quantized(context: &Context<'_>) -> Result<Found> {
    share(context, "is_quantized", "yes", "The share of quantized models")
}

/// What the change of the share of multimodal models is made of.
pub(crate) fn multimodal(context: &Context<'_>) -> Result<Found> {
    share(context, "is_multimodal", "yes", "The share of multimodal models")
}

/// What the change of the share of open weights is made of.
pub(crate) fn open_weights(context: &Context<'_>) -> Result<Found> {
    share(context, "openness_class", "open weights", "The share of open weights")
}

/// What the change of the share with available training data is made of.
pub(crate) fn disclosure(context: &Context<'_>) -> Result<Found> {
    share(context, "training_data", "available", "The share with available training data")
}

fn share(context: &Context<'_>, group: &str, unit: &str, name: &'static str) -> Result<Found> {
    let units = context.market.grouping(&Group::named(group))?;
    let value = |code: u32| {
        units.is_attributed(code).then(|| f64::from(u8::from(units.label(code) == unit)))
    };
    let values: Vec<Option<f64>> = (0..units.unit_count() as u32).map(value).collect();
    decomposed(context, units, &values, Form::Points, name)
}

fn decomposed(
    context: &Context<'_>,
    units: &Grouping,
    values: &[Option<f64>],
    form: Form,
    name: &'static str,
) -> Result<Found> {
    let spans = ends(context)?;
    let owners = context.market.grouping(&Group::named(context.owner()))?;
    let holdings = Holdings::read(context.market, owners, units, &spans.queries())?;
    let held: Vec<Held> = holdings
        .by_owner()
        .map(|rows| Held::of(&holdings, rows, values))
        .filter(|held| held.weights.iter().any(|weight| *weight > 0.0))
        .collect();
    let mut found = Found { notes: vec![spans.note()], ..Found::default() };
    let Some(parts) = parts(&held) else {
        found.notes.push("of one of the two periods nothing is known".to_owned());
        return Ok(found);
    };
    let drawn = drawn(context, &held);
    for (number, (part, value)) in PARTS.iter().zip(parts).enumerate() {
        // Of parts only what is known is told.
        let mut estimate = Estimate::alone(value, held.len() as u64);
        drawn.mark(&mut estimate, number);
        let (what, when) = (What::Part(part), spans.change());
        found.lines.push(Line { what, unit: None, when, form, estimate, test: None });
    }
    let mut said = sentence(&found.lines, name);
    if context.has_few_owners()? {
        said.is_finding = false;
        found.notes.push(super::context::FEW_OWNERS.to_owned());
    }
    found.sentences.push(said);
    found.notes.push(
        "parts add up to the whole change; of models of which the attribute is not known nothing \
         is told; a model does not change, so that within is what its owner's mix did"
            .to_owned(),
    );
    Ok(found)
}

/// The first and the last span.
pub(super) fn ends(context: &Context<'_>) -> Result<Spans> {
    let spans = context.spans(&context.query(context.owner(), vec![Statistic::Sum]))?;
    spans.expect_change()?;
    Ok(spans.ends())
}

/// What an owner holds of known models in the two spans, and the sum of their values.
struct Held {
    weights: [f64; 2],
    sums: [f64; 2],
}

impl Held {
    fn of(holdings: &Holdings, rows: std::ops::Range<usize>, values: &[Option<f64>]) -> Self {
        let mut held = Self { weights: [0.0; 2], sums: [0.0; 2] };
        for row in rows {
            let Some(value) = values[holdings.rows[row].unit as usize] else { continue };
            for (time, weight) in holdings.of_row(row).iter().enumerate() {
                held.weights[time] += weight;
                held.sums[time] += weight * value;
            }
        }
        held
    }

    fn mean(&self, time: usize) -> Option<f64> {
        (self.weights[time] > 0.0).then(|| self.sums[time] / self.weights[time])
    }
}

/// The parts of the change, in the order of [`PARTS`].
fn parts(held: &[Held]) -> Option<[f64; 6]> {
    let total = |time: usize| held.iter().map(|held| held.weights[time]).sum::<f64>();
    let totals = [total(0), total(1)];
    if totals.iter().any(|total| *total <= 0.0) {
        return None;
    }
    let presence = |held: &Held, time: usize| {
        held.mean(time).map(|mean| (held.weights[time] / totals[time], mean))
    };
    let units: Vec<Presence> = held
        .iter()
        .map(|held| Presence { before: presence(held, 0), after: presence(held, 1) })
        .collect();
    let parts = foster_haltiwanger_krizan(&units);
    let stats::Decomposition { within, between, cross, entry, exit } = parts;
    Some([parts.change(), within, between, cross, entry, exit])
}

/// The sums that the parts of a draw are made of.
#[derive(Clone, Copy)]
enum Sum {
    /// Weights, and weights times values, of all owners in each span.
    Weight0,
    Weight1,
    Value0,
    /// Of owners that are in both: weights times what their means changed.
    Changed0,
    Changed1,
    /// Of owners that are in both: weights, and weights of the second span times means of the first.
    Stay0,
    Stay1,
    StayValue0,
    StayMean0,
    /// Of owners that entered and left.
    EnterWeight,
    EnterValue,
    LeaveWeight,
    LeaveValue,
}

const SUMS: usize = 13;

/// In every draw the parts, in the order of [`PARTS`].
fn drawn(context: &Context<'_>, held: &[Held]) -> Drawn {
    Drawn::new(sums_of(held).each(&context.draws, parts_of_sums))
}

/// What each owner adds to the sums that the parts are made of.
fn sums_of(held: &[Held]) -> LinearParts {
    let mut parts = LinearParts::new(SUMS);
    for owner in held {
        let [w0, w1] = owner.weights;
        let [v0, v1] = owner.sums;
        let mut entries = vec![(Sum::Weight0, w0), (Sum::Weight1, w1), (Sum::Value0, v0)];
        match (owner.mean(0), owner.mean(1)) {
            (Some(before), Some(after)) => entries.extend([
                (Sum::Changed0, w0 * (after - before)),
                (Sum::Changed1, w1 * (after - before)),
                (Sum::Stay0, w0),
                (Sum::Stay1, w1),
                (Sum::StayValue0, v0),
                (Sum::StayMean0, w1 * before),
            ]),
            (None, Some(_)) => {
                entries.extend([(Sum::EnterWeight, w1), (Sum::EnterValue, v1)]);
            }
            (Some(_), None) => {
                entries.extend([(Sum::LeaveWeight, w0), (Sum::LeaveValue, v0)]);
            }
            (None, None) => {}
        }
        parts.push(entries.into_iter().map(|(sum, value)| (sum as u32, value)));
    }
    parts
}

/// The parts, out of the sums of a draw.
fn parts_of_sums(sums: &[f64]) -> Vec<f64> {
    let of = |sum: Sum| sums[sum as usize];
    let (w0, w1) = (of(Sum::Weight0), of(Sum::Weight1));
    if w0 <= 0.0 || w1 <= 0.0 {
        return vec![f64::NAN; PARTS.len()];
    }
    let mean = of(Sum::Value0) / w0;
    let within = of(Sum::Changed0) / w0;
    let between = (of(Sum::StayMean0) - mean * of(Sum::Stay1)) / w1
        - (of(Sum::StayValue0) - mean * of(Sum::Stay0)) / w0;
    let cross = of(Sum::Changed1) / w1 - within;
    let entry = (of(Sum::EnterValue) - mean * of(Sum::EnterWeight)) / w1;
    let exit = (mean * of(Sum::LeaveWeight) - of(Sum::LeaveValue)) / w0;
    vec![within + between + cross + entry + exit, within, between, cross, entry, exit]
}

/// Which part is the largest of those that go the way of the whole.
fn sentence(lines: &[Line], name: &'static str) -> Sentence {
    let value = |line: usize| lines[line].estimate.value.unwrap_or_default();
    let whole = value(0);
    let is_sure = |line: usize| {
        let Estimate { sampling_low, sampling_high, .. } = lines[line].estimate;
        sampling_low.zip(sampling_high).is_some_and(|(low, high)| low > 0.0 || high < 0.0)
    };
    let along = (1..lines.len()).filter(|line| value(*line) * whole > 0.0);
    let largest = along.max_by(|a, b| value(*a).abs().total_cmp(&value(*b).abs()));
    let Some(largest) = largest.filter(|largest| is_sure(0) && is_sure(*largest)) else {
        return Sentence::plain(vec![
            Piece::Words(name),
            Piece::Words(
                ": what its change is made of cannot be told from the luck of a few owners.",
            ),
        ]);
    };
    Sentence::finding(vec![
        Piece::Words(name),
        Piece::Words(if whole > 0.0 { " rose by " } else { " fell by " }),
        Piece::Number { line: 0, end: End::Size },
        Piece::Words(" ("),
        Piece::Name(lines[0].when.clone()),
        Piece::Words("); the largest part, "),
        Piece::Number { line: largest, end: End::Size },
        Piece::Words(", is "),
        Piece::Name(lines[largest].what.name()),
        Piece::Words("."),
    ])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn held(weights: [f64; 2], sums: [f64; 2]) -> Held {
        Held { weights, sums }
    }

    /// Owners that stay, leave and enter. By hand: the means are 2 and 82/12; the owners that stay
    /// have means of 2 and 3, then of 5 and 2, so that within is 4/10·3 − 3/10·1 = 0.9.
    #[test]
    fn a_draw_of_every_owner_once_is_the_decomposition() {
        let owners = [
            held([4.0, 6.0], [8.0, 30.0]),
            held([3.0, 1.0], [9.0, 2.0]),
            held([3.0, 0.0], [3.0, 0.0]),
            held([0.0, 5.0], [0.0, 50.0]),
        ];
        let expected = parts(&owners).unwrap();
        assert!((expected[0] - (82.0 / 12.0 - 2.0)).abs() < 1e-12, "{expected:?}");
        assert!((expected[1] - 0.9).abs() < 1e-12, "{expected:?}");
        let drawn = parts_of_sums(&sums_of(&owners).sums());
        for (drawn, expected) in drawn.iter().zip(expected) {
            assert!((drawn - expected).abs() < 1e-12, "{drawn} {expected}");
        }
    }
}
