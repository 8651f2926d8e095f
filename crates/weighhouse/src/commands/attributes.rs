//! `weighhouse attributes`: what is known of each model.

use std::path::Path;

use enrich::attributes::catalogue;

use crate::Outcome;
use crate::output::{Format, Rows};

/// List the attributes of models: name, type, unit, meaning and whether they can be grouped by.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// How to print.
    #[arg(long, value_enum, default_value_t)]
    format: Format,
}

pub(crate) fn run(_data: &Path, args: &Args) -> anyhow::Result<Outcome> {
    let rows = catalogue().map(|attribute| {
        vec![
            attribute.name.to_owned(),
            attribute.family.to_owned(),
            attribute.value_type.name().to_owned(),
            attribute.unit.to_owned(),
            if attribute.is_groupable { "yes" } else { "no" }.to_owned(),
            attribute.meaning.to_owned(),
        ]
    });
    let header = vec!["name", "family", "type", "unit", "groupable", "meaning"];
    Rows { header, rows: rows.collect() }.print(args.format)?;
    Ok(Outcome::Done)
}
