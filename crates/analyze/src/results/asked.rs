//! Sampling intervals of any question, put beside its answer.

use schema::{Group, Statistic};

use super::{Context, concentration, shares};
use crate::answer::At;
use crate::{Error, Query, Result, Row};

/// Units at most of whose shares a sampling interval is drawn at once.
const MOST_UNITS: usize = 500;
/// Times at most.
const MOST_TIMES: usize = 60;

/// Puts sampling intervals beside the rows of an answer, as far as they have one: shares, and the
/// indices of concentration that are drawn. Sums and other statistics have none.
///
/// Fails where so many units or times are asked of that it would take minutes.
pub fn with_sampling(context: &Context<'_>, query: &Query, rows: &mut [Row]) -> Result<()> {
    let times = rows.chunk_by(|a, b| a.at == b.at).count();
    if times > MOST_TIMES {
        return Err(Error::Contradiction {
            reason: "sampling intervals are drawn for at most 60 times at once; ask for fewer weeks",
        });
    }
    for rows in rows.chunk_by_mut(|a, b| a.at == b.at) {
        let query = Query { period: period(rows[0].at), ..query.clone() };
        of_shares(context, &query, rows)?;
        concentration::mark(context, &query, rows)?;
    }
    Ok(())
}

fn period(at: At) -> crate::Period {
    match at {
        At::Instant(at) => crate::Period::AsOf(at),
        At::Week(week) => crate::Period::Weeks { from: Some(week), to: Some(week) },
    }
}

fn of_shares(context: &Context<'_>, query: &Query, rows: &mut [Row]) -> Result<()> {
    let is_share = |row: &&mut Row| row.statistic == Statistic::Share && row.is_attributed;
    let mut shares: Vec<&mut Row> = rows.iter_mut().filter(is_share).collect();
    if shares.is_empty() {
        return Ok(());
    }
    if query.group == Group::Model {
        return Err(Error::Contradiction {
            reason: "the share of a single model has no sampling interval: nothing of it can be \
                     drawn again; leave --sampling out, or ask for an index",
        });
    }
    if shares.len() > MOST_UNITS {
        return Err(Error::Contradiction {
            reason: "sampling intervals are drawn for at most 500 units at once; use --top",
        });
    }
    let names: Vec<String> = shares.iter().filter_map(|row| row.unit.clone()).collect();
    let drawn = shares::drawn(context, &query.group, &names, std::slice::from_ref(query))?;
    for (number, row) in shares.iter_mut().enumerate() {
        drawn.mark(&mut row.estimate, number);
    }
    Ok(())
}
