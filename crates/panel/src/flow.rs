//! From readings of counters to weekly flows.
//!
//! Method, assumptions and checks: `docs/methods/flows.md`.

mod cumulative;
mod rolling;
mod windows;

use schema::{CellState, Day, Instant, Week};

use crate::readings::CounterReading;

pub use windows::{WindowFlow, with_windows};

/// When a model came to be, as far as it is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Birth {
    /// Created at this instant.
    Known(Instant),
    /// Created before the Hub recorded creation; it has existed since.
    BeforeFloor,
    /// The source does not say.
    Unknown,
}

impl Birth {
    /// The Hub gave every older repository this second, or the next, of 2022-03-02.
    const FLOOR_MS: std::ops::RangeInclusive<i64> = 1_646_263_744_000..=1_646_263_745_999;

    /// Reads what the Hub's creation date says.
    #[must_use]
    pub fn from_created_at(created_at: Option<Instant>) -> Self {
        match created_at {
            None => Self::Unknown,
            Some(at) if Self::FLOOR_MS.contains(&at.millis()) => Self::BeforeFloor,
            Some(at) => Self::Known(at),
        }
    }

    /// Whether the model is at most 365 days old on `day`; `None` when that is not known.
    #[must_use]
    pub fn is_in_first_year(self, day: Day) -> Option<bool> {
        const FIRST_YEAR_DAYS: i32 = 365;
        match self {
            Self::Unknown => None,
            Self::BeforeFloor => {
                let floor = Instant::from_millis(*Self::FLOOR_MS.start()).day();
                (day.epoch_days() > floor.epoch_days() + FIRST_YEAR_DAYS).then_some(false)
            }
            Self::Known(at) => Some(day.epoch_days() - at.day().epoch_days() <= FIRST_YEAR_DAYS),
        }
    }
}

/// The flow of one model in one week.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Cell {
    /// The week.
    pub week: Week,
    /// Downloads during the week; 0 where missing, which no sum may use.
    pub value: f64,
    /// Lower end of the 95 % interval.
    pub low: f64,
    /// Upper end of the 95 % interval.
    pub high: f64,
    /// How it is known.
    pub state: CellState,
}

impl Cell {
    fn missing(week: Week) -> Self {
        Self { week, value: 0.0, low: 0.0, high: 0.0, state: CellState::Missing }
    }
}

/// A cumulative counter that fell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Restatement {
    /// The last reading before the fall.
    pub before_at: Instant,
    /// Its value.
    pub before: i64,
    /// The first reading after the fall.
    pub after_at: Instant,
    /// Its value.
    pub after: i64,
}

/// The flows of one model.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct ModelFlows {
    /// One cell for each week from the model's first to the collection's last, without holes.
    pub cells: Vec<Cell>,
    /// Where its cumulative counter fell.
    pub restatements: Vec<Restatement>,
}

/// The flows of all models of a collection, one entry a cell, sorted by week, then model.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct FlowTable {
    /// Places of the models.
    pub model: Vec<u32>,
    /// The weeks.
    pub week: Vec<Week>,
    /// The flows.
    pub value: Vec<f64>,
    /// Lower ends of the intervals.
    pub low: Vec<f64>,
    /// Upper ends of the intervals.
    pub high: Vec<f64>,
    /// The states.
    pub state: Vec<CellState>,
    /// Falls of cumulative counters, with the places of their models.
    pub restatements: Vec<(u32, Restatement)>,
}

impl FlowTable {
    /// Joins the flows of models 0, 1, 2, … and completes them: a model that exists while the
    /// collection is kept, yet has no cell, is missing.
    #[must_use]
    pub fn join(births: &[Birth], flows: Vec<ModelFlows>, through: Instant) -> Self {
        let known = |flows: &ModelFlows| {
            flows.cells.iter().find(|c| c.state != CellState::Missing).map(|c| c.week)
        };
        let Some(first) = flows.iter().filter_map(known).min() else { return Self::default() };
        let last = Week::last_complete(through);
        let mut cells: Vec<(Week, u32, Cell)> = Vec::new();
        let mut table = Self::default();
        for (index, flows) in flows.into_iter().enumerate() {
            let model = index as u32;
            let own_first = flows.cells.first().map(|cell| cell.week);
            let existed = match births[index] {
                Birth::Known(at) => Some(at.week().max(first)),
                Birth::BeforeFloor => Some(first),
                Birth::Unknown => own_first,
            };
            if let Some(existed) = existed {
                let until = own_first.map_or(last, |week| week.plus(-1));
                cells.extend(existed.to(until).map(|week| (week, model, Cell::missing(week))));
            }
            cells.extend(
                flows.cells.into_iter().filter(|c| c.week >= first).map(|c| (c.week, model, c)),
            );
            table.restatements.extend(flows.restatements.into_iter().map(|r| (model, r)));
        }
        cells.sort_by_key(|(week, model, _)| (*week, *model));
        for (week, model, cell) in cells {
            table.model.push(model);
            table.week.push(week);
            table.value.push(cell.value);
            table.low.push(cell.low);
            table.high.push(cell.high);
            table.state.push(cell.state);
        }
        table
    }
}

/// The time that a collection's record spans.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Span {
    /// Its first reading.
    pub since: Instant,
    /// Its newest reading.
    pub through: Instant,
}

/// Recovers the weekly flows of one model, up to the last week that is over.
///
/// The cumulative counter is used where it was read at least twice, or once with a known birth;
/// else, and for weeks before the record, the rolling 30-day sum. Before the record a cumulative
/// counter tells the weeks of newborn models only, whose shares would be no shares of the whole.
/// Readings are sorted by time.
#[must_use]
pub fn flows_of_model(readings: &[CounterReading], birth: Birth, span: Span) -> ModelFlows {
    let last = Week::last_complete(span.through);
    let all_time = series(readings, |reading| reading.downloads_all_time);
    let is_anchored = matches!(birth, Birth::Known(_));
    let mut flows = if all_time.len() >= 2 || (all_time.len() == 1 && is_anchored) {
        cumulative::flows(&all_time, birth, last)
    } else {
        ModelFlows::default()
    };
    flows.cells.retain(|cell| cell.week.start() >= span.since);
    let counted_from = flows.cells.first().map(|cell| cell.week);
    let rolling = series(readings, |reading| reading.downloads_30d);
    let mut cells = rolling::flows(&rolling, birth, last);
    cells.retain(|cell| counted_from.is_none_or(|from| cell.week < from));
    cells.append(&mut flows.cells);
    if let Some(newest) = cells.last().map(|cell| cell.week) {
        cells.extend(newest.plus(1).to(last).map(Cell::missing));
    }
    ModelFlows { cells, restatements: flows.restatements }
}

/// One counter's known readings; of several at one instant the last holds.
fn series(
    readings: &[CounterReading],
    counter: impl Fn(&CounterReading) -> Option<i64>,
) -> Vec<(Instant, i64)> {
    let mut series: Vec<(Instant, i64)> = Vec::with_capacity(readings.len());
    for reading in readings {
        let Some(value) = counter(reading) else { continue };
        match series.last_mut() {
            Some(last) if last.0 == reading.at => last.1 = value,
            _ => series.push((reading.at, value)),
        }
    }
    series
}

#[cfg(test)]
mod tests;
