//! `cargo xtask demo`: from the best readings that can be reached to a dashboard in the browser, in one command.
//!
//! Everything it does, it does by the commands of the binary, so a reader can repeat each step by hand.

mod sources;

use std::fs;
use std::path::{Path, PathBuf, absolute};
use std::process::{Command, ExitCode};

use anyhow::{Context, Result, bail};

use self::sources::{Found, Import};
use crate::workspace::{Profile, Workspace};

/// How deep below the input folder files are looked for.
const MOST_FOLDERS_DEEP: usize = 3;

/// The released data of *Economies of Open Intelligence*: the file with every reading.
const PAPER: &str = "https://huggingface.co/datasets/mmpr/open_model_evolution_data/resolve/main/all_downloads_with_annotations.parquet";

/// Takes readings in, builds all layers and serves the dashboard.
///
/// Without --input the Hub itself is asked; where it cannot be reached, a simulated Hub takes its place and is labelled as such.
#[derive(clap::Args)]
pub(crate) struct Args {
    /// Takes in every known source found in this folder.
    #[arg(long, value_name = "DIR")]
    input: Option<PathBuf>,
    /// Port of the dashboard.
    #[arg(long, default_value_t = 8642)]
    port: u16,
    /// Keeps the data here; a second run reuses it [default: data/demo in the repository].
    #[arg(long, value_name = "DIR")]
    data: Option<PathBuf>,
    /// Stops when all layers are built.
    #[arg(long)]
    no_serve: bool,
}

/// The built binary and the folder it works on.
pub(crate) struct Weighhouse {
    pub(crate) binary: PathBuf,
    pub(crate) data: PathBuf,
}

/// What the exit code of a command of the binary says.
pub(crate) enum Ended {
    /// As asked.
    Well,
    /// Completed, but a check failed or a part of the input was bad; it said what.
    WithProblems,
    /// Nothing was done.
    Badly,
}

/// Runs the demonstration; ends with the server, or with the last layer where none is wanted.
pub(crate) fn run(workspace: &Workspace, args: Args) -> Result<ExitCode> {
    // Looked into first: a mistyped folder should not cost a build.
    let input = args.input.as_deref().map(look_into).transpose()?;
    println!("building weighhouse");
    let binary = workspace.build_binary(Profile::Release)?;
    let data = args.data.unwrap_or_else(|| workspace.root.join("data/demo"));
    let data = absolute(&data).with_context(|| format!("failed to resolve {}", data.display()))?;
    let weighhouse = Weighhouse { binary, data };

    match input {
        Some(imports) => take_in_files(&weighhouse, &imports)?,
        None => take_in_hub(&weighhouse)?,
    }
    match weighhouse.run(&["build"], &[])? {
        Ended::Well => {}
        Ended::WithProblems => println!("the layers are built; the problems are named above"),
        Ended::Badly => bail!("the layers could not be built from {}", weighhouse.data.display()),
    }
    if args.no_serve {
        println!("done: the layers are in {}", weighhouse.data.display());
        return Ok(ExitCode::SUCCESS);
    }
    serve(&weighhouse, args.port)
}

impl Weighhouse {
    fn command(&self, args: &[&str], paths: &[PathBuf]) -> Command {
        let mut command = Command::new(&self.binary);
        command.arg("--data").arg(&self.data).args(args).args(paths);
        command
    }

    /// Runs one command of the binary with its output and progress shown.
    pub(crate) fn run(&self, args: &[&str], paths: &[PathBuf]) -> Result<Ended> {
        println!("\n> weighhouse {}{}", args.join(" "), shortened(paths));
        let status = self
            .command(args, paths)
            .status()
            .with_context(|| format!("failed to start {}", self.binary.display()))?;
        Ok(match status.code() {
            Some(0) => Ended::Well,
            Some(1) => Ended::WithProblems,
            _ => Ended::Badly,
        })
    }
}

/// Finds what a folder has to offer, and says what is left where it is.
pub(crate) fn look_into(folder: &Path) -> Result<Vec<Import>> {
    // Resolved, so that a folder given as `.` still has the name that says what its files are.
    let folder =
        folder.canonicalize().with_context(|| format!("failed to open {}", folder.display()))?;
    let files = if folder.is_dir() { files_below(&folder)? } else { vec![folder.clone()] };
    let Found { imports, skipped } = sources::sort(&folder, &files);
    for line in &skipped {
        println!("skipped: {line}");
    }
    if imports.is_empty() {
        let known = sources::NAMES.join(", ");
        bail!("no known source in {}; known are {known}", folder.display());
    }
    Ok(imports)
}

/// Takes in what was found, source by source.
pub(crate) fn take_in_files(weighhouse: &Weighhouse, imports: &[Import]) -> Result<()> {
    let mut refused = 0;
    for Import { source, paths } in imports {
        match weighhouse.run(&["import", source], paths)? {
            Ended::Well => {}
            Ended::WithProblems => println!("{source}: taken in; the problems are named above"),
            Ended::Badly => {
                println!("{source}: could not be taken in; going on without it");
                refused += 1;
            }
        }
    }
    if refused == imports.len() {
        bail!("nothing could be taken in");
    }
    Ok(())
}

fn take_in_hub(weighhouse: &Weighhouse) -> Result<()> {
    let collect = ["collect", "--limit", "5000", "--sort", "downloads"];
    if matches!(weighhouse.run(&collect, &[])?, Ended::Badly) {
        println!("no listing from the Hub (see above): a simulated Hub takes its place");
        let simulate = ["simulate-history", "--weeks", "60", "--models", "5000", "--seed", "1"];
        return match weighhouse.run(&simulate, &[])? {
            Ended::Well | Ended::WithProblems => Ok(()),
            Ended::Badly => bail!("the simulated Hub could not be read either"),
        };
    }
    let paper = ["import", "open-model-evolution", PAPER];
    if matches!(weighhouse.run(&paper, &[])?, Ended::Badly) {
        println!("the paper's data set could not be fetched; going on without it");
    }
    Ok(())
}

/// Hands this process over to the server, so that Ctrl-C reaches it and nothing is left behind.
fn serve(weighhouse: &Weighhouse, port: u16) -> Result<ExitCode> {
    let port = port.to_string();
    let mut server = weighhouse.command(&["serve", "--port", &port], &[]);
    println!(
        "\nserving {} on http://127.0.0.1:{port} (Ctrl-C stops it)",
        weighhouse.data.display()
    );
    #[cfg(unix)]
    {
        use std::os::unix::process::CommandExt;
        let error = server.exec();
        Err(error).with_context(|| format!("failed to start {}", weighhouse.binary.display()))
    }
    #[cfg(not(unix))]
    {
        let status = server.status().context("failed to start the server")?;
        Ok(if status.success() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
    }
}

/// Files below a folder in the order of their paths, without hidden ones.
fn files_below(folder: &Path) -> Result<Vec<PathBuf>> {
    let mut files = Vec::new();
    let mut folders = vec![(folder.to_owned(), 0)];
    while let Some((folder, depth)) = folders.pop() {
        for entry in
            fs::read_dir(&folder).with_context(|| format!("failed to list {}", folder.display()))?
        {
            let entry = entry.with_context(|| format!("failed to list {}", folder.display()))?;
            let path = entry.path();
            if entry.file_name().to_string_lossy().starts_with('.') {
                continue;
            }
            if !path.is_dir() {
                files.push(path);
            } else if depth < MOST_FOLDERS_DEEP {
                folders.push((path, depth + 1));
            } else {
                println!("skipped: {}: more than {MOST_FOLDERS_DEEP} folders deep", path.display());
            }
        }
    }
    files.sort();
    Ok(files)
}

/// Paths as they are shown: one in full, many by their number.
fn shortened(paths: &[PathBuf]) -> String {
    match paths {
        [] => String::new(),
        [path] => format!(" {}", path.display()),
        [first, rest @ ..] => format!(" {} … ({} more)", first.display(), rest.len()),
    }
}
