//! What a figure says in words that can be quoted: its newest numbers, how sure each is, what they
//! are shares of, and whose data they rest on.

use chart::{Figure, Kind, Point, Series, X};

use super::{day, moment_of, range};
use crate::figures::Drawing;

/// Numbers that are named; more are read in the table.
const NAMED: usize = 3;
/// What is left over in a picture, and yet belongs to units that are known.
const OTHERS: &str = "(others)";

/// The words, from the figure's own numbers.
pub(crate) fn words(drawing: &Drawing) -> String {
    let figure = &drawing.figure;
    let said = newest(figure).unwrap_or_else(|| chart::summary(figure));
    let simulated = if figure.simulated { " Simulated data." } else { "" };
    let text = format!(
        "{}: {said} {} Data: {}, through {}.{simulated}",
        figure.title,
        drawing.covers,
        figure.source.trim_end_matches('.'),
        day(drawing.data_through.day()),
    );
    text.replace('\u{a0}', " ")
}

/// The largest numbers of the newest moment, and how much belongs to nobody known; nothing where
/// the figure is not over time, or the moment is of no number.
fn newest(figure: &Figure) -> Option<String> {
    if !matches!(figure.kind, Kind::Line | Kind::Area | Kind::Dots) {
        return None;
    }
    let shown = || figure.series.iter().filter(|series| !series.is_hidden);
    let points = shown().flat_map(|series| &series.points);
    let known = points.filter(|point| point.estimate.value.is_some()).map(|point| point.x);
    let (when, said) = latest(known)?;
    let at = |series: &Series| series.points.iter().rfind(|point| point.x == when).cloned();
    let mut named: Vec<(&Series, Point)> = shown()
        .filter(|series| !series.is_residual)
        .filter_map(|series| Some((series, at(series)?)))
        .filter(|(_, point)| point.estimate.value.is_some())
        .collect();
    named.sort_by(|(_, one), (_, other)| {
        let value = |point: &Point| point.estimate.value.unwrap_or_default();
        value(other).total_cmp(&value(one))
    });
    let is_alone = named.len() == 1;
    let numbers: Vec<String> = named
        .iter()
        .take(NAMED)
        .map(|(series, point)| {
            let number = number(figure, point);
            if is_alone { number } else { format!("{} {number}", series.label) }
        })
        .collect();
    if numbers.is_empty() {
        return None;
    }
    let of_none = shown().filter(|series| series.is_residual && series.key != OTHERS);
    let unknown: f64 = of_none.filter_map(|series| at(series)?.estimate.value).sum();
    let unknown = match unknown {
        0.0 => String::new(),
        sum => format!("; {} belong to none that is known", chart::format_value(&figure.unit, sum)),
    };
    Some(format!("{said}, {}{unknown}.", numbers.join(", ")))
}

/// A number with what it is uncertain by; where it is by nothing, alone.
fn number(figure: &Figure, point: &Point) -> String {
    let unit = &figure.unit;
    let estimate = &point.estimate;
    let ranges = [
        ("interval", range(unit, estimate.low, estimate.high)),
        ("bounds", range(unit, estimate.bound_low, estimate.bound_high)),
    ];
    let told: Vec<String> =
        ranges.into_iter().filter_map(|(word, range)| Some(format!("{word} {}", range?))).collect();
    let value = estimate.value.map(|value| chart::format_value(unit, value)).unwrap_or_default();
    let noun = match unit {
        chart::Unit::Count(noun) | chart::Unit::Number(noun) if !noun.is_empty() => {
            format!(" {noun}")
        }
        _ => String::new(),
    };
    if told.is_empty() {
        return format!("{value}{noun}");
    }
    format!("{value}{noun} ({})", told.join(", "))
}

/// The last of some moments, and how it is said; nothing where they are none of the calendar's.
fn latest(moments: impl Iterator<Item = X>) -> Option<(X, String)> {
    let at = |x: &X| match x {
        X::Week(week) => Some(week.start().millis()),
        X::Instant(at) => Some(at.millis()),
        X::Age(_) | X::Period(_) | X::Share(_) | X::Place(_) => None,
    };
    let (_, x) = moments.filter_map(|x| Some((at(&x)?, x))).max_by_key(|(at, _)| *at)?;
    let said = match x {
        X::Week(week) => moment_of(analyze::At::Week(week)),
        X::Instant(at) => moment_of(analyze::At::Instant(at)),
        _ => return None,
    };
    Some((x, said))
}

#[cfg(test)]
mod tests {
    use chart::Unit;
    use schema::{CellState, Estimate, Week};

    use super::*;

    fn series(key: &str, is_residual: bool, value: f64, bounds: Option<(f64, f64)>) -> Series {
        let point = |week: i32, value: f64| {
            let mut estimate = Estimate::exact(value, 3);
            if let Some((low, high)) = bounds {
                estimate.bound_low = Some(low);
                estimate.bound_high = Some(high);
            }
            let monday: Week = "2024-03-04".parse().unwrap();
            Point { x: X::Week(monday.plus(week)), estimate, state: CellState::Observed }
        };
        Series {
            key: key.to_owned(),
            label: key.to_owned(),
            points: vec![point(0, 0.9), point(1, value)],
            is_residual,
            is_hidden: false,
        }
    }

    fn figure(kind: Kind, unit: Unit, series: Vec<Series>) -> Figure {
        Figure {
            id: "x".to_owned(),
            kind,
            title: "Shares".to_owned(),
            subtitle: String::new(),
            unit,
            source: "someone".to_owned(),
            data_through: String::new(),
            simulated: false,
            series,
            is_ordered: false,
            events: Vec::new(),
            reference_lines: Vec::new(),
            choices: Vec::new(),
            nodes: Vec::new(),
            links: Vec::new(),
            notes: Vec::new(),
        }
    }

    #[test]
    fn the_largest_are_told_with_their_bounds_and_what_is_nobodys() {
        let all = vec![
            series("france", false, 0.05, Some((0.05, 0.15))),
            series("us", false, 0.5, Some((0.5, 0.6))),
            series("uk", false, 0.04, Some((0.04, 0.14))),
            series("china", false, 0.3, Some((0.3, 0.4))),
            series("(others)", true, 0.01, None),
            series("unknown", true, 0.07, None),
            series("unreviewed", true, 0.03, None),
        ];
        let told = newest(&figure(Kind::Area, Unit::Share, all)).unwrap().replace('\u{a0}', " ");
        assert_eq!(
            told,
            "in the week of 11 Mar 2024, us 50.0 % (bounds 50.0 to 60.0 %), china 30.0 % (bounds \
             30.0 to 40.0 %), france 5.0 % (bounds 5.0 to 15.0 %); 10.0 % belong to none that is \
             known."
        );
    }

    #[test]
    fn one_number_needs_no_name_and_an_exact_one_no_range() {
        let alone = vec![series("google", false, 12.0, None)];
        let told = newest(&figure(Kind::Line, Unit::Count("downloads"), alone)).unwrap();
        assert_eq!(told.replace('\u{a0}', " "), "in the week of 11 Mar 2024, 12 downloads.");
        let hidden = Series { is_hidden: true, ..series("us", false, 0.5, None) };
        assert_eq!(newest(&figure(Kind::Area, Unit::Share, vec![hidden])), None);
        assert_eq!(newest(&figure(Kind::Lorenz, Unit::Share, Vec::new())), None);
    }
}
