//! `weighhouse mcp`: the questions of the API as tools for assistants, over stdin and stdout.

use std::io::{BufRead, Read};
use std::path::Path;
use std::sync::Arc;

use anyhow::{Context, ensure};
use store::Store;
use tokio::sync::Semaphore;

use super::serve::options;
use crate::{Outcome, output};

/// Answer assistants over stdin and stdout, by the Model Context Protocol.
///
/// An assistant's settings name this command: `weighhouse --data DIR mcp`. Its tools are the questions
/// of the API; a running `weighhouse serve` answers the same at its address /mcp.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// Where the dashboard of the same data is served, so that answers link to it.
    #[arg(long, value_name = "URL", env = "WEIGHHOUSE_PUBLIC_URL")]
    public_url: Option<String>,
}

/// No message is longer.
const MOST_BYTES: u64 = 1 << 20;
/// Messages that are answered at the same time; further ones wait.
const MOST_AT_ONCE: u32 = 8;

pub(crate) fn run(data: &Path, args: &Args) -> anyhow::Result<Outcome> {
    let live = serve::Live::open(Store::open(data)?, options(args.public_url.as_deref()))?;
    // New releases are shown while an assistant stays.
    let _looking = serve::look_beside(&live)?;
    let mcp = serve::Mcp::new(&live, args.public_url.as_deref());
    let runtime = tokio::runtime::Runtime::new().context("failed to start threads")?;
    let seats = Arc::new(Semaphore::new(MOST_AT_ONCE as usize));
    output::say("answering on stdout what is asked on stdin");
    let mut input = std::io::stdin().lock();
    while let Some(message) = next(&mut input)? {
        let seat = runtime.block_on(Arc::clone(&seats).acquire_owned());
        let seat = seat.context("the seats are never closed")?;
        let mcp = mcp.clone();
        runtime.spawn(async move {
            if let Some(answer) = mcp.answer(&message).await
                && let Err(error) = output::print_text(&answer)
            {
                output::print_error(&error);
            }
            drop(seat);
        });
    }
    // What was asked before the end is answered.
    let all = runtime.block_on(seats.acquire_many(MOST_AT_ONCE));
    all.context("the seats are never closed").map(|_| Outcome::Done)
}

/// The next message, a line each; `None` at the end.
fn next(input: &mut impl BufRead) -> anyhow::Result<Option<String>> {
    loop {
        let mut line = Vec::new();
        let count = input.take(MOST_BYTES).read_until(b'\n', &mut line)?;
        if count == 0 {
            return Ok(None);
        }
        let is_whole = line.ends_with(b"\n") || (count as u64) < MOST_BYTES;
        ensure!(is_whole, "a message has more than {MOST_BYTES} bytes");
        let text = String::from_utf8_lossy(&line).trim().to_owned();
        if !text.is_empty() {
            return Ok(Some(text));
        }
    }
}
