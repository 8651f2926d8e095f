//! A server over a large collection, for `cargo xtask bench load`.
//!
//! ```text
//! load_server MODELS WEEKS OWNERS SEED
//! ```
//!
//! The collection is that of `cargo xtask bench panel`, in memory. It says where it listens, and
//! answers until it is killed, within the limits of `weighhouse serve`.
#![expect(clippy::disallowed_methods, reason = "a benchmark reads its arguments and the clock")]
#![expect(clippy::print_stderr, reason = "its one line is what it says")]

#[path = "economy/mod.rs"]
mod economy;

use std::sync::Arc;
use std::time::{Duration, SystemTime};

use anyhow::Context as _;
use mimalloc::MiMalloc;
use schema::Instant;
use simulate::{PanelOptions, PanelTables};
use store::Store;

/// That of the program.
#[global_allocator]
static ALLOCATOR: MiMalloc = MiMalloc;

/// Those of `weighhouse serve`.
const LIMITS: serve::Limits = serve::Limits {
    time: Duration::from_secs(10),
    most_computing: 8,
    most_waiting: 64,
    kept_bytes: 64 << 20,
    most_connections: 4096,
    head_time: Duration::from_secs(15),
    write_time: Duration::from_secs(30),
};

fn main() -> anyhow::Result<()> {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let number = |at: usize| -> anyhow::Result<u64> {
        Ok(words.get(at).context("expected MODELS WEEKS OWNERS SEED")?.parse()?)
    };
    let tables = PanelTables::new(PanelOptions {
        models: number(0)?.try_into()?,
        weeks: number(1)?.try_into()?,
        owners: number(2)?.try_into()?,
        seed: number(3)?,
    });
    let market = economy::market(&tables);
    drop(tables);
    let folder = tempfile::tempdir()?;
    let options = serve::Options {
        public_url: None,
        code_version: "bench".to_owned(),
        now: Arc::new(now),
        // Nothing is on disk that could be looked at.
        look_period: Duration::from_hours(24),
        most_listeners: 1000,
        limits: LIMITS,
        on_notice: Arc::new(|_| {}),
        on_request: None,
    };
    let live = serve::Live::open(Store::create(folder.path())?, options)?;
    live.show_market(market);
    let runtime = tokio::runtime::Runtime::new()?;
    runtime.block_on(async {
        let listener = serve::listen("127.0.0.1:0".parse()?).await?;
        eprintln!("listening on http://{}", listener.local_addr()?);
        Ok(serve::serve(&live, listener, std::future::pending()).await?)
    })
}

fn now() -> Instant {
    let since = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default();
    Instant::from_millis(i64::try_from(since.as_millis()).unwrap_or_default())
}
