//! Where the checkout is, what it is made of, and how cargo is called in it.

use std::env;
use std::io::BufReader;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use anyhow::{Context, Result, bail};
use cargo_metadata::{Message, Metadata, MetadataCommand};

/// The checkout.
pub(crate) struct Workspace {
    /// Its root folder.
    pub(crate) root: PathBuf,
    /// What cargo says of the members; dependencies are named, not resolved.
    pub(crate) metadata: Metadata,
    /// Where builds go: what the environment says, else one folder shared by all clones of the user, else cargo's own.
    target: Option<PathBuf>,
}

impl Workspace {
    /// Asks cargo for the workspace around the current folder.
    pub(crate) fn load() -> Result<Self> {
        let metadata = MetadataCommand::new()
            .no_deps()
            .exec()
            .context("failed to read the workspace with cargo metadata")?;
        let root = metadata.workspace_root.clone().into_std_path_buf();
        Ok(Self { root, metadata, target: target_dir() })
    }

    /// A cargo command in the root, building where all clones share their builds.
    pub(crate) fn cargo(&self, args: &[&str]) -> Command {
        let mut command = Command::new(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
        // What `cargo run` says of this package would make build scripts that watch it run again.
        for (name, _) in env::vars_os() {
            let text = name.to_string_lossy();
            if text.starts_with("CARGO_PKG_") || text.starts_with("CARGO_MANIFEST_") {
                command.env_remove(&name);
            }
        }
        command.current_dir(&self.root).args(args);
        if let Some(target) = &self.target {
            command.env("CARGO_TARGET_DIR", target);
        }
        command
    }

    /// Builds the `weighhouse` binary and says where it is.
    pub(crate) fn build_binary(&self, profile: Profile) -> Result<PathBuf> {
        let mut cargo = self.cargo(&["build", "--locked"]);
        cargo.arg("--message-format=json-render-diagnostics");
        cargo.args(match profile {
            // With the features that tests turn on: it is built already where they have run, and
            // what it rests on is not built a second time without them.
            Profile::Dev => &["--workspace", "--all-targets"][..],
            Profile::Release => &["--release", "--package", "weighhouse"],
        });
        let mut child = cargo.stdout(Stdio::piped()).spawn().context("failed to start cargo")?;
        let output = child.stdout.take().expect("stdout was piped above");
        let mut binary = None;
        for message in Message::parse_stream(BufReader::new(output)) {
            if let Message::CompilerArtifact(artifact) = message.context("cargo's messages")?
                && artifact.target.name == "weighhouse"
                && artifact.target.is_bin()
                && !artifact.profile.test
            {
                binary = artifact.executable.or(binary);
            }
        }
        if !child.wait().context("failed to wait for cargo")?.success() {
            bail!("the weighhouse binary did not build");
        }
        let binary = binary.context("cargo built no weighhouse binary")?;
        Ok(binary.into_std_path_buf())
    }
}

/// How the binary is built.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Profile {
    /// Quick to build; what the tests use.
    Dev,
    /// Quick to run; what the demo uses.
    Release,
}

/// Whether a command can be run and ends well, without showing what it prints.
pub(crate) fn succeeds(command: &mut Command) -> bool {
    command
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status()
        .is_ok_and(|status| status.success())
}

/// What a command prints on stdout, trimmed, or `None` where it cannot be run or fails.
pub(crate) fn output_of(command: &mut Command) -> Option<String> {
    let output = command.stdin(Stdio::null()).stderr(Stdio::null()).output().ok()?;
    let text = output.status.success().then(|| String::from_utf8(output.stdout).ok())??;
    Some(text.trim().to_owned())
}

fn target_dir() -> Option<PathBuf> {
    if env::var_os("CARGO_TARGET_DIR").is_some() {
        return None;
    }
    let home = env::var_os("HOME")?;
    Some(Path::new(&home).join(".cache/weighhouse/target"))
}
