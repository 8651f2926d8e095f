//! Where another registry of owners says something else than ours.

use std::collections::{BTreeMap, BTreeSet};

use super::{Country, Owner, Registry, UNKNOWN, UNPLACED};

/// How another registry lays out its table.
struct Layout {
    /// The column that names the owner.
    key: &'static str,
    /// Whether the key is an organisation's name instead of a namespace.
    is_by_name: bool,
    /// Their columns and our fields; the first is always there.
    fields: &'static [(&'static str, &'static str)],
}

/// The first whose key and first field are there is taken: ours, ATOM's, Epoch's, the paper's.
const LAYOUTS: [Layout; 4] = [
    Layout {
        key: "owner",
        is_by_name: false,
        fields: &[
            ("country", "country"),
            ("sector", "sector"),
            ("kind", "kind"),
            ("account_of", "account_of"),
            ("parent", "parent"),
        ],
    },
    Layout { key: "hf_org", is_by_name: false, fields: &[("region", "region")] },
    Layout {
        key: "organization",
        is_by_name: true,
        fields: &[("country", "country"), ("category", "sector")],
    },
    Layout {
        key: "author",
        is_by_name: false,
        fields: &[("org_country_single", "country"), ("org_type", "sector")],
    },
];

/// What others call a sector, and our word for it.
const SECTOR_WORDS: [(&str, &str); 4] = [
    ("company", "industry"),
    ("university", "academia"),
    ("research collective", "community"),
    ("user", "unaffiliated"),
];
/// The country groups that ATOM counts as `eu`.
const ATOM_EUROPE: [&str; 4] = ["Europe (other)", "France", "Germany", "UK"];
/// The paper's pseudo-country of everybody who is not in an organisation.
const NO_COUNTRY: &str = "user";

/// Another registry, as a table of what it says of each owner.
#[derive(Debug, Clone)]
pub struct OtherRegistry {
    is_by_name: bool,
    /// What it calls an owner, and for each of our fields what it says, as it says it.
    entries: BTreeMap<String, BTreeMap<&'static str, BTreeSet<String>>>,
}

/// How what we say of one field stands to what another registry says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Verdict {
    /// Both say the same.
    Same,
    /// Theirs is one of our alternatives.
    Alternative,
    /// They disagree.
    Differs,
}

/// One field of one owner in both registries.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ComparedField {
    /// The namespace.
    pub owner: String,
    /// The field, as `country`; `region` is what ATOM makes of a country.
    pub field: &'static str,
    /// What we say.
    pub ours: String,
    /// What they say, in their words; several with `|` between them.
    pub theirs: String,
    /// How these stand to each other.
    pub verdict: Verdict,
    /// Our evidence.
    pub evidence: String,
    /// Our confidence.
    pub confidence: String,
}

/// Two registries side by side.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Comparison {
    /// Every field of which both say something, by owner.
    pub fields: Vec<ComparedField>,
    /// The namespaces of which only ours has a row.
    pub only_here: Vec<String>,
    /// What they call the owners that only they have.
    pub only_there: Vec<String>,
}

impl OtherRegistry {
    /// Reads the CSV of another registry; its kind is told by its columns.
    ///
    /// # Errors
    ///
    /// A sentence with the line, when it is no CSV or has the columns of no known registry.
    pub fn read(text: &str) -> Result<Self, String> {
        let mut reader = csv::ReaderBuilder::new().flexible(true).from_reader(text.as_bytes());
        let header = reader.headers().map_err(|fault| format!("line 1: {fault}"))?.clone();
        let column = |name: &str| header.iter().position(|it| it.trim() == name);
        let layout = LAYOUTS
            .iter()
            .find(|layout| column(layout.key).is_some() && column(layout.fields[0].0).is_some());
        let Some(layout) = layout else {
            let known =
                LAYOUTS.map(|it| format!("{} and {}", it.key, it.fields[0].0)).join(", or ");
            let found = header.iter().collect::<Vec<_>>().join(", ");
            return Err(format!("line 1: the columns are {found}; a registry has {known}"));
        };
        let mut entries: BTreeMap<_, BTreeMap<_, BTreeSet<_>>> = BTreeMap::new();
        for record in reader.records() {
            let record = record.map_err(|fault| fault.to_string())?;
            let cell = |name| column(name).and_then(|at| record.get(at)).unwrap_or("").trim();
            let key = cell(layout.key);
            if key.is_empty() {
                continue;
            }
            let entry = entries.entry(key.to_owned()).or_default();
            for (their_column, field) in layout.fields {
                let says = |it: &&str| !it.is_empty() && (*field, *it) != ("country", NO_COUNTRY);
                let values = cell(their_column).split('|').map(str::trim).filter(says);
                entry.entry(*field).or_default().extend(values.map(str::to_owned));
            }
        }
        Ok(Self { is_by_name: layout.is_by_name, entries })
    }
}

impl Registry {
    /// Holds another registry against this one. An empty cell of theirs says nothing.
    #[must_use]
    pub fn compare(&self, other: &OtherRegistry) -> Comparison {
        let index = self.index(other.is_by_name);
        let mut comparison = Comparison::default();
        let mut found = BTreeSet::new();
        for (name, said) in &other.entries {
            let key = if other.is_by_name { plain(name) } else { name.to_lowercase() };
            let Some(owner) = index.get(&key) else {
                comparison.only_there.push(name.clone());
                continue;
            };
            found.insert(&owner.owner);
            let said = said.iter().filter(|(_, theirs)| !theirs.is_empty());
            comparison.fields.extend(said.map(|(field, theirs)| self.held(owner, field, theirs)));
        }
        let here = self.owners.keys().filter(|owner| !found.contains(owner));
        comparison.only_here = here.cloned().collect();
        comparison.fields.sort_by(|a, b| (&a.owner, a.field).cmp(&(&b.owner, b.field)));
        comparison
    }

    /// Owners by namespace, or by every name they go by; a main account stands before its others.
    fn index(&self, is_by_name: bool) -> BTreeMap<String, &Owner> {
        let mut index = BTreeMap::new();
        let (main, others): (Vec<_>, Vec<_>) =
            self.owners.values().partition(|owner| owner.account_of.is_empty());
        for owner in main.into_iter().chain(others) {
            if is_by_name {
                for name in owner.names() {
                    index.entry(plain(name)).or_insert(owner);
                }
            } else {
                index.insert(owner.owner.to_lowercase(), owner);
            }
        }
        index
    }

    fn held(&self, owner: &Owner, field: &'static str, theirs: &BTreeSet<String>) -> ComparedField {
        let place =
            |code: &str| if field == "region" { self.region(code) } else { code.to_owned() };
        let (ours, from) = match field {
            "country" | "region" => (place(&owner.country), "country"),
            "sector" => (owner.sector.clone(), "sector"),
            "kind" => (owner.kind.clone(), "kind"),
            "account_of" => (owner.account_of.clone(), "account_of"),
            _ => (owner.parent.clone(), "parent"),
        };
        let said: BTreeSet<String> = theirs.iter().map(|it| self.in_our_words(field, it)).collect();
        let verdict = if said.contains(&ours) {
            Verdict::Same
        } else if owner.alternatives_to(from).any(|value| said.contains(&place(value))) {
            Verdict::Alternative
        } else {
            Verdict::Differs
        };
        ComparedField {
            owner: owner.owner.clone(),
            field,
            ours,
            theirs: theirs.iter().map(String::as_str).collect::<Vec<_>>().join("|"),
            verdict,
            evidence: owner.evidence.clone(),
            confidence: owner.confidence.clone(),
        }
    }

    /// A country's code or a sector's word for what others write; what is not known stays.
    fn in_our_words(&self, field: &str, text: &str) -> String {
        let is_same = |name: &str| name.eq_ignore_ascii_case(text);
        match field {
            "country" => {
                let named = |it: &&Country| is_same(&it.code) || it.names().any(is_same);
                self.countries.values().find(named).map_or(text, |it| &it.code).to_owned()
            }
            "sector" => {
                let word = SECTOR_WORDS.iter().find(|(theirs, _)| is_same(theirs));
                word.map_or_else(|| text.to_lowercase(), |(_, ours)| (*ours).to_owned())
            }
            _ => text.to_owned(),
        }
    }

    /// ATOM's region of a country; to it, what has no one seat is unknown.
    fn region(&self, code: &str) -> String {
        let group = self.countries.get(code).map_or("", |it| it.country_group.as_str());
        let region = match group {
            _ if code == UNPLACED || code == "XX" => UNKNOWN,
            "China" => "china",
            "USA" => "us",
            group if ATOM_EUROPE.contains(&group) => "eu",
            _ => "other",
        };
        region.to_owned()
    }
}

/// A name without what only its spelling differs in.
fn plain(name: &str) -> String {
    name.chars().filter(|letter| letter.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

#[cfg(test)]
mod tests;
