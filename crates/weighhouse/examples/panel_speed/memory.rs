//! What this process holds.

use std::fs;

use anyhow::Context;

/// The memory that is resident, in MiB, as Linux tells it.
pub(crate) fn resident_mib() -> anyhow::Result<f64> {
    let status = fs::read_to_string("/proc/self/status").context("only Linux tells memory so")?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"));
    let kib = line.and_then(|line| line.split_whitespace().next()).context("VmRSS")?;
    Ok(kib.parse::<f64>()? / 1_024.0)
}
