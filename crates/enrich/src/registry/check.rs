//! From the text of a registry's files to a registry, or to everything that is wrong with them.

use std::collections::BTreeMap;
use std::fmt;

use schema::Day;
use serde::Deserialize;

use super::files::path_of;
use super::owner::{Owner, listed};
use super::{Country, Move, Registry, RegistryFiles, RowPlace};

const COUNTRIES_PATH: &str = "countries.csv";
const MODEL_ALIASES_PATH: &str = "model_aliases.csv";

/// Something wrong with a file of a registry.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct RegistryFault {
    /// The path of the file inside the registry's folder.
    pub path: String,
    /// The line, from 1.
    pub line: u64,
    /// What is wrong.
    pub reason: String,
}

impl fmt::Display for RegistryFault {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}:{}: {}", self.path, self.line, self.reason)
    }
}

/// Where a row stands.
#[derive(Debug, Clone)]
struct Place {
    path: String,
    line: u64,
}

impl Place {
    fn fault(&self, reason: String) -> RegistryFault {
        RegistryFault { path: self.path.clone(), line: self.line, reason }
    }
}

#[derive(Debug, Deserialize)]
struct ModelAlias {
    old_id: String,
    new_id: String,
    moved_on: String,
    evidence: String,
}

/// Reads a registry; every fault is named, sorted by file and line.
pub(super) fn parse(files: &RegistryFiles) -> Result<Registry, Vec<RegistryFault>> {
    let mut faults = Vec::new();
    let mut registry = Registry::default();
    let columns = &["code", "name", "country_group", "other_names"];
    for (place, country) in rows::<Country>(COUNTRIES_PATH, &files.countries, columns, &mut faults)
    {
        let code = country.code.clone();
        if registry.countries.insert(code.clone(), country).is_some() {
            faults.push(place.fault(format!("'{code}' stands twice")));
        }
    }
    read_model_aliases(&files.model_aliases, &mut registry, &mut faults);
    let mut owners = Vec::new();
    for (path, text) in &files.owners {
        let rows = rows::<Owner>(path, text, &Owner::COLUMNS, &mut faults);
        add_faults_of_order(&rows, &mut faults);
        owners.extend(rows);
    }
    for (place, owner) in &owners {
        let reasons = owner.faults(&registry.countries);
        faults.extend(reasons.iter().map(|it| place.fault(format!("'{}' {it}", owner.owner))));
        registry.owners.insert(owner.owner.clone(), owner.clone());
        let row = RowPlace { path: place.path.clone(), line: place.line };
        registry.places.insert(owner.owner.clone(), row);
    }
    add_faults_of_duplicates(&owners, &mut faults);
    for (place, owner) in &owners {
        let reason = fault_of_links(owner, &registry.owners);
        faults.extend(reason.map(|it| place.fault(format!("'{}' {it}", owner.owner))));
    }
    faults.sort();
    if faults.is_empty() { Ok(registry) } else { Err(faults) }
}

fn read_model_aliases(text: &str, registry: &mut Registry, faults: &mut Vec<RegistryFault>) {
    let columns = &["old_id", "new_id", "moved_on", "evidence"];
    for (place, alias) in rows::<ModelAlias>(MODEL_ALIASES_PATH, text, columns, faults) {
        let old_id = alias.old_id;
        if alias.evidence.trim().is_empty() {
            faults.push(place.fault(format!("'{old_id}' has no evidence")));
        }
        let Ok(moved_on) = alias.moved_on.parse::<Day>() else {
            faults.push(place.fault(format!("'{old_id}' has no date")));
            continue;
        };
        let row = RowPlace { path: place.path.clone(), line: place.line };
        let to = Move { new_id: alias.new_id, moved_on, evidence: alias.evidence, place: row };
        if registry.aliases.insert(old_id.clone(), to).is_some() {
            faults.push(place.fault(format!("'{old_id}' stands twice")));
        }
    }
}

/// Rows are sorted without regard to case, each in the file of its first letter.
fn add_faults_of_order(rows: &[(Place, Owner)], faults: &mut Vec<RegistryFault>) {
    for (place, owner) in rows {
        let path = path_of(&owner.owner);
        if path != place.path {
            faults.push(place.fault(format!("'{}' belongs in {path}", owner.owner)));
        }
    }
    for pair in rows.windows(2) {
        let [(_, before), (place, owner)] = pair else { continue };
        if owner.owner.to_lowercase() < before.owner.to_lowercase() {
            let reason = format!("'{}' belongs before '{}'", owner.owner, before.owner);
            faults.push(place.fault(reason));
        }
    }
}

/// The Hub tells namespaces apart without regard to case, and a name of two owners names none.
fn add_faults_of_duplicates(rows: &[(Place, Owner)], faults: &mut Vec<RegistryFault>) {
    let mut owners = BTreeMap::new();
    let mut names = BTreeMap::new();
    for (place, owner) in rows {
        if let Some(before) = owners.insert(owner.owner.to_lowercase(), place) {
            let reason = format!(
                "'{}' stands twice, before in {}:{}",
                owner.owner, before.path, before.line
            );
            faults.push(place.fault(reason));
        }
        for name in listed(&owner.other_names) {
            if let Some(before) = names.insert(name.to_lowercase(), &owner.owner) {
                let reason =
                    format!("'{}' has the other name '{name}', as '{before}' has", owner.owner);
                faults.push(place.fault(reason));
            }
        }
    }
}

fn fault_of_links(owner: &Owner, owners: &BTreeMap<String, Owner>) -> Option<String> {
    if !owner.account_of.is_empty() && !owner.parent.is_empty() {
        return Some(
            "has both account_of and parent: the parent belongs to the main account".into(),
        );
    }
    for (column, other) in [("account_of", &owner.account_of), ("parent", &owner.parent)] {
        if !other.is_empty() && !owners.contains_key(other) {
            return Some(format!("has the {column} '{other}', which has no row"));
        }
    }
    // A chain that comes back to its start has passed every owner of its circle by then.
    let mut at = owner;
    for _ in 0..owners.len() {
        let up = if at.account_of.is_empty() { &at.parent } else { &at.account_of };
        let Some(next) = owners.get(up) else { break };
        if next.owner == owner.owner {
            return Some(format!("leads back to itself by way of '{}'", at.owner));
        }
        at = next;
    }
    let main = owners.get(&owner.account_of)?;
    (!main.account_of.is_empty()).then(|| {
        format!("has the account_of '{}', itself an account of '{}'", main.owner, main.account_of)
    })
}

/// The rows of a file that can be read; the others are faults.
fn rows<T: for<'de> Deserialize<'de>>(
    path: &str,
    text: &str,
    columns: &[&str],
    faults: &mut Vec<RegistryFault>,
) -> Vec<(Place, T)> {
    let place = |line| Place { path: path.to_owned(), line };
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    let header = match reader.headers() {
        Ok(header) => header.clone(),
        Err(fault) => {
            faults.push(place(1).fault(fault.to_string()));
            return Vec::new();
        }
    };
    if header.iter().ne(columns.iter().copied()) {
        faults.push(place(1).fault(format!("the columns are not {}", columns.join(","))));
        return Vec::new();
    }
    let mut rows = Vec::new();
    for record in reader.records() {
        let record = match record {
            Ok(record) => record,
            Err(fault) => {
                let line = fault.position().map_or(1, csv::Position::line);
                faults.push(place(line).fault(format!("cannot be read: {fault}")));
                continue;
            }
        };
        let at = place(record.position().map_or(1, csv::Position::line));
        match record.deserialize(Some(&header)) {
            Ok(row) => rows.push((at, row)),
            Err(fault) => faults.push(at.fault(format!("cannot be read: {fault}"))),
        }
    }
    rows
}
