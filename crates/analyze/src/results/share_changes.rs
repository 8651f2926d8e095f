//! What every change of a unit's share is made of, from each period to the next: owners that
//! changed what they offer, that gained or lost, that entered and that left.

use panel::Grouping;
use schema::{CalendarPeriod, Estimate, Group, Statistic};
use stats::{Decomposition, Presence, foster_haltiwanger_krizan};

use super::Spans;
use crate::sampling::Holdings;
use crate::{Market, Query, Result, find_units};

/// The change of a unit's share from one period to the next, −1 to 1, and its parts.
///
/// Of parts only what is known is told, without interval. The share is of what is known: models of
/// which the attribute is not known are in no sum.
#[derive(Debug, Clone, PartialEq)]
pub struct ShareChange {
    /// The earlier period.
    pub from: CalendarPeriod,
    /// The later one.
    pub to: CalendarPeriod,
    /// What owners did whose own models changed, at their shares of before.
    pub within: Estimate,
    /// Shares that moved between owners.
    pub between: Estimate,
    /// Owners that changed and gained together.
    pub cross: Estimate,
    /// Owners that entered.
    pub entry: Estimate,
    /// Owners that left.
    pub exit: Estimate,
}

/// What an owner holds of known models in two periods, and of those of the unit.
#[derive(Debug, Clone, Copy, Default)]
struct Held {
    known: [f64; 2],
    of_unit: [f64; 2],
}

/// What the changes of the share of a unit of a group are made of, by time, by the owners that the
/// query groups by; over the finest periods of the calendar of which the collection has two.
///
/// See `docs/methods/decomposition.md`. Fails where the name is not a unit's, or where there is one
/// period only. Of a period in which nothing is known no change is told.
pub fn share_changes(
    market: &Market,
    query: &Query,
    group: &Group,
    unit: &str,
) -> Result<Vec<ShareChange>> {
    // A period is a window of its own.
    let query =
        Query { statistics: vec![Statistic::Sum], window: schema::Window::Week, ..query.clone() };
    let of_group = Query { group: group.clone(), ..query.clone() };
    find_units(market, &of_group, &[unit.to_owned()])?;
    let spans = Spans::of(market, &query, &[])?;
    spans.expect_change()?;
    let (owners, units) = (market.grouping(&query.group)?, market.grouping(group)?);
    let holdings = Holdings::read(market, owners, units, &spans.queries())?;
    let pairs = spans.all().windows(2).enumerate();
    let changes = pairs.filter_map(|(time, pair)| {
        let held: Vec<Held> =
            holdings.by_owner().map(|rows| held(&holdings, rows, (units, unit), time)).collect();
        let parts = parts(&held)?;
        let owners = held.iter().filter(|held| held.known.iter().any(|known| *known > 0.0));
        let n = owners.count() as u64;
        let part = |value: f64| Estimate::alone(value, n);
        Some(ShareChange {
            from: pair[0].within.period,
            to: pair[1].within.period,
            within: part(parts.within),
            between: part(parts.between),
            cross: part(parts.cross),
            entry: part(parts.entry),
            exit: part(parts.exit),
        })
    });
    Ok(changes.collect())
}

/// What an owner, whose rows these are, holds at a time and at the next.
fn held(
    holdings: &Holdings,
    rows: std::ops::Range<usize>,
    (units, unit): (&Grouping, &str),
    time: usize,
) -> Held {
    let mut held = Held::default();
    for row in rows.filter(|row| units.is_attributed(holdings.rows[*row].unit)) {
        let is_of_unit = units.label(holdings.rows[row].unit) == unit;
        for (place, sum) in holdings.of_row(row)[time..=time + 1].iter().enumerate() {
            held.known[place] += sum;
            held.of_unit[place] += if is_of_unit { *sum } else { 0.0 };
        }
    }
    held
}

/// The parts; `None` where nothing is known of one of the periods.
fn parts(held: &[Held]) -> Option<Decomposition> {
    let totals = [0, 1].map(|time| held.iter().map(|held| held.known[time]).sum::<f64>());
    if totals.iter().any(|total| *total <= 0.0) {
        return None;
    }
    let presence = |held: &Held, time: usize| {
        let (known, of_unit) = (held.known[time], held.of_unit[time]);
        (known > 0.0).then(|| (known / totals[time], of_unit / known))
    };
    let owners: Vec<Presence> = (held.iter())
        .map(|held| Presence { before: presence(held, 0), after: presence(held, 1) })
        .collect();
    Some(foster_haltiwanger_krizan(&owners))
}
