//! Cells while they are computed: by model; then laid out by week.

use std::collections::BTreeMap;

use schema::{CellState, Instant, Week};

use super::{Cells, Mark, PARTS, PlacedSum, WeekTotals, WeekTraits, arrangement, runs, width};
use crate::anomaly::Flags;
use crate::flow::{Birth, Cell, KnownSum, Method, ModelFlows};
use crate::grouping::Grouping;

/// Cells by model, in the order of models.
#[derive(Debug, Clone, Default)]
pub struct CellsBuilder {
    models: Vec<Series>,
    value: Vec<u32>,
    below: Vec<u16>,
    above: Vec<u16>,
    mark: Vec<Mark>,
    /// What values beyond 32 bits exceed them by.
    large: Vec<(u64, u64)>,
    /// By model.
    known_sums: Vec<(u32, KnownSum)>,
    /// By model, in which order those of one first week are laid out; none where it is their own.
    keys: Vec<u64>,
}

/// Where a model's cells lie.
#[derive(Debug, Clone, Copy)]
struct Series {
    first: Option<Week>,
    offset: usize,
}

impl CellsBuilder {
    /// A builder without models.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Takes the flows of the next model: one cell for each week from its first, without holes.
    pub fn push(&mut self, flows: &ModelFlows) {
        let model = self.models.len() as u32;
        let first = flows.cells.first().map(|cell| cell.week);
        self.models.push(Series { first, offset: self.value.len() });
        for cell in &flows.cells {
            self.push_cell(cell);
        }
        self.known_sums.extend(flows.known_sums.iter().map(|sum| (model, *sum)));
    }

    fn push_cell(&mut self, cell: &Cell) {
        let is_missing = cell.state == CellState::Missing;
        let value = if is_missing { 0 } else { parts(cell.value) };
        let (below, above) = if is_missing {
            (0, 0)
        } else {
            let low = (cell.low * f64::from(PARTS)).floor().max(0.0) as u64;
            let high = (cell.high * f64::from(PARTS)).ceil() as u64;
            (value.saturating_sub(low), high.saturating_sub(value))
        };
        let kept = u32::try_from(value).unwrap_or(u32::MAX);
        if kept == u32::MAX {
            self.large.push((self.value.len() as u64, value - u64::from(kept)));
        }
        self.value.push(kept);
        self.below.push(width::encode(below));
        self.above.push(width::encode(above));
        self.mark.push(Mark::new(cell.state, cell.method));
    }

    /// Takes the models of another builder after its own.
    pub fn append(&mut self, mut later: Self) {
        let (models, cells) = (self.models.len() as u32, self.value.len());
        let moved = |series: Series| Series { offset: series.offset + cells, ..series };
        self.models.extend(later.models.into_iter().map(moved));
        self.value.append(&mut later.value);
        self.below.append(&mut later.below);
        self.above.append(&mut later.above);
        self.mark.append(&mut later.mark);
        let cells = cells as u64;
        self.large.extend(later.large.into_iter().map(|(cell, excess)| (cell + cells, excess)));
        let sums = later.known_sums.into_iter().map(|(model, sum)| (model + models, sum));
        self.known_sums.extend(sums);
    }

    /// How many models were taken.
    #[must_use]
    pub fn model_count(&self) -> usize {
        self.models.len()
    }

    /// A model's first week and, from there, its values in [`PARTS`] of a download with their
    /// marks; `None` where it has no cell.
    #[must_use]
    pub fn series(&self, model: usize) -> Option<(Week, &[u32], &[Mark])> {
        let first = self.models[model].first?;
        let range = self.range(model);
        Some((first, &self.value[range.clone()], &self.mark[range]))
    }

    /// Adds flags to those of a model's cell, counted from its first week.
    pub fn set_flags(&mut self, model: usize, week: usize, flags: Flags) {
        let cell = self.models[model].offset + week;
        let mark = self.mark[cell];
        self.mark[cell] = mark.with_flags(mark.flags().union(flags));
    }

    fn range(&self, model: usize) -> std::ops::Range<usize> {
        let end = self.models.get(model + 1).map_or(self.value.len(), |next| next.offset);
        self.models[model].offset..end
    }

    /// Says that models which begin in the same week are to lie in the order of the units of these
    /// groupings, which have an entry for each model that was taken: of the first, then of the
    /// second, and so on.
    pub fn arrange_by(&mut self, groupings: &[&Grouping]) {
        self.keys = arrangement::keys(groupings, self.models.len());
    }

    /// Completes the cells and lays them out by week; `births` has one entry a model.
    ///
    /// The record begins with the first week of which something is known, and ends with the last
    /// that is over at `through`. A model that exists while it is kept, yet has no cell, is
    /// missing.
    #[must_use]
    pub fn finish(self, births: &[Birth], through: Instant) -> Cells {
        let mut cells = Cells { order: (0..births.len() as u32).collect(), ..Cells::default() };
        let Some(first) = self.first_known() else { return cells };
        let last = Week::last_complete(through);
        let starts: Vec<i32> = (0..births.len())
            .map(|model| self.start_of(model, births[model], first, last))
            .collect();
        let key = |model: usize| self.keys.get(model).copied().unwrap_or_default();
        cells.order.sort_by_key(|model| (starts[*model as usize], key(*model as usize)));
        let mut place = vec![0_u32; births.len()];
        cells.order.iter().enumerate().for_each(|(at, model)| place[*model as usize] = at as u32);

        cells.first = Some(first);
        let by_start: Vec<i32> = cells.order.iter().map(|model| starts[*model as usize]).collect();
        cells.offsets.push(0);
        for week in first.to(last) {
            let count = by_start.partition_point(|start| *start <= week.number());
            cells.offsets.push(cells.offsets[cells.offsets.len() - 1] + count);
        }
        self.lay_out(&mut cells, first);
        cells.known_sums = self.placed_sums(&place, (first.number(), last.number()));
        cells.totals = (0..cells.week_count()).map(|index| totals(&cells, index)).collect();
        cells.traits = (0..cells.week_count()).map(|index| traits(&cells, index)).collect();
        cells.runs = runs_of(&cells);
        cells
    }

    /// The first week of which anything is known, be it as part of a span.
    fn first_known(&self) -> Option<Week> {
        let known = (0..self.models.len()).filter_map(|model| {
            let (first, _, marks) = self.series(model)?;
            let known = marks.iter().position(|mark| !mark.is_missing())?;
            Some(first.plus(known as i32))
        });
        let spans = self.known_sums.iter().map(|(_, sum)| sum.first);
        known.chain(spans).min()
    }

    /// The number of the week from which a model has cells; beyond the last where it has none.
    fn start_of(&self, model: usize, birth: Birth, first: Week, last: Week) -> i32 {
        let own = self.models[model].first;
        let existed = match birth {
            Birth::Known(at) => Some(at.week()),
            Birth::BeforeFloor => Some(first),
            Birth::Unknown => None,
        };
        let start = match (own, existed) {
            (Some(own), Some(existed)) => Some(own.min(existed)),
            (own, existed) => own.or(existed),
        };
        start.map_or(last.number() + 1, |start| start.max(first).number())
    }

    fn lay_out(&self, cells: &mut Cells, first: Week) {
        let missing = Mark::new(CellState::Missing, Method::Difference);
        let plan = Plan { builder: self, offsets: &cells.offsets, order: &cells.order, first };
        // Two at a time: one column alone keeps one processor busy, and all at once its caches.
        std::thread::scope(|scope| {
            let marks =
                scope.spawn(|| (plan.column(&self.mark, missing), plan.column(&self.below, 0)));
            cells.value = plan.column(&self.value, 0);
            cells.above = plan.column(&self.above, 0);
            (cells.mark, cells.below) = marks.join().expect("laying out does not panic");
        });
        let large: BTreeMap<u64, u64> = self.large.iter().copied().collect();
        for (place, model) in cells.order.iter().enumerate() {
            if large.range(self.range_of(*model)).next().is_none() {
                continue;
            }
            for (from, to) in plan.moves(place, *model) {
                if let Some(excess) = large.get(&(from as u64)) {
                    cells.large.push((to as u64, *excess));
                }
            }
        }
        cells.large.sort_unstable();
    }

    fn range_of(&self, model: u32) -> std::ops::Range<u64> {
        let range = self.range(model as usize);
        range.start as u64..range.end as u64
    }

    fn placed_sums(&self, place: &[u32], (begin, end): (i32, i32)) -> Vec<PlacedSum> {
        let placed = |(model, sum): &(u32, KnownSum)| {
            let value = parts(sum.downloads);
            PlacedSum {
                place: place[*model as usize],
                first: sum.first.number(),
                last: sum.last.number(),
                value,
                below: width::encode(value.saturating_sub(parts(sum.low))),
                above: width::encode(parts(sum.high).saturating_sub(value)),
            }
        };
        let mut sums: Vec<PlacedSum> = self.known_sums.iter().map(placed).collect();
        // A span that reaches beyond the record is in no window of it.
        sums.retain(|sum| begin <= sum.first && sum.last <= end);
        sums.sort_by_key(|sum| (sum.last, sum.place));
        sums
    }
}

/// Where each cell goes.
#[derive(Clone, Copy)]
struct Plan<'a> {
    builder: &'a CellsBuilder,
    offsets: &'a [usize],
    order: &'a [u32],
    first: Week,
}

impl Plan<'_> {
    /// The cells of the model at a place: where each lies by model, and where by week.
    fn moves(&self, place: usize, model: u32) -> impl Iterator<Item = (usize, usize)> {
        let series = self.builder.models[model as usize];
        let range = if series.first.is_some() { self.builder.range(model as usize) } else { 0..0 };
        let lag = series.first.map_or(0, |own| own.number() - self.first.number());
        let skipped = usize::try_from(-lag).unwrap_or(0);
        let begin = usize::try_from(lag).unwrap_or(0);
        let starts = self.offsets[..self.offsets.len() - 1].iter().skip(begin);
        range.skip(skipped).zip(starts.map(move |start| start + place))
    }

    /// One column, laid out by week; a cell that no model has is `rest`.
    fn column<T: Copy>(&self, by_model: &[T], rest: T) -> Vec<T> {
        let count = self.offsets[self.offsets.len() - 1];
        let mut column = vec![rest; count];
        for (place, model) in self.order.iter().enumerate() {
            for (from, to) in self.moves(place, *model) {
                column[to] = by_model[from];
            }
        }
        column
    }
}

/// Downloads in parts of one.
fn parts(downloads: f64) -> u64 {
    (downloads * f64::from(PARTS)).round().max(0.0) as u64
}

/// The runs of all weeks; every second week on a thread of its own.
fn runs_of(cells: &Cells) -> Vec<Option<Vec<runs::Run>>> {
    let of = |index: usize| runs::of_week(&cells.of_index(index));
    std::thread::scope(|scope| {
        let odd =
            scope.spawn(|| (0..cells.week_count()).skip(1).step_by(2).map(of).collect::<Vec<_>>());
        let even: Vec<_> = (0..cells.week_count()).step_by(2).map(of).collect();
        let mut odd = odd.join().expect("sorting does not panic").into_iter();
        even.into_iter().flat_map(|runs| [Some(runs), odd.next()]).flatten().collect()
    })
}

/// What a week's cells are, taken together.
fn totals(cells: &Cells, index: usize) -> WeekTotals {
    let range = cells.offsets[index]..cells.offsets[index + 1];
    let mut totals = WeekTotals::default();
    for cell in range {
        let mark = cells.mark[cell];
        match mark.state() {
            CellState::Observed => totals.observed += 1,
            CellState::Estimated => {
                totals.estimated += 1;
                totals.estimated_parts += u64::from(cells.value[cell]);
            }
            CellState::Missing => totals.missing += 1,
        }
        totals.flagged += u64::from(mark.is_flagged());
    }
    totals
}

/// What a week's cells need to be read for.
fn traits(cells: &Cells, index: usize) -> WeekTraits {
    let range = cells.offsets[index]..cells.offsets[index + 1];
    let WeekTotals { estimated, missing, .. } = cells.totals[index];
    let mut widths = [0_u16; 2];
    for cell in range {
        let width = cells.below[cell] | cells.above[cell];
        widths[usize::from(cells.mark[cell].is_sure())] |= width;
    }
    let [of_others, of_sure] = widths;
    WeekTraits {
        is_doubtful: estimated > 0 || missing > 0 || of_others | of_sure != 0,
        has_sure_width: of_sure != 0,
    }
}
