//! `weighhouse serve`: the dashboard and the API.

use std::net::{IpAddr, SocketAddr};
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use anyhow::Context;
use serde_json::json;
use store::Store;

use crate::{Outcome, clock, output, pipeline};

/// Serve the dashboard and the API.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// The address to listen on.
    #[arg(long, value_name = "H", default_value = "127.0.0.1")]
    host: IpAddr,
    /// The port; 0 takes a free one.
    #[arg(long, value_name = "P", default_value_t = 8642)]
    port: u16,
    /// Where the server is reached from outside, as https://weighhouse.example: what links in
    /// previews, citations and feeds begin with. Without it, as each request says it.
    #[arg(long, value_name = "URL", env = "WEIGHHOUSE_PUBLIC_URL")]
    public_url: Option<String>,
}

/// A release is shown this long after it was built, at most, and the time that it takes to load.
const LOOK_PERIOD: Duration = Duration::from_secs(2);
/// Each open page listens.
const MOST_LISTENERS: usize = 1000;
/// Two processors compute a few answers at a time; who waits for longer than a second or two had
/// better be told to come back.
const LIMITS: serve::Limits = serve::Limits {
    time: Duration::from_secs(10),
    most_computing: 8,
    most_waiting: 64,
    kept_bytes: 64 << 20,
    most_connections: 4096,
    head_time: Duration::from_secs(15),
    write_time: Duration::from_secs(30),
};

pub(crate) fn run(data: &Path, args: &Args) -> anyhow::Result<Outcome> {
    let live = serve::Live::open(Store::open(data)?, options(args.public_url.as_deref()))?;
    let address = SocketAddr::new(args.host, args.port);
    let runtime = tokio::runtime::Runtime::new().context("failed to start the server's threads")?;
    let outcome = runtime.block_on(async {
        let listener = serve::listen(address).await?;
        output::say(&format!("listening on http://{}", listener.local_addr()?));
        serve::serve(&live, listener, interrupted()).await?;
        output::say("stopped");
        Ok(Outcome::Done)
    });
    // An answer that is still being computed has nobody left to wait for it.
    runtime.shutdown_background();
    outcome
}

/// What a server is told, and what answers assistants.
pub(crate) fn options(public_url: Option<&str>) -> serve::Options {
    serve::Options {
        code_version: pipeline::CODE_VERSION.to_owned(),
        public_url: public_url.map(str::to_owned),
        now: Arc::new(clock::now),
        look_period: LOOK_PERIOD,
        most_listeners: MOST_LISTENERS,
        limits: LIMITS,
        on_notice: Arc::new(|notice| {
            let warning = if notice.is_warning() { "warning: " } else { "" };
            output::say(&format!("{warning}{notice}"));
        }),
        // People at a terminal want to hear of releases, machines of each request.
        on_request: output::is_for_machines().then(|| -> serve::Tell<serve::RequestLog> {
            Arc::new(|request| {
                let fields = json!({
                    "event": "request",
                    "method": request.method,
                    "path": request.path,
                    "status": request.status,
                    "milliseconds": request.millis,
                    "bytes": request.bytes,
                });
                output::report(&format!("{} {}", request.method, request.path), fields);
            })
        }),
    }
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
