//! Made-up markets, and the sums over them cell by cell: the naive twin of the engine.

use std::collections::BTreeMap;

use proptest::prelude::*;
use schema::{CellState, Flagged, Instant, Week};

use crate::anomaly::Flags;
use crate::cells::{Cells, CellsBuilder};
use crate::engine::Panel;
use crate::flow::{Birth, Cell, KnownSum, Method, ModelFlows};
use crate::grouping::Grouping;
use crate::readings::Readings;

/// A market as a plain list, which the naive twin goes through cell by cell.
#[derive(Debug, Clone)]
pub(super) struct Plain {
    pub(super) births: Vec<Birth>,
    pub(super) flows: Vec<ModelFlows>,
    pub(super) flags: Vec<Vec<u8>>,
    /// The unit of each model.
    pub(super) units: Vec<u32>,
    pub(super) kept: Vec<bool>,
}

pub(super) const WEEKS: i32 = 30;
/// The week of 2024-01-01.
pub(super) const FIRST: i32 = 2_817;

fn through() -> Instant {
    Week::from_number(FIRST + WEEKS).start()
}

fn cell(week: i32, (value, width, state): (f64, f64, u8)) -> Cell {
    let state = CellState::from_code(state).unwrap();
    let method =
        if state == CellState::Observed { Method::Difference } else { Method::Interpolated };
    Cell {
        week: Week::from_number(week),
        value,
        low: (value - width).max(0.0),
        high: value + width,
        state,
        method,
    }
}

/// Mostly small flows, some of them thirds, and a few beyond what 32 bits hold.
fn flow() -> impl Strategy<Value = (f64, f64, u8)> {
    let value = prop_oneof![
        8 => (0..50_u32).prop_map(f64::from),
        2 => (0..300_u32).prop_map(|third| f64::from(third) / 3.0),
        1 => (0..200_000_000_u32).prop_map(f64::from),
    ];
    (
        value,
        prop_oneof![3 => Just(0.0), 1 => 0.0..20.0_f64],
        prop_oneof![4 => Just(0_u8), 2 => Just(1), 1 => Just(2)],
    )
}

fn model() -> impl Strategy<Value = (ModelFlows, Vec<u8>, Birth)> {
    (0..WEEKS, prop::collection::vec((flow(), 0..16_u8), 0..WEEKS as usize), 0..4_u8).prop_map(
        |(start, cells, birth)| {
            let length = cells.len().min((WEEKS - start) as usize);
            let first = FIRST + start;
            let flags: Vec<u8> = cells[..length].iter().map(|(_, flags)| *flags).collect();
            let mut flows = ModelFlows::default();
            if length > 0 {
                // A series is without holes to the record's end.
                let known = (0..length).map(|week| cell(first + week as i32, cells[week].0));
                flows.cells = known.collect();
                let rest =
                    (first + length as i32..FIRST + WEEKS).map(|week| cell(week, (0.0, 0.0, 2)));
                flows.cells.extend(rest);
            }
            flows.known_sums = known_sums(&flows.cells);
            let birth = match birth {
                0 => Birth::Unknown,
                1 => Birth::BeforeFloor,
                weeks => Birth::Known(Week::from_number(first - 40 * i32::from(weeks)).start()),
            };
            (flows, flags, birth)
        },
    )
}

/// Every second stretch of missing weeks of two or more is known as a whole.
fn known_sums(cells: &[Cell]) -> Vec<KnownSum> {
    let mut sums = Vec::new();
    for stretch in
        cells.chunk_by(|a, b| (a.state == CellState::Missing) == (b.state == CellState::Missing))
    {
        let (first, last) = (stretch[0].week, stretch[stretch.len() - 1].week);
        if stretch[0].state == CellState::Missing && stretch.len() > 1 && first.number() % 2 == 0 {
            sums.push(KnownSum { first, last, downloads: 100.0, low: 90.0, high: 120.0 });
        }
    }
    sums
}

pub(super) fn market() -> impl Strategy<Value = Plain> {
    prop::collection::vec((model(), 0..5_u32, prop::bool::ANY), 1..12).prop_map(|models| {
        let mut market = Plain {
            births: Vec::new(),
            flows: Vec::new(),
            flags: Vec::new(),
            units: Vec::new(),
            kept: Vec::new(),
        };
        for ((flows, flags, birth), unit, is_kept) in models {
            market.births.push(birth);
            market.flows.push(flows);
            market.flags.push(flags);
            market.units.push(unit);
            market.kept.push(is_kept);
        }
        market
    })
}

impl Plain {
    pub(super) fn cells(&self) -> Cells {
        // In two pieces, as two threads make them.
        let (mut builder, mut later) = (CellsBuilder::new(), CellsBuilder::new());
        let half = self.flows.len() / 2;
        self.flows[..half].iter().for_each(|flows| builder.push(flows));
        self.flows[half..].iter().for_each(|flows| later.push(flows));
        builder.append(later);
        let named = |names: Vec<String>| {
            let names: Vec<Option<String>> = names.into_iter().map(Some).collect();
            Grouping::by_value(&names, "?", "unknown")
        };
        let kept = named(self.kept.iter().map(bool::to_string).collect());
        let units = named(self.units.iter().map(u32::to_string).collect());
        builder.arrange_by(&[&kept, &units]);
        for (model, flags) in self.flags.iter().enumerate() {
            for (week, bits) in flags.iter().enumerate() {
                let is_known = self.flows[model].cells[week].state != CellState::Missing;
                let bits = if is_known { *bits } else { 0 };
                builder.set_flags(model, week, Flags::from_bits(bits));
            }
        }
        builder.finish(&self.births, through())
    }

    pub(super) fn panel(&self) -> Panel {
        Panel::new(Readings::new(self.births.len(), []), self.cells(), &self.births, 2)
    }

    /// The sums of one window, cell by cell, as parts of a download: value, estimated, squares of
    /// the widths, models, missing cells; by unit.
    pub(super) fn naive(
        &self,
        asked: Asked,
        last: i32,
        unit_of: impl Fn(usize) -> u32,
    ) -> BTreeMap<u32, Naive> {
        let first_known = self.flows.iter().flat_map(|flows| &flows.cells);
        let first_known = first_known.filter(|cell| cell.state != CellState::Missing);
        let spans = self.flows.iter().flat_map(|flows| &flows.known_sums);
        let spans = spans.map(|span| span.first.number());
        let Some(record) = first_known.map(|cell| cell.week.number()).chain(spans).min() else {
            return BTreeMap::new();
        };
        let weeks = (last + 1 - asked.window).max(record)..=last;
        let mut units: BTreeMap<u32, Naive> = BTreeMap::new();
        for (model, flows) in self.flows.iter().enumerate() {
            if asked.is_filtered && !self.kept[model] {
                continue;
            }
            let unit = units.entry(unit_of(model)).or_default();
            let existed = match self.births[model] {
                Birth::Known(at) => Some(at.week().number()),
                Birth::BeforeFloor => Some(record),
                Birth::Unknown => None,
            };
            let own = flows.cells.first().map(|cell| cell.week.number());
            let Some(start) = own.into_iter().chain(existed).min() else { continue };
            let is_first_year = |week: i32| {
                !asked.is_first_year
                    || self.births[model].is_in_first_year(Week::from_number(week).monday())
                        == Some(true)
            };
            let is_age_unknown = |week: i32| {
                let monday = Week::from_number(week).monday();
                asked.is_first_year && self.births[model].is_in_first_year(monday).is_none()
            };
            let mut is_known = false;
            for week in weeks.clone().filter(|week| *week >= start) {
                let index = own.and_then(|own| usize::try_from(week - own).ok());
                let cell = index.and_then(|index| flows.cells.get(index));
                let flags =
                    index.and_then(|index| self.flags[model].get(index)).copied().unwrap_or(0);
                let cell = cell.filter(|cell| cell.state != CellState::Missing);
                if is_age_unknown(week) || (is_first_year(week) && cell.is_none()) {
                    unit.missing += 1;
                    continue;
                }
                let is_wanted = match asked.flagged {
                    Flagged::Include => true,
                    Flagged::Exclude => flags == 0,
                    Flagged::Only => flags != 0,
                };
                if let Some(cell) = cell.filter(|_| is_first_year(week) && is_wanted) {
                    is_known = true;
                    unit.add(cell.value, cell.low, cell.high, cell.state == CellState::Estimated);
                }
            }
            for sum in &flows.known_sums {
                let (from, to) = (sum.first.number(), sum.last.number());
                let is_inside = from >= *weeks.start() && to <= last;
                if is_inside
                    && is_first_year(to)
                    && !is_age_unknown(to)
                    && asked.flagged != Flagged::Only
                {
                    is_known = true;
                    unit.add(sum.downloads, sum.low, sum.high, true);
                    unit.missing -= i64::from(to - from + 1);
                }
            }
            unit.models += u64::from(is_known);
        }
        units
    }
}

#[derive(Debug, Clone, Copy)]
pub(super) struct Asked {
    pub(super) window: i32,
    pub(super) is_filtered: bool,
    pub(super) is_first_year: bool,
    pub(super) flagged: Flagged,
}

#[derive(Debug, Default)]
pub(super) struct Naive {
    pub(super) value: u64,
    pub(super) estimated: u64,
    pub(super) below: f64,
    pub(super) above: f64,
    pub(super) models: u64,
    pub(super) missing: i64,
}

impl Naive {
    fn add(&mut self, value: f64, low: f64, high: f64, is_estimated: bool) {
        let parts = (value * 64.0).round();
        self.value += parts as u64;
        self.estimated += u64::from(is_estimated) * parts as u64;
        self.below += ((parts - (low * 64.0).floor()).max(0.0) / 64.0).powi(2);
        self.above += (((high * 64.0).ceil() - parts).max(0.0) / 64.0).powi(2);
    }
}
