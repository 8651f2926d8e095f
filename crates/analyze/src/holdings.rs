//! What the units of a market hold at one time, without their names.

use crate::answer::{At, each_sums};
use crate::{Market, Query, Result};

/// The sums of all units of a query's group at the last of its times, in ascending order, without
/// mass that belongs to none; and that time.
pub fn holdings(market: &Market, query: &Query) -> Result<(At, Vec<f64>)> {
    query.check()?;
    let of_times = each_sums(market, query, None, |at, sums, units| {
        let is_unit = |code: &u32| sums.is_known(*code) && units.all.is_attributed(*code);
        let codes = (0..sums.unit_count() as u32).filter(is_unit);
        let mut held: Vec<f64> = codes.map(|code| sums.value(code)).collect();
        held.sort_unstable_by(f64::total_cmp);
        (at, held)
    });
    Ok(of_times?.pop().expect("a question that is not refused has a time"))
}
