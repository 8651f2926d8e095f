//! All models by all weeks, and what each unit adds up to.

use schema::{CellState, Instant, Measure, Week};

use crate::flow::{Birth, FlowTable};
use crate::grouping::{Filter, Grouping};
use crate::readings::{ReadingKind, Readings};

/// Cells by week: parallel columns, with the place at which each week begins.
#[derive(Debug, Clone, Default)]
pub struct Cells {
    first: Option<Week>,
    offsets: Vec<usize>,
    model: Vec<u32>,
    value: Vec<f64>,
    low: Vec<f32>,
    high: Vec<f32>,
    state: Vec<CellState>,
}

impl Cells {
    /// Lays a table of flows, sorted by week and model, out by week.
    #[must_use]
    pub fn new(table: FlowTable) -> Self {
        let (Some(first), Some(last)) = (table.week.first(), table.week.last()) else {
            return Self::default();
        };
        let offsets = first
            .to(last.plus(1))
            .map(|week| table.week.partition_point(|cell_week| *cell_week < week))
            .collect();
        Self {
            first: Some(*first),
            offsets,
            model: table.model,
            value: table.value,
            low: table.low.into_iter().map(|low| low as f32).collect(),
            high: table.high.into_iter().map(|high| high as f32).collect(),
            state: table.state,
        }
    }

    /// The first and the last week that have cells.
    #[must_use]
    pub fn weeks(&self) -> Option<(Week, Week)> {
        let first = self.first?;
        Some((first, first.plus(self.offsets.len() as i32 - 2)))
    }

    fn of_week(&self, week: Week) -> std::ops::Range<usize> {
        let Some(first) = self.first else { return 0..0 };
        let index = week.number() - first.number();
        let bound = |index: i32| usize::try_from(index).ok().and_then(|i| self.offsets.get(i));
        match (bound(index), bound(index + 1)) {
            (Some(from), Some(to)) => *from..*to,
            _ => 0..0,
        }
    }
}

/// What one unit of a market adds up to.
#[derive(Debug, Clone, PartialEq)]
pub struct UnitSum {
    /// The unit's code in its grouping.
    pub code: u32,
    /// The sum of what is known.
    pub value: f64,
    /// Half-width of the 95 % interval downwards: the models' own, joined as independent.
    pub below: f64,
    /// Half-width of the 95 % interval upwards.
    pub above: f64,
    /// Models that the sum rests on.
    pub model_count: u64,
    /// The part of the sum that comes from estimated cells.
    pub estimated: f64,
    /// Cells, or for readings models, that are missing, and so not in the sum.
    pub missing: u64,
}

/// What the units of a market add up to.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Sums {
    /// Units of which something is known, by code; unattributed mass included.
    pub units: Vec<UnitSum>,
    /// Missing cells of all units, those of which nothing is known included.
    pub missing: u64,
}

/// A collection in memory.
#[derive(Debug, Clone)]
pub struct Panel {
    readings: Readings,
    cells: Cells,
    births: Vec<Birth>,
}

impl Panel {
    /// Puts a collection together; `births` has one entry a model.
    #[must_use]
    pub fn new(readings: Readings, cells: Cells, births: Vec<Birth>) -> Self {
        Self { readings, cells, births }
    }

    /// How many models there are.
    #[must_use]
    pub fn model_count(&self) -> usize {
        self.births.len()
    }

    /// The readings.
    #[must_use]
    pub fn readings(&self) -> &Readings {
        &self.readings
    }

    /// The first and the last week of flows.
    #[must_use]
    pub fn weeks(&self) -> Option<(Week, Week)> {
        self.cells.weeks()
    }

    /// How many cells are in each state, in the order of [`CellState::ALL`].
    #[must_use]
    pub fn state_counts(&self) -> [u64; 3] {
        let mut counts = [0; 3];
        self.cells.state.iter().for_each(|state| counts[*state as usize] += 1);
        counts
    }

    /// Sums each model's last reading at or before `at`, by unit.
    #[must_use]
    pub fn sums_as_of(
        &self,
        kind: ReadingKind,
        at: Instant,
        grouping: &Grouping,
        filter: &Filter,
    ) -> Sums {
        let mut accumulator = Accumulator::new(grouping);
        for model in (0..self.model_count()).filter(|model| filter.is_kept(*model)) {
            match self.readings.as_of(model, kind, at) {
                None => {}
                Some(None) => accumulator.miss(model),
                Some(Some(value)) => {
                    accumulator.add(model, value, 0.0, 0.0, CellState::Observed);
                    accumulator.count_model(model);
                }
            }
        }
        accumulator.finish()
    }

    /// Sums the flows of the weeks from `first` to `last`, by unit.
    ///
    /// For [`Measure::FirstYear`] only cells of models at most 365 days old on the week's Monday;
    /// a model whose age is not known counts as missing.
    #[must_use]
    pub fn sums_of_weeks(
        &self,
        measure: Measure,
        first: Week,
        last: Week,
        grouping: &Grouping,
        filter: &Filter,
    ) -> Sums {
        let mut accumulator = Accumulator::new(grouping);
        let mut counted_in = vec![false; self.model_count()];
        for week in first.to(last) {
            for index in self.cells.of_week(week) {
                let model = self.cells.model[index] as usize;
                if !filter.is_kept(model) {
                    continue;
                }
                let is_asked = match measure {
                    Measure::FirstYear => self.births[model].is_in_first_year(week.monday()),
                    _ => Some(true),
                };
                let state = self.cells.state[index];
                match (is_asked, state) {
                    (Some(false), _) => {}
                    (None, _) | (_, CellState::Missing) => accumulator.miss(model),
                    (Some(true), _) => {
                        let value = self.cells.value[index];
                        let below = value - f64::from(self.cells.low[index]);
                        let above = f64::from(self.cells.high[index]) - value;
                        accumulator.add(model, value, below.max(0.0), above.max(0.0), state);
                        if !std::mem::replace(&mut counted_in[model], true) {
                            accumulator.count_model(model);
                        }
                    }
                }
            }
        }
        accumulator.finish()
    }
}

/// Sums by unit while models are gone through.
struct Accumulator<'a> {
    grouping: &'a Grouping,
    units: Vec<UnitSum>,
    missing: u64,
}

impl<'a> Accumulator<'a> {
    fn new(grouping: &'a Grouping) -> Self {
        let unit = |code| UnitSum {
            code: code as u32,
            value: 0.0,
            below: 0.0,
            above: 0.0,
            model_count: 0,
            estimated: 0.0,
            missing: 0,
        };
        Self { grouping, units: (0..grouping.unit_count()).map(unit).collect(), missing: 0 }
    }

    fn add(&mut self, model: usize, value: f64, below: f64, above: f64, state: CellState) {
        let unit = &mut self.units[self.grouping.code(model) as usize];
        unit.value += value;
        unit.below += below * below;
        unit.above += above * above;
        if state == CellState::Estimated {
            unit.estimated += value;
        }
    }

    fn count_model(&mut self, model: usize) {
        self.units[self.grouping.code(model) as usize].model_count += 1;
    }

    fn miss(&mut self, model: usize) {
        self.units[self.grouping.code(model) as usize].missing += 1;
        self.missing += 1;
    }

    fn finish(self) -> Sums {
        let mut units: Vec<UnitSum> =
            self.units.into_iter().filter(|unit| unit.model_count > 0).collect();
        for unit in &mut units {
            unit.below = unit.below.sqrt();
            unit.above = unit.above.sqrt();
        }
        Sums { units, missing: self.missing }
    }
}

#[cfg(test)]
mod tests;
