//! `weighhouse simulate`: a synthetic Hub to try everything against, and what is planted in it.

mod truth;

use std::net::{Ipv4Addr, SocketAddr};
use std::path::Path;
use std::str::FromStr;
use std::sync::Arc;
use std::time::Duration;

use anyhow::Context;
use clap::Subcommand;
use schema::Instant;
use simulate::{Budget, EventRates, Faults, Hub, Timer, World};

use super::serve::interrupted;
use crate::output::Format;
use crate::{Outcome, clock, output};

/// Play the Hub, with known truth.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, Subcommand)]
enum What {
    /// Serve a synthetic Hub that speaks the real one's API, on 127.0.0.1.
    ///
    /// While it runs, `PUT /simulated/at` moves its date and `PUT /simulated/faults` switches
    /// faults, each with the value of the flag of the same name as its body.
    Hub(HubArgs),
    /// Print what is planted in a synthetic Hub.
    Truth(TruthArgs),
}

#[derive(Debug, clap::Args)]
struct EconomyArgs {
    /// How many models are born by the date.
    #[arg(long, value_name = "N", default_value_t = 5000)]
    models: u64,
    /// The seed; the same seed and date give the same Hub.
    #[arg(long, value_name = "S", default_value_t = 1)]
    seed: u64,
    /// The date at which the Hub is shown, in RFC 3339; a day means its end [default: now].
    #[arg(long, value_name = "DATE", value_parser = Instant::parse_as_of)]
    at: Option<Instant>,
    /// Without renames, transfers, deletions, names taken again and peculiar counters.
    #[arg(long)]
    no_events: bool,
}

#[derive(Debug, clap::Args)]
struct HubArgs {
    #[command(flatten)]
    economy: EconomyArgs,
    /// The port; 0 takes a free one.
    #[arg(long, value_name = "P", default_value_t = 8643)]
    port: u16,
    /// Requests of the API allowed in a window of so many seconds, as 500/300 [default: no limit].
    #[arg(long, value_name = "Q/W")]
    budget: Option<Limit>,
    /// How long every answer waits, in milliseconds.
    #[arg(long, value_name = "N", default_value_t = 0)]
    latency_ms: u64,
    /// What goes wrong: none, a rate as "rate 0.2 seed 7", or a script as "3:429,deep*1:504".
    #[arg(long, value_name = "SPEC", default_value = "none")]
    faults: Faults,
}

#[derive(Debug, clap::Args)]
struct TruthArgs {
    #[command(flatten)]
    economy: EconomyArgs,
    /// How to print.
    #[arg(long, value_enum, default_value_t)]
    format: Format,
}

/// A budget as it is written on the command line.
#[derive(Debug, Clone, Copy)]
struct Limit(Budget);

impl FromStr for Limit {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let read = || {
            let (quota, window) = text.split_once('/')?;
            let window_seconds = window.parse().ok().filter(|seconds| *seconds > 0)?;
            Some(Self(Budget { quota: quota.parse().ok()?, window_seconds }))
        };
        read().ok_or_else(|| "expected requests and seconds, as 500/300".to_owned())
    }
}

pub(crate) fn run(_data: &Path, args: &Args) -> anyhow::Result<Outcome> {
    match &args.what {
        What::Hub(args) => serve(args),
        What::Truth(args) => {
            let (world, at) = grow(&args.economy);
            truth::print(&simulate::truth(&world, at), args.format)?;
            Ok(Outcome::Done)
        }
    }
}

fn grow(args: &EconomyArgs) -> (World, Instant) {
    let at = args.at.unwrap_or_else(clock::now);
    let rates = if args.no_events { EventRates::NONE } else { EventRates::USUAL };
    let options = simulate::Options { models: args.models, seed: args.seed, at };
    (simulate::world_with_events(&options, &rates), at)
}

fn serve(args: &HubArgs) -> anyhow::Result<Outcome> {
    let (world, at) = grow(&args.economy);
    let mut hub = Hub::new(world, at, args.budget.map(|limit| limit.0))
        .with_latency(Duration::from_millis(args.latency_ms));
    hub = match args.budget {
        Some(_) => {
            let start = std::time::Instant::now();
            hub.with_timer(Timer::new(move || start.elapsed()))
        }
        // Who paces itself by what the headers tell is not to be held up where there is no limit.
        None => hub.without_limits(),
    };
    hub.set_faults(args.faults.clone());
    let hub = Arc::new(hub);
    let address = SocketAddr::from((Ipv4Addr::LOCALHOST, args.port));
    let runtime = tokio::runtime::Runtime::new().context("failed to start the server's threads")?;
    runtime.block_on(async {
        let listener = tokio::net::TcpListener::bind(address)
            .await
            .with_context(|| format!("failed to listen on {address}"))?;
        let address = listener.local_addr()?;
        output::say(&format!("simulated Hub listening on http://{address}"));
        output::say(&format!(
            "try: weighhouse collect --limit 1000 --sort downloads --endpoint http://{address}"
        ));
        simulate::serve(hub, listener, interrupted()).await?;
        Ok(Outcome::Done)
    })
}
