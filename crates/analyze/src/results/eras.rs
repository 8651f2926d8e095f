//! Eras: stretches of time between dates at which several series change their course together.
//!
//! Shares and sizes of a growing economy go along slopes, which change points of the mean would
//! cut into steps; an era is a stretch in which all series keep their slopes.

mod luck;

use schema::{Estimate, Statistic, Window};
use stats::{BrokenLineOptions, BrokenLines, Resampling, broken_lines};

use super::blocks::Blocks;
use super::moves::{Moves, redrawn};
use super::{Context, End, Form, Found, Line, Piece, Sentence, What};
use crate::sampling::CONFIDENCE;
use crate::{Average, AverageQuery, Query, Result, Weight, answer_named, averages};

/// Blocks in a year of 52 weeks.
const BLOCKS_A_YEAR: f64 = 13.0;
/// Series that name an era.
const NAMED: usize = 3;

const SEARCH: BrokenLineOptions = BrokenLineOptions {
    most_knots: 4,
    min_segment: 6,
    replicates: 200,
    seed: 20_240_601,
    confidence: CONFIDENCE,
    threads: 1,
};

/// What a series is of.
#[derive(Debug, Clone, Copy)]
enum Of {
    /// The Herfindahl–Hirschman index by owner.
    Concentration,
    /// The share of a unit of a group.
    Share(&'static str, &'static str),
    /// The logarithm of the mean size by download: sizes grow by factors.
    Size,
}

impl Of {
    fn group(self) -> Option<&'static str> {
        if let Self::Share(group, _) = self { Some(group) } else { None }
    }

    fn unit(self) -> Option<&'static str> {
        if let Self::Share(_, unit) = self { Some(unit) } else { None }
    }
}

/// Shares that are looked at: group, unit, name.
const SHARES: [(&str, &str, &str); 8] = [
    ("country_group", "USA", "share of the USA"),
    ("country_group", "China", "share of China"),
    ("sector", "industry", "share of industry"),
    ("sector", "unaffiliated", "share of the unaffiliated"),
    ("openness_class", "open weights", "share of open weights"),
    ("training_data", "available", "share with available training data"),
    ("is_quantized", "yes", "share of quantized models"),
    ("is_moe", "yes", "share of mixtures of experts"),
];

/// A series of blocks, with how its slopes are written.
struct Series {
    name: &'static str,
    of: Of,
    form: Form,
    values: Vec<f64>,
}

/// The eras of a record, each named by what went furthest in it.
pub(crate) fn eras(context: &Context<'_>) -> Result<Found> {
    let blocks = Blocks::of(context)?;
    let mut found = Found::default();
    found.notes.push(format!("{} blocks of four weeks, {}", blocks.count(), blocks.name()));
    let series = read(context, &blocks, &mut found.notes)?;
    let names: Vec<&str> = series.iter().map(|series| series.name).collect();
    found.notes.push(format!("{} series: {}", series.len(), names.join(", ")));
    let values: Vec<&[f64]> = series.iter().map(|series| series.values.as_slice()).collect();
    let threads = context.draws.threads;
    let mut options = BrokenLineOptions { replicates: 0, threads, ..SEARCH };
    let Some(mut broken) = broken_lines(&values, &options) else {
        found.notes.push("the record is too short, or has no series that moves".to_owned());
        return Ok(found);
    };
    // A date at which nothing turns by more than the luck of a few owners is none.
    let moves = luck::read(context, &blocks, &series)?;
    while !broken.knots.is_empty() && luck::may_be_all(&series, &moves, &broken) {
        options.most_knots = broken.knots.len() - 1;
        broken = broken_lines(&values, &options).expect("the series had lines with more knots");
    }
    options.replicates = SEARCH.replicates;
    let broken = broken_lines(&values, &options).expect("the series had lines without ranges");
    let of_series: Vec<&Moves> = moves.iter().collect();
    let draws = Resampling { replicates: SEARCH.replicates, ..context.draws };
    let broken = broken.widened(redrawn(&values, &of_series, &draws), &options);
    let ends: Vec<usize> = broken.lines[0].phases.iter().map(|phase| phase.from).collect();
    let is_few = context.has_few_owners()?;
    if is_few {
        found.notes.push(super::context::FEW_OWNERS.to_owned());
    }
    for era in 0..ends.len() {
        let (lines, mut sentence) = told(&series, &blocks, &broken, era, found.lines.len());
        sentence.is_finding &= !is_few;
        found.lines.extend(lines);
        found.sentences.push(sentence);
    }
    found.notes.push(
        "ranges: residuals drawn again, and owners drawn again; a slope is told of an era where its range leaves no change \
         out; at each date some series turns by more than the luck of a few owners, by Holm over \
         all dates and series"
            .to_owned(),
    );
    Ok(found)
}

/// The series that are known in every block, and move at all.
fn read(context: &Context<'_>, blocks: &Blocks, notes: &mut Vec<String>) -> Result<Vec<Series>> {
    let query = Query {
        window: Window::Weeks(4),
        period: blocks.period(),
        ..context.query(context.owner(), vec![Statistic::Hhi])
    };
    let mut read: Vec<(&'static str, Of, Form, Vec<Option<f64>>)> = Vec::new();
    let index = crate::answer_each(context.market, &query, |at, rows| {
        blocks.is_end(at).then(|| rows.first().and_then(|row| row.estimate.value))
    })?;
    let index = index.into_iter().flatten().collect();
    read.push(("concentration by owner", Of::Concentration, Form::Index, index));
    for (group, unit, name) in SHARES {
        let asked = Query {
            statistics: vec![Statistic::Share],
            group: context.group(group),
            ..query.clone()
        };
        let names = [unit.to_owned()];
        let shares = answer_named(context.market, &asked, &names, |at, rows| {
            blocks.is_end(at).then(|| {
                let is_it =
                    |row: &&crate::Row| row.unit.as_deref() == Some(unit) && row.is_attributed;
                let known = rows.iter().find(is_it).and_then(|row| row.estimate.value);
                // A unit that no model of the block has holds nothing.
                known.or_else(|| rows.iter().any(|row| row.estimate.value.is_some()).then_some(0.0))
            })
        });
        match shares {
            Ok(shares) => {
                let shares = shares.into_iter().flatten().collect();
                read.push((name, Of::Share(group, unit), Form::Points, shares));
            }
            Err(error) => notes.push(format!("{name}: {}", crate::claims::reason(error)?)),
        }
    }
    read.push(("size", Of::Size, Form::Times, mean_sizes(context, blocks)?));
    let mut series = Vec::new();
    for (name, of, form, values) in read {
        let known: Vec<f64> = values.into_iter().flatten().collect();
        // A share that hardly ever moves has no slope and no noise to hold one against.
        let moves = known.windows(2).filter(|pair| pair[0].to_bits() != pair[1].to_bits()).count();
        if known.len() == blocks.count() && moves * 2 > known.len() {
            series.push(Series { name, of, form, values: known });
        } else {
            notes.push(format!("left out, for want of a value that moves: {name}"));
        }
    }
    Ok(series)
}

/// The logarithm of the mean size by download, block by block: sizes grow by factors.
fn mean_sizes(context: &Context<'_>, blocks: &Blocks) -> Result<Vec<Option<f64>>> {
    let numbers = context.asker.numbers("parameters")?;
    let query = Query {
        window: Window::Weeks(4),
        period: blocks.period(),
        ..context.query("model", Vec::new())
    };
    let asked = AverageQuery {
        numbers: &numbers,
        averages: vec![Average::Mean],
        weight: Weight::Measure,
        query,
    };
    let rows = averages(context.market, &asked)?.into_iter().filter(|row| blocks.is_end(row.at));
    let mean = |row: crate::AverageRow| row.estimate.value.filter(|mean| *mean > 0.0);
    let sizes = rows.map(|row| mean(row).map(f64::ln)).collect();
    Ok(sizes)
}

/// The lines of an era, and what names it.
fn told(
    series: &[Series],
    blocks: &Blocks,
    broken: &BrokenLines,
    era: usize,
    first: usize,
) -> (Vec<Line>, Sentence) {
    let phase = broken.lines[0].phases[era];
    let when = format!("{} → {}", blocks.first_week(phase.from), blocks.first_week(phase.to));
    let knot = era.checked_sub(1).map(|knot| broken.knots[knot]);
    let n = blocks.count() as u64;
    let mut lines = vec![Line {
        what: What::Date(if knot.is_some() { "a new era from" } else { "the record from" }),
        unit: None,
        when: when.clone(),
        form: Form::Week,
        estimate: Estimate {
            sampling_low: knot.map(|knot| blocks.monday(knot.earliest)),
            sampling_high: knot.map(|knot| blocks.monday(knot.latest)),
            ..Estimate::alone(blocks.monday(phase.from), n)
        },
        test: None,
    }];
    let mut pieces =
        vec![Piece::Words("From the week of "), Piece::Number { line: first, end: End::Value }];
    if knot.is_some() {
        pieces.extend([
            Piece::Words(" ("),
            Piece::Number { line: first, end: End::SamplingLow },
            Piece::Words(" to "),
            Piece::Number { line: first, end: End::SamplingHigh },
            Piece::Words(")"),
        ]);
    }
    let mut named = 0;
    for place in by_reach(series, broken, era) {
        let of = &series[place];
        let slope = broken.lines[place].phases[era];
        let a_year = |slope: f64| match of.form {
            Form::Times => (slope * BLOCKS_A_YEAR).exp(),
            _ => slope * BLOCKS_A_YEAR,
        };
        let value = a_year(slope.slope);
        if named < NAMED {
            let is_up = slope.slope > 0.0;
            pieces.extend([
                Piece::Words(if named == 0 { ": " } else { ", " }),
                Piece::Name(of.name.to_owned()),
                Piece::Words(match (of.form, is_up) {
                    (Form::Times, _) => " ",
                    (_, true) => " up by ",
                    (_, false) => " down by ",
                }),
                Piece::Number { line: first + lines.len(), end: End::Size },
                Piece::Words(" a year"),
            ]);
            named += 1;
        }
        lines.push(Line {
            what: What::Value("change a year"),
            unit: Some(of.name.to_owned()),
            when: when.clone(),
            form: of.form,
            estimate: Estimate {
                sampling_low: Some(a_year(slope.slope_interval.low)),
                sampling_high: Some(a_year(slope.slope_interval.high)),
                ..Estimate::alone(value, n)
            },
            test: None,
        });
    }
    pieces.push(Piece::Words(if named > 0 { "." } else { ": nothing moves surely." }));
    (lines, if named > 0 { Sentence::finding(pieces) } else { Sentence::plain(pieces) })
}

/// The series whose slope in an era is surely not level, those first that go furthest in it by
/// their own spread over the record.
fn by_reach(series: &[Series], broken: &BrokenLines, era: usize) -> Vec<usize> {
    let mut places: Vec<usize> = (0..series.len()).collect();
    places.retain(|place| !broken.lines[*place].phases[era].slope_interval.contains(0.0));
    let reach = |place: &usize| {
        let phase = broken.lines[*place].phases[era];
        let values = &series[*place].values;
        let mean = values.iter().sum::<f64>() / values.len() as f64;
        let spread = values.iter().map(|value| (value - mean).powi(2)).sum::<f64>().sqrt();
        (phase.slope * (phase.to - phase.from) as f64).abs() / spread
    };
    places.sort_by(|a, b| reach(b).total_cmp(&reach(a)));
    places
}
