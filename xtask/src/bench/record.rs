//! Figures on paper: a file such as docs/benchmarks.md, with a section for each measurement.

use std::fmt::Write as _;
use std::fs;
use std::process::Command;

use anyhow::{Context, Result};

use super::Figure;
use crate::workspace::{Workspace, output_of};

/// Where benchmarks are kept.
pub(crate) const BENCHMARKS: &str = "docs/benchmarks.md";

/// The section of a benchmark: when, where and on what it was measured, and the figures.
pub(crate) fn section(name: &str, figures: &[Figure]) -> String {
    let mut text = format!("<!-- begin {name} -->\n{}\n\n", measured());
    text.push_str("| what | measured | promised |\n|---|---|---|\n");
    for Figure { what, result, promise } in figures {
        let _ = writeln!(text, "| {what} | {result} | {promise} |");
    }
    let _ = write!(text, "<!-- end {name} -->");
    text
}

/// When, on what and of which commit figures were measured.
pub(crate) fn measured() -> String {
    let date = output_of(Command::new("date").args(["-u", "+%Y-%m-%d"])).unwrap_or_default();
    let commit = output_of(Command::new("git").args(["rev-parse", "--short", "HEAD"]));
    let changed = output_of(Command::new("git").args(["status", "--porcelain", "crates"]));
    let changed = if changed.is_some_and(|changed| changed.is_empty()) { "" } else { ", changed" };
    let commit = commit.unwrap_or_else(|| "unknown".to_owned());
    format!("Measured on {date}, {}, commit {commit}{changed}.", machine())
}

/// Puts a section in the place of the one that was there.
pub(crate) fn write(workspace: &Workspace, file: &str, name: &str, section: &str) -> Result<()> {
    let path = workspace.root.join(file);
    let text = fs::read_to_string(&path).with_context(|| format!("failed to read {file}"))?;
    let (begin, end) = (format!("<!-- begin {name} -->"), format!("<!-- end {name} -->"));
    let (before, rest) =
        text.split_once(&begin).with_context(|| format!("no '{begin}' in {file}"))?;
    let (_, after) = rest.split_once(&end).with_context(|| format!("no '{end}' in {file}"))?;
    fs::write(&path, format!("{before}{section}{after}"))?;
    println!("written to {file}");
    Ok(())
}

/// The machine in a few words: processor, cores, memory.
fn machine() -> String {
    let first = |file: &str, key: &str| -> Option<String> {
        let text = fs::read_to_string(file).ok()?;
        let line = text.lines().find(|line| line.starts_with(key))?;
        Some(line.split_once(':')?.1.trim().to_owned())
    };
    let processor = first("/proc/cpuinfo", "model name").unwrap_or_else(|| "unknown".to_owned());
    let cores = std::thread::available_parallelism().map_or(0, std::num::NonZero::get);
    let memory = first("/proc/meminfo", "MemTotal")
        .and_then(|text| text.split_whitespace().next()?.parse::<f64>().ok())
        .map_or_else(String::new, |kib| format!(", {:.0} GiB", kib / 1_048_576.0));
    format!("{processor}, {cores} cores{memory}")
}
