//! Comparisons that allow for age and size: adoption in the first year by cohort, against the
//! leaders of the same size, and how soon interest halves.

use schema::{Estimate, Group};

use super::{Context, End, Form, Found, Line, Piece, Sentence, What};
use crate::{Average, AverageQuery, Condition, Period, Query, Result, Weight, averages};

/// Models of a size band whose middle the others are held against.
const LEADERS: usize = 10;
/// Models that are told of.
const TOLD: usize = 15;
/// The attribute that tells downloads in the first 365 days.
const FIRST_YEAR: &str = "downloads_first_year";

/// Downloads in the first year of the models of each year, by model.
pub(crate) fn cohorts(context: &Context<'_>) -> Result<Found> {
    let asked = [
        (Average::Median, "median of first-year downloads"),
        (Average::Percentile(90), "90th percentile of first-year downloads"),
        (Average::Percentile(99), "99th percentile of first-year downloads"),
    ];
    by_unit(context, "created_year", FIRST_YEAR, &asked, Form::Large)
}

/// Days from the peak until downloads have halved, by size band.
pub(crate) fn half_lives(context: &Context<'_>) -> Result<Found> {
    let asked = [(Average::Median, "median of days until downloads halved")];
    let mut found = by_unit(context, "size_band", "downloads_half_life", &asked, Form::Count)?;
    found.notes.push(
        "of models whose downloads have not halved yet nothing is told, so that long half-lives \
         are told of too few"
            .to_owned(),
    );
    Ok(found)
}

/// Averages of an attribute over the models of each unit of a group, each model once.
fn by_unit(
    context: &Context<'_>,
    group: &str,
    attribute: &str,
    asked: &[(Average, &'static str)],
    form: Form,
) -> Result<Found> {
    let market = context.market;
    let units = market.grouping(&Group::named(group))?;
    let numbers = context.asker.numbers(attribute)?;
    let mut names: Vec<&str> = (0..units.unit_count() as u32)
        .filter(|code| units.is_attributed(*code))
        .map(|code| units.label(code))
        .collect();
    names.sort_unstable_by_key(|name| by_first_number(name));
    let mut found = Found::default();
    for name in names {
        let condition = Condition { attribute: group.to_owned(), values: vec![name.to_owned()] };
        let conditions = context.conditions.iter().cloned().chain([condition]).collect();
        let query =
            Query { conditions, period: Period::Newest, ..context.query("model", Vec::new()) };
        let asked_of = AverageQuery {
            numbers: &numbers,
            averages: asked.iter().map(|(average, _)| *average).collect(),
            weight: Weight::Model,
            query,
        };
        for (row, (_, what)) in averages(market, &asked_of)?.into_iter().zip(asked) {
            found.lines.push(Line {
                what: What::Value(what),
                unit: Some(name.to_owned()),
                when: row.at.to_string(),
                form,
                estimate: row.estimate,
                test: None,
            });
        }
    }
    found.lines.retain(|line| line.estimate.value.is_some());
    if found.lines.is_empty() {
        found.notes.push(format!("{attribute} is known of no model of the collection"));
    }
    Ok(found)
}

/// Puts `< 0.1 B` and `≤ 2022` first, and the rest by their numbers.
fn by_first_number(name: &str) -> (bool, u64, String) {
    let is_rest = !name.starts_with(['<', '≤']);
    let digits: String = name
        .chars()
        .skip_while(|c| !c.is_ascii_digit())
        .take_while(|c| c.is_ascii_digit() || *c == '.')
        .collect();
    let first = digits.parse::<f64>().unwrap_or(f64::MAX);
    (is_rest, (first * 1_000.0) as u64, name.to_owned())
}

/// How many times the middle of the ten most adopted models of its size a model was downloaded in
/// its first year.
pub(crate) fn relative_adoption(context: &Context<'_>) -> Result<Found> {
    let market = context.market;
    let bands = market.grouping(&Group::named("size_band"))?;
    let numbers = context.asker.numbers(FIRST_YEAR)?;
    let values = crate::averages::values_of(&numbers.grouping);
    let filter = market.filter(&context.conditions)?;
    let models = market.grouping(&Group::Model)?;
    let mut of_band: Vec<Vec<(f64, usize)>> = vec![Vec::new(); bands.unit_count()];
    for place in (0..market.model_count()).filter(|place| filter.keeps(*place as u32)) {
        let band = bands.code(place);
        let value = values[numbers.grouping.code(place) as usize];
        if let Some(value) = value.filter(|_| bands.is_attributed(band)) {
            of_band[band as usize].push((value, place));
        }
    }
    let mut found = Found::default();
    for Adopted { times, value, place } in most_adopted(&mut of_band) {
        let name = models.label(models.code(place));
        let band = bands.label(bands.code(place));
        let value = Form::Large.write(value);
        found.lines.push(Line {
            what: What::Value("times the middle of the ten most adopted of its size"),
            unit: Some(format!("{name} ({band}, {value} in its first year)")),
            when: market.data_through.day().to_string(),
            form: Form::Times,
            estimate: Estimate::alone(times, LEADERS as u64),
            test: None,
        });
    }
    if let Some(first) = found.lines.first() {
        let name = first.unit.clone().unwrap_or_default();
        found.sentences.push(Sentence::plain(vec![
            Piece::Words("For its size the most adopted model is "),
            Piece::Name(name),
            Piece::Words(": "),
            Piece::Number { line: 0, end: End::Value },
            Piece::Words(" the middle of the ten most adopted of its size band."),
        ]));
    } else {
        found.notes.push(
            "no size band has ten models whose downloads in their first year are known".to_owned(),
        );
    }
    found.notes.push(
        "first-year downloads are those up to the 365th day; younger models have none and are not \
         compared"
            .to_owned(),
    );
    Ok(found)
}

/// A model, and how much it was adopted for its size.
struct Adopted {
    times: f64,
    value: f64,
    place: usize,
}

/// The models that were adopted most for their size, the most first.
fn most_adopted(of_band: &mut [Vec<(f64, usize)>]) -> Vec<Adopted> {
    let mut told = Vec::new();
    for models in of_band {
        models.sort_unstable_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
        if models.len() < LEADERS {
            continue;
        }
        let middle = f64::midpoint(models[LEADERS / 2 - 1].0, models[LEADERS / 2].0);
        if middle > 0.0 {
            let adopted = |(value, place): &(f64, usize)| Adopted {
                times: value / middle,
                value: *value,
                place: *place,
            };
            told.extend(models.iter().take(TOLD).map(adopted));
        }
    }
    told.sort_by(|a, b| b.times.total_cmp(&a.times).then(a.place.cmp(&b.place)));
    told.truncate(TOLD);
    told
}

#[cfg(test)]
mod tests {
    use super::*;

    /// By hand: of twelve models with 10 to 120, the fifth and the sixth largest have 80 and 70.
    #[test]
    fn a_model_is_held_against_the_middle_of_the_ten_first() {
        let band: Vec<(f64, usize)> = (1..=12).map(|i| (f64::from(i) * 10.0, i as usize)).collect();
        let few = vec![(1e9, 99)];
        let adopted = most_adopted(&mut [band, few]);
        assert!((adopted[0].times - 120.0 / 75.0).abs() < 1e-12);
        assert_eq!((adopted[0].place, adopted.len()), (12, 12));
    }

    #[test]
    fn bands_and_years_are_told_in_their_order() {
        let mut names = ["10–40 B", "< 0.1 B", "1–4 B", "0.1–1 B", "≥ 200 B"];
        names.sort_unstable_by_key(|name| by_first_number(name));
        assert_eq!(names, ["< 0.1 B", "0.1–1 B", "1–4 B", "10–40 B", "≥ 200 B"]);
    }
}
