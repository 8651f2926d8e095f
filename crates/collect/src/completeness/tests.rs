use super::*;

/// A snapshot of so many models, all of which have a task and half of which have a card.
fn census(models: u64) -> Census {
    Census {
        rows: models,
        models,
        sums: [("downloads", models * 10), ("downloadsAllTime", models * 90), ("likes", models)]
            .map(|(name, sum)| (name.to_owned(), sum))
            .into(),
        present: [("cardData", models / 2), ("pipeline_tag", models)]
            .map(|(name, count)| (name.to_owned(), count))
            .into(),
    }
}

fn found(before: &Census, now: &Census, days: f64, vanished: u64) -> Vec<String> {
    findings(&Comparison { before: Some(before), now, days, vanished: Some(vanished) })
}

#[test]
fn what_grows_as_the_hub_does_is_sound() {
    assert!(found(&census(100_000), &census(101_000), 7.0, 900).is_empty());
    assert!(
        findings(&Comparison { before: None, now: &census(5), days: 0.0, vanished: None })
            .is_empty()
    );
}

#[test]
fn a_listing_that_ended_early_is_found() {
    let found = found(&census(100_000), &census(90_000), 7.0, 10_000);
    assert_eq!(found[0], "its rows went from 100000 to 90000 (-10.0 %)");
    assert_eq!(found[1], "its distinct models went from 100000 to 90000 (-10.0 %)");
    assert!(found.contains(&"10000 models (10.0 %) vanished".to_owned()), "{found:?}");
    assert!(found.iter().any(|line| line.starts_with("the sum of downloadsAllTime")));
}

/// Rows are normal, distinct models are not: loss hidden by duplication.
#[test]
fn rows_that_repeat_do_not_hide_models_that_are_lost() {
    let mut now = census(100_000);
    now.models = 92_000;
    let found = found(&census(100_000), &now, 7.0, 8_000);
    assert_eq!(found[0], "8.0 % of its 100000 rows are models that it holds already");
    assert_eq!(found[1], "its distinct models went from 100000 to 92000 (-8.0 %)");
}

#[test]
fn models_that_are_replaced_by_others_are_found() {
    let found = found(&census(100_000), &census(100_000), 7.0, 5_000);
    assert!(found.contains(&"5000 models (5.0 %) vanished".to_owned()), "{found:?}");
}

#[test]
fn a_field_that_is_no_longer_filled_is_found() {
    let mut now = census(101_000);
    now.present.insert("pipeline_tag".to_owned(), 50_500);
    now.present.remove("cardData");
    let found = found(&census(100_000), &now, 7.0, 0);
    let expected = [
        "cardData has a value in 0.0 % of the rows, and had in 50.0 %",
        "pipeline_tag has a value in 50.0 % of the rows, and had in 100.0 %",
    ];
    assert_eq!(found, expected);
}

#[test]
fn counters_that_were_set_to_zero_or_stand_still_are_found() {
    let mut now = census(101_000);
    now.sums.insert("downloads".to_owned(), 0);
    let lines = found(&census(100_000), &now, 7.0, 0);
    assert_eq!(lines, ["the sum of downloads went from 1000000 to 0 (-100.0 %)"]);
    let lines = found(&census(100_000), &census(100_000), 7.0, 0);
    assert_eq!(lines, ["no counter has moved since the snapshot before"]);
    assert!(found(&census(100_000), &census(100_000), 0.5, 0).is_empty());
}

/// What trends this week is not what trended last week: only its length says something, and
/// counters that are gone.
#[test]
fn the_top_of_the_hub_may_change_but_not_shrink() {
    let top = |before: &Census, now: &Census| {
        findings(&Comparison { before: Some(before), now, days: 1.0, vanished: None })
    };
    let before = census(5_000);
    let mut now = census(5_000);
    now.sums = [("downloads", 4_000), ("downloadsAllTime", 2_000_000), ("likes", 90_000)]
        .map(|(name, sum)| (name.to_owned(), sum))
        .into();
    now.present.insert("cardData".to_owned(), 3_500);
    assert!(top(&before, &now).is_empty(), "{:?}", top(&before, &now));
    now.sums.insert("likes".to_owned(), 0);
    assert_eq!(top(&before, &now), ["the sum of likes went from 5000 to 0 (-100.0 %)"]);
    assert!(!top(&before, &census(4_500)).is_empty());
}

#[test]
fn tolerance_grows_with_the_time_in_between() {
    // Half a year unwatched: the Hub may have grown by 80 % and lost a tenth.
    assert!(found(&census(100_000), &census(180_000), 182.0, 10_000).is_empty());
    assert!(!found(&census(100_000), &census(180_000), 7.0, 0).is_empty());
}

#[test]
fn nothing_at_all_is_never_sound() {
    let lines = findings(&Comparison { before: None, now: &census(0), days: 0.0, vanished: None });
    assert_eq!(lines, ["it holds no model"]);
}
