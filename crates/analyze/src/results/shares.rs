//! Shares of units over time, and how they changed.

use std::collections::BTreeMap;

use panel::Grouping;
use schema::{Estimate, Group, Statistic};
use stats::LinearParts;

use super::verdict::{Direction, correct, direction};
use super::{Context, End, Form, Found, Line, Piece, Sentence, Spans, What};
use crate::sampling::{Drawn, Holdings, Zero, drawn_for};
use crate::{Result, answer, difference, ratio};

/// Units that are told of where there are more.
const MOST_UNITS: usize = 12;
/// Sentences at most.
const MOST_SENTENCES: usize = 3;
/// The least change of a share that a sentence tells of; smaller ones are in the table.
const LEAST_TOLD: f64 = 0.005;
/// What stands before the name of a unit that says by itself what it is.
const OF: &str = "The share of ";
/// How a change is tested.
pub(crate) const BY_OWNERS: &str = "owners drawn again, corrected by Benjamini and Hochberg";

/// Of which units shares are told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Units {
    /// The largest at the beginning or the end, and the words that name one before its name.
    Largest(&'static str),
    /// One, such as `yes`, and what its models are called, with by how many times its share grew.
    One(&'static str, &'static str),
}

/// The shares of the units of a group, span by span, and their changes from the first to the last.
pub(crate) fn shares(context: &Context<'_>, group: &str, units: Units) -> Result<Found> {
    let query = context.query(group, vec![Statistic::Share]);
    let spans = context.spans(&query)?;
    let told = Told::read(context, &spans)?;
    let names = told.names(units);
    let mut found = Found { notes: vec![spans.note()], ..Found::default() };
    for name in &names {
        for (place, span) in spans.all().iter().enumerate() {
            found.lines.push(Line {
                what: What::Share,
                unit: Some(name.clone()),
                when: span.name.clone(),
                form: Form::Share,
                estimate: told.share(place, name),
                test: None,
            });
        }
    }
    if spans.expect_change().is_err() {
        found.notes.push("one period is there only, and so no change can be told".to_owned());
        return Ok(found);
    }
    let drawn = drawn(context, &query.group, &names, &spans.queries())?;
    let (times, changes) = (spans.all().len(), found.lines.len());
    for number in 0..changes {
        drawn.mark(&mut found.lines[number].estimate, number);
    }
    let mut tests = Vec::new();
    for (unit, name) in names.iter().enumerate() {
        let ends = [unit * times, unit * times + times - 1];
        let [first, last] = ends.map(|line| found.lines[line].estimate.clone());
        let number = changes + unit;
        let mut change = changed(name, &spans, difference(&first, &last));
        drawn.mark(&mut change.estimate, number);
        tests.extend(drawn.p_value(number, Zero::Difference).map(|p| (found.lines.len(), p)));
        found.lines.push(change);
    }
    correct(context, &mut found, &tests, BY_OWNERS)?;
    if let Units::One(name, _) = units {
        let [first, last] = [0, times - 1].map(|line| found.lines[line].estimate.clone());
        let mut grown = Line {
            what: What::Ratio("share"),
            form: Form::Times,
            ..changed(name, &spans, ratio(&first, &last))
        };
        drawn.mark(&mut grown.estimate, changes + names.len());
        found.lines.push(grown);
    }
    let (before, called) = match units {
        Units::One(_, called) => (OF, vec![called.to_owned()]),
        Units::Largest(before) => (before, names),
    };
    found.sentences = sentences(&found.lines, before, &called, times);
    Ok(found)
}

fn changed(unit: &str, spans: &Spans, estimate: Estimate) -> Line {
    Line {
        what: What::Change("share"),
        unit: Some(unit.to_owned()),
        when: spans.change(),
        form: Form::Points,
        estimate,
        test: None,
    }
}

/// The shares of all units, span by span.
pub(crate) struct Told {
    shares: Vec<BTreeMap<String, Estimate>>,
    /// The share of mass that belongs to none, span by span.
    unattributed: Vec<f64>,
}

impl Told {
    /// Reads them.
    pub(crate) fn read(context: &Context<'_>, spans: &Spans) -> Result<Self> {
        let mut told = Self { shares: Vec::new(), unattributed: Vec::new() };
        for query in spans.queries() {
            let mut shares = BTreeMap::new();
            let mut unattributed = 0.0;
            for row in answer(context.market, &query)?.rows {
                match row.unit {
                    Some(unit) if row.is_attributed => {
                        shares.insert(unit, row.estimate);
                    }
                    _ => unattributed += row.estimate.value.unwrap_or_default(),
                }
            }
            told.shares.push(shares);
            told.unattributed.push(unattributed);
        }
        Ok(told)
    }

    /// The share of a unit; one that no model of the time has holds nothing, or what belongs to
    /// none.
    fn share(&self, span: usize, unit: &str) -> Estimate {
        let none = || {
            if self.shares[span].is_empty() {
                return Estimate::undefined(0);
            }
            Estimate { bound_high: Some(self.unattributed[span]), ..Estimate::exact(0.0, 0) }
        };
        self.shares[span].get(unit).cloned().unwrap_or_else(none)
    }

    /// The share of mass that belongs to none in a span.
    pub(crate) fn unattributed(&self, span: usize) -> f64 {
        self.unattributed[span]
    }

    /// The units of a span with their shares, the largest first; equal ones by name.
    pub(crate) fn ranked(&self, span: usize) -> Vec<(String, Estimate)> {
        let shares = self.shares[span].iter();
        let mut ranked: Vec<(String, Estimate)> =
            shares.map(|(name, share)| (name.clone(), share.clone())).collect();
        let value = |share: &Estimate| share.value.unwrap_or_default();
        ranked.sort_by(|a, b| value(&b.1).total_cmp(&value(&a.1)));
        ranked
    }

    /// The units that are told of, the largest of the last span first.
    fn names(&self, units: Units) -> Vec<String> {
        if let Units::One(name, _) = units {
            return vec![name.to_owned()];
        }
        let ends = [0, self.shares.len() - 1];
        let value = |span: usize, unit: &str| {
            self.shares[span].get(unit).and_then(|share| share.value).unwrap_or_default()
        };
        let largest =
            |unit: &String| ends.map(|span| value(span, unit)).into_iter().fold(0.0, f64::max);
        let mut names: Vec<String> =
            ends.iter().flat_map(|span| self.shares[*span].keys().cloned()).collect();
        names.sort_unstable();
        names.dedup();
        names.sort_by(|a, b| largest(b).total_cmp(&largest(a)));
        names.truncate(MOST_UNITS);
        names.sort_by(|a, b| value(ends[1], b).total_cmp(&value(ends[1], a)));
        names
    }
}

/// In every draw the shares by unit and span, then their changes, then their ratios.
pub(crate) fn drawn(
    context: &Context<'_>,
    group: &Group,
    names: &[String],
    queries: &[crate::Query],
) -> Result<Drawn> {
    let market = context.market;
    let units = market.grouping(group)?;
    let clusters = drawn_for(group);
    let is_of_itself = clusters == *group;
    // Where owners themselves are the units, their models are drawn again.
    let clusters = if is_of_itself { Group::Model } else { clusters };
    let holdings = Holdings::read(market, market.grouping(&clusters)?, units, queries)?;
    let times = queries.len();
    let parts = parts(&holdings, &places(units, names), (names.len(), times), is_of_itself);
    let draws = parts.each(&context.draws, |sums| {
        let total = |time: usize| sums[names.len() * times + time];
        let share = |unit: usize, time: usize| match total(time) {
            total if total > 0.0 => sums[unit * times + time] / total,
            _ => f64::NAN,
        };
        let each = (0..names.len()).flat_map(|unit| (0..times).map(move |time| (unit, time)));
        let ends = |unit: usize| (share(unit, 0), share(unit, times - 1));
        let mut numbers: Vec<f64> = each.map(|(unit, time)| share(unit, time)).collect();
        numbers.extend((0..names.len()).map(|unit| ends(unit).1 - ends(unit).0));
        numbers.extend((0..names.len()).map(|unit| growth(ends(unit))));
        numbers
    });
    Ok(Drawn::new(draws))
}

/// How many times the first number the second is; what grows from nothing grows without end.
fn growth((first, last): (f64, f64)) -> f64 {
    if first == 0.0 && last == 0.0 { f64::NAN } else { last / first }
}

/// The place among the units that are told of, by code.
fn places(units: &Grouping, names: &[String]) -> Vec<Option<u32>> {
    let mut places = vec![None; units.unit_count()];
    for (place, name) in (0..).zip(names) {
        if let Some(code) = units.find(name) {
            places[code as usize] = Some(place);
        }
    }
    places
}

/// What is drawn again: the sums of each unit that is told of, and of all, by time.
///
/// Where the units are owners, the models of those that are told of are drawn one by one, and all
/// models of each other owner together.
fn parts(
    holdings: &Holdings,
    places: &[Option<u32>],
    (names, times): (usize, usize),
    is_of_itself: bool,
) -> LinearParts {
    let mut parts = LinearParts::new((names + 1) * times);
    let total = (names * times) as u32;
    let entries = |row: usize| {
        let place = places[holdings.rows[row].unit as usize];
        holdings.of_row(row).iter().enumerate().flat_map(move |(time, value)| {
            let time = time as u32;
            let of_unit = place.map(|place| (place * times as u32 + time, *value));
            of_unit.into_iter().chain([(total + time, *value)])
        })
    };
    if !is_of_itself {
        for rows in holdings.by_owner() {
            parts.push(rows.flat_map(entries));
        }
        return parts;
    }
    let mut others = vec![0.0; holdings.units * times];
    for row in 0..holdings.rows.len() {
        let unit = holdings.rows[row].unit as usize;
        if places[unit].is_some() {
            parts.push(entries(row));
        } else {
            let sums = &mut others[unit * times..][..times];
            sums.iter_mut().zip(holdings.of_row(row)).for_each(|(sum, value)| *sum += value);
        }
    }
    for sums in others.chunks(times).filter(|sums| sums.iter().any(|sum| *sum > 0.0)) {
        parts.push((total..).zip(sums.iter().copied()));
    }
    parts
}

/// What the largest changes say, or that none can be told.
fn sentences(
    lines: &[Line],
    before: &'static str,
    names: &[String],
    times: usize,
) -> Vec<Sentence> {
    let sentence = |unit: usize, is_told| {
        let lines_of = (unit * times, unit * times + times - 1, names.len() * times + unit);
        sentence(lines, (before, &names[unit]), lines_of, is_told)
    };
    let change_of = |unit: usize| names.len() * times + unit;
    let size = |unit: &usize| lines[change_of(*unit)].estimate.value.unwrap_or_default().abs();
    let of = |wanted: &[Direction]| {
        let is_so = |unit: &usize| {
            size(unit) >= LEAST_TOLD && wanted.contains(&direction(&lines[change_of(*unit)], 0.0))
        };
        let mut units: Vec<usize> = (0..names.len()).filter(is_so).collect();
        units.sort_by(|a, b| size(b).total_cmp(&size(a)));
        units
    };
    let told = of(&[Direction::Up, Direction::Down]);
    if !told.is_empty() {
        let told = told.iter().take(MOST_SENTENCES);
        return told.map(|unit| sentence(*unit, true)).collect();
    }
    if let Some(unit) = of(&[Direction::MayBeLuck]).first() {
        return vec![sentence(*unit, false)];
    }
    if names.is_empty() {
        return vec![Sentence::plain(vec![Piece::Words("It is known of no model.")])];
    }
    if (0..names.len()).all(|unit| size(&unit) < LEAST_TOLD) {
        return vec![Sentence::plain(vec![Piece::Words(
            "No share that is known changed by half a point or more.",
        )])];
    }
    vec![Sentence::plain(vec![Piece::Words(
        "Whether any share rose or fell cannot be told from these data: gaps, or what belongs to \
         nobody known, could undo each change.",
    )])]
}

/// From what to what a share went, and whether that is more than luck.
fn sentence(
    lines: &[Line],
    (before, name): (&'static str, &str),
    (first, last, change): (usize, usize, usize),
    is_told: bool,
) -> Sentence {
    let is_up = lines[change].estimate.value.unwrap_or_default() > 0.0;
    let mut pieces = vec![
        Piece::Words(before),
        Piece::Name(name.to_owned()),
        Piece::Words(if is_up { " rose from " } else { " fell from " }),
        Piece::Number { line: first, end: End::Value },
        Piece::Words(" in "),
        Piece::Name(lines[first].when.clone()),
        Piece::Words(" to "),
        Piece::Number { line: last, end: End::Value },
        Piece::Words(" in "),
        Piece::Name(lines[last].when.clone()),
        Piece::Words(if is_told {
            " (sampling interval of the change "
        } else {
            ", the largest change that gaps and unattributed downloads cannot undo; it may be the \
             luck of a few owners (sampling interval of the change "
        }),
        Piece::Number { line: change, end: End::SamplingLow },
        Piece::Words(" to "),
        Piece::Number { line: change, end: End::SamplingHigh },
        Piece::Words(")."),
    ];
    if is_told {
        return Sentence::finding(pieces);
    }
    if lines[change].estimate.sampling_low.is_none() {
        pieces.truncate(9);
        pieces.push(Piece::Words("; how much of it is luck is not known."));
    }
    Sentence::plain(pieces)
}

/// A result that tells of the shares of a group.
macro_rules! shares_of {
    ($name:ident, $group:literal, $units:expr) => {
        pub(crate) fn $name(context: &Context<'_>) -> Result<Found> {
            shares(context, $group, $units)
        }
    };
}

shares_of!(countries, "country", Units::Largest(OF));
shares_of!(country_groups, "country_group", Units::Largest(OF));
shares_of!(sectors, "sector", Units::Largest(OF));
shares_of!(size_bands, "size_band", Units::Largest("The share of models of size "));
shares_of!(modalities, "modality", Units::Largest("The share of the modality "));
shares_of!(architectures, "architecture_family", Units::Largest("The share of the architecture "));
shares_of!(libraries, "library", Units::Largest("The share of the library "));
shares_of!(
    quantization_methods,
    "quantization_method",
    Units::Largest("The share of the quantization ")
);
shares_of!(languages, "language_primary", Units::Largest("The share of models in the language "));
shares_of!(openness, "openness_class", Units::Largest(OF));
shares_of!(
    training_data,
    "training_data",
    Units::Largest("The share of models whose training data are ")
);
shares_of!(license_families, "license_family", Units::Largest("The share of the licence family "));
shares_of!(roles, "role", Units::Largest("The share of accounts in the role of "));
shares_of!(multimodal, "is_multimodal", Units::One("yes", "multimodal models"));
shares_of!(quantized, "is_quantized", Units::One("yes", "quantized models"));
shares_of!(experts, "is_moe", Units::One("yes", "mixtures of experts"));

/// The shares of the largest owners.
pub(crate) fn owners(context: &Context<'_>) -> Result<Found> {
    shares(context, context.owner(), Units::Largest(OF))
}
