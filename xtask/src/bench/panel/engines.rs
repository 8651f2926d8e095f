//! Other engines, each in a process of its own.

use std::env;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use anyhow::{Context, Result, bail, ensure};

use super::lines::{self, Answered, number};
use super::ours::build_example;
use super::{Figure, Size, THREADS};
use crate::workspace::{Workspace, succeeds};

/// Where the questions are written for each engine.
const SCRIPTS: &str = "xtask/bench/panel";
/// What an engine that can be told may hold.
const MEMORY_GIB: usize = 8;

/// An engine to compare with.
#[derive(Debug, Clone, Copy)]
pub(super) struct Engine {
    /// Its name, its Python package and the end of its script's name.
    pub(super) name: &'static str,
    pub(super) title: &'static str,
}

/// Every engine that there is a script for.
pub(super) const ENGINES: [Engine; 3] = [
    Engine { name: "duckdb", title: "DuckDB" },
    Engine { name: "polars", title: "Polars" },
    Engine { name: "datafusion", title: "DataFusion" },
];

impl Engine {
    /// The engines that were asked for by name.
    pub(super) fn chosen(names: &[String]) -> Result<Vec<Self>> {
        if names == ["none"] {
            return Ok(Vec::new());
        }
        let engine = |name: &String| {
            let engine = ENGINES.iter().find(|engine| engine.name == name).copied();
            engine.with_context(|| {
                format!("no engine is called {name}: take one of duckdb, polars, datafusion")
            })
        };
        names.iter().map(engine).collect()
    }
}

/// What an engine came to.
pub(super) struct Measured {
    title: &'static str,
    version: String,
    load_seconds: f64,
    peak_mib: f64,
    pub(super) answers: Vec<Answered>,
}

/// Writes the simulated tables as columns into a folder.
pub(super) fn write_tables(workspace: &Workspace, folder: &Path, size: Size) -> Result<()> {
    println!("writing tables of {} models", size.models);
    let example = build_example(workspace, "simulate", "panel_tables")?;
    let mut child =
        Command::new(example).stdin(Stdio::piped()).spawn().context("failed to start")?;
    let mut input = child.stdin.take().context("stdin was piped")?;
    writeln!(input, "{} {}", folder.display(), size.words().join(" "))?;
    drop(input);
    ensure!(child.wait()?.success(), "the simulated tables were not written");
    Ok(())
}

/// The Python with all engines, in an environment that this makes where there is none.
pub(super) fn environment() -> Result<PathBuf> {
    let home = env::var_os("HOME").context("HOME says where the environment goes")?;
    let folder = Path::new(&home).join(".cache/weighhouse/bench-venv");
    let python = folder.join("bin/python");
    let packages = ENGINES.map(|engine| engine.name);
    let imports = format!("import numpy, pyarrow, {}", packages.join(", "));
    if succeeds(Command::new(&python).args(["-c", &imports])) {
        return Ok(python);
    }
    println!("making a Python environment with {}", packages.join(", "));
    ensure!(
        succeeds(Command::new("python3").args(["-m", "venv"]).arg(&folder)),
        "python3 made no environment: is its module venv installed?"
    );
    let mut install = Command::new(&python);
    install.args(["-m", "pip", "install", "--quiet", "numpy", "pyarrow"]).args(packages);
    if !install.status().context("failed to start pip")?.success() {
        bail!("pip did not install the engines; `--engines none` asks only our own");
    }
    Ok(python)
}

/// Puts all questions to an engine.
pub(super) fn measure(
    workspace: &Workspace,
    python: &Path,
    engine: Engine,
    folder: &Path,
    runs: u16,
) -> Result<Measured> {
    let mut command = Command::new(python);
    command.arg(workspace.root.join(SCRIPTS).join("measure.py")).arg(engine.name).arg(folder);
    command.args([usize::from(runs), THREADS, MEMORY_GIB].map(|number| number.to_string()));
    command.env("POLARS_MAX_THREADS", THREADS.to_string()).env("PYTHONDONTWRITEBYTECODE", "1");
    let (answers, lines) = lines::run(&mut command)?;
    let loaded = lines.iter().find(|line| line["event"] == "loaded").context("nothing loaded")?;
    Ok(Measured {
        title: engine.title,
        version: loaded["version"].as_str().unwrap_or_default().to_owned(),
        load_seconds: number(&lines, "loaded", "seconds")?,
        peak_mib: number(&lines, "done", "peak_mib")?,
        answers,
    })
}

/// What an engine takes besides its answers.
pub(super) fn figure(measured: &Measured) -> Figure {
    let Measured { title, version, load_seconds, peak_mib, .. } = measured;
    Figure::new(
        format!("{title} {version}: tables loaded in; peak memory"),
        format!("{load_seconds:.1} s; {:.1} GiB", peak_mib / 1_024.0),
        "",
    )
}
