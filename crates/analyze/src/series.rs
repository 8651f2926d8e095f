//! Numbers over time as they are set beside each other: of named units, by the age of each, and as
//! indices of which the first is 100.
//!
//! See `docs/methods/series.md`.

use schema::{Estimate, Statistic, near};

use crate::answer::{self, At, Row};
use crate::{Answer, Error, Market, Period, Query, Result, ratio};

/// What the first number of an index is.
pub const FIRST: f64 = 100.0;
const DAYS_A_WEEK: f64 = 7.0;

/// Answers a query of the units with these names alone, with the market's total and mass that
/// belongs to none.
///
/// Fails where a name is not a unit's, or where the statistic is not of units.
pub fn answer_units(market: &Market, query: &Query, names: &[String]) -> Result<Answer> {
    check_named(query)?;
    find_units(market, query, names)?;
    let keep = |_, mut rows: Vec<Row>| {
        // Of all other units nothing was asked.
        let mut totals = 0;
        rows.retain(|row| {
            let is_total = row.unit.is_none() && row.statistic == Statistic::Sum;
            totals += usize::from(is_total);
            row.unit.is_some() || (is_total && totals == 1)
        });
        rows
    };
    let rows = answer::answer_named(market, query, names, keep)?;
    answer::assembled(market, query, rows.into_iter().flatten().collect())
}

/// Fails where a statistic of a query is not of single units, which alone have names.
pub fn check_named(query: &Query) -> Result<()> {
    if query.statistics.iter().all(|statistic| statistic.is_of_units()) {
        return Ok(());
    }
    Err(Error::Contradiction {
        reason: "units are named, and the statistic is of the whole market; name no units, or ask \
                 for sum, share, rank or percentile",
    })
}

/// Fails at the first name that is not a unit's of the query's group, with names near it.
pub fn find_units(market: &Market, query: &Query, names: &[String]) -> Result<()> {
    let grouping = market.grouping(&query.group)?;
    let is_unit = |name: &str| grouping.find(name).is_some_and(|code| grouping.is_attributed(code));
    let Some(unknown) = names.iter().find(|name| !is_unit(name)) else { return Ok(()) };
    let labels = (0..grouping.unit_count() as u32).filter(|code| grouping.is_attributed(*code));
    Err(Error::UnknownUnit {
        group: query.group.name().to_owned(),
        given: unknown.clone(),
        near: near(unknown, labels.map(|code| grouping.label(code))),
    })
}

/// The first moment of the record at which each of some units holds anything, by their order;
/// `None` where one never did. The query says what is counted, of what and of which models.
///
/// A unit that holds something at the record's own first moment may be older: see [`begin`].
pub fn first_moments(market: &Market, query: &Query, names: &[String]) -> Result<Vec<Option<At>>> {
    let query = Query {
        statistics: vec![Statistic::Sum],
        period: Period::Readings,
        window: schema::Window::Week,
        top: None,
        ..query.clone()
    };
    let holding = |at, rows: Vec<Row>| {
        let has_any = |name: &String| {
            let mut of_name = rows.iter().filter(|row| row.unit.as_ref() == Some(name));
            of_name.any(|row| row.is_attributed && row.estimate.value.is_some_and(|sum| sum > 0.0))
        };
        (at, names.iter().map(has_any).collect::<Vec<bool>>())
    };
    let moments = answer::answer_named(market, &query, names, holding)?;
    let first = |place: usize| moments.iter().find(|(_, has)| has[place]).map(|(at, _)| *at);
    Ok((0..names.len()).map(first).collect())
}

/// The first moment of the record of what a query counts.
pub fn begin(market: &Market, query: &Query) -> Result<Option<At>> {
    let all = Query { period: Period::Readings, window: schema::Window::Week, ..query.clone() };
    Ok(answer::times(market, &all)?.first().copied())
}

/// Fails where a statistic has no index: where the first number is no measure of the later ones.
pub fn check_index(statistic: Statistic) -> Result<()> {
    if !matches!(statistic, Statistic::Rank | Statistic::Percentile | Statistic::Lorenz) {
        return Ok(());
    }
    Err(Error::Contradiction {
        reason: "places are no amounts, so that none is a part of another: an index is of sums, \
                 shares, and indices of the market",
    })
}

/// Makes the numbers of each unit and statistic an index, in rows that are in the order of time.
pub fn index_rows(rows: &mut [Row]) {
    let mut by_unit: Vec<&mut Row> = rows.iter_mut().collect();
    // A stable sort, so that each stays in the order of time.
    by_unit.sort_by(|a, b| {
        let key = |row: &Row| (row.statistic, row.is_attributed);
        key(a).cmp(&key(b)).then_with(|| a.unit.cmp(&b.unit))
    });
    let is_same = |a: &&mut Row, b: &&mut Row| a.statistic == b.statistic && a.unit == b.unit;
    for of_unit in by_unit.chunk_by_mut(is_same) {
        index(of_unit.iter_mut().map(|row| &mut row.estimate));
    }
}

/// Whole weeks from the first moment of a unit to a later one; `None` before it.
#[must_use]
pub fn age_in_weeks(first: At, at: At) -> Option<u32> {
    let weeks = match (first, at) {
        (At::Week(first), At::Week(week)) => week.number() - first.number(),
        (At::Instant(first), At::Instant(at)) if at >= first => {
            (at.days_since(first) / DAYS_A_WEEK) as i32
        }
        _ => return None,
    };
    u32::try_from(weeks).ok()
}

/// Makes numbers over time an index: each in hundredths of the first that is known and above zero.
/// Before it none is defined.
///
/// The ends of the interval and the bounds are the widest that agree with both numbers, as of
/// [`ratio`]; the first itself is 100 by definition, and so exact.
pub fn index<'a>(numbers: impl Iterator<Item = &'a mut Estimate>) {
    let mut base: Option<Estimate> = None;
    for number in numbers {
        *number = match &base {
            Some(base) => in_hundredths(&ratio(base, number)),
            None if number.value.is_some_and(|value| value > 0.0) => {
                let first = number.clone();
                let indexed = Estimate {
                    estimated_share: first.estimated_share,
                    missing_cells: first.missing_cells,
                    ..Estimate::exact(FIRST, first.n)
                };
                base = Some(first);
                indexed
            }
            None => {
                Estimate { missing_cells: number.missing_cells, ..Estimate::undefined(number.n) }
            }
        };
    }
}

fn in_hundredths(ratio: &Estimate) -> Estimate {
    let hundredths = |end: Option<f64>| end.map(|end| end * FIRST);
    Estimate {
        value: hundredths(ratio.value),
        low: hundredths(ratio.low),
        high: hundredths(ratio.high),
        bound_low: hundredths(ratio.bound_low),
        bound_high: hundredths(ratio.bound_high),
        ..ratio.clone()
    }
}

#[cfg(test)]
mod tests {
    use schema::{Day, Instant, Week};

    use super::*;

    fn values(numbers: &[Estimate]) -> Vec<Option<f64>> {
        numbers.iter().map(|number| number.value).collect()
    }

    #[test]
    fn an_index_begins_at_the_first_number_above_zero() {
        let none = Estimate::undefined(0);
        let mut numbers = [none.clone(), Estimate::exact(0.0, 1), Estimate::exact(4.0, 1)].to_vec();
        numbers.extend([Estimate::exact(6.0, 1), none, Estimate::exact(0.0, 1)]);
        index(numbers.iter_mut());
        let expected = [None, None, Some(100.0), Some(150.0), None, Some(0.0)];
        assert_eq!(values(&numbers), expected);
        assert_eq!((numbers[3].low, numbers[3].high), (Some(150.0), Some(150.0)));
    }

    /// 8 (6 to 12) after 4 (3 to 5): 200, at least 6/5 and at most 12/3.
    #[test]
    fn the_ends_of_an_index_agree_with_both_numbers() {
        let between = |value: f64, low: f64, high: f64| Estimate {
            low: Some(low),
            high: Some(high),
            ..Estimate::alone(value, 2)
        };
        let mut numbers = [between(4.0, 3.0, 5.0), between(8.0, 6.0, 12.0)];
        index(numbers.iter_mut());
        let first = (numbers[0].value, numbers[0].low, numbers[0].high);
        assert_eq!(first, (Some(100.0), Some(100.0), Some(100.0)));
        let later = (numbers[1].value, numbers[1].low, numbers[1].high);
        assert_eq!(later, (Some(200.0), Some(120.0), Some(400.0)));
        assert_eq!(numbers[1].bound_high, None, "no bound is made up");
    }

    #[test]
    fn an_age_is_of_whole_weeks_that_are_over() {
        let week = |number| At::Week(Week::from_number(number));
        assert_eq!(age_in_weeks(week(10), week(10)), Some(0));
        assert_eq!(age_in_weeks(week(10), week(14)), Some(4));
        assert_eq!(age_in_weeks(week(10), week(9)), None);
        let day = |text: &str| At::Instant(Instant::parse_as_of(text).unwrap());
        assert_eq!(age_in_weeks(day("2026-03-01"), day("2026-03-07")), Some(0));
        assert_eq!(age_in_weeks(day("2026-03-01"), day("2026-03-08")), Some(1));
        assert_eq!(age_in_weeks(day("2026-03-08"), day("2026-03-01")), None);
        let instant = At::Instant(Day::from_ymd(2026, 3, 1).unwrap().start());
        assert_eq!(age_in_weeks(week(10), instant), None, "moments of two kinds have no distance");
    }
}
