//! A process with what it took: wall time, CPU time, and the most memory that it held.

use std::fs;
use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};

/// How often the system is asked; a process's last moments are missed by so much at most.
const LOOK_EVERY: Duration = Duration::from_millis(20);
/// The unit in which Linux tells CPU time, on every machine since 2.6.
const TICKS_PER_SECOND: f64 = 100.0;

/// What a process took.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Took {
    pub(crate) wall: Duration,
    /// User and system time of all its threads, in seconds.
    pub(crate) cpu_seconds: f64,
    /// The most memory that was resident, in MiB.
    pub(crate) peak_mib: f64,
}

impl Took {
    /// What was taken since an earlier moment of the same process.
    pub(crate) fn since(self, earlier: Self) -> Self {
        Self {
            wall: self.wall.saturating_sub(earlier.wall),
            cpu_seconds: self.cpu_seconds - earlier.cpu_seconds,
            peak_mib: self.peak_mib,
        }
    }

    /// What two stretches of the same process took together.
    pub(crate) fn and(self, other: Self) -> Self {
        Self {
            wall: self.wall + other.wall,
            cpu_seconds: self.cpu_seconds + other.cpu_seconds,
            peak_mib: self.peak_mib.max(other.peak_mib),
        }
    }
}

/// Runs a command to its end; returns what it took and what it said on stderr.
pub(crate) fn run(command: &mut Command) -> Result<(Took, String)> {
    watch(command, &mut |_| {})
}

/// As [`run`]; `see` is shown what the process has taken whenever the system is asked.
pub(crate) fn watch(command: &mut Command, see: &mut dyn FnMut(Took)) -> Result<(Took, String)> {
    let begun = Instant::now();
    let mut child =
        command.stdout(Stdio::null()).stderr(Stdio::piped()).spawn().context("failed to start")?;
    let stderr = child.stderr.take().context("stderr was piped")?;
    let reader = std::thread::spawn(move || {
        let lines = BufReader::new(stderr).lines().map_while(Result::ok);
        lines.collect::<Vec<_>>().join("\n")
    });
    let mut took = Took::default();
    let status = loop {
        if let Some(seen) = look(child.id()) {
            took = Took { wall: begun.elapsed(), ..seen };
            see(took);
        }
        if let Some(status) = child.try_wait().context("failed to wait")? {
            break status;
        }
        std::thread::sleep(LOOK_EVERY);
    };
    took.wall = begun.elapsed();
    let said = reader.join().unwrap_or_default();
    if !status.success() {
        bail!("{command:?} ended with {status}: {said}");
    }
    Ok((took, said))
}

/// What a process that runs has taken so far; `None` where the system does not tell.
pub(crate) fn look(process: u32) -> Option<Took> {
    let stat = fs::read_to_string(format!("/proc/{process}/stat")).ok()?;
    // The name may hold spaces; what follows its bracket does not.
    let fields: Vec<&str> = stat.rsplit_once(')')?.1.split_whitespace().collect();
    let ticks = |index: usize| fields.get(index)?.parse::<f64>().ok();
    let status = fs::read_to_string(format!("/proc/{process}/status")).ok()?;
    let peak = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    let kib: f64 = peak.split_whitespace().next()?.parse().ok()?;
    Some(Took {
        wall: Duration::ZERO,
        cpu_seconds: (ticks(11)? + ticks(12)?) / TICKS_PER_SECOND,
        peak_mib: kib / 1024.0,
    })
}

/// A simulated Hub that runs until it is dropped.
pub(crate) struct Hub {
    pub(crate) endpoint: String,
    child: Child,
}

impl Hub {
    pub(crate) fn start(binary: &std::path::Path, args: &[&str]) -> Result<Self> {
        let mut command = Command::new(binary);
        command.args(["simulate", "hub", "--port", "0", "--at", "2026-09-07T06:00:00Z"]).args(args);
        let mut child = command.stderr(Stdio::piped()).spawn().context("failed to start a Hub")?;
        let mut lines = BufReader::new(child.stderr.take().context("stderr was piped")?).lines();
        let line = lines.next().context("the Hub said nothing")??;
        let endpoint = line.rsplit(' ').next().unwrap_or_default().to_owned();
        Ok(Self { endpoint, child })
    }

    pub(crate) fn took(&self) -> Took {
        look(self.child.id()).unwrap_or_default()
    }
}

impl Drop for Hub {
    fn drop(&mut self) {
        // A Hub that has ended already needs no stopping.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
