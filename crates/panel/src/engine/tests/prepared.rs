//! Weekly sums that were made beforehand.

use proptest::prelude::*;
use schema::{Flagged, Week};

use super::market::{FIRST, WEEKS, market};
use crate::grouping::{Filter, Grouping, Scope};
use crate::weekly::{Prepared, WeeklySums};
use crate::windows::{Detail, FlowQuestion};

const WEEKS_OF_RECORD: (i32, i32) = (FIRST, FIRST + WEEKS - 1);

proptest! {
    /// From weekly sums the answer is the same as from the cells, for their own units and for
    /// those that follow from them; what is asked of some cells only is answered from the cells.
    #[test]
    fn weekly_sums_equal_the_cells(
        market in market(),
        window in prop_oneof![Just(1_usize), Just(4), Just(13)],
        begin in 0..WEEKS,
        is_first_year in prop::bool::weighted(0.2),
    ) {
        let panel = market.panel();
        let named = |names: Vec<String>| {
            let names: Vec<Option<String>> = names.into_iter().map(Some).collect();
            Grouping::by_value(&names, "?", "unknown").arranged(panel.order())
        };
        let units = named(market.units.iter().map(u32::to_string).collect());
        let halves = named(market.units.iter().map(|unit| (unit % 2).to_string()).collect());
        let models = named((0..market.units.len()).map(|model| model.to_string()).collect());
        let weekly = WeeklySums::always(&panel, &units);
        prop_assert_eq!(weekly.is_some(), panel.weeks().is_some());
        let Some(weekly) = weekly else { return Ok(()) };
        let is_one_each = units.unit_count() == market.units.len();
        prop_assert_eq!(weekly.follower(&units, &models).is_some(), is_one_each);
        let follower = weekly.follower(&units, &halves).unwrap();
        let filter = Filter::all(panel.model_count());
        let weeks = (
            Week::from_number(WEEKS_OF_RECORD.0 + begin),
            Week::from_number(WEEKS_OF_RECORD.1),
        );
        let cases = [(&units, weekly.prepared()), (&halves, weekly.prepared_for(&follower))];
        for (grouping, prepared) in cases {
            let scope = Scope::new(grouping, &filter);
            for detail in [Detail::Everything, Detail::Values] {
                let of = |prepared: Option<Prepared<'_>>| {
                    let flagged = Flagged::Include;
                    let question =
                        FlowQuestion { scope: &scope, is_first_year, flagged, window, detail, prepared };
                    panel.over_windows(&question, weeks, |week, sums| (week, sums.clone()))
                };
                prop_assert_eq!(of(Some(prepared)), of(None));
            }
        }
    }
}
