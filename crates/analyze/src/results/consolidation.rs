//! Is the market consolidating, since when, and driven by whom?

use schema::{Estimate, Group, Statistic, Window};
use stats::{
    BrokenLine, BrokenLineOptions, Knot, Phase, Resampling, broken_lines, mann_kendall_hamed_rao,
    theil_sen,
};

use super::blocks::Blocks;
use super::moves::{Moves, redrawn};
use super::shares::BY_OWNERS;
use super::verdict::correct;
use super::{Context, End, Form, Found, Line, Piece, Sentence, Test, What};
use crate::sampling::{CONFIDENCE, Drawn, Holdings, Zero};
use crate::{Query, Result, answer_each};

/// Blocks in a year of 52 weeks.
const BLOCKS_A_YEAR: f64 = 13.0;
/// Blocks at each end of a phase that are compared.
const COMPARED: usize = 3;
/// The part of a change below which an owner is not told to drive it.
const LEAST_PART: f64 = 0.02;
/// Owners that are told to drive a phase.
const DRIVERS: usize = 3;
const MANN_KENDALL: &str = "Mann–Kendall, corrected for serial correlation by Hamed and Rao";

const SEARCH: BrokenLineOptions = BrokenLineOptions {
    most_knots: 4,
    min_segment: 4,
    replicates: 400,
    seed: 20_240_601,
    confidence: CONFIDENCE,
    threads: 1,
};

/// The phases of the Herfindahl–Hirschman index by owner.
pub(crate) fn consolidation(context: &Context<'_>) -> Result<Found> {
    let blocks = Blocks::of(context)?;
    let mut query = context.query(context.owner(), vec![Statistic::Hhi]);
    query.window = Window::Weeks(4);
    query.period = blocks.period();
    let rows = answer_each(context.market, &query, |at, rows| (at, rows))?;
    let ends = rows.into_iter().filter(|(at, _)| blocks.is_end(*at));
    let series: Vec<f64> =
        ends.filter_map(|(_, rows)| rows.first().and_then(|row| row.estimate.value)).collect();
    let mut found = Found::default();
    found.notes.push(format!("{} blocks of four weeks, {}", blocks.count(), blocks.name()));
    if series.len() < blocks.count() {
        found.notes.push("in some block nothing is known; no date is looked for".to_owned());
        return Ok(found);
    }
    found.lines.extend(trend(&blocks, &series));
    let search = BrokenLineOptions { threads: context.draws.threads, ..SEARCH };
    if let Some(broken) = broken_lines(&[&series], &search) {
        let moves = Moves::of_index(context, &blocks)?;
        let draws = Resampling { replicates: SEARCH.replicates, ..context.draws };
        // Which phases there are is asked of the blocks' noise, and of their change below.
        let told: Vec<Told> = phases(&broken.lines[0]);
        let broken = broken.widened(redrawn(&[&series], &[&moves], &draws), &search);
        phase_lines(context, &blocks, &broken.lines[0], &told, &mut found)?;
    }
    if found.sentences.is_empty() {
        found.sentences.push(Sentence::plain(vec![Piece::Words(
            "No stretch of rising or falling concentration can be told from the noise of its blocks.",
        )]));
    }
    found.notes.push(
        "dates and slopes: residuals drawn again, and owners drawn again; where a rise meets a fall, a \
         level stretch of fewer than four blocks in between is within the range; a phase that is \
         told also has to be more than the luck of a few owners"
            .to_owned(),
    );
    Ok(found)
}

/// The slope of the whole record, as it is told whatever its shape.
fn trend(blocks: &Blocks, series: &[f64]) -> Option<Line> {
    let times: Vec<f64> = (0..series.len()).map(|block| block as f64 / BLOCKS_A_YEAR).collect();
    let slope = theil_sen(&times, series, CONFIDENCE)?;
    let test = mann_kendall_hamed_rao(series).map(|test| Test {
        method: MANN_KENDALL,
        p: test.p_value,
        adjusted: test.p_value,
        family: 1,
    });
    Some(Line {
        what: What::Value("slope of hhi a year, the whole record"),
        unit: None,
        when: blocks.name(),
        form: Form::Index,
        estimate: Estimate {
            sampling_low: Some(slope.interval.low),
            sampling_high: Some(slope.interval.high),
            ..Estimate::alone(slope.slope, series.len() as u64)
        },
        test,
    })
}

/// Phases of one direction, neighbours joined.
struct Told {
    from: usize,
    to: usize,
    is_up: bool,
    /// The place of its first knot among all, and of its last; none at the ends of the record.
    begins: Option<usize>,
    ends: Option<usize>,
}

/// The phases whose slope is surely not level, neighbours of the same direction joined.
fn phases(broken: &BrokenLine) -> Vec<Told> {
    let mut told: Vec<Told> = Vec::new();
    for (place, Phase { from, to, slope, slope_interval }) in broken.phases.iter().enumerate() {
        if slope_interval.contains(0.0) {
            continue;
        }
        let ends = (place < broken.knots.len()).then_some(place);
        match told.last_mut() {
            Some(last) if last.to == *from && last.is_up == (*slope > 0.0) => {
                (last.to, last.ends) = (*to, ends);
            }
            _ => told.push(Told {
                from: *from,
                to: *to,
                is_up: *slope > 0.0,
                begins: place.checked_sub(1),
                ends,
            }),
        }
    }
    told
}

/// From when to when the phase after a knot may begin.
fn begin_of(broken: &BrokenLine, knot: usize) -> [usize; 2] {
    let Knot { earliest, latest, .. } = broken.knots[knot];
    let hidden = hidden(broken.phases[knot + 1].slope, broken.phases[knot].slope);
    [earliest, (latest + hidden).min(broken.fitted.len() - 1)]
}

/// From when to when the phase before a knot may end.
fn end_of(broken: &BrokenLine, knot: usize) -> [usize; 2] {
    let Knot { earliest, latest, .. } = broken.knots[knot];
    let hidden = hidden(broken.phases[knot].slope, broken.phases[knot + 1].slope);
    [earliest.saturating_sub(hidden), latest]
}

/// How many blocks a phase may end before the knot at which it meets the one beyond, or begin
/// after it.
///
/// Where a fall turns into a rise, or a rise into a fall, a level stretch in between that is
/// shorter than any that is looked for is not seen: the knot is where the two lines would meet.
/// Of a stretch of L blocks between slopes a and b that is `L·|b|/(|a| + |b|)` from the end of the
/// phase of slope a.
fn hidden(slope: f64, beyond: f64) -> usize {
    if slope * beyond >= 0.0 {
        return 0;
    }
    let longest = (SEARCH.min_segment - 1) as f64;
    (longest * beyond.abs() / (slope.abs() + beyond.abs())).ceil() as usize
}

fn phase_lines(
    context: &Context<'_>,
    blocks: &Blocks,
    broken: &BrokenLine,
    told: &[Told],
    found: &mut Found,
) -> Result<()> {
    let mut tests = Vec::new();
    let mut first_lines = Vec::new();
    for phase in told {
        let first = found.lines.len();
        first_lines.push(first);
        let when = format!("{} → {}", blocks.first_week(phase.from), blocks.first_week(phase.to));
        let date = |what: &'static str, block: usize, range: Option<[usize; 2]>| Line {
            what: What::Date(what),
            unit: None,
            when: when.clone(),
            form: Form::Week,
            estimate: Estimate {
                sampling_low: range.map(|[earliest, _]| blocks.monday(earliest)),
                sampling_high: range.map(|[_, latest]| blocks.monday(latest)),
                ..Estimate::alone(blocks.monday(block), blocks.count() as u64)
            },
            test: None,
        };
        let begin = match (phase.is_up, phase.begins) {
            (true, Some(_)) => "concentration rises from",
            (false, Some(_)) => "concentration falls from",
            (true, None) => "concentration rises from the first block or before",
            (false, None) => "concentration falls from the first block or before",
        };
        let end = match (phase.is_up, phase.ends) {
            (true, Some(_)) => "concentration rises until",
            (false, Some(_)) => "concentration falls until",
            (true, None) => "concentration rises to the last block or beyond",
            (false, None) => "concentration falls to the last block or beyond",
        };
        found.lines.push(date(begin, phase.from, phase.begins.map(|knot| begin_of(broken, knot))));
        found.lines.push(date(end, phase.to, phase.ends.map(|knot| end_of(broken, knot))));
        let (change, p, drivers) = compared(context, blocks, phase, &when)?;
        tests.extend(p.map(|p| (found.lines.len(), p)));
        found.lines.push(change);
        found.lines.extend(drivers);
    }
    correct(context, found, &tests, BY_OWNERS)?;
    for (phase, first) in told.iter().zip(first_lines) {
        let sentence = sentence(&found.lines, first, phase);
        found.sentences.push(sentence);
    }
    Ok(())
}

/// The change of the index from the first blocks of a phase to its last, its test, and the owners
/// whose squared shares changed most in its direction.
fn compared(
    context: &Context<'_>,
    blocks: &Blocks,
    phase: &Told,
    when: &str,
) -> Result<(Line, Option<f64>, Vec<Line>)> {
    let compared = COMPARED.min((phase.to - phase.from).div_ceil(2)).max(1);
    let query = context.query(context.owner(), vec![Statistic::Hhi]);
    let span = |last: usize| Query {
        window: Window::Weeks(4 * compared as u16),
        ..blocks.query(&query, last)
    };
    let queries = [span(phase.from + compared - 1), span(phase.to)];
    let owners = context.market.grouping(&Group::named(context.owner()))?;
    let whole = panel::Grouping::by_key(&vec![Some(0); owners.model_count()], &["all"], "", "");
    let holdings = Holdings::read(context.market, owners, &whole, &queries)?;
    let is_owner = |row: &usize| owners.is_attributed(holdings.rows[*row].owner);
    let rows: Vec<usize> = (0..holdings.rows.len()).filter(is_owner).collect();
    let mut parts = stats::LinearParts::new(4);
    for row in &rows {
        let [before, after] = [holdings.of_row(*row)[0], holdings.of_row(*row)[1]];
        parts.push([(0, before), (1, before * before), (2, after), (3, after * after)]);
    }
    let change = |sums: &[f64]| 10_000.0 * (sums[3] / sums[2].powi(2) - sums[1] / sums[0].powi(2));
    let sums = parts.sums();
    let drawn = Drawn::new(parts.each(&context.draws, |sums| vec![change(sums)]));
    let mut line = Line {
        what: What::Change("hhi"),
        unit: None,
        when: when.to_owned(),
        form: Form::Index,
        estimate: Estimate::alone(change(&sums), rows.len() as u64),
        test: None,
    };
    drawn.mark(&mut line.estimate, 0);
    let moved = |row: &usize| {
        let held = holdings.of_row(*row);
        10_000.0 * ((held[1] / sums[2]).powi(2) - (held[0] / sums[0]).powi(2))
    };
    let mut drivers: Vec<(usize, f64)> = rows.iter().map(|row| (*row, moved(row))).collect();
    let least = LEAST_PART * change(&sums).abs();
    drivers.retain(|(_, moved)| (*moved > 0.0) == phase.is_up && moved.abs() >= least);
    drivers.sort_by(|a, b| b.1.abs().total_cmp(&a.1.abs()));
    let driver = |(row, moved): &(usize, f64)| Line {
        what: What::Part("part of one owner"),
        unit: Some(owners.label(holdings.rows[*row].owner).to_owned()),
        when: when.to_owned(),
        form: Form::Index,
        estimate: Estimate::alone(*moved, rows.len() as u64),
        test: None,
    };
    let drivers = drivers.iter().take(DRIVERS).map(driver).collect();
    Ok((line, drawn.p_value(0, Zero::Difference), drivers))
}

fn sentence(lines: &[Line], first: usize, phase: &Told) -> Sentence {
    let (change, driver) = (first + 2, first + 3);
    let is_sure = lines[change].test.is_some_and(|test| test.adjusted <= super::verdict::LEVEL);
    let mut pieces = vec![Piece::Words(if phase.is_up {
        "Concentration by owner rose from "
    } else {
        "Concentration by owner fell from "
    })];
    for (line, is_inside, edge) in [
        (first, phase.begins.is_some(), "the beginning of the record, the week of "),
        (first + 1, phase.ends.is_some(), "the end of the record, the week of "),
    ] {
        if line > first {
            pieces.push(Piece::Words(" to "));
        }
        pieces.push(Piece::Words(if is_inside { "the week of " } else { edge }));
        pieces.push(Piece::Number { line, end: End::Value });
        if is_inside {
            pieces.extend([
                Piece::Words(" ("),
                Piece::Number { line, end: End::SamplingLow },
                Piece::Words(" to "),
                Piece::Number { line, end: End::SamplingHigh },
                Piece::Words(")"),
            ]);
        }
    }
    pieces.extend([
        Piece::Words(", by "),
        Piece::Number { line: change, end: End::Size },
        Piece::Words(" points of the Herfindahl–Hirschman index"),
    ]);
    if lines.get(driver).is_some_and(|line| matches!(line.what, What::Part(_))) {
        pieces.extend([
            Piece::Words(", driven most by "),
            Piece::Name(lines[driver].unit.clone().unwrap_or_default()),
        ]);
    }
    if is_sure {
        pieces.push(Piece::Words("."));
        return Sentence::finding(pieces);
    }
    pieces.push(Piece::Words("; so much may be the luck of a few owners."));
    Sentence::plain(pieces)
}
