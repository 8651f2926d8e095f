//! The steps that Node runs: the types of the scripts, and the dashboard in a browser.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use anyhow::{Context, Result};

use super::{Outcome, passes};
use crate::workspace::{Profile, Workspace, output_of, succeeds};

/// The oldest major version of Node that the checks run on.
const OLDEST_NODE: u32 = 20;

const CHROMIUM_PATHS: [&str; 3] =
    ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];

/// What npm calls the network not being there.
const NETWORK_ERRORS: [&str; 7] = [
    "ENOTFOUND",
    "ECONNREFUSED",
    "ECONNRESET",
    "EAI_AGAIN",
    "ENETUNREACH",
    "ETIMEDOUT",
    "ERR_SOCKET_TIMEOUT",
];

/// Checks the types of the scripts in `web/`.
pub(super) fn types(workspace: &Workspace) -> Result<Outcome> {
    let web = workspace.root.join("web");
    if let Some(outcome) = prepare(&web)? {
        return Ok(outcome);
    }
    // The commands of `node_modules` are called by their script: no package runner, no look at the network.
    passes(
        Command::new("node")
            .arg("node_modules/typescript/bin/tsc")
            .args(["--noEmit", "-p", "."])
            .current_dir(&web),
    )
}

/// Runs the flows of `web/tests/` against the built binary in a headless Chromium.
pub(super) fn browser(workspace: &Workspace) -> Result<Outcome> {
    let web = workspace.root.join("web");
    if let Some(outcome) = prepare(&web)? {
        return Ok(outcome);
    }
    let Some(chromium) = find_chromium().or_else(install_chromium) else {
        return Ok(Outcome::Skipped("no Chromium here, and none could be installed".to_owned()));
    };
    let flows = flows(&web)?;
    if flows.is_empty() {
        return Ok(Outcome::Failed("no flow in web/tests".to_owned()));
    }
    let binary = workspace.build_binary(Profile::Dev)?;
    // Simulated once, and copied by each flow that shows the same weeks.
    let data = env::temp_dir().join(format!("weighhouse-flows-{}", std::process::id()));
    fs::create_dir_all(&data).context("failed to make a folder for the flows' data")?;
    let outcome = passes(
        Command::new("node")
            .args(["--test", "--test-reporter=spec"])
            .args(flows)
            .current_dir(&web)
            .env("WEIGHHOUSE_BIN", binary)
            .env("WEIGHHOUSE_WEB_DATA", &data)
            .env("CHROMIUM", chromium)
            .env_remove("WEIGHHOUSE_SNAPSHOTS"),
    );
    // Whatever came out, the data need not stay on this disk.
    let _ = fs::remove_dir_all(&data);
    outcome
}

/// Makes sure of Node and of the packages in the lock file; an outcome means that the step ends with it.
fn prepare(web: &Path) -> Result<Option<Outcome>> {
    match node_version() {
        None => return Ok(Some(Outcome::Skipped("no Node here".to_owned()))),
        Some(version) if version < OLDEST_NODE => {
            let reason = format!("Node {version} here; {OLDEST_NODE} or later is needed");
            return Ok(Some(Outcome::Skipped(reason)));
        }
        Some(_) => {}
    }
    if is_installed(web) {
        return Ok(None);
    }
    if !succeeds(Command::new("npm").arg("--version")) {
        return Ok(Some(Outcome::Skipped("no npm here".to_owned())));
    }
    install_packages(web)
}

fn node_version() -> Option<u32> {
    parse_node_version(&output_of(Command::new("node").arg("--version"))?)
}

/// The major version in what `node --version` prints.
pub(super) fn parse_node_version(printed: &str) -> Option<u32> {
    printed.strip_prefix('v')?.split('.').next()?.parse().ok()
}

/// Installs exactly what the lock file names, and notes which lock file that was.
fn install_packages(web: &Path) -> Result<Option<Outcome>> {
    println!("installing the packages of web/package-lock.json");
    let output = Command::new("npm")
        .arg("ci")
        .current_dir(web)
        .stdout(Stdio::inherit())
        .stderr(Stdio::piped())
        .output()
        .context("failed to start npm")?;
    let complaints = String::from_utf8_lossy(&output.stderr);
    if !output.status.success() {
        println!("{complaints}");
        return Ok(Some(npm_failure(&complaints)));
    }
    fs::copy(lock_file(web), installed_lock_file(web))
        .context("failed to note which packages are installed")?;
    Ok(None)
}

/// Without a network the packages cannot be had; any other failure is the lock file's.
pub(super) fn npm_failure(complaints: &str) -> Outcome {
    if NETWORK_ERRORS.iter().any(|error| complaints.contains(error)) {
        Outcome::Skipped("npm cannot reach its registry".to_owned())
    } else {
        Outcome::Failed("npm ci failed".to_owned())
    }
}

fn is_installed(web: &Path) -> bool {
    match (fs::read(lock_file(web)), fs::read(installed_lock_file(web))) {
        (Ok(wanted), Ok(installed)) => wanted == installed,
        _ => false,
    }
}

fn lock_file(web: &Path) -> PathBuf {
    web.join("package-lock.json")
}

/// A copy of the lock file that was last installed; `npm ci` removes it with everything else.
fn installed_lock_file(web: &Path) -> PathBuf {
    web.join("node_modules/.installed-lock.json")
}

/// Paths of the flows from `web/`, sorted.
fn flows(web: &Path) -> Result<Vec<PathBuf>> {
    let mut flows = Vec::new();
    for entry in fs::read_dir(web.join("tests")).context("failed to list web/tests")? {
        let name = entry.context("failed to list web/tests")?.file_name();
        if name.to_string_lossy().ends_with(".test.js") {
            flows.push(Path::new("tests").join(name));
        }
    }
    flows.sort();
    Ok(flows)
}

fn find_chromium() -> Option<PathBuf> {
    if let Some(given) = env::var_os("CHROMIUM") {
        return Some(given.into());
    }
    CHROMIUM_PATHS.iter().map(PathBuf::from).find(|path| path.exists())
}

/// Installs Debian's package where this user may.
fn install_chromium() -> Option<PathBuf> {
    let is_root = output_of(Command::new("id").arg("-u")).as_deref() == Some("0");
    if !is_root || !succeeds(Command::new("apt-get").arg("--version")) {
        return None;
    }
    println!("installing Chromium with apt-get");
    for args in [&["update"][..], &["install", "-y", "chromium"]] {
        let mut apt = Command::new("apt-get");
        apt.arg("-q").args(args).env("DEBIAN_FRONTEND", "noninteractive");
        if !apt.status().is_ok_and(|status| status.success()) {
            return None;
        }
    }
    find_chromium()
}
