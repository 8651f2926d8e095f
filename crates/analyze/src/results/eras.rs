//! Eras: stretches of time between dates at which several series jump together.

use schema::{Estimate, Group, MeasureKind, Statistic};
use stats::{DateOptions, JointChange, joint_changes};

use super::{Context, End, Form, Found, Line, Piece, Sentence, What};
use crate::sampling::CONFIDENCE;
use crate::{
    At, Average, AverageQuery, Error, Period, Query, Result, Weight, answer_named, averages,
};

/// A jump that names an era is at least so many standard deviations of its series' noise.
const TELLING: f64 = 2.0;
/// Series that name an era.
const NAMED: usize = 3;
/// Weeks that a series has to have.
const LEAST_WEEKS: usize = 52;

const SEARCH: DateOptions =
    DateOptions { min_segment: 8, replicates: 400, seed: 20_240_601, confidence: CONFIDENCE };

/// Shares that are looked at: group, unit, name.
const SHARES: [(&str, &str, &str); 8] = [
    ("country", "United States", "share of the United States"),
    ("country", "China", "share of China"),
    ("sector", "industry", "share of industry"),
    ("sector", "unaffiliated", "share of the unaffiliated"),
    ("openness_class", "open weights", "share of open weights"),
    ("training_data", "available", "share with available training data"),
    ("is_quantized", "yes", "share of quantized models"),
    ("is_moe", "yes", "share of mixtures of experts"),
];

/// A weekly series, with how its numbers are written.
struct Series {
    name: &'static str,
    form: Form,
    values: Vec<f64>,
}

/// The dates at which weekly series jump together, and what jumps there.
pub(crate) fn eras(context: &Context<'_>) -> Result<Found> {
    if context.measure.kind() != MeasureKind::Flow {
        return Err(Error::Contradiction {
            reason: "eras are looked for in weekly flows; this collection or measure has readings \
                     only",
        });
    }
    let query = Query {
        period: Period::Weeks { from: None, to: None },
        ..context.query(context.owner(), vec![Statistic::Hhi])
    };
    let weeks = crate::answer::times(context.market, &query)?;
    if weeks.len() < LEAST_WEEKS {
        return Err(Error::Contradiction {
            reason: "eras are looked for in at least 52 weeks, and the collection has fewer",
        });
    }
    let mut found = Found::default();
    let series = read(context, &query, weeks.len(), &mut found.notes)?;
    let values: Vec<&[f64]> = series.iter().map(|series| series.values.as_slice()).collect();
    let changes = match joint_changes(&values, &SEARCH) {
        Ok(changes) => changes.changes,
        Err(refusal) => {
            found.notes.push(format!("no dates are looked for: {refusal}"));
            Vec::new()
        }
    };
    for change in &changes {
        let (lines, sentence) = era(&series, &weeks, change, found.lines.len());
        found.lines.extend(lines);
        found.sentences.push(sentence);
    }
    if changes.is_empty() {
        found.sentences.push(Sentence::plain(vec![Piece::Words(
            "No date can be told at which the series jump together: one era.",
        )]));
    }
    let names: Vec<&str> = series.iter().map(|series| series.name).collect();
    found.notes.push(format!("{} weekly series: {}", series.len(), names.join(", ")));
    found.notes.push(
        "a slope is cut into steps, so that an era may be a stretch of a slow change".to_owned(),
    );
    Ok(found)
}

/// The series that are known in every week, and move at all.
fn read(
    context: &Context<'_>,
    query: &Query,
    weeks: usize,
    notes: &mut Vec<String>,
) -> Result<Vec<Series>> {
    let mut read: Vec<(&'static str, Form, Vec<Option<f64>>)> = Vec::new();
    let index = crate::answer_each(context.market, query, |_, rows| {
        rows.first().and_then(|row| row.estimate.value)
    })?;
    read.push(("concentration by owner", Form::Index, index));
    for (group, unit, name) in SHARES {
        let asked = Query {
            statistics: vec![Statistic::Share],
            group: context.group(group),
            ..query.clone()
        };
        let names = [unit.to_owned()];
        let shares = answer_named(context.market, &asked, &names, |_, rows| {
            let is_it = |row: &&crate::Row| row.unit.as_deref() == Some(unit) && row.is_attributed;
            let known = rows.iter().find(is_it).and_then(|row| row.estimate.value);
            // A unit that no model of the week has holds nothing.
            known.or_else(|| rows.iter().any(|row| row.estimate.value.is_some()).then_some(0.0))
        });
        match shares {
            Ok(shares) => read.push((name, Form::Points, shares)),
            Err(error) => notes.push(format!("{name}: {}", crate::claims::reason(error)?)),
        }
    }
    let numbers = context.asker.numbers("parameters")?;
    let asked = AverageQuery {
        numbers: &numbers,
        averages: vec![Average::Mean],
        weight: Weight::Measure,
        query: Query { group: Group::Model, statistics: Vec::new(), ..query.clone() },
    };
    let means = averages(context.market, &asked)?;
    // Of a size the logarithm is looked at: it grows by factors.
    let means = means.into_iter().map(|row| row.estimate.value.filter(|mean| *mean > 0.0));
    let logarithms = means.map(|mean| mean.map(f64::ln)).collect();
    read.push(("mean size, as a logarithm", Form::Plain, logarithms));
    let mut series = Vec::new();
    for (name, form, values) in read {
        let known: Vec<f64> = values.into_iter().flatten().collect();
        let moves = known.windows(2).any(|pair| pair[0].to_bits() != pair[1].to_bits());
        if known.len() == weeks && moves {
            series.push(Series { name, form, values: known });
        } else {
            notes.push(format!("left out, for want of a value in every week: {name}"));
        }
    }
    Ok(series)
}

/// The lines of one date, and what names the era that begins there.
fn era(
    series: &[Series],
    weeks: &[At],
    change: &JointChange,
    first: usize,
) -> (Vec<Line>, Sentence) {
    let monday = |place: usize| {
        let at = weeks[place.min(weeks.len() - 1)];
        f64::from(at.day().epoch_days())
    };
    let when = weeks[change.at].to_string();
    let bare = |value: f64| Estimate::alone(value, weeks.len() as u64);
    let mut lines = vec![Line {
        what: What::Date("a new era from"),
        unit: None,
        when: when.clone(),
        form: Form::Week,
        estimate: Estimate {
            sampling_low: Some(monday(change.earliest)),
            sampling_high: Some(monday(change.latest)),
            ..bare(monday(change.at))
        },
        test: None,
    }];
    let mut jumps: Vec<usize> = (0..series.len()).collect();
    jumps.retain(|place| change.jumps[*place].deviations.abs() >= TELLING);
    let size = |place: &usize| change.jumps[*place].deviations.abs();
    jumps.sort_by(|a, b| size(b).total_cmp(&size(a)));
    let mut pieces = vec![
        Piece::Words("A new era from the week of "),
        Piece::Number { line: first, end: End::Value },
        Piece::Words(" ("),
        Piece::Number { line: first, end: End::SamplingLow },
        Piece::Words(" to "),
        Piece::Number { line: first, end: End::SamplingHigh },
        Piece::Words(")"),
    ];
    for (number, place) in jumps.into_iter().enumerate() {
        let (of, jump) = (&series[place], change.jumps[place]);
        if number < NAMED {
            pieces.push(Piece::Words(if number == 0 { ": " } else { ", " }));
            pieces.push(Piece::Name(of.name.to_owned()));
            pieces.push(Piece::Words(if jump.step() > 0.0 { " up by " } else { " down by " }));
            pieces.push(Piece::Number { line: first + lines.len(), end: End::Size });
        }
        let reach = 1.96 * jump.error;
        lines.push(Line {
            what: What::Change(of.name),
            unit: None,
            when: when.clone(),
            form: of.form,
            estimate: Estimate {
                sampling_low: Some(jump.step() - reach),
                sampling_high: Some(jump.step() + reach),
                ..bare(jump.step())
            },
            test: None,
        });
    }
    pieces.push(Piece::Words("."));
    (lines, Sentence::finding(pieces))
}
