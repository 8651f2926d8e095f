//! The two commands of the README, and the rules of the house that no lint can hold.
//!
//! `cargo xtask test` checks everything, `cargo xtask demo` shows the whole way from readings to the dashboard,
//! and `cargo xtask tidy` runs the house rules alone.
//! This crate drives the `weighhouse` binary from outside and must not know any crate of ours.
#![expect(
    clippy::disallowed_methods,
    reason = "a build tool reads the checkout, the environment and the clock"
)]
#![expect(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "a terminal program talks to its user"
)]

mod accuracy;
mod bench;
mod demo;
mod server;
mod test;
mod tidy;
mod workspace;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

use crate::workspace::Workspace;

/// Checks and demonstrates weighhouse.
#[derive(Parser)]
#[command(bin_name = "cargo xtask")]
struct Args {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Runs every check that CI runs.
    Test(test::Args),
    /// Takes readings in, builds all layers and serves the dashboard.
    Demo(demo::Args),
    /// Measures, prints and records figures.
    Bench(bench::Args),
    /// Measures derived attributes against published sizes and labels by hand.
    Accuracy(accuracy::Args),
    /// Runs the house rules alone.
    Tidy,
}

fn main() -> ExitCode {
    run(Args::parse()).unwrap_or_else(|error| {
        eprintln!("error: {error:#}");
        ExitCode::from(2)
    })
}

fn run(args: Args) -> anyhow::Result<ExitCode> {
    let workspace = Workspace::load()?;
    match args.command {
        Command::Test(args) => Ok(test::run(&workspace, &args)),
        Command::Bench(args) => bench::run(&workspace, &args),
        Command::Demo(args) => demo::run(&workspace, args),
        Command::Accuracy(args) => accuracy::run(&workspace, &args),
        Command::Tidy => {
            let report = tidy::check(&workspace)?;
            report.print();
            Ok(if report.findings.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
        }
    }
}
