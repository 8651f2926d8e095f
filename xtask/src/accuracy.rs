//! `cargo xtask accuracy`: sizes, quantization and experts against what others found out by hand.
//!
//! Readings are taken in and built by the commands of the binary, into a folder that is removed
//! again; the example `accuracy` of the crate `why` compares.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::{Context, Result, bail, ensure};

use crate::bench::record;
use crate::demo::{self, Ended, Weighhouse};
use crate::workspace::{Profile, Workspace};

/// Measures derived attributes against published sizes and labels.
#[derive(clap::Args)]
pub(crate) struct Args {
    /// The folder of readings [default: what the environment variable WEIGHHOUSE_REAL_DATA names].
    #[arg(long, value_name = "DIR")]
    input: Option<PathBuf>,
    /// A table of published sizes [default: that of the ATOM Project among the readings].
    #[arg(long, value_name = "FILE")]
    sizes: Option<PathBuf>,
    /// Writes the figures into docs/accuracy.md, in place of those that were there.
    #[arg(long)]
    record: bool,
}

const REAL_DATA: &str = "WEIGHHOUSE_REAL_DATA";
/// Where the readings have the table of sizes.
const SIZES: &str = "registry/atom_model_parameters_half.csv";
/// Where the readings have the models that the ATOM Project tracks.
const TRACKED: [&str; 2] = ["registry/atom_tracked_models.csv", "registry/atom_extra_models.csv"];
const REASONS: &str = "fixtures/accuracy/sizes.csv";
const LABELS: &str = "fixtures/accuracy/labels.csv";
const FILE: &str = "docs/accuracy.md";

/// Measures, prints, and records where that was asked for.
pub(crate) fn run(workspace: &Workspace, args: &Args) -> Result<ExitCode> {
    let input = args.input.clone().or_else(|| std::env::var_os(REAL_DATA).map(PathBuf::from));
    let Some(input) = input else {
        bail!("no readings to measure with: neither --input nor {REAL_DATA} names a folder");
    };
    let sizes = args.sizes.clone().unwrap_or_else(|| input.join(SIZES));
    ensure!(sizes.is_file(), "no table of published sizes at {}", sizes.display());
    let data = std::env::temp_dir().join(format!("weighhouse-accuracy-{}", std::process::id()));
    let reports = build(workspace, &input, &data).and_then(|()| {
        let (reasons, labels) = (workspace.root.join(REASONS), workspace.root.join(LABELS));
        let tracked = TRACKED.map(|table| input.join(table));
        let tracked: Vec<&Path> =
            tracked.iter().map(PathBuf::as_path).filter(|table| table.is_file()).collect();
        Ok([
            ("sizes", compare(workspace, "sizes", &[&data, &sizes, &reasons])?),
            ("names", compare(workspace, "names", &tracked)?),
            ("labels", compare(workspace, "labels", &[&data, &labels])?),
        ])
    });
    // Whatever came out, the readings need not stay twice on this disk.
    let _ = fs::remove_dir_all(&data);
    for (name, report) in reports? {
        println!("\n{report}");
        if args.record {
            record::write(workspace, FILE, name, &section(name, &report))?;
        }
    }
    Ok(ExitCode::SUCCESS)
}

/// Takes all readings in and builds them.
fn build(workspace: &Workspace, input: &Path, data: &Path) -> Result<()> {
    let imports = demo::look_into(input)?;
    println!("building weighhouse");
    let binary = workspace.build_binary(Profile::Dev)?;
    let weighhouse = Weighhouse { binary, data: data.to_owned() };
    demo::take_in_files(&weighhouse, &imports)?;
    if let Ended::Badly = weighhouse.run(&["build"], &[])? {
        bail!("the layers could not be built from {}", input.display());
    }
    Ok(())
}

/// What the example says, as Markdown.
fn compare(workspace: &Workspace, what: &str, paths: &[&Path]) -> Result<String> {
    let example = ["run", "--quiet", "--locked", "--package", "why", "--example", "accuracy", "--"];
    let mut cargo = workspace.cargo(&example);
    cargo.arg(what).args(paths).stderr(std::process::Stdio::inherit());
    let output = cargo.output().context("failed to start cargo")?;
    ensure!(output.status.success(), "the comparison of {what} failed");
    String::from_utf8(output.stdout).context("failed to read the comparison")
}

fn section(name: &str, report: &str) -> String {
    let measured = record::measured();
    format!("<!-- begin {name} -->\n{measured}\n\n{}\n<!-- end {name} -->", report.trim_end())
}
