use proptest::prelude::*;

use super::*;

fn flows() -> impl Strategy<Value = Flow> {
    let burst = (0.0..900.0, 0.1..20.0, 2.0..60.0).prop_map(|(after, height, fades_after)| Burst {
        after,
        height,
        fades_after,
    });
    (0..3000, 0.01..1e7, 5.0..400.0, 0.0..0.3, prop::option::of(burst), any::<u64>()).prop_map(
        |(age, rate, fades_after, evergreen_share, burst, noise)| Flow {
            born_on: Day::from_epoch_days(18_000 + age),
            rate,
            fades_after,
            evergreen_share,
            burst,
            noise,
        },
    )
}

proptest! {
    #[test]
    fn the_count_never_falls(flow in flows()) {
        let mut before = 0;
        for day in 17_990..21_500 {
            let count = flow.all_time(Day::from_epoch_days(day));
            prop_assert!(count >= before, "day {}", day);
            before = count;
        }
    }

    #[test]
    fn the_rolling_counter_is_the_sum_of_its_days(flow in flows(), day in 18_000..21_500) {
        let daily: u64 = (0..ROLLING_DAYS)
            .map(|back| flow.during(Day::from_epoch_days(day - back), 1))
            .sum();
        prop_assert_eq!(flow.during(Day::from_epoch_days(day), ROLLING_DAYS), daily);
    }
}

/// With no fading and no noise to speak of, 52 weeks at 1,000 a day are 364,000 downloads:
/// the weekdays of a whole week add up to seven effective days.
#[test]
fn a_steady_model_is_downloaded_at_its_rate() {
    let born_on = Day::from_epoch_days(19_000);
    let flow = Flow {
        born_on,
        rate: 1_000.0,
        fades_after: 100.0,
        evergreen_share: 1.0,
        burst: None,
        noise: 3,
    };
    let count = flow.all_time(Day::from_epoch_days(19_000 + 364));
    assert!(count.abs_diff(364_000) <= 200, "{count}");
}

#[test]
fn weekends_are_quieter() {
    let flow = Flow {
        born_on: Day::from_epoch_days(19_000),
        rate: 1e6,
        fades_after: 100.0,
        evergreen_share: 1.0,
        burst: None,
        noise: 9,
    };
    let monday = Day::from_epoch_days(19_600).week().monday().epoch_days();
    let on = |day: i32| -> u64 {
        (0..20).map(|week| flow.during(Day::from_epoch_days(monday + week * 7 + day + 1), 1)).sum()
    };
    let weekdays: u64 = (0..5).map(on).sum();
    let weekend: u64 = (5..7).map(on).sum();
    // Weekdays hold 5,800 of 7,000 effective thousandths.
    let share = weekdays as f64 / (weekdays + weekend) as f64;
    assert!((share - 5.8 / 7.0).abs() < 0.01, "{share}");
}

#[test]
fn nothing_is_downloaded_before_birth() {
    let flow = Flow {
        born_on: Day::from_epoch_days(19_000),
        rate: 1e6,
        fades_after: 10.0,
        evergreen_share: 0.5,
        burst: None,
        noise: 1,
    };
    assert_eq!(flow.all_time(Day::from_epoch_days(19_000)), 0);
    assert_eq!(flow.during(Day::from_epoch_days(18_990), ROLLING_DAYS), 0);
    assert!(flow.all_time(Day::from_epoch_days(19_001)) > 0);
}
