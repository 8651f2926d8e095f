//! `weighhouse fetch-paper` (hidden): download and import the paper's released data set.

use std::path::Path;
use std::time::Duration;

use collect::{Download, USER_AGENT};
use enrich::Source;
use store::Store;

use super::import::Tally;
use crate::clock::SystemClock;
use crate::pipeline::taking::{self, Received};
use crate::{Outcome, clock, output};

/// Download the released data of *Economies of Open Intelligence* and take it in.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// The Hub.
    #[arg(long, value_name = "URL", env = "HF_ENDPOINT", default_value = "https://huggingface.co")]
    endpoint: String,
}

/// The file with every reading; the other one holds a part of the same.
const FILE: &str = "all_downloads_with_annotations.parquet";
const FOLDER: &str = "datasets/mmpr/open_model_evolution_data/resolve/main";
const MAX_BYTES: u64 = 256 << 20;

pub(crate) fn run(data: &Path, args: &Args) -> anyhow::Result<Outcome> {
    output::say(&format!("downloading {FILE} (about 8 MB)"));
    let download = Download {
        endpoint: args.endpoint.clone(),
        path: format!("{FOLDER}/{FILE}"),
        token: None,
        max_bytes: MAX_BYTES,
        timeout: Duration::from_mins(1),
        max_retries: 3,
        user_agent: USER_AGENT.to_owned(),
    };
    let bytes = collect::download(&download, &SystemClock)?;
    let store = Store::create(data)?;
    let _lock = store.lock()?;
    let source = Source::OpenModelEvolution;
    let received = Received {
        source,
        collection: source.name().to_owned(),
        file: FILE.to_owned(),
        bytes,
        arrived_at: clock::now(),
        read_at: None,
        is_simulated: false,
    };
    let mut tally = Tally::default();
    tally.add(taking::take(&store, received).map_err(Into::into));
    tally.close(source.name(), 1)
}
