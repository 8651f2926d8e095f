//! How large models are: means and medians, total and active, by model and by download.

use std::rc::Rc;

use schema::Estimate;
use stats::LinearParts;

use super::verdict::{Direction, correct, direction};
use super::{Context, End, Form, Found, Line, Piece, Sentence, Spans, What};
use crate::averages::values_of;
use crate::sampling::{Drawn, Holdings, Zero};
use crate::{Average, AverageQuery, AverageRow, Numbers, Query, Result, Weight, averages, ratio};

const BY: &str = "owners drawn again on the ratio, corrected by Benjamini and Hochberg";

/// The eight series that are told, with what the two numbers are called.
const SERIES: [(&str, Average, Weight, &str); 8] = [
    ("parameters", Average::Mean, Weight::Measure, "mean of total parameters by download"),
    ("parameters", Average::Median, Weight::Measure, "median of total parameters by download"),
    ("parameters", Average::Mean, Weight::Model, "mean of total parameters by model"),
    ("parameters", Average::Median, Weight::Model, "median of total parameters by model"),
    ("parameters_active", Average::Mean, Weight::Measure, "mean of active parameters by download"),
    (
        "parameters_active",
        Average::Median,
        Weight::Measure,
        "median of active parameters by download",
    ),
    ("parameters_active", Average::Mean, Weight::Model, "mean of active parameters by model"),
    ("parameters_active", Average::Median, Weight::Model, "median of active parameters by model"),
];

/// The eight series, each with the ratio of the last span to the first.
pub(crate) fn sizes(context: &Context<'_>) -> Result<Found> {
    let of = |attribute: &str, average, weight, name| Series {
        attribute: attribute.to_owned(),
        average,
        weight,
        name,
        form: Form::Large,
    };
    let series =
        SERIES.map(|(attribute, average, weight, name)| of(attribute, average, weight, name));
    told(context, &series)
}

/// The context that models take, by download.
pub(crate) fn contexts(context: &Context<'_>) -> Result<Found> {
    let of = |average, name| Series {
        attribute: "context_length".to_owned(),
        average,
        weight: Weight::Measure,
        name,
        form: Form::Count,
    };
    let mean = of(Average::Mean, "mean of context length by download");
    told(context, &[mean, of(Average::Median, "median of context length by download")])
}

struct Series {
    attribute: String,
    average: Average,
    weight: Weight,
    name: &'static str,
    form: Form,
}

fn told(context: &Context<'_>, series: &[Series]) -> Result<Found> {
    let query = context.query("model", Vec::new());
    let spans = context.spans(&query)?;
    let mut found = Found { notes: vec![spans.note()], ..Found::default() };
    let mut tests = Vec::new();
    let mut ratios = Vec::new();
    let mut of_attribute: Option<(String, Rc<Numbers>, Holdings)> = None;
    let mut known: Vec<(Weight, Vec<Vec<AverageRow>>)> = Vec::new();
    for one in series {
        if of_attribute.as_ref().is_none_or(|(attribute, ..)| *attribute != one.attribute) {
            known.clear();
            let numbers = context.asker.numbers(&one.attribute)?;
            let owners = context.market.grouping(&context.group("uploader"))?;
            let holdings = Holdings::read_with_models(
                context.market,
                owners,
                &numbers.grouping,
                &spans.queries(),
            )?;
            of_attribute = Some((one.attribute.clone(), numbers, holdings));
        }
        let Some((_, numbers, holdings)) = &of_attribute else { continue };
        let first = found.lines.len();
        if known.iter().all(|(weight, _)| *weight != one.weight) {
            known.push((one.weight, ask(context, one.weight, numbers, &spans)?));
        }
        let rows = known.iter().find(|(weight, _)| *weight == one.weight);
        found.lines.extend(rows.into_iter().flat_map(|(_, rows)| told_of(one, &spans, rows)));
        let drawn = drawn(context, one, numbers, holdings);
        let last = found.lines.len();
        for line in first..last {
            drawn.mark(&mut found.lines[line].estimate, line - first);
        }
        if spans.all().len() > 1 {
            let [before, after] = [first, last - 1].map(|line| found.lines[line].estimate.clone());
            let mut grown = Line {
                what: What::Ratio(one.name),
                when: spans.change(),
                form: Form::Times,
                estimate: ratio(&before, &after),
                ..found.lines[first].clone()
            };
            let number = last - first;
            drawn.mark(&mut grown.estimate, number);
            tests.extend(drawn.p_value(number, Zero::Ratio).map(|p| (found.lines.len(), p)));
            ratios.push((first, found.lines.len()));
            found.lines.push(grown);
        }
    }
    correct(context, &mut found, &tests, BY)?;
    found.sentences = ratios.iter().take(2).map(|at| sentence(&found.lines, *at)).collect();
    found.notes.push(
        "bounds take what is not known to lie between the 1st and the 99th percentile of what is"
            .to_owned(),
    );
    Ok(found)
}

/// The averages that any series asks for, span by span: one pass serves them all.
fn ask(
    context: &Context<'_>,
    weight: Weight,
    numbers: &Numbers,
    spans: &Spans,
) -> Result<Vec<Vec<AverageRow>>> {
    let of_span = |query: Query| {
        let averages_asked = vec![Average::Mean, Average::Median];
        let asked = AverageQuery { numbers, averages: averages_asked, weight, query };
        averages(context.market, &asked)
    };
    spans.queries().into_iter().map(of_span).collect()
}

/// A line for each span.
fn told_of(one: &Series, spans: &Spans, rows: &[Vec<AverageRow>]) -> Vec<Line> {
    let line = |(span, rows): (&super::Span, &Vec<AverageRow>)| {
        let row = rows.iter().rfind(|row| row.average == one.average);
        Line {
            what: What::Value(one.name),
            unit: None,
            when: span.name.clone(),
            form: one.form,
            estimate: row.map_or_else(|| Estimate::undefined(0), |row| row.estimate.clone()),
            test: None,
        }
    };
    spans.all().iter().zip(rows).map(line).collect()
}

/// In every draw the number of each span, then the last by the first.
fn drawn(context: &Context<'_>, one: &Series, numbers: &Numbers, holdings: &Holdings) -> Drawn {
    let values = values_of(&numbers.grouping);
    let times = holdings.times;
    let weight = |row: usize, time: usize| match one.weight {
        Weight::Measure => holdings.of_row(row)[time],
        Weight::Model => f64::from(holdings.models_of_row(row)[time]),
    };
    let with_ratio = |mut numbers: Vec<f64>| {
        let ratio = numbers[times - 1] / numbers[0];
        numbers.push(ratio);
        numbers
    };
    if one.average == Average::Mean {
        let mut parts = LinearParts::new(2 * times);
        for rows in holdings.by_owner() {
            parts.push(rows.flat_map(|row| {
                let value = values[holdings.rows[row].unit as usize];
                (0..times).flat_map(move |time| {
                    let weight = value.map_or(0.0, |_| weight(row, time));
                    let sum = weight * value.unwrap_or_default();
                    [(2 * time as u32, sum), (2 * time as u32 + 1, weight)]
                })
            }));
        }
        return Drawn::new(parts.each(&context.draws, |sums| {
            with_ratio(sums.chunks(2).map(|pair| pair[0] / pair[1]).collect())
        }));
    }
    let mut known: Vec<(f64, u32)> = (0_u32..)
        .zip(&values)
        .filter_map(|(code, value)| value.map(|value| (value, code)))
        .collect();
    known.sort_unstable_by(|a, b| a.0.total_cmp(&b.0));
    let mut place_of = vec![None; values.len()];
    (0_u32..).zip(&known).for_each(|(place, (_, code))| place_of[*code as usize] = Some(place));
    let columns = known.len();
    if columns == 0 {
        return Drawn::new(Vec::new());
    }
    let mut parts = LinearParts::new(columns * times);
    for rows in holdings.by_owner() {
        parts.push(rows.flat_map(|row| {
            let place = place_of[holdings.rows[row].unit as usize];
            (0..times).filter_map(move |time| {
                // The times of a value lie side by side, so that a row is one place in memory.
                place.map(|place| (place * times as u32 + time as u32, weight(row, time)))
            })
        }));
    }
    Drawn::new(parts.each(&context.draws, |sums| {
        let median = |time: usize| {
            let weights = || sums[time..].iter().step_by(times);
            let half = weights().sum::<f64>() / 2.0;
            let mut up_to = 0.0;
            let place = weights().position(|weight| {
                up_to += weight;
                up_to >= half && up_to > 0.0
            });
            place.map_or(f64::NAN, |place| known[place].0)
        };
        with_ratio((0..times).map(median).collect())
    }))
}

fn sentence(lines: &[Line], (first, ratio): (usize, usize)) -> Sentence {
    let name =
        Piece::Name(format!("The {}", lines[ratio].what.name().trim_start_matches("ratio of ")));
    if lines[first].estimate.value.is_none() && lines[ratio - 1].estimate.value.is_none() {
        return Sentence::plain(vec![name, Piece::Words(" is known of no model.")]);
    }
    let is_up = match direction(&lines[ratio], 1.0) {
        Direction::Up => true,
        Direction::Down => false,
        Direction::MayBeLuck => {
            let words = " did not change by more than the luck of a few owners can do.";
            return Sentence::plain(vec![name, Piece::Words(words)]);
        }
        Direction::NotFromTheseData => {
            let words = ": whether it grew cannot be told from these data.";
            return Sentence::plain(vec![name, Piece::Words(words)]);
        }
    };
    Sentence::finding(vec![
        name,
        Piece::Words(if is_up { " rose from " } else { " fell from " }),
        Piece::Number { line: first, end: End::Value },
        Piece::Words(" in "),
        Piece::Name(lines[first].when.clone()),
        Piece::Words(" to "),
        Piece::Number { line: ratio - 1, end: End::Value },
        Piece::Words(" in "),
        Piece::Name(lines[ratio - 1].when.clone()),
        Piece::Words(", "),
        Piece::Number { line: ratio, end: End::Value },
        Piece::Words(" as large (sampling interval "),
        Piece::Number { line: ratio, end: End::SamplingLow },
        Piece::Words(" to "),
        Piece::Number { line: ratio, end: End::SamplingHigh },
        Piece::Words(")."),
    ])
}
