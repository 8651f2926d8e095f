//! Which source a file is a reading of, by its name and its folder's; what is in it, the binary judges.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// Sources in the order in which they are taken in: the smallest first, so that the first result comes soon.
pub(crate) const NAMES: [&str; 6] =
    ["hub-details", "llmfit", "radar", "embeddings-trending", "open-model-evolution", "hub-stats"];

/// What a folder has to offer.
pub(super) struct Found {
    /// One for each source found, in the order of `NAMES`.
    pub(super) imports: Vec<Import>,
    /// One line for each folder and reason.
    pub(super) skipped: Vec<String>,
}

/// The files of one source.
pub(crate) struct Import {
    /// As `weighhouse import` calls it.
    pub(super) source: &'static str,
    /// In the order given.
    pub(super) paths: Vec<PathBuf>,
}

/// A file is a reading of a known source, or is left where it is for a reason.
enum Kind {
    Reading(&'static str),
    Skipped(&'static str),
}

/// Sorts files found in `folder` by the source they come from.
pub(super) fn sort(folder: &Path, files: &[PathBuf]) -> Found {
    let mut readings: BTreeMap<&str, Vec<PathBuf>> = BTreeMap::new();
    let mut skipped: BTreeMap<(PathBuf, &str), usize> = BTreeMap::new();
    for file in files {
        match kind(file) {
            Kind::Reading(source) => readings.entry(source).or_default().push(file.clone()),
            Kind::Skipped(reason) => {
                let parent = file.parent().unwrap_or(folder);
                let shown = parent.strip_prefix(folder).unwrap_or(parent).to_owned();
                *skipped.entry((shown, reason)).or_default() += 1;
            }
        }
    }
    let imports = NAMES
        .into_iter()
        .filter_map(|source| Some(Import { source, paths: readings.remove(source)? }))
        .collect();
    let skipped = skipped
        .into_iter()
        .map(|((parent, reason), files)| format!("{}: {reason}", counted(&parent, files)))
        .collect();
    Found { imports, skipped }
}

fn kind(file: &Path) -> Kind {
    let name = name_of(file);
    let folder = file.parent().map(name_of).unwrap_or_default();
    let plain = name.strip_suffix(".gz").or_else(|| name.strip_suffix(".zst")).unwrap_or(&name);
    let extension = plain.rsplit_once('.').map_or("", |(_, extension)| extension);
    match (folder.as_str(), name.as_str(), extension) {
        (_, "all_downloads_with_annotations.parquet" | "one_year_rolling.parquet", _) => {
            Kind::Reading("open-model-evolution")
        }
        (_, "models.parquet", _) => Kind::Reading("hub-stats"),
        ("radar", _, "jsonl") => Kind::Reading("radar"),
        ("llmfit", _, "json") => Kind::Reading("llmfit"),
        ("embeddings-trending", _, "csv") => Kind::Reading("embeddings-trending"),
        ("hub-api", _, "jsonl") => Kind::Reading("hub-details"),
        ("registry", _, "csv") => Kind::Skipped(
            "facts about owners, not readings; the reviewed registry is part of weighhouse",
        ),
        (_, name, _) if name.starts_with("LICENSE") || name.starts_with("README") => {
            Kind::Skipped("words about the data, not readings")
        }
        _ => Kind::Skipped("no known source has such a file"),
    }
}

fn name_of(path: &Path) -> String {
    path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default()
}

fn counted(folder: &Path, files: usize) -> String {
    let files = if files == 1 { "1 file".to_owned() } else { format!("{files} files") };
    if folder.as_os_str().is_empty() { files } else { format!("{files} in {}", folder.display()) }
}

#[cfg(test)]
mod tests;
