//! Whole-graph questions about the lineage of invented models.

use std::process::Command;

use anyhow::{Context, Result};

use super::Figure;
use super::collect::grouped;
use super::panel::build_example;
use crate::workspace::{Workspace, output_of};

/// Ancestors, descendants and sums of families.
#[derive(clap::Args)]
pub(crate) struct Args {
    /// Models.
    #[arg(long, default_value_t = 3_000_000)]
    models: u64,
}

/// What is asked, and what is promised.
const QUESTIONS: [(&str, &str, &str); 6] = [
    ("build", "lineage of all models from their columns", ""),
    ("families", "families and roles of all models", ""),
    ("ancestors", "all ancestors of the model with the most", "under 50 ms"),
    ("ancestors_of_many", "all ancestors of 10,000 models, one after another", ""),
    ("descendants", "all descendants of the model with the most", "under 50 ms"),
    (
        "family_sums",
        "sums of every family by role, families of which others hold a part",
        "under 50 ms",
    ),
];

/// Measures and says what came out.
pub(crate) fn run(workspace: &Workspace, args: &Args) -> Result<Vec<Figure>> {
    let example = build_example(workspace, "enrich", "graph_speed")?;
    let said = output_of(Command::new(example).arg(args.models.to_string()))
        .context("the example graph_speed failed")?;
    let figure = |(name, what, promise): (&str, &str, &str)| {
        let line = said.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(' '));
        let (took, found) = line.and_then(|line| line.split_once(' ')).context("a line each")?;
        let (took, found): (f64, u64) = (took.parse()?, found.parse()?);
        let took =
            if took < 1_000.0 { format!("{took:.1} ms") } else { format!("{:.1} s", took / 1e3) };
        let found = format!("{took}; found {}", grouped(found));
        Ok(Figure::new(format!("{what}, {} models", grouped(args.models)), found, promise))
    };
    QUESTIONS.into_iter().map(figure).collect()
}
