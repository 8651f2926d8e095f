//! `weighhouse registry check`: whether the files of a registry are sound.

use std::path::PathBuf;

use enrich::Registry;

use crate::Outcome;
use crate::output::{self, Format, Rows, grouped};

/// Check the files of a registry: every fault is listed with file and line, and the exit code is
/// 1 if there is one.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// The folder with `owners/`, `countries.csv` and `model_aliases.csv`.
    #[arg(value_name = "DIR", default_value = "registry")]
    folder: PathBuf,
    /// How to print.
    #[arg(long, value_enum, default_value_t)]
    format: Format,
}

pub(super) fn run(args: &Args) -> anyhow::Result<Outcome> {
    let files = super::files(&args.folder)?;
    let faults = match Registry::parse(&files) {
        Ok(registry) => {
            let count = grouped(registry.owner_count() as u64);
            output::say(&format!("{}: {count} owners, no fault", args.folder.display()));
            return Ok(Outcome::Done);
        }
        Err(faults) => faults,
    };
    let count = grouped(faults.len() as u64);
    let rows = faults.into_iter().map(|fault| {
        let path = args.folder.join(fault.path).display().to_string();
        vec![format!("{path}:{}", fault.line), fault.reason]
    });
    Rows { header: vec!["place", "fault"], rows: rows.collect() }.print(args.format)?;
    output::say(&format!("{}: {count} faults", args.folder.display()));
    Ok(Outcome::CheckFailed)
}
