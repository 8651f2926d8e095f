//! What shares are of.

use std::fmt;

/// The unit of a market: what shares are of.
///
/// A model itself, or any groupable attribute of the catalogue by name
/// (`uploader`, `developer`, `family`, `country`, `sector`, `license_family`, …).
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Group {
    /// Each model is a unit.
    Model,
    /// The values of a groupable attribute are the units.
    Attribute(String),
}

impl Group {
    /// The group of this name; whether the attribute exists is for the catalogue to say.
    #[must_use]
    pub fn named(name: &str) -> Self {
        if name == "model" { Self::Model } else { Self::Attribute(name.to_owned()) }
    }

    /// The group's name in commands, addresses and answers.
    #[must_use]
    pub fn name(&self) -> &str {
        match self {
            Self::Model => "model",
            Self::Attribute(name) => name,
        }
    }
}

impl fmt::Display for Group {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}
