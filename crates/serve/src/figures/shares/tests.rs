use analyze::{At, Row};
use schema::{Estimate, Statistic, Week};

use super::{OTHERS, lower_end, others_named};

fn row(unit: &str, is_attributed: bool, share: f64) -> Row {
    Row {
        at: At::Week(Week::from_number(2800)),
        unit: Some(unit.to_owned()),
        is_attributed,
        statistic: Statistic::Share,
        estimate: Estimate::exact(share, 2),
    }
}

/// What all others come to is `analyze::answer_named`'s, and tested there.
#[test]
fn all_others_have_the_name_of_no_unit() {
    let nameless = Row { unit: None, ..row("", true, 0.15) };
    let rows = others_named(vec![row("a", true, 0.7), row("unreviewed", false, 0.15), nameless]);
    let units: Vec<&str> = rows.iter().filter_map(|row| row.unit.as_deref()).collect();
    assert_eq!(units, ["a", "unreviewed", OTHERS]);
}

#[test]
fn ordered_values_begin_with_their_lower_end() {
    let mut bands = ["≥ 200 B", "10–40 B", "0.1–1 B", "< 0.1 B", "4–10 B", "1–4 B", "40–200 B"];
    bands.sort_by(|a, b| lower_end(a).total_cmp(&lower_end(b)));
    assert_eq!(bands, ["< 0.1 B", "0.1–1 B", "1–4 B", "4–10 B", "10–40 B", "40–200 B", "≥ 200 B"]);
    assert!(lower_end("≤ 2022") < lower_end("2023"));
}
