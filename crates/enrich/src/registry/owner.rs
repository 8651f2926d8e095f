//! One row of the registry, and what makes a row sound in itself.

use std::collections::BTreeMap;

use schema::Day;
use serde::{Deserialize, Serialize};

use super::{Country, UNKNOWN};

/// Who holds an account.
const KINDS: [&str; 6] = ["organisation", "team", "project", "community", "person", UNKNOWN];
const SECTORS: [&str; 7] =
    ["industry", "academia", "non-profit", "government", "community", UNAFFILIATED, UNKNOWN];
const CONFIDENCES: [&str; 3] = ["high", "medium", "low"];
/// The sector of a person who acts alone.
const UNAFFILIATED: &str = "unaffiliated";

/// One reviewed owner.
#[derive(Debug, Clone, PartialEq, Eq, Default, Deserialize, Serialize)]
pub struct Owner {
    /// The namespace on the Hub.
    pub owner: String,
    /// The organisation's name, or a person's handle.
    pub name: String,
    /// Names that other registries use for it, with `;` between them.
    pub other_names: String,
    /// Who holds the account: organisation, team, project, community, person, or unknown.
    pub kind: String,
    /// ISO 3166-1 alpha-2 code of the seat; `XX` international, `ZZ` could not be placed.
    pub country: String,
    /// Industry, academia, non-profit, government, community, unaffiliated, or unknown.
    pub sector: String,
    /// The namespace of the same organisation's main account; empty for the main account.
    pub account_of: String,
    /// The namespace of another organisation that owns this one; empty for none.
    pub parent: String,
    /// The first day on which it was in use as such, or owned by the parent, where known.
    pub valid_from: String,
    /// The last such day; empty when it still is, or when the day is not known.
    pub valid_to: String,
    /// Other defensible placements, as `team_country=FR;sector=community`.
    pub alternatives: String,
    /// Why, in one sentence.
    pub evidence: String,
    /// High, medium or low.
    pub confidence: String,
    /// When it was reviewed.
    pub reviewed_on: String,
}

impl Owner {
    /// The names of the columns of a file of owners, in order.
    pub const COLUMNS: [&'static str; 14] = [
        "owner",
        "name",
        "other_names",
        "kind",
        "country",
        "sector",
        "account_of",
        "parent",
        "valid_from",
        "valid_to",
        "alternatives",
        "evidence",
        "confidence",
        "reviewed_on",
    ];

    /// The other defensible values of a field: `country` has those of ownership and of the team's
    /// place too.
    pub fn alternatives_to<'a>(&'a self, field: &'a str) -> impl Iterator<Item = &'a str> {
        self.alternative_pairs().filter_map(move |(name, value)| {
            let is_meant = name == field || (field == "country" && is_country_field(name));
            is_meant.then_some(value)
        })
    }

    /// The names by which it goes: its own and those that other registries use.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        std::iter::once(self.name.as_str()).chain(listed(&self.other_names))
    }

    fn alternative_pairs(&self) -> impl Iterator<Item = (&str, &str)> {
        listed(&self.alternatives).map(|pair| pair.split_once('=').unwrap_or((pair, "")))
    }

    /// What is wrong with this row, whatever the others say.
    pub(super) fn faults(&self, countries: &BTreeMap<String, Country>) -> Vec<String> {
        let mut faults = Vec::new();
        for (column, value) in
            [("owner", &self.owner), ("name", &self.name), ("evidence", &self.evidence)]
        {
            if value.trim().is_empty() {
                faults.push(format!("has no {column}"));
            }
        }
        for (column, value) in
            [("kind", &self.kind), ("country", &self.country), ("sector", &self.sector)]
        {
            if !is_value_of(column, value, countries) {
                faults.push(format!("has an unknown {column} '{value}'"));
            }
        }
        if !CONFIDENCES.contains(&self.confidence.as_str()) {
            faults.push(format!("has an unknown confidence '{}'", self.confidence));
        }
        if self.sector == UNAFFILIATED && self.kind != "person" {
            faults.push(format!("is unaffiliated and of the kind '{}', not a person", self.kind));
        }
        for (name, value) in self.alternative_pairs() {
            let own = if is_country_field(name) { &self.country } else { &self.sector };
            if !is_value_of(name, value, countries) || value == own {
                faults.push(format!("has an unusable alternative '{name}={value}'"));
            }
        }
        self.add_faults_of_dates(&mut faults);
        faults
    }

    fn add_faults_of_dates(&self, faults: &mut Vec<String>) {
        if self.reviewed_on.parse::<Day>().is_err() {
            faults.push(format!("has no date of review but '{}'", self.reviewed_on));
        }
        let mut days = Vec::new();
        for (column, text) in [("valid_from", &self.valid_from), ("valid_to", &self.valid_to)] {
            match text.parse::<Day>() {
                _ if text.is_empty() => {}
                Ok(day) => days.push(day),
                Err(_) => faults.push(format!("has no date in {column} but '{text}'")),
            }
        }
        if days.len() == 2 && days[0] > days[1] {
            faults.push("ends to be valid before it begins".to_owned());
        }
        let has_dates = !(self.valid_from.is_empty() && self.valid_to.is_empty());
        if has_dates && self.account_of.is_empty() && self.parent.is_empty() {
            faults.push("has dates and neither account_of nor parent".to_owned());
        }
    }
}

fn is_country_field(field: &str) -> bool {
    matches!(field, "country" | "ownership_country" | "team_country")
}

fn is_value_of(field: &str, value: &str, countries: &BTreeMap<String, Country>) -> bool {
    match field {
        "kind" => KINDS.contains(&value),
        "sector" => SECTORS.contains(&value),
        _ => is_country_field(field) && countries.contains_key(value),
    }
}

/// The parts of a list with `;` between them.
pub(super) fn listed(list: &str) -> impl Iterator<Item = &str> {
    list.split(';').map(str::trim).filter(|part| !part.is_empty())
}
