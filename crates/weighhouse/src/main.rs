//! The binary: one file a command; the terminal, the environment, the clock, and the wiring.
//!
//! Exit codes: 0 done, 1 completed but a check failed, 2 error or misuse. A broken pipe is
//! success.
#![expect(
    clippy::disallowed_methods,
    reason = "the binary is the crate that knows the clock and the environment"
)]

mod clock;
mod commands;
mod output;
mod pipeline;
mod progress;
mod schedule;

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Parser, Subcommand};
use mimalloc::MiMalloc;

/// A build makes and drops hundreds of small values for each model, on two threads that hand
/// them over; the system's allocator takes a third of its time.
#[global_allocator]
static ALLOCATOR: MiMalloc = MiMalloc;

/// Weighs the open-model economy: who makes the models the world downloads, how concentrated
/// that is, and how sure we can be of it.
#[derive(Debug, Parser)]
#[command(name = "weighhouse", version = pipeline::CODE_VERSION, max_term_width = 100)]
struct Cli {
    /// The data directory.
    #[arg(
        long,
        global = true,
        value_name = "DIR",
        env = "WEIGHHOUSE_DATA",
        default_value = "weighhouse-data"
    )]
    data: PathBuf,
    /// How what is said on the way is written, on stderr.
    #[arg(
        long,
        global = true,
        value_enum,
        value_name = "F",
        env = "WEIGHHOUSE_LOG_FORMAT",
        default_value_t
    )]
    log_format: output::LogFormat,
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    Import(commands::import::Args),
    Collect(commands::collect::Args),
    Watch(commands::watch::Args),
    Accept(commands::accept::Args),
    Build(commands::build::Args),
    Query(commands::query::Args),
    Average(commands::average::Args),
    Status(commands::status::Args),
    Attributes(commands::attributes::Args),
    Whatif(commands::whatif::Args),
    Results(commands::results::Args),
    Report(commands::report::Args),
    Replicate(commands::replicate::Args),
    Robustness(commands::robustness::Args),
    Why(commands::why::Args),
    Family(commands::family::Args),
    Indicators(commands::indicators::Args),
    Collections(commands::collections::Args),
    Registry(commands::registry::Args),
    Serve(commands::serve::Args),
    Mcp(commands::mcp::Args),
    Simulate(commands::simulate::Args),
    Export(commands::export::Args),
    #[command(hide = true)]
    SimulateHistory(commands::simulate_history::Args),
}

/// How a command ended, short of an error.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Outcome {
    /// Everything was done.
    Done,
    /// It was done, and a check failed, as rows that had to be left out.
    CheckFailed,
}

fn main() -> ExitCode {
    let cli = Cli::parse();
    output::set_log_format(cli.log_format);
    match run(&cli) {
        Ok(Outcome::Done) => ExitCode::SUCCESS,
        Ok(Outcome::CheckFailed) => ExitCode::from(1),
        Err(error) if output::is_broken_pipe(&error) => ExitCode::SUCCESS,
        Err(error) => {
            output::print_error(&error);
            ExitCode::from(2)
        }
    }
}

fn run(cli: &Cli) -> anyhow::Result<Outcome> {
    let data = &cli.data;
    match &cli.command {
        Command::Import(args) => commands::import::run(data, args),
        Command::Collect(args) => commands::collect::run(data, args),
        Command::Watch(args) => commands::watch::run(data, args),
        Command::Accept(args) => commands::accept::run(data, args),
        Command::Build(args) => commands::build::run(data, args),
        Command::Query(args) => commands::query::run(data, args),
        Command::Average(args) => commands::average::run(data, args),
        Command::Status(args) => commands::status::run(data, args),
        Command::Attributes(args) => commands::attributes::run(data, args),
        Command::Whatif(args) => commands::whatif::run(data, args),
        Command::Results(args) => commands::results::run(data, args),
        Command::Report(args) => commands::report::run(data, args),
        Command::Replicate(args) => commands::replicate::run(data, args),
        Command::Robustness(args) => commands::robustness::run(data, args),
        Command::Why(args) => commands::why::run(data, args),
        Command::Family(args) => commands::family::run(data, args),
        Command::Indicators(args) => commands::indicators::run(data, args),
        Command::Collections(args) => commands::collections::run(data, args),
        Command::Registry(args) => commands::registry::run(args),
        Command::Serve(args) => commands::serve::run(data, args),
        Command::Mcp(args) => commands::mcp::run(data, args),
        Command::Simulate(args) => commands::simulate::run(data, args),
        Command::Export(args) => commands::export::run(data, args),
        Command::SimulateHistory(args) => commands::simulate_history::run(data, args),
    }
}
