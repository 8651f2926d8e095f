//! `cargo xtask bench`: figures that can be measured again, and are kept with date, machine and commit.
//!
//! Times are printed and recorded, and decide no test.

mod analyze;
mod bare;
mod build;
mod collect;
mod derive;
mod graph;
mod load;
mod measured;
mod panel;
mod read;
pub(crate) mod record;
mod search;

use std::process::ExitCode;

use anyhow::Result;
use clap::Subcommand;

use crate::workspace::Workspace;

/// Measures a part of weighhouse on this machine.
#[derive(clap::Args)]
pub(crate) struct Args {
    #[command(subcommand)]
    what: What,
    /// Writes the figures into docs/benchmarks.md, in place of those that were there.
    #[arg(long, global = true)]
    record: bool,
}

#[derive(Subcommand)]
enum What {
    /// Crawls of a simulated Hub over HTTP: unlimited, within a budget, against latency, in trouble.
    Collect(collect::Args),
    /// The whole way from raw to indicators, with one new snapshot of a simulated Hub.
    Build(build::Args),
    /// Parsing and deriving, the first time and when little is new.
    Derive(derive::Args),
    /// The engine against others: the same questions on the same simulated tables.
    Panel(panel::Args),
    /// Every result of a large collection, sampling intervals included.
    Analyze(analyze::Args),
    /// Users of the dashboard over a large collection, and more than it can bear.
    Load(load::Args),
    /// A large release on disk as it is read: served, asked for one model, told in a report.
    Read(build::Args),
    /// Whole-graph questions about lineage: ancestors, descendants, sums of families.
    Graph(graph::Args),
    /// Names found as one types, over millions of them.
    Search(search::Args),
}

/// One line of a table of figures.
pub(crate) struct Figure {
    /// What was measured.
    what: String,
    /// What came out.
    result: String,
    /// What was promised, where something was.
    promise: String,
}

impl Figure {
    fn new(what: impl Into<String>, result: impl Into<String>, promise: impl Into<String>) -> Self {
        Self { what: what.into(), result: result.into(), promise: promise.into() }
    }
}

/// Measures, prints, and records where that was asked for.
pub(crate) fn run(workspace: &Workspace, args: &Args) -> Result<ExitCode> {
    let (name, section) = match &args.what {
        What::Collect(collect) => {
            ("collect", record::section("collect", &collect::run(workspace, collect)?))
        }
        What::Build(build) => ("build", record::section("build", &build::run(workspace, build)?)),
        What::Read(read) => ("read", record::section("read", &read::run(workspace, read)?)),
        What::Graph(graph) => ("graph", record::section("graph", &graph::run(workspace, graph)?)),
        What::Search(search) => {
            ("search", record::section("search", &search::run(workspace, search)?))
        }
        What::Load(load) => ("load", record::section("load", &load::run(workspace, load)?)),
        What::Analyze(analyze) => {
            ("analyze", record::section("analyze", &analyze::run(workspace, analyze)?))
        }
        What::Derive(derive) => {
            ("derive", record::section("derive", &derive::run(workspace, derive)?))
        }
        What::Panel(panel) => ("panel", panel::section(workspace, panel)?),
    };
    println!("\n{section}");
    if args.record {
        record::write(workspace, record::BENCHMARKS, name, &section)?;
    }
    Ok(ExitCode::SUCCESS)
}
