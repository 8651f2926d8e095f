//! The files of a registry: their names, their text, and the ones that come with this version.

/// The folder of a registry's owners, inside the registry's folder.
const FOLDER: &str = "owners";

/// The text of every file of one registry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RegistryFiles {
    /// The files of owners: path inside the registry's folder, and text.
    pub owners: Vec<(String, String)>,
    /// The text of `countries.csv`.
    pub countries: String,
    /// The text of `model_aliases.csv`.
    pub model_aliases: String,
}

macro_rules! owners_files {
    ($($name:literal)*) => {
        [$((
            concat!("owners/", $name, ".csv"),
            include_str!(concat!("../../../../registry/owners/", $name, ".csv")),
        )),*]
    };
}

/// The files of owners that come with this version, in order.
const OWNERS: [(&str, &str); 27] = owners_files!(
    "0-9" "a" "b" "c" "d" "e" "f" "g" "h" "i" "j" "k" "l" "m" "n" "o" "p" "q" "r" "s" "t" "u" "v"
    "w" "x" "y" "z"
);
const COUNTRIES: &str = include_str!("../../../../registry/countries.csv");
const MODEL_ALIASES: &str = include_str!("../../../../registry/model_aliases.csv");

impl RegistryFiles {
    /// The files that come with this version.
    #[must_use]
    pub fn builtin() -> Self {
        let owners = OWNERS.map(|(path, text)| (path.to_owned(), text.to_owned()));
        Self {
            owners: owners.to_vec(),
            countries: COUNTRIES.to_owned(),
            model_aliases: MODEL_ALIASES.to_owned(),
        }
    }

    /// The paths of the files of owners inside a registry's folder, in order.
    pub fn owners_paths() -> impl Iterator<Item = &'static str> {
        OWNERS.iter().map(|(path, _)| *path)
    }
}

/// The path of the file in which an owner's row belongs.
pub(super) fn path_of(owner: &str) -> String {
    let first = owner.chars().next().map(|letter| letter.to_ascii_lowercase());
    match first.filter(char::is_ascii_lowercase) {
        Some(letter) => format!("{FOLDER}/{letter}.csv"),
        None => format!("{FOLDER}/0-9.csv"),
    }
}
