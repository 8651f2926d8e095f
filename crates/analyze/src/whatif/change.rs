//! Changes to an economy, read and made.

use schema::near;

use super::economy::{Economy, Names};
use crate::{Error, Result};

/// One change to an economy.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Change {
    /// Owners become one, of this name; each model stays in its country and sector.
    Merge {
        /// Who merges.
        owners: Vec<String>,
        /// What they are called then.
        name: String,
    },
    /// An owner's models are gone.
    Remove(String),
    /// The models of all owners of a country or a sector are gone.
    RemoveAll {
        /// `country` or `sector`.
        label: String,
        /// Which.
        value: String,
    },
    /// An owner sits in another country, or is of another sector.
    Reclassify {
        /// Who.
        owner: String,
        /// `country` or `sector`.
        label: String,
        /// Which; it need not exist yet.
        value: String,
    },
}

impl Change {
    /// Reads `A,B=NAME`.
    pub fn parse_merge(text: &str) -> Result<Self> {
        let unreadable = || Error::UnreadableChange {
            given: text.to_owned(),
            expected: "owners and the name that they get, as google,google-bert=google",
        };
        let (owners, name) = text.rsplit_once('=').ok_or_else(unreadable)?;
        let owners: Vec<String> = owners.split(',').map(|owner| owner.trim().to_owned()).collect();
        let name = name.trim().to_owned();
        if owners.len() < 2 || name.is_empty() || owners.iter().any(String::is_empty) {
            return Err(unreadable());
        }
        Ok(Self::Merge { owners, name })
    }

    /// Reads `OWNER`, or `country=X` and `sector=X`.
    #[must_use]
    pub fn parse_remove(text: &str) -> Self {
        match text.split_once('=') {
            None => Self::Remove(text.trim().to_owned()),
            Some((label, value)) => {
                Self::RemoveAll { label: label.trim().to_owned(), value: value.trim().to_owned() }
            }
        }
    }

    /// Reads `OWNER=country:X` and `OWNER=sector:X`.
    pub fn parse_reclassify(text: &str) -> Result<Self> {
        let unreadable = || Error::UnreadableChange {
            given: text.to_owned(),
            expected: "an owner and its place, as mistralai=country:United States",
        };
        let (owner, place) = text.split_once('=').ok_or_else(unreadable)?;
        let (label, value) = place.split_once(':').ok_or_else(unreadable)?;
        let [owner, label, value] = [owner, label, value].map(|part| part.trim().to_owned());
        if owner.is_empty() || value.is_empty() {
            return Err(unreadable());
        }
        Ok(Self::Reclassify { owner, label, value })
    }
}

impl Economy {
    /// The economy after some changes, made one after another.
    pub fn changed(&self, changes: &[Change]) -> Result<Self> {
        let mut economy = self.clone();
        for change in changes {
            economy.change(change)?;
        }
        Ok(economy)
    }

    fn change(&mut self, change: &Change) -> Result<()> {
        match change {
            Change::Merge { owners, name } => {
                let codes = owners.iter().map(|owner| self.owner(owner));
                let codes = codes.collect::<Result<Vec<u32>>>()?;
                let merged = self.owners.code_of(name);
                for holding in &mut self.holdings {
                    if codes.contains(&holding.owner) {
                        holding.owner = merged;
                    }
                }
            }
            Change::Remove(owner) => {
                let code = self.owner(owner)?;
                self.holdings.retain(|holding| holding.owner != code);
            }
            Change::RemoveAll { label, value } => {
                let label = self.label(label)?;
                let group = &self.labels[label].group;
                let code = self.labels[label].names.find(group, value)?;
                self.holdings.retain(|holding| holding.labels[label] != code);
            }
            Change::Reclassify { owner, label, value } => {
                let (code, label) = (self.owner(owner)?, self.label(label)?);
                let value = self.labels[label].names.code_of(value);
                for holding in self.holdings.iter_mut().filter(|holding| holding.owner == code) {
                    holding.labels[label] = value;
                }
            }
        }
        Ok(())
    }

    fn owner(&self, name: &str) -> Result<u32> {
        self.owners.find(&self.group, name)
    }

    /// The place of a label by its short name or by that of its group.
    fn label(&self, given: &str) -> Result<usize> {
        let is_it = |label: &super::economy::Label| label.short == given || label.group == given;
        self.labels.iter().position(is_it).ok_or_else(|| Error::UnknownAttribute {
            what: "place of an owner",
            given: given.to_owned(),
            known: self.labels.iter().map(|label| label.short.to_owned()).collect(),
        })
    }
}

impl Names {
    /// The code of a name; one that is not there is an error that offers those near it.
    fn find(&self, group: &str, name: &str) -> Result<u32> {
        self.code(name).ok_or_else(|| Error::UnknownUnit {
            group: group.to_owned(),
            given: name.to_owned(),
            near: near(name, self.all().map(String::as_str)),
        })
    }

    /// The code of a name, which gets one if it has none.
    fn code_of(&mut self, name: &str) -> u32 {
        self.code(name).unwrap_or_else(|| self.add(name))
    }
}
