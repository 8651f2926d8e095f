//! The step that tries every parameter of the API: schemathesis against the built binary.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result};

use super::Outcome;
use crate::server::Server;
use crate::workspace::{Profile, Workspace, succeeds};

/// Where the rules of the step are, in the checkout.
const RULES: &str = "xtask/contract";
/// Equal seeds try equal requests.
const SEED: &str = "1";
/// Requests that are drawn for each address and kind; the borders of each parameter come beside.
const EXAMPLES: &str = "25";
/// Drawing stops after this many seconds.
const MOST_SECONDS: &str = "100";
/// The history that is served: half a year of a small Hub.
const HISTORY: [&str; 7] = ["simulate-history", "--weeks", "26", "--models", "300", "--seed", "7"];

/// Serves a simulated collection and holds every answer against the document.
pub(super) fn contract(workspace: &Workspace) -> Result<Outcome> {
    let rules = workspace.root.join(RULES);
    let Some(schemathesis) = installed(&rules)? else {
        return Ok(Outcome::Skipped("schemathesis cannot be installed here".to_owned()));
    };
    let binary = workspace.build_binary(Profile::Dev)?;
    let folder = env::temp_dir().join(format!("weighhouse-contract-{}", std::process::id()));
    let outcome = tried(&schemathesis, &rules, &binary, &folder);
    // Whatever came out, the data need not stay on this disk.
    let _ = fs::remove_dir_all(&folder);
    outcome
}

fn tried(schemathesis: &Path, rules: &Path, binary: &Path, folder: &Path) -> Result<Outcome> {
    for words in [&HISTORY[..], &["build"]] {
        let mut command = Command::new(binary);
        command.arg("--data").arg(folder).args(words);
        if !succeeds(&mut command) {
            return Ok(Outcome::Failed(format!("{} failed", words[0])));
        }
    }
    let mut server = Server::of_data(binary, folder)?;
    let document = format!("{}/api/v1/openapi.json", server.origin);
    let status = Command::new(schemathesis)
        .arg("--config-file")
        .arg(rules.join("schemathesis.toml"))
        .args(["run", &document, "--checks", "all", "--seed", SEED, "--max-examples", EXAMPLES])
        .args(["--max-time", MOST_SECONDS, "--phases", "examples,coverage,fuzzing"])
        .args(["--continue-on-failure", "--generation-database", "none", "--no-color"])
        .current_dir(folder)
        .status()
        .context("failed to start schemathesis")?;
    Ok(if !server.is_running() {
        Outcome::Failed("the server ended meanwhile".to_owned())
    } else if status.success() {
        Outcome::Passed
    } else {
        Outcome::Failed("an answer is not as documented".to_owned())
    })
}

/// The program, installed into a folder of the user's that all clones share; `None` where Python
/// or the package cannot be had.
fn installed(rules: &Path) -> Result<Option<PathBuf>> {
    let wanted = rules.join("requirements.txt");
    let version = fs::read_to_string(&wanted).context("failed to read the requirements")?;
    let Some(home) = env::var_os("HOME") else { return Ok(None) };
    let name = version.trim().replace("==", "-");
    let folder = Path::new(&home).join(".cache/weighhouse").join(name);
    let program = folder.join("bin/schemathesis");
    if succeeds(Command::new(&program).arg("--version")) {
        return Ok(Some(program));
    }
    println!("installing {} into {}", version.trim(), folder.display());
    let made = succeeds(Command::new("python3").args(["-m", "venv"]).arg(&folder));
    let pip = folder.join("bin/pip");
    let is_there = made
        && succeeds(Command::new(pip).args(["install", "--quiet", "--requirement"]).arg(&wanted));
    Ok(is_there.then_some(program))
}
