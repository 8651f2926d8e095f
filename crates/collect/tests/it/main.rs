//! The collector over real HTTP: against the simulated Hub, recorded answers, and faults.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod clock;
mod depot;
mod downloads;
mod ends;
mod faults;
mod recorded;
mod replay;
mod resumed;
mod simulated;
mod trees;
mod troubled;

use std::time::Duration;

use collect::{Error, Options, Page, Position, Progress, Sort, Summary};

/// Options that a test changes where it matters.
fn options(endpoint: &str) -> Options {
    Options {
        endpoint: endpoint.to_owned(),
        token: None,
        sort: Sort::Downloads,
        limit: None,
        since: None,
        page_size: 100,
        expected_models: None,
        end_confirmations: 0,
        timeout: Duration::from_secs(20),
        max_retries: 3,
        user_agent: "weighhouse-test".to_owned(),
    }
}

/// What a listing came to, and what was handed over on the way.
struct Collected {
    result: collect::Result<Summary>,
    pages: Vec<Page>,
    progress: Vec<Progress>,
}

fn collect(options: &Options, clock: &clock::TestClock) -> Collected {
    resume(options, None, clock)
}

fn resume(options: &Options, from: Option<&Position>, clock: &clock::TestClock) -> Collected {
    let (mut pages, mut progress) = (Vec::new(), Vec::new());
    let result = collect::listing(options, from, clock, &mut |page, so_far| {
        pages.push(page);
        progress.push(*so_far);
        Ok(())
    });
    Collected { result, pages, progress }
}

/// An error with its causes, as the binary prints it.
fn chain(error: &Error) -> String {
    let mut text = error.to_string();
    let mut cause = std::error::Error::source(error);
    while let Some(source) = cause {
        text = format!("{text}: {source}");
        cause = source.source();
    }
    text
}
