//! What the counter gained is what cells and known sums add up to, to the last download.

use proptest::prelude::*;
use schema::{CellState, Day, Instant};

use crate::flow::{Birth, ModelFlows, Span, flows_of_model};
use crate::readings::CounterReading;

const DAY_MS: i64 = 86_400_000;

fn reading(at: i64, all_time: i64) -> CounterReading {
    CounterReading {
        at: Instant::from_millis(at),
        downloads_30d: None,
        downloads_all_time: Some(all_time),
        likes: None,
    }
}

fn flows_of(readings: &[CounterReading]) -> ModelFlows {
    let since = Instant::from_millis(0);
    let through = readings[readings.len() - 1].at;
    flows_of_model(readings, Birth::Unknown, Span { since, through })
}

/// Readings after so many days, each with so much more; every third or so on a Monday.
fn readings(steps: &[(i64, i64, bool)]) -> Vec<CounterReading> {
    let mut at = Day::from_epoch_days(20_000).week().start();
    let mut value = 1_000_000_i64;
    let mut readings = Vec::new();
    for (hours, gained, is_monday) in steps {
        at = Instant::from_millis(at.millis() + hours * 3_600_000);
        if *is_monday {
            at = at.week().end();
        }
        value = (value + gained).max(0);
        readings.push(reading(at.millis(), value));
    }
    readings
}

fn is_monday(reading: &CounterReading) -> bool {
    reading.at == reading.at.week().start()
}

proptest! {
    /// Between any two readings on Mondays without a fall between them, cells and known sums add up
    /// to the difference exactly, whatever readings and gaps lie between.
    #[test]
    fn cells_and_known_sums_add_up_to_what_the_counter_gained(
        steps in prop::collection::vec((1..2_500_i64, -2_000..100_000_i64, any::<bool>()), 2..40),
    ) {
        let readings = readings(&steps);
        let flows = flows_of(&readings);
        for (place, from) in readings.iter().enumerate().filter(|(_, reading)| is_monday(reading)) {
            let mut highest = from.downloads_all_time;
            for to in &readings[place + 1..] {
                if to.downloads_all_time < highest {
                    break;
                }
                highest = to.downloads_all_time;
                if !is_monday(to) {
                    continue;
                }
                let inside = |week: schema::Week| from.at <= week.start() && week.end() <= to.at;
                let cells = flows.cells.iter().filter(|cell| inside(cell.week));
                let sums = flows.known_sums.iter().filter(|sum| inside(sum.first));
                let sum: f64 = cells.map(|cell| cell.value).sum::<f64>()
                    + sums.map(|sum| sum.downloads).sum::<f64>();
                let gained = to.downloads_all_time.unwrap() - from.downloads_all_time.unwrap();
                prop_assert_eq!(sum as i64, gained, "{} to {}", from.at, to.at);
            }
        }
    }

    /// Whatever the readings: no holes, no negative flow, whole numbers, intervals around values,
    /// nothing known of a week that a fall touches, and sums of missing weeks only.
    #[test]
    fn cells_are_sound(
        steps in prop::collection::vec((1..2_500_i64, -50_000..100_000_i64, any::<bool>()), 2..40),
    ) {
        let readings = readings(&steps);
        let flows = flows_of(&readings);
        for pair in flows.cells.windows(2) {
            prop_assert_eq!(pair[0].week.plus(1), pair[1].week);
        }
        for cell in &flows.cells {
            prop_assert!(0.0 <= cell.low && cell.low <= cell.value && cell.value <= cell.high);
            prop_assert!(cell.value.fract().abs() < f64::EPSILON);
            let touches = |pair: &[CounterReading]| {
                pair[1].downloads_all_time < pair[0].downloads_all_time
                    && pair[0].at < cell.week.end()
                    && pair[1].at > cell.week.start()
            };
            if readings.windows(2).any(touches) {
                prop_assert_eq!(cell.state, CellState::Missing);
            }
        }
        let falls = readings.windows(2).filter(|p| p[1].downloads_all_time < p[0].downloads_all_time);
        prop_assert_eq!(flows.restatements.len(), falls.count());
        let mut free_from = None;
        for sum in &flows.known_sums {
            prop_assert!(0.0 <= sum.low && sum.low <= sum.downloads && sum.downloads <= sum.high);
            prop_assert!(free_from.is_none_or(|free| sum.first >= free));
            free_from = Some(sum.last.plus(1));
            let missing = flows.cells.iter().filter(|cell| {
                sum.first <= cell.week && cell.week <= sum.last && cell.state == CellState::Missing
            });
            prop_assert_eq!(missing.count() as i32, sum.last.number() - sum.first.number() + 1);
        }
    }

    /// Readings every day at any hour: each week is observed, and its interval is what the
    /// readings around its ends allow.
    #[test]
    fn daily_readings_observe_every_week(
        days in prop::collection::vec(0..10_000_i64, 15..60),
        hour in 1..24_i64,
    ) {
        let monday = Day::from_epoch_days(20_000).week().start().millis();
        let mut total = 0;
        let readings: Vec<_> = days
            .iter()
            .enumerate()
            .map(|(day, count)| {
                total += count;
                reading(monday + day as i64 * DAY_MS + hour * 3_600_000, total)
            })
            .collect();
        let flows = flows_of(&readings);
        prop_assert!(!flows.cells.is_empty());
        for cell in &flows.cells {
            prop_assert_eq!(cell.state, CellState::Observed);
            let first = (cell.week.start().millis() - monday) / DAY_MS;
            let place = |day: i64| usize::try_from(day).unwrap();
            // Six brackets of a day lie inside, and two more reach into it.
            let inside: i64 = days[place(first) + 1..place(first) + 7].iter().sum();
            let around: i64 = days[place(first)..place(first) + 8].iter().sum();
            prop_assert_eq!((cell.low, cell.high), (inside as f64, around as f64));
            prop_assert!(cell.low <= cell.value && cell.value <= cell.high);
        }
    }
}
