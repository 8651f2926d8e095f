//! What the registry says of an owner.

use enrich::{OwnerReview, Registry};

/// The folder of the registry in the repository.
pub(crate) const REGISTRY: &str = "registry";

/// A reviewed owner, as the registry has it; texts are empty where it says nothing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reviewed {
    /// The organisation's name, or a person's handle.
    pub name: String,
    /// Who holds the account: organisation, team, project, community, person, or unknown.
    pub kind: String,
    /// The country of the seat, in English; `unknown` where a review could not place it.
    pub country: String,
    /// The group that the country is counted with.
    pub country_group: String,
    /// Industry, academia, non-profit, government, community, unaffiliated, or unknown.
    pub sector: String,
    /// The main account of the same organisation.
    pub account_of: String,
    /// The account of another organisation that owns this one.
    pub parent: String,
    /// From when to when it was in use as such, or owned by the parent, as far as known.
    pub valid: [String; 2],
    /// Other defensible placements, as `team_country=FR`.
    pub alternatives: Vec<String>,
    /// Why, in one sentence.
    pub evidence: String,
    /// High, medium or low.
    pub confidence: String,
    /// The day of the review.
    pub reviewed_on: String,
    /// The file and line of the row; `None` for one that is in no file.
    pub place: Option<(String, u64)>,
}

/// What the registry of this version says of an owner; `None` where nobody reviewed it.
#[must_use]
pub fn review(owner: &str) -> Option<Reviewed> {
    let registry = Registry::builtin();
    let OwnerReview::Reviewed(row) = registry.review(owner) else { return None };
    let place =
        registry.place(owner).map(|place| (format!("{REGISTRY}/{}", place.path), place.line));
    let text = |known: Option<&str>| known.unwrap_or_default().to_owned();
    let alternatives = row.alternatives.split(';').map(str::trim).filter(|one| !one.is_empty());
    Some(Reviewed {
        name: row.name.clone(),
        kind: row.kind.clone(),
        country: text(registry.country(owner)),
        country_group: text(registry.country_group(owner)),
        sector: row.sector.clone(),
        account_of: row.account_of.clone(),
        parent: row.parent.clone(),
        valid: [row.valid_from.clone(), row.valid_to.clone()],
        alternatives: alternatives.map(str::to_owned).collect(),
        evidence: row.evidence.clone(),
        confidence: row.confidence.clone(),
        reviewed_on: row.reviewed_on.clone(),
        place,
    })
}

/// The file of the registry that a row about an owner belongs in, by its first letter.
#[must_use]
pub fn row_file(owner: &str) -> String {
    let first = owner.chars().next().map(|letter| letter.to_ascii_lowercase());
    let file = first.filter(char::is_ascii_lowercase).map_or("0-9".to_owned(), String::from);
    format!("{REGISTRY}/owners/{file}.csv")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reviewed_owner_is_told_with_its_row_and_another_is_not_made_up() {
        let google = review("google").expect("in the registry");
        assert_eq!(
            (google.country.as_str(), google.sector.as_str()),
            ("United States", "industry")
        );
        let (file, line) = google.place.expect("a row");
        assert_eq!(file, row_file("google"));
        let text = include_str!("../../../registry/owners/g.csv");
        let row = text.lines().nth(line as usize - 1).expect("the line is there");
        assert!(row.starts_with("google,"), "{row}");
        assert_eq!(review("nobody-has-this-name"), None);
    }

    #[test]
    fn rows_lie_by_first_letter() {
        assert_eq!(row_file("Qwen"), "registry/owners/q.csv");
        assert_eq!(row_file("01-ai"), "registry/owners/0-9.csv");
        assert_eq!(row_file(""), "registry/owners/0-9.csv");
    }
}
