//! The built binary as a server on this machine, for checks and measurements.

use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};

use anyhow::{Context, Result};

/// A server that runs until it is dropped.
pub(crate) struct Server {
    /// Its address without a closing slash, as `http://127.0.0.1:41234`.
    pub(crate) origin: String,
    child: Child,
}

impl Server {
    /// Starts a command that says `listening on ADDRESS` on stderr once it answers.
    pub(crate) fn start(command: &mut Command) -> Result<Self> {
        let mut child = command
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::piped())
            .spawn()
            .with_context(|| format!("failed to start {command:?}"))?;
        let stderr = child.stderr.take().context("stderr was piped")?;
        // Whatever happens from here on, it is stopped.
        let mut server = Self { origin: String::new(), child };
        let mut lines = BufReader::new(stderr).lines();
        let mut said = Vec::new();
        for line in lines.by_ref() {
            let line = line.context("failed to read what the server says")?;
            if let Some((_, origin)) = line.split_once("listening on ") {
                origin.trim().clone_into(&mut server.origin);
                break;
            }
            said.push(line);
        }
        anyhow::ensure!(
            !server.origin.is_empty(),
            "the server did not say where it listens: {}",
            said.join("; ")
        );
        // Read to the end: a talkative server would wait on a full pipe.
        std::thread::spawn(move || lines.for_each(drop));
        Ok(server)
    }

    /// Serves a data directory with the built binary on a free port.
    pub(crate) fn of_data(binary: &Path, data: &Path) -> Result<Self> {
        Self::start(Command::new(binary).arg("--data").arg(data).args(["serve", "--port", "0"]))
    }

    /// The number of its process.
    pub(crate) fn process(&self) -> u32 {
        self.child.id()
    }

    /// Whether it still runs.
    pub(crate) fn is_running(&mut self) -> bool {
        matches!(self.child.try_wait(), Ok(None))
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // One that has ended already needs no stopping.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
