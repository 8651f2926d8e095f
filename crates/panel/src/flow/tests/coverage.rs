//! Intervals hold the truth in 93 to 97 of 100 cases.

use schema::CellState;

use super::simulated::{Random, Truth, irregular_hours};
use crate::flow::{
    Birth, Calibration, Cell, Evidence, FlowOptions, FlowWorker, ModelFlows, Span, flows_of_model,
};
use crate::readings::CounterReading;

/// How many cells of each class of flow there are, and how many intervals hold the truth.
#[derive(Default, Debug)]
struct Coverage {
    cells: [u32; 5],
    held: [u32; 5],
    error: f64,
    mass: f64,
}

impl Coverage {
    fn add(&mut self, truth: &Truth, flows: &ModelFlows) {
        for cell in flows.cells.iter().filter(|cell| cell.state == CellState::Estimated) {
            let Some(flow) = truth.week(cell.week) else { continue };
            let class = (cell.value.max(1.0).log10() as usize).min(4);
            self.cells[class] += 1;
            self.held[class] += u32::from(cell.low <= flow && flow <= cell.high);
            self.error += (cell.value - flow).abs();
            self.mass += flow;
        }
    }

    fn share(&self) -> f64 {
        f64::from(self.held.iter().sum::<u32>()) / f64::from(self.cells.iter().sum::<u32>())
    }

    fn by_class(&self) -> Vec<f64> {
        let counts = self.held.iter().zip(&self.cells);
        counts.map(|(held, cells)| f64::from(*held) / f64::from(*cells)).collect()
    }
}

fn calibrated(population: &[(Truth, Vec<CounterReading>)]) -> Calibration {
    let mut evidence = Evidence::default();
    for (_, readings) in population {
        evidence.add(readings, Birth::Unknown);
    }
    evidence.calibration()
}

fn coverage(population: &[(Truth, Vec<CounterReading>)], calibration: Calibration) -> Coverage {
    let mut coverage = Coverage::default();
    let mut flows = ModelFlows::default();
    for (truth, readings) in population {
        let span = Span { since: readings[0].at, through: readings[readings.len() - 1].at };
        FlowWorker::new(FlowOptions { span, calibration }).flows(
            readings,
            Birth::Unknown,
            &mut flows,
        );
        coverage.add(truth, &flows);
    }
    coverage
}

/// Simulated models with their readings, at irregular hours, `days` apart on average.
fn thinned(seeds: std::ops::Range<u64>, days: i64) -> Vec<(Truth, Vec<CounterReading>)> {
    let model = |seed| {
        let truth = Truth::new(seed, 104);
        let hours = irregular_hours(seed, 0, truth.hours(), days);
        let cumulative = |hour: &i64| CounterReading { downloads_30d: None, ..truth.read(*hour) };
        let readings = hours.iter().map(cumulative).collect();
        (truth, readings)
    };
    seeds.map(model).collect()
}

/// Simulated models with both counters read on Mondays, of which a share is lost.
fn weekly(seeds: std::ops::Range<u64>, lost: f64) -> Vec<(Truth, Vec<CounterReading>)> {
    let model = |seed| {
        let truth = Truth::new(seed, 104);
        let mut random = Random::new(seed ^ 0x2545_f491);
        let hours = (5..=104).map(|week| week * 168).filter(|_| random.uniform() >= lost);
        let readings = hours.map(|hour| truth.read(hour)).collect();
        (truth, readings)
    };
    seeds.map(model).collect()
}

fn without_all_time(population: &mut [(Truth, Vec<CounterReading>)]) {
    let readings = population.iter_mut().flat_map(|(_, readings)| readings);
    readings.for_each(|reading| reading.downloads_all_time = None);
}

fn assert_covers(coverage: &Coverage, what: &str) {
    let share = coverage.share();
    assert!(
        (0.93..=0.97).contains(&share),
        "{what}: {share:.3}, by class {:.3?}",
        coverage.by_class()
    );
}

#[test]
fn intervals_between_readings_cover_simulated_truth() {
    for days in [7, 14, 21, 35] {
        let calibration = calibrated(&thinned(0..300, days));
        // Other models than those that the calibration was learned from.
        let coverage = coverage(&thinned(300..600, days), calibration);
        assert_covers(&coverage, &format!("{days} days apart"));
        for (class, share) in coverage.by_class().into_iter().enumerate() {
            assert!((0.91..=0.99).contains(&share), "{days} days apart, class {class}: {share:.3}");
        }
    }
}

#[test]
fn intervals_between_readings_cover_simulated_truth_without_calibration() {
    for days in [7, 14, 21] {
        let coverage = coverage(&thinned(0..300, days), Calibration::default());
        assert_covers(&coverage, &format!("{days} days apart"));
    }
}

#[test]
fn intervals_of_rolling_flows_cover_simulated_truth() {
    for lost in [0.0, 0.1, 0.3] {
        let calibration = calibrated(&weekly(0..300, lost));
        let mut others = weekly(300..600, lost);
        without_all_time(&mut others);
        assert_covers(&coverage(&others, calibration), &format!("{lost} lost"));
        assert_covers(
            &coverage(&others, Calibration::default()),
            &format!("{lost} lost, as usual"),
        );
    }
}

/// The simple rate is the sum times 7/30, read at the end of the week.
#[test]
fn rolling_flows_are_nearer_to_simulated_truth_than_the_simple_rate() {
    let mut population = weekly(0..300, 0.1);
    without_all_time(&mut population);
    let estimated = coverage(&population, Calibration::default());
    let (mut rate_error, mut mass) = (0.0, 0.0);
    for (truth, readings) in &population {
        for reading in readings {
            let flow = truth.week(reading.at.week().plus(-1)).unwrap();
            rate_error += (reading.downloads_30d.unwrap() as f64 * 7.0 / 30.0 - flow).abs();
            mass += flow;
        }
    }
    let (error, rate_error) = (estimated.error / estimated.mass, rate_error / mass);
    assert!(error < 0.7 * rate_error, "{error:.3} against {rate_error:.3}");
}

/// A hole of ten weeks in the record is no spike: no week is told to be above what the model had.
#[test]
fn a_hole_in_the_record_is_never_a_spike() {
    let holed = |readings: &mut Vec<CounterReading>, truth: &Truth| {
        let hole = truth.first.plus(50).start()..truth.first.plus(60).start();
        readings.retain(|reading| !hole.contains(&reading.at));
    };
    let mut told = 0;
    for (truth, mut readings) in weekly(0..100, 0.0) {
        holed(&mut readings, &truth);
        let most =
            (40..75).filter_map(|week| truth.week(truth.first.plus(week))).fold(0.0, f64::max);
        for is_cumulative in [true, false] {
            let without = |reading: &CounterReading| CounterReading {
                downloads_all_time: reading.downloads_all_time.filter(|_| is_cumulative),
                ..*reading
            };
            let readings: Vec<_> = readings.iter().map(without).collect();
            let span = Span { since: readings[0].at, through: readings[readings.len() - 1].at };
            let cells = flows_of_model(&readings, Birth::Unknown, span).cells;
            let near =
                |cell: &&Cell| (45..70).contains(&(cell.week.number() - truth.first.number()));
            for cell in cells.iter().filter(near) {
                told += u32::from(cell.state != CellState::Missing);
                assert!(cell.value <= 1.5 * most + 10.0, "{cell:?} against {most}");
            }
        }
    }
    assert!(told > 2_000, "{told}");
}
