//! Means and quantiles of a numeric attribute over models, over time.

use std::collections::BTreeMap;

use analyze::{At, Average, AverageQuery, AverageRow, Weight};
use chart::{Kind, Point, Series, Unit, X};
use schema::Statistic;

use super::{Brief, Content, definition, lower_first, measured, point};
use crate::moments::asked_at;
use crate::view::View;

/// The attribute whose averages are shown when the view names none.
const USUAL: &str = "parameters";

/// What is asked, with its key and what it is called.
const ASKED: [(Average, &str, &str); 5] = [
    (Average::Mean, "mean", "Mean"),
    (Average::Percentile(90), "p90", "90 % have no more"),
    (Average::Percentile(75), "p75", "75 % have no more"),
    (Average::Median, "median", "Median"),
    (Average::Percentile(25), "p25", "25 % have no more"),
];

/// The attribute whose averages a view shows; `None` where the collection knows no number.
pub(crate) fn averaged(view: &View) -> Option<&str> {
    let usual = || view.shown.numeric().find(|known| known.name == USUAL);
    let first = || view.shown.numeric().next();
    view.number.as_deref().or_else(|| usual().or_else(first).map(|known| known.name.as_str()))
}

/// The averages of the attribute.
pub(super) fn content(view: &View, attribute: &str) -> analyze::Result<Content> {
    let numbers = view.shown.numbers(attribute)?;
    let rows = rows(view, &numbers)?;
    let title = view.shown.title_of(&schema::Group::named(attribute));
    let meaning = view.shown.market.attributes.iter().find(|known| known.name == attribute);
    let meaning = meaning.map_or("", |known| known.meaning.as_str());
    let weight = match view.weight {
        Weight::Measure => format!("each model counts as often as it has {}", view.measure.unit()),
        Weight::Model => "each model counts once".to_owned(),
    };
    let subtitle = format!("{meaning} In the averages {weight}. {}", coverage(&rows));
    Ok(Content {
        kind: Kind::Line,
        unit: Unit::Number(unit(&numbers.unit)),
        title: match view.weight {
            Weight::Measure => format!("{title} of models, by {}", measured(view)),
            Weight::Model => format!("{title} of models, each counted once"),
        },
        subtitle: format!("{subtitle} {}", definition(view)),
        brief: Brief { title: format!("{title}: averages"), subtitle: lower_first(&subtitle) },
        series: series(&rows),
        is_ordered: false,
        reference_lines: Vec::new(),
    })
}

fn rows(view: &View, numbers: &analyze::Numbers) -> analyze::Result<Vec<AverageRow>> {
    let query = view.query(view.owner(), &[Statistic::Sum], view.newest());
    let mut rows = Vec::new();
    for period in asked_at(view) {
        let asked = AverageQuery {
            numbers,
            averages: ASKED.map(|(average, ..)| average).to_vec(),
            weight: view.weight,
            query: analyze::Query { period, ..query.clone() },
        };
        rows.extend(analyze::averages(&view.shown.market, &asked)?);
    }
    Ok(rows)
}

fn series(rows: &[AverageRow]) -> Vec<Series> {
    let mut points: BTreeMap<Average, Vec<Point>> = BTreeMap::new();
    for row in rows {
        let x = match row.at {
            At::Week(week) => X::Week(week),
            At::Instant(at) => X::Instant(at),
        };
        points.entry(row.average).or_default().push(point(x, row.estimate.clone()));
    }
    let series = ASKED.into_iter().map(|(average, key, label)| Series {
        key: key.to_owned(),
        label: label.to_owned(),
        points: points.remove(&average).unwrap_or_default(),
        is_residual: false,
        is_hidden: false,
    });
    series.collect()
}

/// Of how much the attribute is known at the newest time.
fn coverage(rows: &[AverageRow]) -> String {
    let known = rows.last().and_then(|row| row.known_share);
    known.map_or_else(
        || "Nothing has any weight at the newest date.".to_owned(),
        |known| {
            let share = chart::format_value(&Unit::Share, known);
            format!(
                "It is known for {share} of the weight at the newest date; bounds assume that the \
                 rest lies between the 1st and the 99th percentile of what is known."
            )
        },
    )
}

/// The unit of an axis, which is one of few.
fn unit(unit: &str) -> &'static str {
    const KNOWN: [&str; 12] = [
        "parameters",
        "tokens",
        "bytes",
        "days",
        "experts",
        "layers",
        "bits",
        "models",
        "files",
        "steps",
        "languages",
        "characters",
    ];
    KNOWN.into_iter().find(|known| *known == unit).unwrap_or_default()
}
