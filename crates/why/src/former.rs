//! Names that models had before.

use enrich::Registry;

/// Every id that the registry knows a model to have had before, with the one that it has now, in the
/// order of the ids.
#[must_use]
pub fn former_ids() -> Vec<(&'static str, &'static str)> {
    let mut known: Vec<_> = Registry::builtin().aliases().collect();
    known.sort_unstable();
    known
}
