//! What an attribute of the roots of families becomes in what is made from them, as a flow.

use std::collections::BTreeMap;

use analyze::{Transition, transitions};
use chart::{Choice, Kind, Series, Unit, X};
use schema::Statistic;

use super::{Brief, Content, definition, lower_first, measured, point};
use crate::parts;
use crate::view::View;

/// The attribute that is followed when the view names none.
pub(crate) const USUAL: &str = "license_family";
/// Values of either side with a node of their own; the others are one.
const NAMED: usize = 7;
/// A value with less than this on both sides is one of the others.
const LEAST: f64 = 0.01;
const OTHERS: &str = "all others";
const UNKNOWN: &str = "unknown";

/// The flow of an attribute, and what its places on the right are called.
pub(super) fn content(view: &View, attribute: &str) -> analyze::Result<(Content, Vec<Choice>)> {
    let group = view.group(attribute);
    let query = view.query(group.clone(), &[Statistic::Share], view.newest());
    let found = transitions(&view.shown.market, &query)?;
    let named = named(&found.rows);
    let title = lower_first(&view.shown.title_of(&group));
    let share = |value: Option<f64>| value.map(|value| chart::format_value(&Unit::Share, value));
    let derivatives = match (share(found.derivatives.value), share(found.derivatives.bound_high)) {
        (Some(value), Some(most)) if value != most => {
            format!(
                "{value} of all are of derivatives, and at most {most}, since of some models the root is not known"
            )
        }
        (Some(value), _) => format!("{value} of all are of derivatives"),
        _ => "how much is of derivatives is not known".to_owned(),
    };
    let meaning = format!(
        "Of {} of models made from others, the share by the {title} of the root of their lineage \
         (left) and their own (right), as of {}; {derivatives}.",
        view.measure.unit(),
        parts::day(found.at.day()),
    );
    let content = Content {
        kind: Kind::Flow,
        unit: Unit::Share,
        title: format!("From root to derivative: {title}, by {}", measured(view)),
        subtitle: format!("{meaning} {}", definition(view)),
        brief: Brief { title: format!("From root to derivative: {title}"), subtitle: meaning },
        series: series(&found.rows, &named),
        is_ordered: false,
        reference_lines: Vec::new(),
    };
    let places = (1_u32..).zip(&named);
    let choices = places.map(|(place, name)| Choice { label: label(name), places: vec![place] });
    Ok((content, choices.collect()))
}

/// The values with nodes, the largest first; then the others, and what is not known.
fn named(rows: &[Transition]) -> Vec<String> {
    let mut sums: BTreeMap<&str, [f64; 2]> = BTreeMap::new();
    for row in rows {
        for (side, name) in [&row.from, &row.to].into_iter().enumerate() {
            let share = row.estimate.value.unwrap_or(0.0);
            if let Some(name) = name {
                sums.entry(name).or_default()[side] += share;
            }
        }
    }
    let all = sums.len();
    let larger = |(name, sums): (&str, [f64; 2])| (name.to_owned(), sums[0].max(sums[1]));
    let mut sums: Vec<(String, f64)> = sums.into_iter().map(larger).collect();
    sums.retain(|(_, share)| *share >= LEAST);
    sums.sort_by(|a, b| b.1.total_cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
    let mut named: Vec<String> = sums.into_iter().take(NAMED).map(|(name, _)| name).collect();
    let has_others = named.len() < all;
    named.extend(has_others.then(|| OTHERS.to_owned()));
    named.push(UNKNOWN.to_owned());
    named
}

/// A series for each value of roots, a point for each value that derivatives of it have.
fn series(rows: &[Transition], named: &[String]) -> Vec<Series> {
    let place = |name: Option<&str>| {
        let name = name.unwrap_or(UNKNOWN);
        let others = || named.iter().position(|known| known == OTHERS);
        named.iter().position(|known| known == name).or_else(others)
    };
    let mut series: Vec<Series> = named
        .iter()
        .map(|name| Series {
            key: name.clone(),
            label: label(name),
            points: Vec::new(),
            is_residual: [OTHERS, UNKNOWN].contains(&name.as_str()),
            is_hidden: false,
        })
        .collect();
    for row in rows {
        let (Some(from), Some(to)) = (place(row.from.as_deref()), place(row.to.as_deref())) else {
            continue;
        };
        let x = X::Place(to as u32 + 1);
        let points = &mut series[from].points;
        match points.iter_mut().find(|point| point.x == x) {
            // No interval is claimed for a sum of others: theirs depend on each other.
            Some(sum) => {
                let value = sum.estimate.value.zip(row.estimate.value).map(|(a, b)| a + b);
                let n = sum.estimate.n + row.estimate.n;
                sum.estimate = schema::Estimate { value, ..schema::Estimate::undefined(n) };
            }
            None => points.push(point(x, row.estimate.clone())),
        }
    }
    series.retain(|series| !series.points.is_empty());
    series
}

fn label(name: &str) -> String {
    match name {
        OTHERS => "All others".to_owned(),
        UNKNOWN => "Unknown".to_owned(),
        _ => name.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use schema::Estimate;

    use super::*;

    fn row(from: Option<&str>, to: Option<&str>, share: f64) -> Transition {
        let name = |name: Option<&str>| name.map(str::to_owned);
        Transition { from: name(from), to: name(to), estimate: Estimate::exact(share, 1) }
    }

    #[test]
    fn few_values_have_nodes_and_what_is_not_known_is_one_of_them() {
        let rows = [
            row(Some("open"), Some("open"), 0.5),
            row(Some("open"), None, 0.3),
            row(None, None, 0.2),
        ];
        let named = named(&rows);
        assert_eq!(named, ["open", UNKNOWN]);
        let found = series(&rows, &named);
        let told: Vec<(&str, usize, bool)> = found
            .iter()
            .map(|one| (one.label.as_str(), one.points.len(), one.is_residual))
            .collect();
        assert_eq!(told, [("open", 2, false), ("Unknown", 1, true)]);
    }

    #[test]
    fn values_beyond_the_largest_are_one_and_claim_no_interval() {
        let values = ["a", "b", "c", "d", "e", "f", "g", "h", "i"];
        let shares = (1..=9).rev().map(|part| f64::from(part) / 45.0);
        let rows: Vec<Transition> = values
            .iter()
            .zip(shares)
            .map(|(value, share)| row(Some(value), Some(value), share))
            .collect();
        let named = named(&rows);
        assert_eq!(named.len(), NAMED + 2);
        let found = series(&rows, &named);
        let others = found.iter().find(|one| one.key == OTHERS).expect("there are others");
        let estimate = &others.points[0].estimate;
        assert!((estimate.value.unwrap() - 3.0 / 45.0).abs() < 1e-12 && estimate.low.is_none());
        let sum: f64 =
            found.iter().flat_map(|one| &one.points).filter_map(|point| point.estimate.value).sum();
        assert!((sum - 1.0).abs() < 1e-12);
    }
}
