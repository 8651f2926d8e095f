//! The flows of one model after the other, in memory that is used again.

use schema::{Instant, Week};

use super::calibration::Calibration;
use super::curve::Point;
use super::{Birth, Cell, ModelFlows, cumulative, rolling};
use crate::readings::CounterReading;

/// How long after a week a rolling sum still tells of it, with two weeks for the smoother.
const TOLD_BY_ROLLING_MS: i64 = 44 * 86_400_000;

/// The time that a collection's record spans.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Span {
    /// Its first reading.
    pub since: Instant,
    /// Its newest reading.
    pub through: Instant,
}

/// What holds for all models of a collection.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct FlowOptions {
    /// The time that the record spans.
    pub span: Span,
    /// How far intervals reach.
    pub calibration: Calibration,
}

/// Recovers the weekly flows of one model after the other.
#[derive(Debug)]
pub struct FlowWorker {
    options: FlowOptions,
    last: Week,
    series: Vec<Point>,
    scratch: cumulative::Scratch,
    rolling: Vec<Cell>,
}

impl FlowWorker {
    /// Makes a worker; each thread has its own.
    #[must_use]
    pub fn new(options: FlowOptions) -> Self {
        Self {
            options,
            last: Week::last_complete(options.span.through),
            series: Vec::new(),
            scratch: cumulative::Scratch::default(),
            rolling: Vec::new(),
        }
    }

    /// Fills `flows` with the weekly flows of one model, up to the last week that is over.
    ///
    /// The cumulative counter is used where it was read at least twice, or once with a known birth;
    /// else, and for weeks before the record, the rolling 30-day sum. Before the record a
    /// cumulative counter tells the weeks of newborn models only, whose shares would be no shares
    /// of the whole. Readings are sorted by time and not stale.
    pub fn flows(&mut self, readings: &[CounterReading], birth: Birth, flows: &mut ModelFlows) {
        let FlowOptions { span, calibration } = &self.options;
        flows.clear();
        fill(readings, |reading| reading.downloads_all_time, &mut self.series);
        let is_anchored = matches!(birth, Birth::Known(_));
        if self.series.len() >= 2 || (self.series.len() == 1 && is_anchored) {
            let scratch = &mut self.scratch;
            cumulative::flows(&self.series, birth, self.last, calibration, scratch, flows);
            let before = flows.cells.partition_point(|cell| cell.week.start() < span.since);
            flows.cells.drain(..before);
            flows.known_sums.retain(|sum| sum.first.start() >= span.since);
        }
        let counted_from = flows.cells.first().map(|cell| cell.week);
        let is_whole_life =
            matches!(birth, Birth::Known(at) if counted_from.is_some_and(|from| from <= at.week()));
        if !is_whole_life {
            fill(readings, |reading| reading.downloads_30d, &mut self.series);
            if let Some(from) = counted_from {
                let until = from.start().millis() + TOLD_BY_ROLLING_MS;
                self.series.retain(|(at, _)| at.millis() <= until);
            }
            self.rolling.clear();
            rolling::flows(&self.series, birth, self.last, calibration, &mut self.rolling);
            self.rolling.retain(|cell| counted_from.is_none_or(|from| cell.week < from));
            if let (Some(from), Some(told)) = (counted_from, self.rolling.last()) {
                let between = told.week.plus(1).to(from.plus(-1));
                self.rolling.extend(between.map(Cell::missing));
            }
            flows.cells.splice(0..0, self.rolling.drain(..));
        }
        if let Some(newest) = flows.cells.last().map(|cell| cell.week) {
            flows.cells.extend(newest.plus(1).to(self.last).map(Cell::missing));
        }
    }
}

/// Recovers the weekly flows of one model with intervals as of a normal distribution.
#[must_use]
pub fn flows_of_model(readings: &[CounterReading], birth: Birth, span: Span) -> ModelFlows {
    let mut flows = ModelFlows::default();
    let options = FlowOptions { span, calibration: Calibration::default() };
    FlowWorker::new(options).flows(readings, birth, &mut flows);
    flows
}

/// Fills `series` with one counter's known readings; of several at one instant the last holds.
pub(super) fn fill(
    readings: &[CounterReading],
    counter: impl Fn(&CounterReading) -> Option<i64>,
    series: &mut Vec<Point>,
) {
    series.clear();
    for reading in readings {
        let Some(value) = counter(reading) else { continue };
        match series.last_mut() {
            Some(last) if last.0 == reading.at => last.1 = value,
            _ => series.push((reading.at, value)),
        }
    }
}
