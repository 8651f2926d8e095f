//! `weighhouse simulate hub`: a synthetic Hub to try everything against.

use std::net::{Ipv4Addr, SocketAddr};
use std::path::Path;
use std::sync::Arc;

use anyhow::Context;
use clap::Subcommand;

use super::serve::interrupted;
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
    Hub(HubArgs),
}

#[derive(Debug, clap::Args)]
struct HubArgs {
    /// How many models it has today.
    #[arg(long, value_name = "N", default_value_t = 5000)]
    models: u64,
    /// The seed; the same seed gives the same Hub.
    #[arg(long, value_name = "S", default_value_t = 1)]
    seed: u64,
    /// The port; 0 takes a free one.
    #[arg(long, value_name = "P", default_value_t = 8643)]
    port: u16,
}

pub(crate) fn run(_data: &Path, args: &Args) -> anyhow::Result<Outcome> {
    let What::Hub(args) = &args.what;
    let at = clock::now();
    let world = simulate::world(&simulate::Options { models: args.models, seed: args.seed, at });
    let hub = Arc::new(simulate::Hub::new(world, at, None));
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
