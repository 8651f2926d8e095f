//! `weighhouse simulate-history` (hidden): what `cargo xtask demo` shows where the Hub cannot be
//! reached: weekly readings of a simulated Hub, collected over HTTP like the real one.

use std::net::Ipv4Addr;
use std::path::Path;
use std::sync::Arc;

use anyhow::Context;
use collect::{PAGE_SIZE_MAX, Sort};
use schema::{Instant, Week};
use store::Store;

use crate::clock::SystemClock;
use crate::pipeline::listing::{self, Request};
use crate::{Outcome, clock, output, progress};

/// Collect weekly readings of a simulated Hub.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// How many weeks, up to the last Monday.
    #[arg(long, default_value_t = 60)]
    weeks: u32,
    /// The week whose Monday is the last, by any date in it; without it the present one.
    #[arg(long, value_name = "WEEK")]
    until: Option<Week>,
    /// How many models the Hub has at the end.
    #[arg(long, default_value_t = 5000)]
    models: u64,
    /// The seed.
    #[arg(long, default_value_t = 1)]
    seed: u64,
}

pub(crate) fn run(data: &Path, args: &Args) -> anyhow::Result<Outcome> {
    let store = Store::create(data)?;
    let _lock = store.lock_collecting()?;
    let last = args.until.unwrap_or_else(|| clock::now().week()).start();
    let world =
        simulate::world(&simulate::Options { models: args.models, seed: args.seed, at: last });
    let hub = Arc::new(simulate::Hub::new(world, last, None));
    let clock = hub.clock();
    let runtime = tokio::runtime::Runtime::new().context("failed to start the simulated Hub")?;
    let listener = runtime
        .block_on(tokio::net::TcpListener::bind((Ipv4Addr::LOCALHOST, 0)))
        .context("failed to listen on 127.0.0.1")?;
    let endpoint = format!("http://{}", listener.local_addr()?);
    runtime.spawn(simulate::serve(hub, listener, std::future::pending()));
    let request = Request {
        endpoint,
        token: None,
        sort: Sort::CreatedAt,
        limit: None,
        since: None,
        page_size: PAGE_SIZE_MAX,
    };
    let bar = progress::bar(u64::from(args.weeks), "simulating");
    let mut collection = String::new();
    let mut rows = 0;
    for week in (0..args.weeks).rev() {
        let at = Instant::from_millis(last.week().plus(-(week as i32)).start().millis());
        clock.set(at);
        bar.set_message(at.day().to_string());
        let read = listing::read(&store, &request, &SystemClock, &mut |_, _| {})?;
        collection = read.collection;
        rows += read.rows;
        bar.inc(1);
    }
    bar.finish_and_clear();
    output::say(&format!(
        "{collection}: {} weekly readings of a simulated Hub, {} rows",
        args.weeks,
        output::grouped(rows)
    ));
    Ok(Outcome::Done)
}
