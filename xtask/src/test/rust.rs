//! The steps that cargo runs.

use std::env;

use anyhow::Result;

use super::{Outcome, passes};
use crate::workspace::{Workspace, succeeds};

/// Fails where `cargo fmt` would change a file.
pub(super) fn fmt(workspace: &Workspace) -> Result<Outcome> {
    if !succeeds(&mut workspace.cargo(&["fmt", "--version"])) {
        return Ok(Outcome::Skipped("no rustfmt here".to_owned()));
    }
    passes(&mut workspace.cargo(&["fmt", "--all", "--check"]))
}

/// Fails on any warning of the compiler or of clippy, in all targets.
pub(super) fn clippy(workspace: &Workspace) -> Result<Outcome> {
    if !succeeds(&mut workspace.cargo(&["clippy", "--version"])) {
        return Ok(Outcome::Skipped("no clippy here".to_owned()));
    }
    let args = ["clippy", "--workspace", "--all-targets", "--locked", "--", "-D", "warnings"];
    passes(&mut workspace.cargo(&args))
}

/// Runs all tests of all crates; no test may write a snapshot.
pub(super) fn tests(workspace: &Workspace) -> Result<Outcome> {
    if env::var_os("WEIGHHOUSE_REAL_DATA").is_none() {
        println!(
            "note: WEIGHHOUSE_REAL_DATA names no folder, so tests on real readings do nothing"
        );
    }
    let nextest = ["nextest", "run", "--workspace", "--locked", "--no-fail-fast"];
    let plain = ["test", "--workspace", "--locked", "--no-fail-fast"];
    let mut command = if succeeds(&mut workspace.cargo(&["nextest", "--version"])) {
        workspace.cargo(&nextest)
    } else {
        println!("replaced: cargo nextest (not here) by cargo test");
        workspace.cargo(&plain)
    };
    command.env("INSTA_UPDATE", "no").env_remove("INSTA_FORCE_PASS");
    passes(command.env_remove("WEIGHHOUSE_SNAPSHOTS"))
}
