use schema::{CellState, Instant};

use super::*;
use crate::flow::tests::simulated::{Random, Truth};
use crate::flow::{Birth, Span, flows_of_model};

const WEEKS: i64 = 40;
const MODELS: u64 = 300;
/// A model with more downloads a week than this normally moves.
const MOVES: f64 = 100.0;

/// The readings of a simulated collection, weekly on Mondays, by model.
struct World {
    truths: Vec<Truth>,
    readings: Vec<Vec<CounterReading>>,
    snapshots: Vec<Vec<u32>>,
}

impl World {
    fn new(is_cumulative: bool) -> Self {
        let truths: Vec<Truth> = (0..MODELS).map(|seed| Truth::new(seed, 50)).collect();
        let read = |truth: &Truth, week: i64| {
            let reading = truth.read((5 + week) * 168);
            if is_cumulative {
                CounterReading { downloads_30d: None, ..reading }
            } else {
                CounterReading { downloads_all_time: None, ..reading }
            }
        };
        let readings = truths.iter().map(|t| (0..WEEKS).map(|week| read(t, week)).collect());
        let readings = readings.collect();
        let snapshots = vec![(0..WEEKS as u32).collect(); truths.len()];
        Self { truths, readings, snapshots }
    }

    /// Gives one reading the counters of another of the same model.
    fn repeat(&mut self, model: usize, week: usize, of: usize) {
        let readings = &mut self.readings[model];
        readings[week] = CounterReading { at: readings[week].at, ..readings[of] };
    }

    fn pace(&self, model: usize) -> f64 {
        let days = &self.truths[model].days;
        days.iter().sum::<i64>() as f64 * 7.0 / days.len() as f64
    }

    fn judge(&self) -> StaleJudge {
        let instants: Vec<Instant> = self.readings[0].iter().map(|reading| reading.at).collect();
        let mut survey = StaleSurvey::new(&instants);
        // In two halves, as two threads would.
        let mut other = survey.clone();
        for (model, (readings, snapshots)) in self.readings.iter().zip(&self.snapshots).enumerate()
        {
            let half = if model % 2 == 0 { &mut survey } else { &mut other };
            half.add(readings, snapshots);
        }
        survey.merge(&other);
        survey.judge()
    }

    /// What is left of each model's readings, and the events.
    fn fresh(&self) -> (Vec<Vec<CounterReading>>, Vec<StaleEvent>) {
        let judge = self.judge();
        let mut tally = StaleTally::new(WEEKS as usize);
        let rows = self.readings.iter().zip(&self.snapshots);
        let fresh = rows.map(|(readings, snapshots)| {
            let mut fresh = Vec::new();
            judge.fresh(readings, snapshots, &mut fresh, &mut tally);
            fresh
        });
        let fresh = fresh.collect();
        (fresh, judge.events(&tally))
    }
}

fn show(events: &[StaleEvent]) -> Vec<String> {
    events.iter().map(|event| format!("{} {}", event.snapshot, event.kind.name())).collect()
}

#[test]
fn of_a_sound_record_nothing_is_stale() {
    for is_cumulative in [true, false] {
        let world = World::new(is_cumulative);
        let (fresh, events) = world.fresh();
        assert_eq!(show(&events), [""; 0]);
        let dropped = world.readings.iter().flatten().count() - fresh.iter().flatten().count();
        assert!(dropped < 12, "{dropped} of 12,000");
    }
}

#[test]
fn a_snapshot_that_repeats_the_one_before_is_stale() {
    for is_cumulative in [true, false] {
        let mut world = World::new(is_cumulative);
        for model in 0..world.readings.len() {
            world.repeat(model, 20, 19);
            world.repeat(model, 21, 19);
        }
        let (fresh, events) = world.fresh();
        assert_eq!(show(&events), ["20 stale", "21 stale"]);
        assert_eq!(events[0].of, MODELS);
        for (model, fresh) in
            fresh.iter().enumerate().filter(|(model, _)| world.pace(*model) > MOVES)
        {
            let repeated = world.readings[model][20].at..=world.readings[model][21].at;
            assert!(fresh.iter().all(|reading| !repeated.contains(&reading.at)), "model {model}");
        }
    }
}

/// The stale weeks are estimated from the readings around them, not zero and then a spike.
#[test]
fn what_is_stale_is_no_zero_flow() {
    let mut world = World::new(true);
    (0..world.readings.len()).for_each(|model| world.repeat(model, 20, 19));
    let (fresh, _) = world.fresh();
    let (stale, after) = (world.readings[0][19].at.week(), world.readings[0][20].at.week());
    for model in (0..world.readings.len()).filter(|model| world.pace(*model) > MOVES) {
        let span =
            Span { since: fresh[model][0].at, through: fresh[model][fresh[model].len() - 1].at };
        let flows = flows_of_model(&fresh[model], Birth::Unknown, span);
        let cell = |week| *flows.cells.iter().find(|cell| cell.week == week).unwrap();
        let (stale, after) = (cell(stale), cell(after));
        assert_eq!((stale.state, after.state), (CellState::Estimated, CellState::Estimated));
        let truth = |week| world.truths[model].week(week).unwrap();
        let (told, true_sum) = (stale.value + after.value, truth(stale.week) + truth(after.week));
        assert!((told - true_sum).abs() < 1e-9, "{told} for {true_sum}");
        assert!(stale.value > 0.1 * (stale.value + after.value));
    }
}

/// As in `radar`: in some snapshots half of the models get new counts, the others repeat old ones.
#[test]
fn an_uneven_refresh_is_told_from_rest() {
    let mut world = World::new(false);
    let mut random = Random::new(7);
    let mut planted = Vec::new();
    for week in (10..30).step_by(3) {
        for model in 0..world.readings.len() {
            if random.uniform() < 0.5 {
                world.repeat(model, week, week - 1);
                planted.push((model, world.readings[model][week].at));
            }
        }
    }
    let (fresh, events) = world.fresh();
    assert_eq!(show(&events), [10, 13, 16, 19, 22, 25, 28].map(|week| format!("{week} stale")));
    let is_dropped = |model: usize, at| fresh[model].iter().all(|reading| reading.at != at);
    let moving: Vec<_> = planted.iter().filter(|(model, _)| world.pace(*model) > MOVES).collect();
    let found = moving.iter().filter(|(model, at)| is_dropped(*model, *at)).count();
    assert!(found * 100 >= moving.len() * 97, "{found} of {}", moving.len());
    let dropped = world.readings.iter().flatten().count() - fresh.iter().flatten().count();
    let right = planted.iter().filter(|(model, at)| is_dropped(*model, *at)).count();
    assert!(right * 100 >= dropped * 97, "{right} of {dropped}");
}

/// One model alone whose counts stop for six weeks, while it moves in all others.
#[test]
fn a_model_that_alone_stands_still_against_its_history_is_stale() {
    let mut world = World::new(true);
    let model = (0..world.readings.len()).find(|model| world.pace(*model) > 10_000.0).unwrap();
    (20..26).for_each(|week| world.repeat(model, week, 19));
    let (fresh, _) = world.fresh();
    let stopped = world.readings[model][20].at..=world.readings[model][25].at;
    assert!(fresh[model].iter().all(|reading| !stopped.contains(&reading.at)));
}

#[test]
fn small_models_that_rest_keep_their_readings() {
    let mut world = World::new(true);
    // A model without downloads, and one with a download every ten weeks.
    for (model, every) in [(0, i64::MAX), (1, 10)] {
        for (week, reading) in world.readings[model].iter_mut().enumerate() {
            reading.downloads_all_time = Some(5 + week as i64 / every);
        }
    }
    let (fresh, _) = world.fresh();
    assert_eq!((fresh[0].len(), fresh[1].len()), (WEEKS as usize, WEEKS as usize));
    let span = Span { since: fresh[0][0].at, through: fresh[0][WEEKS as usize - 1].at };
    let cells = flows_of_model(&fresh[0], Birth::Unknown, span).cells;
    assert!(cells.iter().all(|cell| cell.state == CellState::Observed && cell.value == 0.0));
}

#[test]
fn a_snapshot_that_goes_back_to_an_older_one_is_a_rollback_and_no_restatement() {
    let mut world = World::new(true);
    for model in 0..world.readings.len() {
        world.repeat(model, 20, 17);
    }
    let (fresh, events) = world.fresh();
    assert_eq!(show(&events), ["20 rollback"]);
    assert_eq!((events[0].models, events[0].of), (MODELS, MODELS));
    for fresh in &fresh {
        assert!(
            fresh.windows(2).all(|pair| pair[0].downloads_all_time <= pair[1].downloads_all_time)
        );
    }
}

#[test]
fn a_snapshot_that_leaves_out_many_models_is_partial() {
    let mut world = World::new(true);
    for (readings, snapshots) in world.readings.iter_mut().zip(&mut world.snapshots).skip(30) {
        readings.remove(20);
        snapshots.remove(20);
    }
    let (_, events) = world.fresh();
    assert_eq!(show(&events), ["20 partial"]);
    assert_eq!((events[0].models, events[0].of), (MODELS - 30, MODELS));
}

/// A model that only the rolled-back snapshot lists.
#[test]
fn one_reading_is_always_left() {
    let mut world = World::new(true);
    for model in 0..world.readings.len() {
        world.repeat(model, 20, 17);
    }
    world.readings.push(vec![world.readings[0][20]]);
    world.snapshots.push(vec![20]);
    let (fresh, events) = world.fresh();
    assert_eq!(show(&events), ["20 rollback"]);
    assert_eq!(fresh[MODELS as usize].len(), 1);
}
