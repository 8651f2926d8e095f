//! What is missing is not zero, and whoever takes it for zero is found out.

use proptest::prelude::*;
use schema::{CellState, Flagged, Week};

use super::market::{FIRST, Plain, WEEKS, market};
use crate::engine::FlowQuestion;
use crate::grouping::{Filter, Grouping, Scope};
use crate::windows::Detail;

/// The same market where every missing week is a read zero.
fn with_zeros(market: &Plain) -> Plain {
    let mut market = market.clone();
    for flows in &mut market.flows {
        flows.known_sums.clear();
        for cell in &mut flows.cells {
            if cell.state == CellState::Missing {
                (cell.value, cell.low, cell.high) = (0.0, 0.0, 0.0);
                cell.state = CellState::Observed;
            }
        }
    }
    market
}

/// What an answer says of one unit in one window.
#[derive(Debug, PartialEq)]
struct Told {
    parts: u64,
    estimated: f64,
    below: f64,
    above: f64,
    models: u64,
    missing: u64,
    is_known: bool,
}

fn told(market: &Plain, window: usize, is_first_year: bool) -> Vec<((Week, String), Told)> {
    let panel = market.panel();
    let names: Vec<Option<String>> =
        market.units.iter().map(|unit| Some(unit.to_string())).collect();
    let units = Grouping::by_value(&names, "?", "unknown").arranged(panel.order());
    let filter = Filter::all(panel.model_count());
    let scope = Scope::new(&units, &filter);
    let question = FlowQuestion {
        scope: &scope,
        is_first_year,
        flagged: Flagged::Include,
        window,
        detail: Detail::Everything,
    };
    let weeks = (Week::from_number(FIRST), Week::from_number(FIRST + WEEKS - 1));
    let answers = panel.over_windows(&question, weeks, |week, sums| {
        let of = |code: u32| Told {
            parts: sums.parts(code),
            estimated: sums.estimated(code),
            below: sums.below(code),
            above: sums.above(code),
            models: sums.model_count(code),
            missing: sums.missing(code),
            is_known: sums.is_known(code),
        };
        let codes = 0..sums.unit_count() as u32;
        codes
            .map(|code| ((week, scope.units().label(code).to_owned()), of(code)))
            .collect::<Vec<_>>()
    });
    answers.into_iter().flatten().collect()
}

proptest! {
    /// Replacing missing by zero changes no answer that did not say that something is missing or,
    /// where only a sum over missing weeks is known, estimated.
    #[test]
    fn zeros_for_missing_change_no_answer_unflagged(
        market in market(),
        window in prop_oneof![Just(1_usize), Just(4), Just(13), Just(52)],
        is_first_year in prop::bool::weighted(0.3),
    ) {
        let zeros = told(&with_zeros(&market), window, is_first_year);
        let zeros: std::collections::HashMap<_, _> = zeros.into_iter().collect();
        for (key, answer) in told(&market, window, is_first_year) {
            if answer.missing == 0 && answer.estimated == 0.0 {
                // A record of zeros may begin earlier, and models before it be missing; what was
                // answered is answered alike.
                let of_zeros = zeros.get(&key).map(|of| Told { missing: 0, ..*of });
                prop_assert_eq!(Some(&answer), of_zeros.as_ref(), "{:?}", key);
            }
        }
    }

    /// A unit of which all is missing is not known, whatever the window; and says so.
    #[test]
    fn what_is_wholly_missing_is_not_known(market in market(), window in 1_usize..20) {
        let mut market = market;
        for flows in &mut market.flows {
            flows.known_sums.clear();
            flows.cells.iter_mut().for_each(|cell| cell.state = CellState::Missing);
        }
        for (key, answer) in told(&market, window, false) {
            prop_assert!(!answer.is_known && answer.parts == 0, "{:?} {:?}", key, answer);
        }
    }
}
