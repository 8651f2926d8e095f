//! The changes that an address asks for, and what is mistaken about them.

use analyze::{Change, Economy, Error};

use crate::parameters::Parameters;
use crate::refusal::Refusal;

/// Changes of one kind are separated by this, since names are separated by commas.
const SEPARATOR: char = ';';

/// A field of the form, by the name of its parameter.
pub(super) type Field = &'static str;

/// A change that cannot be made, and where it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Mistake {
    pub(super) field: Field,
    pub(super) refusal: Refusal,
}

/// The changes, in the order in which they are made: owners merge, are put elsewhere, and leave.
#[derive(Debug)]
pub(super) struct Asked {
    changes: Vec<(Field, Result<Change, Refusal>)>,
}

impl Asked {
    /// Reads the fields of the form; each takes what the API's parameter of its name takes, too.
    pub(super) fn read(given: &Parameters) -> Self {
        let parts = |name: &str| {
            let text = given.get(name).unwrap_or_default();
            text.split(SEPARATOR).map(str::trim).filter(|part| !part.is_empty())
        };
        let mut changes: Vec<(Field, Result<Change, Refusal>)> = Vec::new();
        changes.extend(parts("merge").map(|part| ("merge", merge(part))));
        let places = [("country", given.get("to_country")), ("sector", given.get("to_sector"))];
        let places: Vec<(&str, &str)> =
            places.into_iter().filter_map(|(label, place)| Some((label, place?))).collect();
        if !places.is_empty() && parts("reclassify").next().is_none() {
            changes.push(("reclassify", Err(nobody())));
        }
        for part in parts("reclassify") {
            let moved = reclassify(part, &places).into_iter();
            changes.extend(moved.map(|change| ("reclassify", change)));
        }
        changes.extend(parts("remove").map(|part| ("remove", Ok(Change::parse_remove(part)))));
        changes.extend(parts("remove_country").map(|value| {
            let (label, value) = ("country".to_owned(), value.to_owned());
            ("remove_country", Ok(Change::RemoveAll { label, value }))
        }));
        Self { changes }
    }

    pub(super) fn is_nothing(&self) -> bool {
        self.changes.is_empty()
    }

    /// The economy after all changes, or the first that cannot be made.
    pub(super) fn made_to(&self, economy: &Economy) -> Result<Economy, Mistake> {
        let mut economy = economy.clone();
        for (field, change) in &self.changes {
            let mistaken = |refusal: Refusal| Mistake { field, refusal };
            let change = change.clone().map_err(mistaken)?;
            let made = economy.changed(&[change]);
            economy = made.map_err(|error| mistaken(error.into()))?;
        }
        Ok(economy)
    }

    /// The changes that can be read.
    pub(super) fn changes(&self) -> impl Iterator<Item = &Change> {
        self.changes.iter().filter_map(|(_, change)| change.as_ref().ok())
    }
}

/// Owners that become one; without a name for it they take the first one's.
fn merge(text: &str) -> Result<Change, Refusal> {
    if text.contains('=') {
        return Ok(Change::parse_merge(text)?);
    }
    let first = text.split(',').next().unwrap_or_default().trim();
    Ok(Change::parse_merge(&format!("{text}={first}"))?)
}

/// An owner whose place stands beside it, in fields of their own.
fn reclassify(text: &str, places: &[(&str, &str)]) -> Vec<Result<Change, Refusal>> {
    if text.contains('=') || places.is_empty() {
        return vec![Change::parse_reclassify(text).map_err(Refusal::from)];
    }
    let moved = places.iter().map(|(label, value)| {
        Ok(Change::Reclassify {
            owner: text.to_owned(),
            label: (*label).to_owned(),
            value: (*value).to_owned(),
        })
    });
    moved.collect()
}

fn nobody() -> Refusal {
    let reason = "a country or a sector is chosen and no owner is named";
    Error::Contradiction { reason }.into()
}

/// A change in the words of the API and the command line: its parameter and its value.
pub(super) fn written(change: &Change) -> (&'static str, String) {
    match change {
        Change::Merge { owners, name } => ("merge", format!("{}={name}", owners.join(","))),
        Change::Remove(owner) => ("remove", owner.clone()),
        Change::RemoveAll { label, value } => ("remove", format!("{label}={value}")),
        Change::Reclassify { owner, label, value } => {
            ("reclassify", format!("{owner}={label}:{value}"))
        }
    }
}

/// A change in a sentence's words.
pub(super) fn told(change: &Change) -> String {
    match change {
        Change::Merge { owners, name } => format!("{} become one, {name}", owners.join(" and ")),
        Change::Remove(owner) => format!("the models of {owner} are gone"),
        Change::RemoveAll { label, value } => {
            format!("the models of all owners of the {label} {value} are gone")
        }
        Change::Reclassify { owner, label, value } => {
            format!("{owner} is of the {label} {value}")
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(pairs: &[(&str, &str)]) -> Vec<(&'static str, String)> {
        let mut given = Parameters::default();
        for (name, value) in pairs {
            given.push(name, value);
        }
        Asked::read(&given).changes().map(written).collect()
    }

    #[test]
    fn fields_and_parameters_of_the_api_say_the_same() {
        let merged = [("merge", "a,b=a".to_owned()), ("merge", "c,d=e".to_owned())];
        assert_eq!(read(&[("merge", "a,b; c,d=e")]), merged);
        let moved =
            [("reclassify", "a=country:X".to_owned()), ("reclassify", "a=sector:Y".to_owned())];
        assert_eq!(read(&[("reclassify", "a"), ("to_country", "X"), ("to_sector", "Y")]), moved);
        assert_eq!(read(&[("reclassify", "a=country:X;a=sector:Y")]), moved);
        let removed = [("remove", "a".to_owned()), ("remove", "country=X".to_owned())];
        assert_eq!(read(&[("remove", "a"), ("remove_country", "X")]), removed);
        assert_eq!(read(&[("remove", "a; country=X")]), removed);
        assert_eq!(read(&[("merge", " ; ")]), []);
    }

    #[test]
    fn a_place_without_an_owner_is_a_mistake() {
        let mut given = Parameters::default();
        given.push("to_country", "X");
        let asked = Asked::read(&given);
        assert!(!asked.is_nothing());
        let (field, change) = &asked.changes[0];
        assert_eq!((*field, change.as_ref().unwrap_err().code), ("reclassify", "contradiction"));
    }
}
