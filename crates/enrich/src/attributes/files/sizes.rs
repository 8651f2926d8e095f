//! How large the files are.

use super::inventory::is_weights;
use crate::tables::Model;

const GIGABYTE: i64 = 1_000_000_000;
/// The bands: least bytes and name.
const BANDS: [(i64, &str); 6] = [
    (100 * GIGABYTE, "≥ 100 GB"),
    (20 * GIGABYTE, "20–100 GB"),
    (5 * GIGABYTE, "5–20 GB"),
    (GIGABYTE, "1–5 GB"),
    (GIGABYTE / 10, "0.1–1 GB"),
    (0, "< 0.1 GB"),
];

/// Bytes of the files of which a size is known.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Sizes<'a> {
    /// Of all.
    pub total: i64,
    /// Of those that hold weights.
    pub weights: i64,
    /// Of the largest, with its path.
    pub largest: (i64, &'a str),
}

/// Adds up the sizes; `None` where the source has none.
pub(super) fn of(model: &Model) -> Option<Sizes<'_>> {
    let mut sizes: Option<Sizes<'_>> = None;
    for entry in model.facts.file_bytes.as_ref()? {
        let Some((size, path)) = read(entry) else { continue };
        let sizes = sizes.get_or_insert(Sizes { total: 0, weights: 0, largest: (size, path) });
        sizes.total = sizes.total.saturating_add(size);
        if is_weights(&path.to_ascii_lowercase()) {
            sizes.weights = sizes.weights.saturating_add(size);
        }
        if size > sizes.largest.0 {
            sizes.largest = (size, path);
        }
    }
    sizes
}

/// `4096000 model.safetensors`.
fn read(entry: &str) -> Option<(i64, &str)> {
    let (size, path) = entry.split_once(' ')?;
    let size = size.parse().ok().filter(|size: &i64| *size >= 0)?;
    (!path.is_empty()).then_some((size, path))
}

/// The band of a number of bytes.
pub(super) fn band(bytes: i64) -> &'static str {
    let band = BANDS.iter().find(|(least, _)| bytes >= *least);
    band.map_or(BANDS[BANDS.len() - 1].1, |(_, name)| name)
}
