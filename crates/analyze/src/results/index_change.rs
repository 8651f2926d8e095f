//! What a change of concentration is made of: owners that stayed, entered and left, sectors, and
//! the owners that moved it most.

use panel::Grouping;
use schema::{Estimate, Group};
use stats::{HhiChange, UnitSums, hhi_change};

use super::decomposition::ends;
use super::{Context, End, Form, Found, Line, Piece, Sentence, Spans, What};
use crate::sampling::Holdings;
use crate::{Error, Result};

/// What the part of one owner is called.
const OF_OWNER: &str = "part of one owner";

/// What the change of concentration is made of.
pub(crate) fn concentration(context: &Context<'_>) -> Result<Found> {
    let spans = ends(context)?;
    let owners = context.market.grouping(&Group::named(context.owner()))?;
    let whole = Grouping::by_key(&vec![Some(0); owners.model_count()], &["all"], "", "");
    let holdings = Holdings::read(context.market, owners, &whole, &spans.queries())?;
    let mut units = Vec::new();
    for row in 0..holdings.rows.len() {
        if owners.is_attributed(holdings.rows[row].owner) {
            let held = holdings.of_row(row);
            let at = |time: usize| (held[time] > 0.0).then(|| held[time]);
            units.push((holdings.rows[row].owner, UnitSums { before: at(0), after: at(1) }));
        }
    }
    let sums: Vec<UnitSums> = units.iter().map(|(_, sums)| *sums).collect();
    let Some(change) = hhi_change(&sums) else {
        return Err(Error::Contradiction { reason: "one of the two periods has no downloads" });
    };
    let HhiChange { continuing, entry, exit } = change;
    let mut found = Found { notes: vec![spans.note()], ..Found::default() };
    let parts = [
        ("whole change of the index", change.change()),
        ("owners that stayed", continuing),
        ("owners that entered", entry),
        ("owners that left", exit),
    ];
    for (part, value) in parts {
        found.lines.push(index_part(part, None, &spans, value, sums.len()));
    }
    found.lines.extend(by_sector(context, owners, &units, &spans)?);
    found.lines.extend(most_telling(owners, &units, &spans));
    found.sentences.extend(driven_by(&found.lines, parts.len()));
    Ok(found)
}

/// What each sector's owners did to the index, whatever the order in which sectors change.
fn by_sector(
    context: &Context<'_>,
    owners: &Grouping,
    units: &[(u32, UnitSums)],
    spans: &Spans,
) -> Result<Vec<Line>> {
    let sectors = context.market.grouping(&context.group("sector"))?;
    let mut sector_of = vec![0; owners.unit_count()];
    for place in 0..owners.model_count() {
        sector_of[owners.code(place) as usize] = sectors.code(place) as usize;
    }
    let sums: Vec<UnitSums> = units.iter().map(|(_, sums)| *sums).collect();
    let groups: Vec<usize> = units.iter().map(|(owner, _)| sector_of[*owner as usize]).collect();
    // More sectors than can be put in every order are no sectors; a market without mass has none.
    let Ok(shapley) = stats::shapley_of_groups(&sums, &groups, stats::hhi) else {
        return Ok(Vec::new());
    };
    let line = |(sector, value): (usize, &f64)| {
        let name = Some(sectors.label(sector as u32).to_owned());
        index_part("part of a sector, by Shapley", name, spans, *value, units.len())
    };
    Ok(shapley.parts.iter().enumerate().map(line).collect())
}

fn index_part(
    what: &'static str,
    unit: Option<String>,
    spans: &Spans,
    value: f64,
    n: usize,
) -> Line {
    let estimate = Estimate::alone(value, n as u64);
    let when = spans.change();
    Line { what: What::Part(what), unit, when, form: Form::Index, estimate, test: None }
}

/// The owners whose squared share changed most: together all of them make the whole change.
fn most_telling(owners: &Grouping, units: &[(u32, UnitSums)], spans: &Spans) -> Vec<Line> {
    const TOLD: usize = 5;
    let total = |of: fn(&UnitSums) -> Option<f64>| -> f64 {
        units.iter().filter_map(|(_, sums)| of(sums)).sum()
    };
    let totals = (total(|sums| sums.before), total(|sums| sums.after));
    let square = |sum: Option<f64>, total: f64| (sum.unwrap_or_default() / total).powi(2);
    let moved =
        |sums: &UnitSums| 10_000.0 * (square(sums.after, totals.1) - square(sums.before, totals.0));
    let mut by_size: Vec<(u32, f64)> =
        units.iter().map(|(owner, sums)| (*owner, moved(sums))).collect();
    by_size.sort_by(|a, b| b.1.abs().total_cmp(&a.1.abs()));
    let line = |(owner, value): &(u32, f64)| {
        let name = owners.label(*owner).to_owned();
        index_part(OF_OWNER, Some(name), spans, *value, units.len())
    };
    by_size.iter().take(TOLD).map(line).collect()
}

fn driven_by(lines: &[Line], first: usize) -> Option<Sentence> {
    let whole = lines[0].estimate.value?;
    let value = |line: usize| lines[line].estimate.value.unwrap_or_default();
    let is_owner = |line: &usize| lines[*line].what == What::Part(OF_OWNER);
    let driver = (first..lines.len()).filter(is_owner).find(|line| value(*line) * whole > 0.0)?;
    Some(Sentence::plain(vec![
        Piece::Words("Of the change of the index by "),
        Piece::Number { line: 0, end: End::Value },
        Piece::Words(" ("),
        Piece::Name(lines[0].when.clone()),
        Piece::Words("), the largest part in the same direction, "),
        Piece::Number { line: driver, end: End::Value },
        Piece::Words(", is that of "),
        Piece::Name(lines[driver].unit.clone()?),
        Piece::Words("."),
    ]))
}
