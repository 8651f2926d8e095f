//! `weighhouse indicators`: the standing questions.

use std::path::Path;

use analyze::indicators::INDICATORS;

use crate::Outcome;
use crate::output::{Format, Rows};

/// List the indicators: the standing questions whose answers are kept with each release.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// How to print.
    #[arg(long, value_enum, default_value_t)]
    format: Format,
}

pub(crate) fn run(_data: &Path, args: &Args) -> anyhow::Result<Outcome> {
    let rows = INDICATORS.iter().map(|indicator| {
        let names = |names: Vec<&str>| names.join(" ");
        vec![
            indicator.name.to_owned(),
            indicator.group.to_owned(),
            names(indicator.statistics.iter().map(|statistic| statistic.name()).collect()),
            names(indicator.measures.iter().map(|measure| measure.name()).collect()),
            indicator.meaning.to_owned(),
        ]
    });
    let header = vec!["name", "group", "statistics", "measures", "meaning"];
    Rows { header, rows: rows.collect() }.print(args.format)?;
    Ok(Outcome::Done)
}
