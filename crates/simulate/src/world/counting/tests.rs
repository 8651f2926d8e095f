use super::*;
use crate::{EventRates, Options, World, world, world_with_events};

fn at() -> Instant {
    Instant::parse("2026-09-07T06:00:00Z").unwrap()
}

fn worlds() -> (World, World) {
    let options = Options { models: 3_000, seed: 12, at: at() };
    let only_counters = EventRates { has_counter_events: true, ..EventRates::NONE };
    (world(&options), world_with_events(&options, &only_counters))
}

fn plus(day: Day, days: i32) -> Day {
    Day::from_epoch_days(day.epoch_days() + days)
}

#[test]
fn a_change_of_rule_multiplies_what_comes_after_it() {
    let (plain, peculiar) = worlds();
    let mut seen = 0;
    for rule in &peculiar.counting().definitions {
        let others = peculiar.counting().definitions.iter().filter(|other| *other != rule);
        let others: Vec<_> = others.map(|other| Some(other.library)).collect();
        let twins = plain.models().iter().zip(peculiar.models());
        for (model, twin) in twins.filter(|(_, twin)| !others.contains(&twin.library())) {
            let (before, after) = (plus(rule.from_on, -30), plus(rule.from_on, 30));
            let grown = |from: Day, to: Day| {
                let counted = |day| peculiar.counting().counted(twin, day);
                (model.flow.all_time(to) - model.flow.all_time(from), counted(to) - counted(from))
            };
            let (plain_before, shown_before) = grown(before, rule.from_on);
            let (plain_after, shown_after) = grown(rule.from_on, after);
            assert_eq!(plain_before, shown_before, "nothing changes before the date");
            let is_of_library = twin.library() == Some(rule.library);
            let factor = if is_of_library { rule.numerator } else { rule.denominator };
            assert_eq!(shown_after, plain_after * factor / rule.denominator);
            seen += u64::from(is_of_library && plain_after > 10);
        }
    }
    assert!(seen > 5, "{seen} models are too few to show it");
}

#[test]
fn counts_of_all_time_fall_and_some_recover() {
    let (plain, peculiar) = worlds();
    let counting = peculiar.counting();
    let fall = counting.restatements[0];
    let recovered_on = plus(fall.on, fall.recovers_after_days.unwrap());
    let (mut fallen, mut recovered) = (0_u64, 0_u64);
    for model in peculiar.models() {
        let before = peculiar.counters(model, plus(fall.on, -1));
        let on = peculiar.counters(model, fall.on);
        let later = peculiar.counters(model, recovered_on);
        if on.all_time < before.all_time {
            fallen += 1;
            assert!(later.all_time >= on.all_time);
            recovered += u64::from(later.all_time == counting.counted(model, recovered_on));
        }
        assert_eq!(
            on.rolling,
            counting.counted(model, fall.on) - counting.counted(model, plus(fall.on, -30)),
            "the rolling counter has no part in it"
        );
    }
    assert!(fallen > 20 && recovered > 5 && recovered < fallen, "{fallen}, {recovered}");
    // Four in a hundred, five standard deviations around it.
    let share = fallen as f64 / plain.models().len() as f64;
    assert!((0.02..0.06).contains(&share), "{share}");
}

#[test]
fn counters_stand_still_and_then_make_up_for_it() {
    let (_, peculiar) = worlds();
    let outage = peculiar.counting().outages[0];
    let before = plus(outage.first_on, -1);
    let mut made_up = 0_u64;
    for model in peculiar.models() {
        let shown = peculiar.counters(model, before);
        for days in 0..=2 {
            let day = plus(outage.first_on, days);
            assert!(day <= outage.last_on);
            assert_eq!(peculiar.counters(model, day), shown);
        }
        let after = peculiar.counters(model, plus(outage.last_on, 1));
        made_up += after.all_time - shown.all_time;
    }
    assert!(made_up > 0);
}

#[test]
fn nothing_is_peculiar_where_nothing_is_planted() {
    let (plain, _) = worlds();
    let day = at().day();
    for model in plain.models() {
        let counters = plain.counters(model, day);
        assert_eq!(counters.all_time, model.flow.all_time(day));
        assert_eq!(counters.rolling, model.flow.during(day, ROLLING_DAYS));
    }
}
