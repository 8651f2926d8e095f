//! The engine, and others that are put the same questions on the same tables in the same run.

mod engines;
mod lines;
mod ours;
mod tables;

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Result, ensure};

use super::{Figure, record};
use crate::workspace::Workspace;

use engines::Engine;
use lines::Answered;
pub(super) use ours::build_example;

/// The engine against DuckDB, Polars and DataFusion.
#[derive(clap::Args)]
pub(crate) struct Args {
    /// Models of the simulated tables; growth is measured at a tenth and at three times as many.
    #[arg(long, default_value_t = 1_000_000, value_parser = clap::value_parser!(u32).range(10_000..))]
    models: u32,
    /// Weeks of the simulated tables.
    #[arg(long, default_value_t = 270, value_parser = clap::value_parser!(u16).range(60..))]
    weeks: u16,
    /// The engines to compare with, separated by commas; `none` asks only our own.
    #[arg(long, value_delimiter = ',', default_values = ["duckdb", "polars", "datafusion"])]
    engines: Vec<String>,
    /// Timed runs of each question, after one that warms up; the middle one counts.
    #[arg(long, default_value_t = 3, value_parser = clap::value_parser!(u16).range(1..))]
    runs: u16,
    /// Asks at one size only.
    #[arg(long)]
    no_growth: bool,
}

/// Fewer owners than models by so much.
const MODELS_AN_OWNER: u32 = 5;
const SEED: u64 = 7;
/// The threads of every engine.
const THREADS: usize = 2;

/// How large the tables are.
#[derive(Debug, Clone, Copy)]
struct Size {
    models: u32,
    weeks: u16,
}

impl Size {
    /// The numbers as the examples take them: models, weeks, owners, seed.
    fn words(self) -> [String; 4] {
        let owners = self.models / MODELS_AN_OWNER;
        [self.models.into(), self.weeks.into(), owners.into(), SEED]
            .map(|word: u64| word.to_string())
    }
}

/// Measures and says what came out, as a section of the record.
pub(crate) fn section(workspace: &Workspace, args: &Args) -> Result<String> {
    let engines = Engine::chosen(&args.engines)?;
    let folder = std::env::temp_dir().join(format!("weighhouse-bench-{}", std::process::id()));
    let bench = Bench { workspace, args, folder };
    let section = bench.section(&engines);
    // Whatever came out, the tables need not stay on this disk.
    let _ = fs::remove_dir_all(&bench.folder);
    section
}

struct Bench<'a> {
    workspace: &'a Workspace,
    args: &'a Args,
    folder: PathBuf,
}

impl Bench<'_> {
    fn section(&self, engines: &[Engine]) -> Result<String> {
        let size = Size { models: self.args.models, weeks: self.args.weeks };
        let runs = self.args.runs;
        let mut own = vec![ours::measure(self.workspace, &self.folder("own")?, size, runs)?];
        let others = self.others(engines, size)?;
        let mut answers: Vec<Answered> = own[0].answers.clone();
        answers.extend(others.iter().flat_map(|engine| engine.answers.iter().cloned()));
        let compared = agree(&answers)?;
        println!("{compared} answers agree");
        if !self.args.no_growth {
            for models in [size.models / 10, size.models * 3] {
                let size = Size { models, ..size };
                own.push(ours::measure(self.workspace, &self.folder("own")?, size, runs)?);
            }
        }
        let mut figures: Vec<Figure> = ours::figures(&own);
        figures.extend(others.iter().map(engines::figure));
        let section = record::section("panel", &figures);
        let end = "<!-- end panel -->";
        let text = format!("\n{}\n{}\n{end}", tables::questions(&answers), tables::forms(&answers));
        Ok(section.replace(end, &text))
    }

    fn others(&self, engines: &[Engine], size: Size) -> Result<Vec<engines::Measured>> {
        if engines.is_empty() {
            return Ok(Vec::new());
        }
        let folder = self.folder("tables")?;
        engines::write_tables(self.workspace, &folder, size)?;
        let python = engines::environment()?;
        let measure = |engine: &Engine| {
            engines::measure(self.workspace, &python, *engine, &folder, self.args.runs)
        };
        let measured = engines.iter().map(measure).collect();
        fs::remove_dir_all(&folder)?;
        measured
    }

    /// An empty folder of its own.
    fn folder(&self, name: &str) -> Result<PathBuf> {
        let folder = self.folder.join(name);
        if Path::exists(&folder) {
            fs::remove_dir_all(&folder)?;
        }
        fs::create_dir_all(&folder)?;
        Ok(folder)
    }
}

/// Holds all answers to a question against the first; returns how many there were.
fn agree(answers: &[Answered]) -> Result<usize> {
    for answer in answers {
        let same =
            |other: &&Answered| (other.topic(), &other.filter) == (answer.topic(), &answer.filter);
        let Some(first) = answers.iter().find(same) else { continue };
        ensure!(
            first.is_equal(answer),
            "{} and {} have different answers to {} of {}: their times mean nothing",
            first.engine,
            answer.engine,
            answer.question,
            answer.filter
        );
    }
    Ok(answers.len())
}
