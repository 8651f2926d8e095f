//! On which accounts what flows through intermediaries hangs, and what remains without each.

use analyze::{Condition, Query};
use chart::Unit;
use maud::{Markup, html};
use schema::{Estimate, Group, Statistic};

use crate::figures::measured;
use crate::parameters::Parameters;
use crate::parts::{self, scrolled};
use crate::refusal::Refusal;
use crate::view::View;

/// Accounts that are listed.
const LISTED: usize = 8;
const ROLE: &str = "role";
/// The role of who made the root of a family, and so is no intermediary.
const ORIGINATOR: &str = "originator";

/// The section.
pub(super) fn section(view: &View) -> Result<Markup, Refusal> {
    let accounts = accounts(view)?;
    let collection = &view.shown.market.release.collection;
    Ok(html! {
        section aria-labelledby="dependence" {
            h2 #dependence { "On whom it hangs" }
            p.subtitle {
                "Of the " (measured(view)) " that flow through others than who made the root: what each of the \
                 largest accounts has, and what remains without it if nobody takes its place. "
                a href=(format!("/whatif?collection={collection}")) { "What if" }
                " takes any account out and shows what becomes of every index."
            }
            @if accounts.is_empty() {
                p.reason {
                    strong { "No data for this question: " }
                    "of no model at the time asked for it is known that its uploader is an intermediary."
                }
            } @else {
                (scrolled("Table of the accounts on which most hangs", &table(view, &accounts)))
            }
        }
    })
}

/// The largest accounts with their shares of what flows through intermediaries.
fn accounts(view: &View) -> Result<Vec<(String, Estimate)>, Refusal> {
    let market = &view.shown.market;
    let Ok(roles) = market.grouping(&Group::named(ROLE)) else { return Ok(Vec::new()) };
    let codes = (0..roles.unit_count() as u32).filter(|code| roles.is_attributed(*code));
    let labels = codes.map(|code| roles.label(code).to_owned());
    let values: Vec<String> = labels.filter(|label| label != ORIGINATOR).collect();
    if values.is_empty() {
        return Ok(Vec::new());
    }
    let mut query = view.query(Group::named("uploader"), &[Statistic::Share], view.newest());
    query.conditions.retain(|condition| condition.attribute != ROLE);
    query.conditions.push(Condition { attribute: ROLE.to_owned(), values });
    let query = Query { top: Some(LISTED), ..query };
    let rows = match analyze::answer(market, &query) {
        Ok(answer) => answer.rows,
        Err(analyze::Error::OutOfReach { .. }) => Vec::new(),
        Err(error) => return Err(error.into()),
    };
    let known = rows.into_iter().filter(|row| row.is_attributed && row.estimate.value.is_some());
    Ok(known.filter_map(|row| Some((row.unit?, row.estimate))).collect())
}

fn table(view: &View, accounts: &[(String, Estimate)]) -> Markup {
    let without = |account: &str| {
        let mut given = Parameters::default();
        given.push("collection", &view.shown.market.release.collection);
        given.push("remove", account);
        given.address("/whatif")
    };
    html! {
        table {
            thead {
                tr {
                    th scope="col" { "Account" }
                    th.number scope="col" { "Share" }
                    th.number scope="col" { "What remains without it" }
                    th scope="col" { "Every index" }
                }
            }
            tbody {
                @for (account, share) in accounts {
                    tr {
                        th scope="row" { (account) }
                        td.number { (parts::sure(&Unit::Share, share)) }
                        td.number { (parts::sure(&Unit::Share, &rest(share))) }
                        td { a href=(without(account)) { "Without " (account) } }
                    }
                }
            }
        }
    }
}

/// What a share leaves.
fn rest(share: &Estimate) -> Estimate {
    let left = |end: Option<f64>| end.map(|end| 1.0 - end);
    Estimate {
        value: left(share.value),
        low: left(share.high),
        high: left(share.low),
        bound_low: left(share.bound_high),
        bound_high: left(share.bound_low),
        sampling_low: left(share.sampling_high),
        sampling_high: left(share.sampling_low),
        ..share.clone()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_share_leaves_has_its_ends_the_other_way_round() {
        let share = Estimate { low: Some(0.2), high: Some(0.4), ..Estimate::exact(0.25, 3) };
        let rest = rest(&share);
        assert_eq!((rest.value, rest.low, rest.high), (Some(0.75), Some(0.6), Some(0.8)));
        assert_eq!(rest.n, 3);
    }
}
