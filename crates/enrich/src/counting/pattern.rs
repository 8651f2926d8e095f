//! What a rule says of the path of a file.

use crate::attributes::signs::split_at_last;

/// A set of paths; letter case matters.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Pattern {
    /// This path alone: `path:config.json`.
    Path(&'static str),
    /// Files with this extension in any folder: `extension:pt`.
    Extension(&'static str),
    /// Files with this extension below this folder: `extension:pt under checkpoints/`.
    ExtensionUnder(&'static str, &'static str),
    /// Files with this extension in no folder: `top:bin`.
    Top(&'static str),
    /// Files of this name in any folder, whatever their extension: `stem:config`.
    Stem(&'static str),
    /// Files of this name, extension included, in any folder: `name:config.json`.
    Name(&'static str),
    /// As [`Self::Name`], but not outside of folders: `name:model.mil in a folder`.
    NameInFolder(&'static str),
    /// Paths that end so: `ending:pytorch_model.bin`.
    Ending(&'static str),
}

/// A path, taken apart once for all patterns.
#[derive(Debug, Clone, Copy)]
pub(super) struct FilePath<'a> {
    path: &'a str,
    is_in_folder: bool,
    file: &'a str,
    stem: &'a str,
    extension: Option<&'a str>,
}

impl<'a> FilePath<'a> {
    pub(super) fn of(path: &'a str) -> Self {
        let (is_in_folder, file) = match split_at_last(path, b'/') {
            Some((_, file)) => (true, file),
            None => (false, path),
        };
        let (stem, extension) = match split_at_last(file, b'.') {
            Some((stem, extension)) => (stem, Some(extension)),
            None => (file, None),
        };
        Self { path, is_in_folder, file, stem, extension }
    }
}

impl Pattern {
    /// Reads a pattern as the table of rules writes it.
    pub(super) fn parse(text: &'static str) -> Option<Self> {
        let (kind, what) = text.split_once(':')?;
        match kind {
            "path" => Some(Self::Path(what)),
            "extension" => Some(match what.split_once(" under ") {
                Some((extension, folder)) => Self::ExtensionUnder(extension, folder),
                None => Self::Extension(what),
            }),
            "top" => Some(Self::Top(what)),
            "stem" => Some(Self::Stem(what)),
            "name" => Some(match what.strip_suffix(" in a folder") {
                Some(name) => Self::NameInFolder(name),
                None => Self::Name(what),
            }),
            "ending" => Some(Self::Ending(what)),
            _ => None,
        }
    }

    /// Whether a path is in the set.
    pub(super) fn matches(&self, path: FilePath<'_>) -> bool {
        let FilePath { path, is_in_folder, file, stem, extension } = path;
        match self {
            Self::Path(wanted) => path == *wanted,
            Self::Extension(wanted) => extension == Some(wanted),
            Self::ExtensionUnder(wanted, under) => {
                extension == Some(wanted) && path.starts_with(under)
            }
            Self::Top(wanted) => extension == Some(wanted) && !is_in_folder,
            Self::Stem(wanted) => stem == *wanted,
            Self::Name(wanted) => file == *wanted,
            Self::NameInFolder(wanted) => file == *wanted && is_in_folder,
            Self::Ending(wanted) => path.ends_with(wanted),
        }
    }
}
