//! Our own engine, in a process of its own.

use std::io::BufReader;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use anyhow::{Context, Result, ensure};
use cargo_metadata::Message;
use serde_json::Value;

use super::lines::{self, Answered, number};
use super::{Figure, Size};
use crate::workspace::Workspace;

/// What our engine came to at one size.
pub(super) struct Measured {
    size: Size,
    cells: f64,
    load_seconds: f64,
    first_answer_seconds: f64,
    resident_mib: f64,
    /// What it takes to make weekly sums by uploader beforehand, and what they hold.
    prepare_seconds: f64,
    prepared_bytes_a_cell: f64,
    held_bytes_a_cell: f64,
    resident_bytes_a_cell: f64,
    /// What is streamed, its bytes, and the seconds.
    streamed: Vec<(String, f64, f64)>,
    pub(super) answers: Vec<Answered>,
}

/// Builds an example for speed and says where it is.
pub(in crate::bench) fn build_example(
    workspace: &Workspace,
    package: &str,
    name: &str,
) -> Result<PathBuf> {
    let mut cargo = workspace.cargo(&["build", "--locked", "--release", "--package", package]);
    cargo.args(["--example", name, "--message-format=json-render-diagnostics"]);
    let mut child = cargo.stdout(Stdio::piped()).spawn().context("failed to start cargo")?;
    let output = child.stdout.take().context("stdout was piped")?;
    let mut built = None;
    for message in Message::parse_stream(BufReader::new(output)) {
        if let Message::CompilerArtifact(artifact) = message.context("cargo's messages")? {
            built = artifact.executable.or(built);
        }
    }
    ensure!(child.wait()?.success(), "the example {name} did not build");
    Ok(built.with_context(|| format!("cargo built no example {name}"))?.into_std_path_buf())
}

/// Writes a release of the simulated tables into a folder and puts all questions to it.
pub(super) fn measure(
    workspace: &Workspace,
    folder: &Path,
    size: Size,
    runs: u16,
) -> Result<Measured> {
    println!("asking our engine of {} models", size.models);
    let example = build_example(workspace, "weighhouse", "panel_speed")?;
    lines::run(Command::new(&example).arg("write").arg(folder).args(size.words()))?;
    let (answers, lines) =
        lines::run(Command::new(&example).arg("ask").arg(folder).arg(runs.to_string()))?;
    let streamed = lines.iter().filter(|line| line["event"] == "streamed").map(|line| {
        let seconds = line["seconds"].as_array().into_iter().flatten().filter_map(Value::as_f64);
        let seconds = lines::median(seconds.collect()).context("seconds")?;
        let what = line["what"].as_str().context("what")?.to_owned();
        Ok((what, line["bytes"].as_f64().context("bytes")?, seconds))
    });
    Ok(Measured {
        size,
        cells: number(&lines, "cells", "cells")?,
        load_seconds: number(&lines, "started", "load_seconds")?,
        first_answer_seconds: number(&lines, "started", "first_answer_seconds")?,
        resident_mib: number(&lines, "started", "resident_mib")?,
        prepare_seconds: number(&lines, "cells", "prepare_seconds")?,
        prepared_bytes_a_cell: number(&lines, "cells", "prepared_bytes_a_cell")?,
        held_bytes_a_cell: number(&lines, "cells", "held_bytes_a_cell")?,
        resident_bytes_a_cell: number(&lines, "cells", "resident_bytes_a_cell")?,
        streamed: streamed.collect::<Result<_>>()?,
        answers,
    })
}

/// What our engine takes besides its answers, and how that grows; the first size is the main one.
pub(super) fn figures(measured: &[Measured]) -> Vec<Figure> {
    let mut figures = Vec::new();
    for (index, at) in measured.iter().enumerate() {
        let models = f64::from(at.size.models) / 1e6;
        let cells = at.cells / 1e6;
        figures.push(Figure::new(
            format!(
                "{models} M models × {} weeks, {cells:.1} M cells: start to first answer",
                at.size.weeks
            ),
            format!("{:.2} s, of which loading {:.2}", at.first_answer_seconds, at.load_seconds),
            if index == 0 { "≤ 3 s" } else { "" },
        ));
        figures.push(Figure::new(
            "— bytes a cell: held, and as the system counts them",
            format!("{:.2}, {:.2}", at.held_bytes_a_cell, at.resident_bytes_a_cell),
            "≤ 10 beyond the attributes",
        ));
        figures.push(Figure::new(
            "— of which weekly sums by uploader, made in",
            format!("{:.2}; {:.2} s", at.prepared_bytes_a_cell, at.prepare_seconds),
            "",
        ));
        figures.push(Figure::new(
            "— memory with attributes and readings",
            format!("{:.0} MiB", at.resident_mib),
            "",
        ));
        for (what, bytes, seconds) in &at.streamed {
            figures.push(Figure::new(
                format!("— the bytes of all {what} streamed once, {:.2} GB", bytes / 1e9),
                format!("{seconds:.3} s"),
                "",
            ));
        }
        if measured.len() > 1 {
            for answer in at.answers.iter().filter(|answer| answer.filter == "all") {
                figures.push(Figure::new(
                    format!("— {}: {}, ns a cell", answer.engine, answer.question),
                    format!("{:.3}", answer.seconds * 1e9 / at.cells),
                    "no more with more cells",
                ));
            }
        }
    }
    figures
}
