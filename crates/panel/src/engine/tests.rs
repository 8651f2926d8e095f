mod market;
mod unknown;

use proptest::prelude::*;
use schema::{CellState, Flagged};

use super::*;
use crate::cells::CellsBuilder;
use crate::cubes::{CubeQuestion, Cubes};
use crate::grouping::{Filter, Grouping};
use crate::ordered::ModelQuestion;

use crate::readings::CounterReading;
use crate::windows::Detail;

use market::{Asked, FIRST, WEEKS, market};

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
        &Scope::new(&grouping, &Filter::all(4)),
    );
    let known = (0..3).filter(|code| sums.is_known(*code));
    let units = known.map(|code| (code, sums.value(code), sums.model_count(code))).collect();
    (units, sums.doubts().map(|(_, doubt)| doubt.missing()).sum())
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
        let scope = Scope::new(&grouping, &filter);
        let question = FlowQuestion {
            scope: &scope,
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
                let code = scope.units().find(&label).unwrap();
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

    /// Models in order are the sums of single models, sorted; of all models or of some.
    #[test]
    fn ordered_models_are_the_sorted_sums(
        market in market(),
        is_filtered in prop::bool::ANY,
        is_first_year in prop::bool::weighted(0.3),
        flagged in flagged(),
    ) {
        let panel = market.panel();
        let kept: Vec<Option<String>> = market.kept.iter().map(|kept| Some(kept.to_string())).collect();
        let kept = Grouping::by_value(&kept, "?", "unknown").arranged(panel.order());
        let mut filter = Filter::all(panel.model_count());
        if is_filtered {
            filter.keep(&kept, &kept.find("true").into_iter().collect::<Vec<_>>());
        }
        let models = Grouping::by_model((0..market.units.len()).map(|model| model.to_string()));
        let models = models.arranged(panel.order());
        let scope = Scope::new(&models, &filter);
        let question =
            FlowQuestion { scope: &scope, is_first_year, flagged, window: 1, detail: Detail::Everything };
        let weeks = (Week::from_number(FIRST), Week::from_number(FIRST + WEEKS - 1));
        let sums = panel.over_windows(&question, weeks, |week, sums| (week, sums.clone()));
        let question = ModelQuestion { filter: &filter, is_first_year, flagged };
        let ordered = panel.over_models(&question, weeks, |week, models| (week, models.clone()));
        prop_assert_eq!(ordered.len(), sums.len());
        for ((week, ordered), (of, sums)) in ordered.into_iter().zip(sums) {
            prop_assert_eq!(week, of);
            let known = (0..sums.unit_count() as u32).filter(|code| sums.is_known(*code));
            let mut values: Vec<u64> = known.clone().map(|code| sums.parts(code)).collect();
            values.sort_unstable();
            let runs = ordered.runs.iter();
            let spread: Vec<u64> = runs.clone().flat_map(|run| vec![run.parts; run.count as usize]).collect();
            prop_assert_eq!(spread, values);
            let estimated: f64 = known.clone().map(|code| sums.estimated(code)).sum();
            let missing: u64 = sums.doubts().map(|(_, doubt)| doubt.missing()).sum();
            prop_assert_eq!((ordered.estimated, ordered.missing), (estimated, missing));
            for run in runs {
                let of_run = known.clone().filter(|code| sums.parts(*code) == run.parts);
                let squares = of_run.map(|code| (sums.below(code).powi(2), sums.above(code).powi(2)));
                let (below, above) = squares.fold((0.0, 0.0), |sum, one| (sum.0 + one.0, sum.1 + one.1));
                for (root, square) in [(run.below, below), (run.above, above)] {
                    // Some are kept as 32-bit floats.
                    prop_assert!((root - square.sqrt()).abs() <= 1e-6 * root, "{root} {square}");
                }
            }
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
        let scope = Scope::new(&units, &filter);
        let question = FlowQuestion {
            scope: &scope,
            is_first_year: false,
            flagged: Flagged::Include,
            window,
            detail: Detail::Everything,
        };
        let weeks = (Week::from_number(FIRST), Week::from_number(FIRST + WEEKS - 1));
        let told = |sums: &Sums, named: &Grouping| {
            let of = |code: u32| (
                sums.parts(code),
                sums.estimated(code).to_bits(),
                (sums.below(code) * 1e6).round() as i64,
                (sums.above(code) * 1e6).round() as i64,
                sums.model_count(code),
                sums.missing(code),
            );
            // Units that no kept model has are in no sum over cells, and empty in those of cubes.
            let units = (0..sums.unit_count() as u32).map(|code| (named.label(code).to_owned(), of(code)));
            units.filter(|(_, told)| *told != (0, 0, 0, 0, 0, 0)).collect::<Vec<_>>()
        };
        let from_cells = panel.over_windows(&question, weeks, |_, sums| told(sums, scope.units()));
        let asked = CubeQuestion { group: "unit", conditions: &conditions, window };
        let from_cubes = cubes.over_windows(&panel, &asked, weeks, |_, sums| told(sums, &units));
        if window == 1 && most == 20 && panel.weeks().is_some() {
            prop_assert!(from_cubes.is_some(), "a week's question is covered");
        }
        if let Some(from_cubes) = from_cubes {
            prop_assert_eq!(&from_cubes, &from_cells);
            // As a second thread begins, in the middle of the record.
            let later = (Week::from_number(FIRST + WEEKS / 2), weeks.1);
            let later = cubes.over_windows(&panel, &asked, later, |_, sums| told(sums, &units));
            let later = later.unwrap_or_default();
            prop_assert_eq!(&later, &from_cells[from_cells.len() - later.len()..]);
        }
    }
}
