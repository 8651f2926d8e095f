//! The two counters of simulated models, in step and out of it.

use super::simulated::Truth;
use crate::flow::Reconciliation;
use crate::readings::CounterReading;

const DAY: i64 = 24;

/// Weekly readings of a model whose sum is refreshed some hours later than its counter.
fn readings(seed: u64, lag_hours: i64) -> Vec<CounterReading> {
    let truth = Truth::new(seed, 52);
    (5..=52)
        .map(|week| {
            let hour = week * 7 * DAY;
            let late = truth.read(hour - lag_hours);
            CounterReading { downloads_30d: late.downloads_30d, ..truth.read(hour) }
        })
        .collect()
}

fn compared(lag_hours: i64, times: i64) -> crate::flow::Disagreement {
    let mut reconciliation = Reconciliation::default();
    for seed in 0..200 {
        let mut readings = readings(seed, lag_hours);
        let sums = readings.iter_mut().filter_map(|reading| reading.downloads_30d.as_mut());
        sums.for_each(|sum| *sum *= times);
        reconciliation.add(&readings);
    }
    reconciliation.disagreement().unwrap()
}

#[test]
fn counters_that_agree_have_a_ratio_of_one() {
    let disagreement = compared(0, 1);
    assert!((disagreement.median_ratio - 1.0).abs() < 0.012, "{disagreement:?}");
    // 30 days ago lies between two weekly readings: what is left is how straight the week was.
    assert!(disagreement.share_beyond_tolerance < 0.1, "{disagreement:?}");
    // Of each model 43 of the 48 readings have one 30 days before; small sums are left out.
    assert!(disagreement.compared > 100 * 43 && disagreement.compared <= 200 * 43);
    assert!(disagreement.model_count <= 200);
}

#[test]
fn a_sum_that_lags_a_day_and_a_half_agrees_and_one_of_another_kind_does_not() {
    let late = compared(36, 1);
    assert!((late.median_ratio - 1.0).abs() < 0.03, "{late:?}");
    assert!(late.share_beyond_tolerance < 0.3, "{late:?}");
    let double = compared(0, 2);
    assert!((double.median_ratio - 2.0).abs() < 0.03, "{double:?}");
    assert!(double.share_beyond_tolerance > 0.95, "{double:?}");
}

#[test]
fn what_cannot_be_compared_is_no_disagreement() {
    let mut reconciliation = Reconciliation::default();
    let only_sums =
        |reading: CounterReading| CounterReading { downloads_all_time: None, ..reading };
    reconciliation.add(&readings(1, 0).into_iter().map(only_sums).collect::<Vec<_>>());
    assert_eq!(reconciliation.disagreement(), None);
    // A counter that falls inside the 30 days says nothing of what it gained.
    let mut fallen = readings(1, 0);
    fallen.truncate(7);
    fallen[6].downloads_all_time = Some(0);
    for reading in &mut fallen[..6] {
        reading.downloads_30d = None;
    }
    reconciliation.add(&fallen);
    assert_eq!(reconciliation.disagreement(), None);
}
