//! Building a collection that has one new snapshot.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, SystemTime};

use anyhow::{Context, Result, ensure};

use super::Figure;
use super::collect::{grouped, put, size_of};
use super::measured::{Hub, Took, run as measure};
use crate::workspace::{Profile, Workspace};

/// Builds of a simulated Hub.
#[derive(clap::Args)]
pub(crate) struct Args {
    /// Models of the Hub.
    #[arg(long, default_value_t = 1_000_000)]
    pub(super) models: u64,
    /// Whole snapshots, a week apart; the last one is new when the build is measured.
    #[arg(long, default_value_t = 3, value_parser = clap::value_parser!(u64).range(1..=50))]
    snapshots: u64,
}

/// The layers, in the order in which they are made.
const LAYERS: [&str; 5] = ["records", "tables", "attributes", "panel", "indicators"];
/// The Hub's date before the first snapshot: a Monday.
const FIRST: &str = "2026-09-07T06:00:00Z";
const DAYS_BETWEEN: u64 = 7;

/// Measures and says what came out.
pub(crate) fn run(workspace: &Workspace, args: &Args) -> Result<Vec<Figure>> {
    let binary = workspace.build_binary(Profile::Release)?;
    let data = std::env::temp_dir().join(format!("weighhouse-bench-{}", std::process::id()));
    let bench = Bench::new(binary, data);
    let figures = bench.all(args);
    // Whatever came out, a million models need not stay on this disk.
    let _ = fs::remove_dir_all(&bench.data);
    figures
}

/// A data directory that is filled from a simulated Hub.
pub(super) struct Bench {
    binary: PathBuf,
    data: PathBuf,
}

impl Bench {
    pub(super) fn new(binary: PathBuf, data: PathBuf) -> Self {
        Self { binary, data }
    }

    fn all(&self, args: &Args) -> Result<Vec<Figure>> {
        let (begun, took) = self.collect_and_build(args)?;
        let layers = self.layers(begun)?;
        println!("building what is built");
        let again = self.build()?;
        self.figures(args, took, &layers, again)
    }

    /// Fills the directory; tells when the last build began and what it took.
    pub(super) fn collect_and_build(&self, args: &Args) -> Result<(SystemTime, Took)> {
        let hub = Hub::start(&self.binary, &["--models", &args.models.to_string()])?;
        for snapshot in 0..args.snapshots {
            let at = days_after(FIRST, snapshot * DAYS_BETWEEN)?;
            put(&hub.endpoint, "/simulated/at", &at)?;
            let is_last = snapshot + 1 == args.snapshots;
            if is_last && snapshot > 0 {
                println!("building {snapshot} snapshots");
                self.build()?;
            }
            println!("collecting snapshot {} of {}", snapshot + 1, args.snapshots);
            measure(self.command().args(["collect", "--endpoint", &hub.endpoint]))?;
        }
        drop(hub);
        println!("building with one new snapshot");
        let begun = SystemTime::now();
        Ok((begun, self.build()?))
    }

    fn command(&self) -> Command {
        let mut command = Command::new(&self.binary);
        command.arg("--data").arg(&self.data);
        command
    }

    fn build(&self) -> Result<Took> {
        Ok(measure(self.command().arg("build"))?.0)
    }

    /// How long each layer took, by when the one before it was done.
    fn layers(&self, begun: SystemTime) -> Result<Vec<Duration>> {
        let mut before = begun;
        let mut layers = Vec::new();
        for layer in LAYERS {
            let done = newest(&self.data.join(layer))?;
            let time = done.duration_since(before);
            layers.push(time.with_context(|| format!("{layer} were not made anew"))?);
            before = done;
        }
        Ok(layers)
    }

    fn figures(
        &self,
        args: &Args,
        took: Took,
        layers: &[Duration],
        again: Took,
    ) -> Result<Vec<Figure>> {
        let name = format!(
            "build of {} models with {} snapshots, the last of them new",
            grouped(args.models),
            args.snapshots
        );
        let mut figures = vec![
            Figure::new(name, format!("{:.1} s", took.wall.as_secs_f64()), "at most 90 s"),
            Figure::new("— CPU", format!("{:.1} s", took.cpu_seconds), ""),
            Figure::new("— peak memory", format!("{:.0} MiB", took.peak_mib), "at most 4,096 MiB"),
        ];
        for (layer, time) in LAYERS.into_iter().zip(layers) {
            let on_disk = size_of(&self.data.join(layer))? as f64 / 1_048_576.0;
            figures.push(Figure::new(
                format!("— {layer}: time; on disk, all builds"),
                format!("{:.1} s; {on_disk:.0} MiB", time.as_secs_f64()),
                "",
            ));
        }
        let raw = size_of(&self.data.join("raw"))? as f64 / 1_048_576.0;
        figures.push(Figure::new("— raw: on disk", format!("{raw:.0} MiB"), ""));
        figures.push(Figure::new(
            "build with nothing new",
            format!("{:.2} s", again.wall.as_secs_f64()),
            "",
        ));
        Ok(figures)
    }
}

/// When the newest entry of a layer was committed.
fn newest(layer: &Path) -> Result<SystemTime> {
    let mut newest = None;
    for collection in fs::read_dir(layer)? {
        for entry in fs::read_dir(collection?.path())? {
            let written = fs::metadata(entry?.path().join("manifest.json"))?.modified()?;
            newest = newest.max(Some(written));
        }
    }
    newest.with_context(|| format!("there is nothing in {}", layer.display()))
}

/// An instant so many days after another, by the system's calendar.
pub(super) fn days_after(first: &str, days: u64) -> Result<String> {
    let (day, time) = first.split_once('T').context("a day and a time")?;
    let date = format!("{day} +{days} days");
    let said = Command::new("date").args(["-u", "-d", &date, "+%Y-%m-%d"]).output()?;
    ensure!(said.status.success(), "date does not know {date}");
    Ok(format!("{}T{time}", String::from_utf8(said.stdout)?.trim()))
}
