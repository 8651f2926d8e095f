//! Parsing stored pages, joining them and deriving attributes: the first time, and when little is
//! new.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, ensure};

use super::Figure;
use super::build::days_after;
use super::collect::{grouped, put};
use super::measured::{Hub, Took, run as measure, watch};
use crate::workspace::{Profile, Workspace};

/// Parsing and deriving a simulated Hub.
#[derive(clap::Args)]
pub(crate) struct Args {
    /// Models of the Hub.
    #[arg(long, default_value_t = 1_000_000)]
    models: u64,
    /// Days until the second snapshot.
    #[arg(long, default_value_t = 7)]
    days: u64,
}

/// What is measured, by the layers that it makes.
const STAGES: [(&str, &str); 3] =
    [("parsing", "records"), ("joining", "tables"), ("deriving", "attributes")];
const FIRST: &str = "2026-09-07T06:00:00Z";
/// Models a second, parsed and derived.
const PROMISED: f64 = 60_000.0;

/// Measures and says what came out.
pub(crate) fn run(workspace: &Workspace, args: &Args) -> Result<Vec<Figure>> {
    let binary = workspace.build_binary(Profile::Release)?;
    let data = std::env::temp_dir().join(format!("weighhouse-bench-{}", std::process::id()));
    let bench = Bench { binary, data };
    let figures = bench.all(args);
    // Whatever came out, a million models need not stay on this disk.
    let _ = fs::remove_dir_all(&bench.data);
    figures
}

struct Bench {
    binary: PathBuf,
    data: PathBuf,
}

/// What a build came to.
struct Built {
    stages: [Took; STAGES.len()],
    /// Models in all, and those whose own attributes were derived.
    models: u64,
    derived: u64,
}

impl Bench {
    fn all(&self, args: &Args) -> Result<Vec<Figure>> {
        let hub = Hub::start(&self.binary, &["--models", &args.models.to_string()])?;
        self.collect(&hub, FIRST)?;
        println!("building what was collected");
        let first = self.build()?;
        self.collect(&hub, &days_after(FIRST, args.days)?)?;
        drop(hub);
        println!("building what changed");
        let second = self.build()?;
        let mut figures = figures(&first, &format!("{} models", grouped(first.models)), true);
        let share = second.derived as f64 / second.models as f64;
        let what = format!(
            "a second snapshot {} days later: models of which something changed",
            args.days
        );
        let changed = format!("{} ({:.1} %)", grouped(second.derived), share * 100.0);
        figures.push(Figure::new(what, changed, "only these are derived again"));
        figures.extend(figures_of_second(&second));
        Ok(figures)
    }

    fn command(&self) -> Command {
        let mut command = Command::new(&self.binary);
        command.arg("--data").arg(&self.data);
        command
    }

    fn collect(&self, hub: &Hub, at: &str) -> Result<()> {
        println!("collecting the Hub as of {at}");
        put(&hub.endpoint, "/simulated/at", at)?;
        measure(self.command().args(["collect", "--endpoint", &hub.endpoint]))?;
        Ok(())
    }

    /// Builds, and looks all the while which layers are there.
    fn build(&self) -> Result<Built> {
        let before = STAGES.map(|(_, layer)| entries(&self.data.join(layer)));
        let mut ends: Vec<Took> = Vec::new();
        let (whole, said) = watch(self.command().arg("build"), &mut |took| {
            while let Some((_, layer)) = STAGES.get(ends.len())
                && entries(&self.data.join(layer)) > before[ends.len()]
            {
                ends.push(took);
            }
        })?;
        ensure!(ends.len() == STAGES.len(), "a build of {:?} left layers out", whole.wall);
        let mut begin = Took::default();
        let stages = std::array::from_fn(|stage| {
            let end = ends[stage];
            let took = end.since(begin);
            begin = end;
            took
        });
        let (models, derived) = counts(&said)
            .with_context(|| format!("the build does not say what it derived: {said}"))?;
        Ok(Built { stages, models, derived })
    }
}

/// Times, processors' times and memory of each stage; with the rates, of a first build.
fn figures(built: &Built, name: &str, has_rates: bool) -> Vec<Figure> {
    let models = built.models as f64;
    let [parsing, joining, deriving] = built.stages;
    let rate = |took: Took| models / took.wall.as_secs_f64();
    let said = |took: Took| {
        let Took { wall, cpu_seconds, .. } = took;
        let rate = if has_rates {
            format!("{} models a second, ", grouped(rate(took) as u64))
        } else {
            String::new()
        };
        format!("{rate}{:.1} s, CPU {cpu_seconds:.1} s", wall.as_secs_f64())
    };
    let both = parsing.and(deriving);
    let promise = format!("at least {} models a second", grouped(PROMISED as u64));
    let mut figures = vec![
        Figure::new(
            format!("{name}: parsing and deriving"),
            said(both),
            if has_rates { promise } else { String::new() },
        ),
        Figure::new("— and joining", said(both.and(joining)), ""),
    ];
    for ((stage, _), took) in STAGES.iter().zip(built.stages) {
        figures.push(Figure::new(format!("— {stage} alone"), said(took), ""));
    }
    figures.push(Figure::new("— peak memory", format!("{:.0} MiB", deriving.peak_mib), ""));
    figures
}

fn figures_of_second(second: &Built) -> Vec<Figure> {
    figures(second, "the second snapshot", false)
}

/// How many entries of a layer are whole.
fn entries(layer: &Path) -> usize {
    let folders = |path: &Path| fs::read_dir(path).into_iter().flatten().flatten();
    let is_whole = |entry: &fs::DirEntry| entry.path().join("manifest.json").is_file();
    let of_collection = |collection: fs::DirEntry| {
        let entries = folders(&collection.path());
        let named = entries.filter(|entry| !entry.file_name().to_string_lossy().starts_with('.'));
        named.filter(is_whole).count()
    };
    folders(layer).map(of_collection).sum()
}

/// How many models there are, and how many were derived, as a build says.
fn counts(said: &str) -> Option<(u64, u64)> {
    let number = |text: &str| text.replace(',', "").parse().ok();
    let before = |mark: &str| {
        let (words, _) = said.split_once(mark)?;
        number(words.rsplit(' ').next()?)
    };
    Some((before(" models")?, before(" models derived")?))
}
