use std::collections::BTreeMap;

use proptest::prelude::*;
use schema::{CellState, Flagged};

use super::*;
use crate::anomaly::Flags;
use crate::cells::CellsBuilder;
use crate::cubes::{CubeQuestion, Cubes};
use crate::flow::{Cell, KnownSum, Method, ModelFlows};
use crate::readings::CounterReading;
use crate::windows::Detail;

fn at(text: &str) -> Instant {
    Instant::parse(text).unwrap()
}

fn reading(day: &str, downloads: Option<i64>) -> CounterReading {
    CounterReading {
        at: at(&format!("{day}T00:00:00Z")),
        downloads_30d: downloads,
        downloads_all_time: None,
        likes: None,
    }
}

fn as_of(panel: &Panel, day: &str) -> (Vec<(u32, f64, u64)>, u64) {
    let values = [Some("x".into()), Some("x".into()), Some("y".into()), None];
    let grouping = Grouping::by_value(&values, "unreviewed", "unknown").arranged(panel.order());
    let sums = panel.sums_as_of(
        ReadingKind::Downloads30d,
        at(&format!("{day}T12:00:00Z")),
        &grouping,
        &Filter::all(4),
    );
    let known = (0..3).filter(|code| sums.is_known(*code));
    let units = known.map(|code| (code, sums.value(code), sums.model_count(code))).collect();
    (units, sums.missing_total())
}

#[test]
fn as_of_takes_each_model_s_last_known_reading() {
    let rows = [
        (0, reading("2026-01-01", Some(5))),
        (0, reading("2026-01-03", None)),
        (1, reading("2026-01-02", Some(7))),
        (2, reading("2026-01-02", None)),
        (3, reading("2026-01-02", Some(0))),
    ];
    let births = [Birth::Unknown; 4];
    let cells = CellsBuilder::new().finish(&births, at("2026-01-04T00:00:00Z"));
    let panel = Panel::new(Readings::new(4, rows), cells, &births, 1);
    assert_eq!(as_of(&panel, "2025-12-31"), (vec![], 0));
    assert_eq!(as_of(&panel, "2026-01-01"), (vec![(0, 5.0, 1)], 0));
    // An unknown counter does not overwrite a known one; one never known is missing, not zero;
    // zero is known.
    assert_eq!(as_of(&panel, "2026-01-03"), (vec![(0, 12.0, 2), (2, 0.0, 1)], 1));
}

/// A market as a plain list, which the naive twin goes through cell by cell.
#[derive(Debug, Clone)]
struct Plain {
    births: Vec<Birth>,
    flows: Vec<ModelFlows>,
    flags: Vec<Vec<u8>>,
    /// The unit of each model.
    units: Vec<u32>,
    kept: Vec<bool>,
}

const WEEKS: i32 = 30;
/// The week of 2024-01-01.
const FIRST: i32 = 2_817;

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

fn market() -> impl Strategy<Value = Plain> {
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
    fn cells(&self) -> Cells {
        // In two pieces, as two threads make them.
        let (mut builder, mut later) = (CellsBuilder::new(), CellsBuilder::new());
        let half = self.flows.len() / 2;
        self.flows[..half].iter().for_each(|flows| builder.push(flows));
        self.flows[half..].iter().for_each(|flows| later.push(flows));
        builder.append(later);
        for (model, flags) in self.flags.iter().enumerate() {
            for (week, bits) in flags.iter().enumerate() {
                let is_known = self.flows[model].cells[week].state != CellState::Missing;
                let bits = if is_known { *bits } else { 0 };
                builder.set_flags(model, week, Flags::from_bits(bits));
            }
        }
        builder.finish(&self.births, through())
    }

    fn panel(&self) -> Panel {
        Panel::new(Readings::new(self.births.len(), []), self.cells(), &self.births, 2)
    }

    /// The sums of one window, cell by cell, as parts of a download: value, estimated, squares of
    /// the widths, models, missing cells; by unit.
    fn naive(
        &self,
        asked: Asked,
        last: i32,
        unit_of: impl Fn(usize) -> u32,
    ) -> BTreeMap<u32, Naive> {
        let first_known = self.flows.iter().flat_map(|flows| &flows.cells);
        let first_known = first_known.filter(|cell| cell.state != CellState::Missing);
        let Some(record) = first_known.map(|cell| cell.week.number()).min() else {
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
struct Asked {
    window: i32,
    is_filtered: bool,
    is_first_year: bool,
    flagged: Flagged,
}

#[derive(Debug, Default)]
struct Naive {
    value: u64,
    estimated: u64,
    below: f64,
    above: f64,
    models: u64,
    missing: i64,
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

fn flagged() -> impl Strategy<Value = Flagged> {
    prop_oneof![3 => Just(Flagged::Include), 1 => Just(Flagged::Exclude), 1 => Just(Flagged::Only)]
}

proptest! {
    /// The engine equals a plain loop over all cells, whatever is asked.
    #[test]
    fn sums_equal_their_naive_twin(
        market in market(),
        window in prop_oneof![Just(1_i32), Just(4), Just(13), 2..40_i32],
        is_filtered in prop::bool::ANY,
        is_first_year in prop::bool::weighted(0.3),
        flagged in flagged(),
        is_by_model in prop::bool::ANY,
    ) {
        let asked = Asked { window, is_filtered, is_first_year, flagged };
        let panel = market.panel();
        let names: Vec<Option<String>> = market.units.iter().map(|unit| Some(format!("u{unit}"))).collect();
        let kept: Vec<Option<String>> = market.kept.iter().map(|kept| Some(kept.to_string())).collect();
        let grouping = if is_by_model {
            Grouping::by_model((0..market.units.len()).map(|model| model.to_string()))
        } else {
            Grouping::by_value(&names, "?", "unknown")
        };
        let grouping = grouping.arranged(panel.order());
        let kept = Grouping::by_value(&kept, "?", "unknown").arranged(panel.order());
        let mut filter = Filter::all(panel.model_count());
        if is_filtered {
            filter.keep(&kept, &kept.find("true").into_iter().collect::<Vec<_>>());
        }
        let question = FlowQuestion {
            grouping: &grouping,
            filter: &filter,
            is_first_year,
            flagged,
            window: window as usize,
            detail: Detail::Everything,
        };
        let answers = panel.over_windows(
            &question,
            (Week::from_number(FIRST), Week::from_number(FIRST + WEEKS - 1)),
            |week, sums| (week, sums.clone()),
        );
        let bare = FlowQuestion { detail: Detail::Values, ..question };
        let bare = panel.over_windows(
            &bare,
            (Week::from_number(FIRST), Week::from_number(FIRST + WEEKS - 1)),
            |_, sums| sums.all_parts().to_vec(),
        );
        prop_assert!(answers.iter().map(|(_, sums)| sums.all_parts()).eq(bare.iter().map(Vec::as_slice)));
        for (week, sums) in answers {
            let unit_of = |model: usize| if is_by_model { model as u32 } else { market.units[model] };
            let naive = market.naive(asked, week.number(), unit_of);
            for (unit, twin) in &naive {
                let label = if is_by_model { unit.to_string() } else { format!("u{unit}") };
                let code = grouping.find(&label).unwrap();
                prop_assert_eq!(sums.parts(code), twin.value, "value of {} in {}", label, week);
                prop_assert_eq!((sums.estimated(code) * 64.0) as u64, twin.estimated);
                prop_assert_eq!(sums.model_count(code), twin.models, "models of {} in {}", label, week);
                prop_assert_eq!(sums.missing(code) as i64, twin.missing, "missing of {} in {}", label, week);
                // Widths are kept to a thousandth, rounded up.
                for (kept, exact) in [(sums.below(code), twin.below.sqrt()), (sums.above(code), twin.above.sqrt())] {
                    prop_assert!(kept >= exact - 1e-6 && kept <= exact * 1.001 + 1e-6, "{kept} {exact}");
                }
            }
        }
    }

    /// What is written is read back, and a file that ends early is an error.
    #[test]
    fn cells_survive_their_file(market in market(), cut in 0.0..1.0_f64) {
        let cells = market.cells();
        let mut file = Vec::new();
        cells.write(&mut file).unwrap();
        prop_assert_eq!(&Cells::read(&mut file.as_slice(), file.len() as u64).unwrap(), &cells);
        let short = &file[..(file.len() as f64 * cut) as usize];
        prop_assert!(Cells::read(&mut &*short, short.len() as u64).is_err());
    }

    /// Runs are the known cells in order.
    #[test]
    fn runs_are_the_sorted_cells(market in market()) {
        let panel = market.panel();
        let Some((first, last)) = panel.weeks() else { return Ok(()) };
        for week in first.to(last) {
            let Some(runs) = panel.runs_of(week) else { continue };
            let runs: Vec<RunOfModels> = runs.collect();
            let in_week = market.flows.iter().flat_map(|flows| &flows.cells).filter(|cell| cell.week == week);
            let known: Vec<&Cell> = in_week.filter(|cell| cell.state != CellState::Missing).collect();
            let mut values: Vec<f64> =
                known.iter().map(|cell| (cell.value * 64.0).round() / 64.0).collect();
            values.sort_by(f64::total_cmp);
            let spread: Vec<f64> =
                runs.iter().flat_map(|run| std::iter::repeat_n(run.downloads, run.count as usize)).collect();
            prop_assert_eq!(spread, values);
        }
    }

    /// A cube answers as the cells do, wherever it answers.
    #[test]
    fn cubes_equal_the_cells(
        market in market(),
        window in prop_oneof![Just(1_usize), Just(4), Just(13)],
        most in prop_oneof![Just(3_usize), Just(20)],
        has_gaps in prop::bool::ANY,
        is_filtered in prop::bool::ANY,
    ) {
        let mut market = market;
        if !has_gaps {
            // Without missing cells, so that windows are answered too.
            for flows in &mut market.flows {
                flows.known_sums.clear();
                for cell in &mut flows.cells {
                    if cell.state == CellState::Missing {
                        cell.state = CellState::Observed;
                    }
                }
            }
            market.births.fill(Birth::Unknown);
        }
        let panel = market.panel();
        let named = |names: Vec<String>| {
            let names: Vec<Option<String>> = names.into_iter().map(Some).collect();
            Grouping::by_value(&names, "?", "unknown").arranged(panel.order())
        };
        let units = named(market.units.iter().map(u32::to_string).collect());
        let kept = named(market.kept.iter().map(bool::to_string).collect());
        let third = named(market.units.iter().map(|unit| (unit % 2).to_string()).collect());
        let attributes = [("unit", &units), ("kept", &kept), ("third", &third)];
        let cubes = Cubes::new(&panel, &attributes, most);
        let codes: Vec<u32> = kept.find("true").into_iter().collect();
        let mut filter = Filter::all(panel.model_count());
        let mut conditions = Vec::new();
        if is_filtered {
            filter.keep(&kept, &codes);
            conditions.push(("kept", codes));
        }
        let question = FlowQuestion {
            grouping: &units,
            filter: &filter,
            is_first_year: false,
            flagged: Flagged::Include,
            window,
            detail: Detail::Everything,
        };
        let weeks = (Week::from_number(FIRST), Week::from_number(FIRST + WEEKS - 1));
        let told = |_: Week, sums: &Sums| {
            let of = |code: u32| (
                sums.parts(code),
                sums.estimated(code).to_bits(),
                (sums.below(code) * 1e6).round() as i64,
                (sums.above(code) * 1e6).round() as i64,
                sums.model_count(code),
                sums.missing(code),
            );
            (0..sums.unit_count() as u32).map(of).collect::<Vec<_>>()
        };
        let from_cells = panel.over_windows(&question, weeks, told);
        let asked = CubeQuestion { group: "unit", conditions: &conditions, window };
        let from_cubes = cubes.over_windows(&panel, &asked, weeks, told);
        if window == 1 && most == 20 && panel.weeks().is_some() {
            prop_assert!(from_cubes.is_some(), "a week's question is covered");
        }
        if let Some(from_cubes) = from_cubes {
            prop_assert_eq!(from_cubes, from_cells);
        }
    }
}
