use analyze::{At, Row};
use schema::{Estimate, Statistic, Week};

use super::{OTHERS, joined, lower_end};

fn row(unit: &str, is_attributed: bool, share: f64) -> Row {
    Row {
        at: At::Week(Week::from_number(2800)),
        unit: Some(unit.to_owned()),
        is_attributed,
        statistic: Statistic::Share,
        estimate: Estimate::exact(share, 2),
    }
}

#[test]
fn others_are_one_residual_and_everything_still_adds_up() {
    let rows = vec![
        row("a", true, 0.4),
        row("b", true, 0.3),
        row("c", true, 0.1),
        row("d", true, 0.05),
        row("unreviewed", false, 0.15),
    ];
    let kept = joined(rows, &["a".to_owned(), "b".to_owned()]);
    let units: Vec<&str> = kept.iter().filter_map(|row| row.unit.as_deref()).collect();
    assert_eq!(units, ["a", "b", "unreviewed", OTHERS]);
    let others = &kept[3].estimate;
    assert!((others.value.unwrap() - 0.15).abs() < 1e-12);
    assert_eq!((others.n, others.low, others.bound_high), (4, None, None));
    let total: f64 = kept.iter().filter_map(|row| row.estimate.value).sum();
    assert!((total - 1.0).abs() < 1e-12);
}

#[test]
fn ordered_values_begin_with_their_lower_end() {
    let mut bands = ["≥ 200 B", "10–40 B", "0.1–1 B", "< 0.1 B", "4–10 B", "1–4 B", "40–200 B"];
    bands.sort_by(|a, b| lower_end(a).total_cmp(&lower_end(b)));
    assert_eq!(bands, ["< 0.1 B", "0.1–1 B", "1–4 B", "4–10 B", "10–40 B", "40–200 B", "≥ 200 B"]);
    assert!(lower_end("≤ 2022") < lower_end("2023"));
}
