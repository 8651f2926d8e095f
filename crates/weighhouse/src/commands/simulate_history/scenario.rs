//! An economy whose history is known, as weekly readings of a listing.

use schema::simulated_collection;
use serde_json::json;
use simulate::{HistoryListing, HistoryOptions};
use store::Store;

use crate::pipeline::pages::{Page, Receiving};
use crate::{Outcome, output, progress};

/// What is planted.
#[derive(Debug, Clone, Copy, clap::ValueEnum)]
pub(super) enum Scenario {
    /// Consolidation twice, a country that overtakes another, larger and sparser models, less
    /// disclosure.
    Planted,
    /// Nothing: the same owners, and no trend in anything.
    Null,
}

impl Scenario {
    /// What is planted, as the simulation calls it.
    pub(super) const fn of_simulation(self) -> simulate::Scenario {
        match self {
            Self::Planted => simulate::Scenario::Planted,
            Self::Null => simulate::Scenario::Null,
        }
    }

    const fn name(self) -> &'static str {
        match self {
            Self::Planted => "planted",
            Self::Null => "null",
        }
    }
}

/// Models on a page.
const PAGE_SIZE: usize = 1_000;

/// Takes in the pages that a Hub with this history would have sent on every Monday.
pub(super) fn run(
    store: &Store,
    scenario: Scenario,
    options: &HistoryOptions,
) -> anyhow::Result<Outcome> {
    // Histories are never mixed: each has a collection of its own.
    let HistoryOptions { seed, owners, weeks, .. } = *options;
    let name = format!("history-{}-{owners}-{weeks}-{seed}", scenario.name());
    let collection = simulated_collection(&name);
    let history = simulate::history(options);
    let listing = HistoryListing::new(&history);
    let bar = progress::bar(u64::from(options.weeks) + 1, "simulating");
    let mut rows = 0;
    for week in 0..=options.weeks {
        bar.set_message(listing.read_at(week).day().to_string());
        rows += take(store, &collection, &listing, options, week)?;
        bar.inc(1);
    }
    bar.finish_and_clear();
    output::say(&format!(
        "{collection}: {} weekly readings of {} models of {} owners, {} rows; next: weighhouse build",
        options.weeks + 1,
        output::grouped(history.models.len() as u64),
        output::grouped(history.owners.len() as u64),
        output::grouped(rows)
    ));
    Ok(Outcome::Done)
}

/// Takes in the listing of one Monday.
fn take(
    store: &Store,
    collection: &str,
    listing: &HistoryListing<'_>,
    options: &HistoryOptions,
    week: u32,
) -> anyhow::Result<u64> {
    let HistoryOptions { seed, owners, weeks, first_week, .. } = *options;
    let plan = json!({
        "collection": collection,
        "seed": seed,
        "owners": owners,
        "weeks": weeks,
        "first_week": first_week.to_string(),
        "week": week,
    });
    // What a run that was interrupted left of this Monday is made anew.
    Receiving::resume(store.journal(collection, &plan)?)?.discard()?;
    let mut receiving = Receiving::resume(store.journal(collection, &plan)?)?;
    for (place, (body, entry_count)) in listing.pages(week, PAGE_SIZE).enumerate() {
        receiving.take(&Page {
            number: place as u32 + 1,
            url: format!("simulated:{collection}/{week}"),
            next: None,
            body: body.into_bytes(),
            received_at: listing.read_at(week),
            etag: None,
            request_id: None,
            is_simulated: true,
            entry_count,
            first_id: None,
        })?;
    }
    let rows = receiving.row_count();
    let description = receiving.description(Vec::new());
    receiving.finish(store, description)?;
    Ok(rows)
}
