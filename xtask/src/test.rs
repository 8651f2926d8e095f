//! `cargo xtask test`: every check, one after the other, and what came of each.

mod contract;
mod rust;
mod web;

use std::env;
use std::process::{Command, ExitCode};
use std::time::{Duration, Instant};

use anyhow::{Context, Result};
use clap::ValueEnum;

use crate::tidy;
use crate::workspace::Workspace;

/// Runs every check that CI runs; a failed one does not stop the others.
#[derive(clap::Args)]
pub(crate) struct Args {
    /// Runs this step alone; may be given more than once.
    #[arg(long, value_name = "STEP")]
    only: Vec<Step>,
}

/// One check.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Step {
    /// Formatting.
    Fmt,
    /// Lints of the workspace, warnings refused.
    Clippy,
    /// House rules that no lint can hold.
    Tidy,
    /// Unit, property, snapshot and command-line tests.
    Tests,
    /// Every parameter of the API, by schemathesis.
    Contract,
    /// Types of the dashboard's scripts.
    Web,
    /// The dashboard in a real browser.
    Browser,
}

/// What came of a step.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Outcome {
    Passed,
    /// Why, in a few words.
    Failed(String),
    /// What could not be had.
    Skipped(String),
}

/// A step that ran, or could not.
struct Done {
    step: Step,
    outcome: Outcome,
    took: Duration,
}

/// Runs the steps and ends with a table; the exit code is 1 when a step failed.
pub(crate) fn run(workspace: &Workspace, args: &Args) -> ExitCode {
    let strict = is_ci(env::var("CI").ok().as_deref());
    let mut done = Vec::new();
    for step in Step::value_variants() {
        if !args.only.is_empty() && !args.only.contains(step) {
            continue;
        }
        println!("\n=== {}: {} ===", step.name(), step.title());
        let start = Instant::now();
        let outcome = step.run(workspace).unwrap_or_else(|error| {
            println!("error: {error:#}");
            Outcome::Failed("could not be run".to_owned())
        });
        if let Outcome::Skipped(reason) = &outcome {
            println!("skipped: {} ({reason})", step.title());
        }
        done.push(Done {
            step: *step,
            outcome: judge(outcome, strict && step.is_needed()),
            took: start.elapsed(),
        });
    }
    print!("\n{}", table(&done));
    println!("{}", summary(&done));
    let failed = done.iter().any(|done| matches!(done.outcome, Outcome::Failed(_)));
    if failed { ExitCode::FAILURE } else { ExitCode::SUCCESS }
}

impl Step {
    /// Whether CI has to have what it needs. Python, and a package for it, may be out of reach.
    const fn is_needed(self) -> bool {
        !matches!(self, Self::Contract)
    }

    fn name(self) -> &'static str {
        match self {
            Self::Fmt => "fmt",
            Self::Clippy => "clippy",
            Self::Tidy => "tidy",
            Self::Tests => "tests",
            Self::Contract => "contract",
            Self::Web => "web",
            Self::Browser => "browser",
        }
    }

    fn title(self) -> &'static str {
        match self {
            Self::Fmt => "formatting",
            Self::Clippy => "lints",
            Self::Tidy => "house rules",
            Self::Tests => "unit, property, snapshot and command-line tests",
            Self::Contract => "every parameter of the API",
            Self::Web => "script types",
            Self::Browser => "browser flow",
        }
    }

    fn run(self, workspace: &Workspace) -> Result<Outcome> {
        match self {
            Self::Fmt => rust::fmt(workspace),
            Self::Clippy => rust::clippy(workspace),
            Self::Tidy => {
                let report = tidy::check(workspace)?;
                report.print();
                Ok(match report.findings.len() {
                    0 => Outcome::Passed,
                    findings => Outcome::Failed(format!("{findings} findings")),
                })
            }
            Self::Tests => rust::tests(workspace),
            Self::Contract => contract::contract(workspace),
            Self::Web => web::types(workspace),
            Self::Browser => web::browser(workspace),
        }
    }
}

/// Runs a command with its output shown, and passes or fails with it.
fn passes(command: &mut Command) -> Result<Outcome> {
    let program = command.get_program().to_string_lossy().into_owned();
    let status = command.status().with_context(|| format!("failed to start {program}"))?;
    Ok(if status.success() { Outcome::Passed } else { Outcome::Failed(status.to_string()) })
}

/// Whether the value of the variable `CI` says that this is CI.
fn is_ci(value: Option<&str>) -> bool {
    value.is_some_and(|value| !["", "0", "false"].contains(&value))
}

/// Where nothing may be skipped, a skipped step has failed.
fn judge(outcome: Outcome, strict: bool) -> Outcome {
    match outcome {
        Outcome::Skipped(reason) if strict => {
            Outcome::Failed(format!("skipped in CI, where nothing may be: {reason}"))
        }
        outcome => outcome,
    }
}

fn table(done: &[Done]) -> String {
    let mut table = format!("{:<9}{:<9}{:>8}\n", "step", "outcome", "seconds");
    for Done { step, outcome, took } in done {
        let (word, reason) = match outcome {
            Outcome::Passed => ("passed", ""),
            Outcome::Failed(reason) => ("failed", reason.as_str()),
            Outcome::Skipped(reason) => ("skipped", reason.as_str()),
        };
        let line = format!("{:<9}{word:<9}{:>8.1}  {reason}", step.name(), took.as_secs_f64());
        table.push_str(line.trim_end());
        table.push('\n');
    }
    table
}

/// One line that no reader of test results mistakes for a test runner's own.
fn summary(done: &[Done]) -> String {
    let names = |wanted: fn(&Outcome) -> bool| {
        let names: Vec<_> =
            done.iter().filter(|done| wanted(&done.outcome)).map(|done| done.step.name()).collect();
        match names.as_slice() {
            [] => "none".to_owned(),
            names => names.join(" "),
        }
    };
    format!(
        "weighhouse steps: passed: {}; failed: {}; skipped: {}",
        names(|outcome| matches!(outcome, Outcome::Passed)),
        names(|outcome| matches!(outcome, Outcome::Failed(_))),
        names(|outcome| matches!(outcome, Outcome::Skipped(_))),
    )
}

#[cfg(test)]
mod tests;
