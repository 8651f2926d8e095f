use std::collections::HashSet;

use super::super::tests::{line, list, text};
use super::*;
use crate::Facts;

const TABLE_TEXT: &str = include_str!("../../../rules/license_terms.csv");
const CLAUSE_NAMES: [&str; 8] = [
    "license_commercial_use",
    "has_license_use_restrictions",
    "is_license_attribution_required",
    "is_license_share_alike",
    "is_license_modification_allowed",
    "license_derivative_name",
    "license_user_limit",
    "license_revenue_limit",
];

fn licensed(license: &str, name: Option<&str>) -> Facts {
    Facts { license: text(license), license_name: name.map(str::to_owned), ..Facts::default() }
}

#[test]
fn clauses_are_looked_up() {
    for (license, name, expected) in [
        ("Apache 2.0", None, "allowed | no | yes | no | yes | – | – | –"),
        ("cc0-1.0", None, "allowed | no | no | no | yes | – | – | –"),
        ("agpl-3.0", None, "allowed | no | yes | yes | yes | – | – | –"),
        ("cc-by-nc-sa-4.0", None, "barred | no | yes | yes | yes | – | – | –"),
        ("cc-by-nc-nd-4.0", None, "barred | no | yes | no | no | – | – | –"),
        ("creativeml-openrail-m", None, "allowed | yes | yes | no | yes | – | – | –"),
        ("llama2", None, "conditional | yes | yes | no | yes | – | 700000000 | –"),
        ("llama-3.1", None, "conditional | yes | yes | no | yes | Llama | 700000000 | –"),
        ("other", Some("LFM1.0"), "conditional | no | yes | no | yes | – | – | 10000000"),
        // Nobody read these.
        ("other", Some("whale-terms"), "– | – | – | – | – | – | – | –"),
        ("cc", None, "– | – | – | – | – | – | – | –"),
        ("unknown", None, "– | – | – | – | – | – | – | –"),
    ] {
        assert_eq!(line("a/b", licensed(license, name), &CLAUSE_NAMES), expected, "{license}");
    }
}

#[test]
fn no_statement_and_no_word_of_it_are_two_things() {
    let names = ["is_license_stated", "is_license_custom"];
    let stated = |facts: Facts| line("a/b", facts, &names);
    assert_eq!(stated(licensed("mit", None)), "yes | no");
    assert_eq!(stated(licensed("other", Some("whale-terms"))), "yes | yes");
    assert_eq!(stated(licensed("other", None)), "yes | yes");
    assert_eq!(stated(licensed("unknown", None)), "no | –");
    assert_eq!(stated(Facts { tags: list(&["bert"]), ..Facts::default() }), "no | –");
    assert_eq!(stated(Facts { tags: list(&["license:mit"]), ..Facts::default() }), "yes | no");
    assert_eq!(stated(Facts { card_keys: list(&[]), ..Facts::default() }), "no | –");
    assert_eq!(stated(Facts::default()), "– | –");
}

#[test]
fn the_text_of_the_licence_is_linked_or_a_file() {
    let names = ["license_link", "has_license_file"];
    let facts = |paths: &[&str]| Facts {
        license_link: text(" LICENSE.md "),
        file_paths: list(paths),
        ..Facts::default()
    };
    assert_eq!(line("a/b", facts(&["License.md"]), &names), "LICENSE.md | yes");
    // The terms of a part are none of the whole.
    assert_eq!(line("a/b", facts(&["tokenizer/LICENSE", "é"]), &names), "LICENSE.md | no");
    assert_eq!(line("a/b", Facts::default(), &names), "– | –");
}

#[test]
fn every_row_has_its_evidence_and_names_known_licences_once() {
    let mut seen = HashSet::new();
    for row in csv::Reader::from_reader(TABLE_TEXT.as_bytes()).records() {
        let row = row.unwrap();
        let (identifiers, evidence) = (&row[0], &row[8]);
        assert!(evidence.len() > 10, "{identifiers}: no evidence");
        assert!(row[9].parse::<schema::Day>().is_ok(), "{identifiers}: no date");
        for identifier in identifiers.split('|') {
            assert!(seen.insert(identifier.to_owned()), "{identifier} has two rows");
            assert!(license::is_known(identifier), "{identifier} is in no rule of licences");
        }
    }
    for row in ROWS.iter() {
        for word in [&row.attribution, &row.share_alike, &row.derivatives, &row.behaviour] {
            assert!(["yes", "no", ""].contains(&word.as_str()), "{}: {word}", row.identifiers);
        }
    }
}
