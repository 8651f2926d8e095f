//! Our side of `cargo xtask bench panel`: the questions put to the engine, as JSON, a line each.
//!
//! ```text
//! panel_speed write FOLDER MODELS WEEKS OWNERS SEED    a release of the simulated tables
//! panel_speed ask FOLDER RUNS                          what its answers take, and what they are
//! ```
//!
//! Each question is asked once to warm up, and then timed RUNS times.
#![expect(clippy::disallowed_methods, reason = "a benchmark reads its arguments and the clock")]
#![expect(clippy::print_stdout, reason = "its lines are what it is for")]

mod ask;
mod bare;
mod economy;
mod memory;

use std::path::Path;
use std::time::Instant;

use mimalloc::MiMalloc;

use anyhow::{Context, bail};
use serde_json::{Value, json};
use simulate::PanelOptions;

/// That of the program.
#[global_allocator]
static ALLOCATOR: MiMalloc = MiMalloc;

fn main() -> anyhow::Result<()> {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    match words[..] {
        ["write", folder, models, weeks, owners, seed] => {
            let options = PanelOptions {
                models: models.parse().context("models")?,
                weeks: weeks.parse().context("weeks")?,
                owners: owners.parse().context("owners")?,
                seed: seed.parse().context("seed")?,
            };
            let (seconds, cells) = timed(|| economy::write(Path::new(folder), options))?;
            say(&json!({"event": "written", "cells": cells, "seconds": seconds}));
            Ok(())
        }
        ["ask", folder, runs] => {
            let runs = runs.parse().context("runs")?;
            let market = ask::all(Path::new(folder), runs)?;
            bare::all(Path::new(folder), &market, runs)
        }
        _ => bail!("expected `write FOLDER MODELS WEEKS OWNERS SEED` or `ask FOLDER RUNS`"),
    }
}

/// Prints a line for `cargo xtask bench panel`.
fn say(line: &Value) {
    println!("{line}");
}

/// Does something, and says how many seconds it took.
fn timed<T>(work: impl FnOnce() -> anyhow::Result<T>) -> anyhow::Result<(f64, T)> {
    let begun = Instant::now();
    let done = work()?;
    Ok((begun.elapsed().as_secs_f64(), done))
}

/// Does something once to warm up, and then `runs` times; returns the seconds and what it gave.
fn repeated<T>(
    runs: usize,
    mut work: impl FnMut() -> anyhow::Result<T>,
) -> anyhow::Result<(Vec<f64>, T)> {
    let mut given = work()?;
    let mut seconds = Vec::with_capacity(runs);
    for _ in 0..runs {
        let (took, again) = timed(&mut work)?;
        seconds.push(took);
        given = again;
    }
    Ok((seconds, given))
}
