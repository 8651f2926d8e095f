//! `weighhouse serve`: the dashboard and the API.

use std::net::{IpAddr, SocketAddr};
use std::path::Path;

use anyhow::Context;
use store::Store;

use crate::{Outcome, output, pipeline};

/// Serve the dashboard and the API.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// The address to listen on.
    #[arg(long, value_name = "H", default_value = "127.0.0.1")]
    host: IpAddr,
    /// The port; 0 takes a free one.
    #[arg(long, value_name = "P", default_value_t = 8642)]
    port: u16,
}

pub(crate) fn run(data: &Path, args: &Args) -> anyhow::Result<Outcome> {
    let store = Store::open(data)?;
    let app = serve::load(&store)?;
    for (collection, reason) in app.failures() {
        output::say(&format!("warning: {collection} is not shown: {reason}"));
    }
    let router = serve::router(app, pipeline::CODE_VERSION.to_owned());
    let address = SocketAddr::new(args.host, args.port);
    let runtime = tokio::runtime::Runtime::new().context("failed to start the server's threads")?;
    runtime.block_on(async {
        let listener = tokio::net::TcpListener::bind(address)
            .await
            .with_context(|| format!("failed to listen on {address}"))?;
        output::say(&format!("listening on http://{}", listener.local_addr()?));
        serve::serve(listener, router, interrupted()).await?;
        output::say("stopped");
        Ok(Outcome::Done)
    })
}

/// Ends when someone presses Ctrl-C, or the system asks the process to end.
pub(crate) async fn interrupted() {
    let interrupt = tokio::signal::ctrl_c();
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};
        if let Ok(mut terminate) = signal(SignalKind::terminate()) {
            tokio::select! {
                _ = interrupt => {}
                _ = terminate.recv() => {}
            }
            return;
        }
    }
    // Without a handler for the signal the process ends by the system's own.
    let _ = interrupt.await;
}
