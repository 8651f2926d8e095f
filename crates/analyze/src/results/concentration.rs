//! How concentrated the market is by owner, model and country, and whether that changed.

mod gini;

use schema::{Estimate, Statistic};
use stats::{LinearParts, leave_one_out_hhi, replicate};

use super::shares::BY_OWNERS;
use super::verdict::{Direction, correct, direction};
use super::{Context, End, Form, Found, Line, Piece, Sentence, Spans, What};
use crate::sampling::{Drawn, Holdings, Zero, drawn_for};
use crate::{Query, Result, Row, answer, difference};

/// The indices that are told, as the drawn numbers are in order.
pub(crate) const DRAWN: [Statistic; 5] =
    [Statistic::Hhi, Statistic::EffectiveNumber, Statistic::Cr1, Statistic::Cr4, Statistic::Cr10];
/// The index whose sampling interval is a closed form: of a million units it is drawn too slowly.
const ALSO: Statistic = Statistic::Gini;
const LARGEST: usize = 10;

/// Concentration by owner.
pub(crate) fn owners(context: &Context<'_>) -> Result<Found> {
    concentration(context, context.owner())
}

/// Concentration by model.
pub(crate) fn models(context: &Context<'_>) -> Result<Found> {
    concentration(context, "model")
}

/// Concentration by country.
pub(crate) fn countries(context: &Context<'_>) -> Result<Found> {
    concentration(context, "country")
}

fn concentration(context: &Context<'_>, group: &str) -> Result<Found> {
    let statistics: Vec<Statistic> = DRAWN.into_iter().chain([ALSO]).collect();
    let query = context.query(group, statistics.clone());
    let spans = context.spans(&query)?;
    let mut found = Found { notes: vec![spans.note()], ..Found::default() };
    let mut estimates: Vec<Vec<Estimate>> = vec![Vec::new(); statistics.len()];
    for query in spans.queries() {
        let rows = answer(context.market, &query)?.rows;
        for (estimates, statistic) in estimates.iter_mut().zip(&statistics) {
            let of = rows.iter().find(|row| row.statistic == *statistic && row.unit.is_none());
            estimates.push(of.map_or_else(|| Estimate::undefined(0), |row| row.estimate.clone()));
        }
    }
    let times = spans.all().len();
    let market = read(context, &query, &spans.queries())?;
    let drawn = market.drawn(context, times);
    let moved = market.gini_moved(&estimates[DRAWN.len()]);
    let mut tests = Vec::new();
    for (place, (statistic, mut estimates)) in statistics.iter().zip(estimates).enumerate() {
        let is_drawn = place < DRAWN.len();
        for (time, (span, estimate)) in spans.all().iter().zip(&mut estimates).enumerate() {
            if is_drawn {
                drawn.mark(estimate, place * times + time);
            } else if let Some(moved) = &moved {
                moved[time].mark(estimate);
            }
            found.lines.push(line(*statistic, &span.name, estimate.clone()));
        }
        if times > 1 {
            let estimate = difference(&estimates[0], &estimates[times - 1]);
            let mut change = Line {
                what: What::Change(statistic.name()),
                form: if form(*statistic) == Form::Share { Form::Points } else { form(*statistic) },
                ..line(*statistic, &spans.change(), estimate)
            };
            if is_drawn {
                let number = DRAWN.len() * times + place;
                drawn.mark(&mut change.estimate, number);
                let p = drawn.p_value(number, Zero::Difference);
                tests.extend(p.map(|p| (found.lines.len(), p)));
            } else if let Some(moved) = &moved {
                let p = moved[0].mark_change(&moved[times - 1], &mut change.estimate);
                tests.extend(p.map(|p| (found.lines.len(), p)));
            }
            found.lines.push(change);
        }
    }
    correct(context, &mut found, &tests, BY_OWNERS)?;
    if group == context.owner() {
        found.lines.extend(without_one(context, &query, &spans)?);
    }
    found.sentences = sentence(&found.lines, times).into_iter().collect();
    found.notes.push(market.note().to_owned());
    Ok(found)
}

fn form(statistic: Statistic) -> Form {
    match statistic {
        Statistic::Cr1 | Statistic::Cr4 | Statistic::Cr10 => Form::Share,
        Statistic::Hhi => Form::Index,
        _ => Form::Plain,
    }
}

fn line(statistic: Statistic, when: &str, estimate: Estimate) -> Line {
    let what = What::Value(statistic.name());
    Line { what, unit: None, when: when.to_owned(), form: form(statistic), estimate, test: None }
}

/// What the units of a market hold, and who is drawn again.
struct Drawable {
    holdings: Holdings,
    /// Whether a copy of an owner brings units of its own, as models, rather than more of the same
    /// units, as countries.
    is_within: bool,
    /// Codes of mass that belongs to no unit.
    unattributed: Vec<u32>,
}

/// Puts sampling intervals beside the indices of one question, those of [`DRAWN`] and [`ALSO`];
/// others, and the Gini index of countries, have none.
pub(crate) fn mark(context: &Context<'_>, query: &Query, rows: &mut [Row]) -> Result<()> {
    let is_marked =
        |row: &Row| row.unit.is_none() && (row.statistic == ALSO || DRAWN.contains(&row.statistic));
    if !rows.iter().any(is_marked) {
        return Ok(());
    }
    let market = read(context, query, std::slice::from_ref(query))?;
    let is_drawn = |row: &Row| row.unit.is_none() && DRAWN.contains(&row.statistic);
    let drawn = rows.iter().any(is_drawn).then(|| market.drawn(context, 1));
    for row in rows.iter_mut().filter(|row| is_marked(row)) {
        let place = DRAWN.iter().position(|drawn| *drawn == row.statistic);
        if let (Some(number), Some(drawn)) = (place, &drawn) {
            drawn.mark(&mut row.estimate, number);
        } else if let Some(moved) = market.gini_moved(std::slice::from_ref(&row.estimate)) {
            moved[0].mark(&mut row.estimate);
        }
    }
    Ok(())
}

fn read(context: &Context<'_>, query: &Query, queries: &[Query]) -> Result<Drawable> {
    let market = context.market;
    let units = market.grouping(&query.group)?;
    let clusters = drawn_for(&query.group);
    let holdings = Holdings::read(market, market.grouping(&clusters)?, units, queries)?;
    let is_within = clusters == query.group || query.group.name() == "model";
    Ok(Drawable { holdings, is_within, unattributed: units.unattributed().to_vec() })
}

impl Drawable {
    fn is_unit(&self, code: u32) -> bool {
        self.unattributed.binary_search(&code).is_err()
    }

    /// How the Gini index moves with each owner at each time; `None` where an owner adds to
    /// units of others.
    fn gini_moved(&self, of_times: &[Estimate]) -> Option<Vec<gini::Moved>> {
        let at = |(time, estimate)| gini::Moved::of(self, time, estimate);
        if self.is_within { of_times.iter().enumerate().map(at).collect() } else { None }
    }

    fn note(&self) -> &'static str {
        if self.is_within {
            "sampling: owners drawn again with all their models; a copy is an owner of its own; \
             that of the Gini index by the closed form of Davidson"
        } else {
            "sampling: owners drawn again with all their models, wherever they are; the Gini index \
             has no sampling interval here"
        }
    }

    /// In every draw each index by time, then the change of each.
    fn drawn(&self, context: &Context<'_>, times: usize) -> Drawn {
        let with_changes = |indices: Vec<[f64; DRAWN.len()]>| {
            let of_index = |index: usize| indices.iter().map(move |of_time| of_time[index]);
            let mut numbers: Vec<f64> = (0..DRAWN.len()).flat_map(of_index).collect();
            let (first, last) = (indices[0], indices[times - 1]);
            numbers.extend(first.iter().zip(last).map(|(first, last)| last - first));
            numbers
        };
        if self.is_within {
            let markets: Vec<OfTime> = (0..times).map(|time| OfTime::new(self, time)).collect();
            let draws = replicate(self.holdings.owners, &context.draws, |weights| {
                with_changes(markets.iter().map(|market| market.indices(weights)).collect())
            });
            return Drawn::new(draws);
        }
        let units = self.holdings.units;
        let mut parts = LinearParts::new(units * times);
        for rows in self.holdings.by_owner() {
            let rows = rows.filter(|row| self.is_unit(self.holdings.rows[*row].unit));
            parts.push(rows.flat_map(|row| {
                let unit = self.holdings.rows[row].unit as usize;
                let values = self.holdings.of_row(row).iter().enumerate();
                values.map(move |(time, value)| ((time * units + unit) as u32, *value))
            }));
        }
        let draws = parts.each(&context.draws, |sums| {
            with_changes(sums.chunks(units).map(|sums| indices(sums.to_vec())).collect())
        });
        Drawn::new(draws)
    }
}

/// The indices of some sums, in the order of [`DRAWN`].
fn indices(mut sums: Vec<f64>) -> [f64; DRAWN.len()] {
    let total: f64 = sums.iter().sum();
    if total <= 0.0 {
        return [f64::NAN; DRAWN.len()];
    }
    sums.sort_unstable_by(|a, b| b.total_cmp(a));
    let squares: f64 = sums.iter().map(|sum| (sum / total).powi(2)).sum();
    let top = |k: usize| sums.iter().take(k).sum::<f64>() / total;
    [squares * 10_000.0, 1.0 / squares, top(1), top(4), top(LARGEST)]
}

/// The owners of one time: what each adds to the total and to its square, and who comes first.
struct OfTime {
    /// By owner: the sum of its units, and of their squares.
    sums: Vec<(u32, f64, f64)>,
    /// The largest units with their owners, so many that the first of a draw are among them.
    largest: Vec<(u32, f64)>,
}

/// In a draw a unit is missing with chance 0.37: that more than 190 of the 200 largest are is
/// rarer than anything that is drawn.
const KEPT: usize = 200;

impl OfTime {
    fn new(market: &Drawable, time: usize) -> Self {
        let holdings = &market.holdings;
        let mut sums = Vec::new();
        let mut largest = Vec::new();
        for rows in holdings.by_owner() {
            let owner = holdings.rows[rows.start].owner;
            let (mut sum, mut squares) = (0.0, 0.0);
            for row in rows.filter(|row| market.is_unit(holdings.rows[*row].unit)) {
                let value = holdings.of_row(row)[time];
                if value > 0.0 {
                    sum += value;
                    squares += value * value;
                    largest.push((owner, value));
                }
            }
            if sum > 0.0 {
                sums.push((owner, sum, squares));
            }
        }
        let descending = |a: &(u32, f64), b: &(u32, f64)| b.1.total_cmp(&a.1);
        if largest.len() > KEPT {
            largest.select_nth_unstable_by(KEPT, descending);
            largest.truncate(KEPT);
        }
        largest.sort_unstable_by(descending);
        Self { sums, largest }
    }

    /// The indices with each owner as often as its weight says.
    fn indices(&self, weights: &[u16]) -> [f64; DRAWN.len()] {
        let (mut total, mut squares) = (0.0, 0.0);
        for (owner, sum, of_squares) in &self.sums {
            let weight = f64::from(weights[*owner as usize]);
            total += weight * sum;
            squares += weight * of_squares;
        }
        if total <= 0.0 {
            return [f64::NAN; DRAWN.len()];
        }
        let squares = squares / total / total;
        let mut top = [0.0; 3];
        let mut taken = 0;
        for (owner, value) in &self.largest {
            let copies = usize::from(weights[*owner as usize]);
            for (top, k) in top.iter_mut().zip([1, 4, LARGEST]) {
                *top += copies.min(k - taken.min(k)) as f64 * value;
            }
            taken += copies;
            if taken >= LARGEST {
                break;
            }
        }
        let [cr1, cr4, cr10] = top.map(|top| top / total);
        [squares * 10_000.0, 1.0 / squares, cr1, cr4, cr10]
    }
}

/// The index of the last span without the owner that moves it most.
fn without_one(context: &Context<'_>, query: &Query, spans: &Spans) -> Result<Vec<Line>> {
    let last = spans.all()[spans.all().len() - 1].clone();
    let query = Query {
        statistics: vec![Statistic::Sum],
        top: None,
        group: query.group.clone(),
        ..last.within.query
    };
    let rows = answer(context.market, &query)?.rows;
    let units: Vec<_> = rows
        .iter()
        .filter_map(|row| {
            Some((row.unit.as_ref().filter(|_| row.is_attributed)?, row.estimate.value?))
        })
        .collect();
    let sums: Vec<f64> = units.iter().map(|(_, sum)| *sum).collect();
    let Some(left) = leave_one_out_hhi(&sums) else { return Ok(Vec::new()) };
    let most = left.most_influential;
    let Some(without) = left.without[most] else { return Ok(Vec::new()) };
    Ok(vec![Line {
        what: What::Value("hhi without its most telling owner"),
        unit: Some(units[most].0.clone()),
        when: last.name,
        form: Form::Index,
        // What the intervals of the others come to was not asked.
        estimate: Estimate::alone(without, sums.len() as u64 - 1),
        test: None,
    }])
}

/// What the change of the first index says.
fn sentence(lines: &[Line], times: usize) -> Option<Sentence> {
    let change = times;
    if times < 2 {
        return None;
    }
    let is_up = match direction(&lines[change], 0.0) {
        Direction::Up => true,
        Direction::Down => false,
        Direction::MayBeLuck => {
            return Some(Sentence::plain(vec![Piece::Words(
                "The Herfindahl–Hirschman index did not change by more than the luck of a few \
                 owners can do.",
            )]));
        }
        Direction::NotFromTheseData => {
            return Some(Sentence::plain(vec![Piece::Words(
                "Whether the market became more concentrated cannot be told from these data: gaps \
                 or what belongs to nobody known could undo the change.",
            )]));
        }
    };
    Some(Sentence::finding(vec![
        Piece::Words(if is_up {
            "The market became more concentrated: the Herfindahl–Hirschman index rose from "
        } else {
            "The market became less concentrated: the Herfindahl–Hirschman index fell from "
        }),
        Piece::Number { line: 0, end: End::Value },
        Piece::Words(" in "),
        Piece::Name(lines[0].when.clone()),
        Piece::Words(" to "),
        Piece::Number { line: times - 1, end: End::Value },
        Piece::Words(" in "),
        Piece::Name(lines[times - 1].when.clone()),
        Piece::Words(" (sampling interval of the change "),
        Piece::Number { line: change, end: End::SamplingLow },
        Piece::Words(" to "),
        Piece::Number { line: change, end: End::SamplingHigh },
        Piece::Words(")."),
    ]))
}
