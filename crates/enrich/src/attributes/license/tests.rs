use std::collections::BTreeSet;

use super::super::tests::{line, list, text};
use super::*;
use crate::Facts;

const COLUMNS: [&str; 6] = [
    "license",
    "license_name",
    "license_family",
    "is_license_commercial",
    "is_license_open_source",
    "license_spdx",
];

fn licensed(license: &str, name: Option<&str>) -> String {
    let facts =
        Facts { license: text(license), license_name: name.map(str::to_owned), ..Facts::default() };
    line("a/b", facts, &COLUMNS)
}

#[test]
fn identifiers_of_the_hub_are_looked_up() {
    for (license, expected) in [
        ("apache-2.0", "apache-2.0 | – | permissive | yes | yes | Apache-2.0"),
        ("Apache 2.0", "apache-2.0 | – | permissive | yes | yes | Apache-2.0"),
        ("MIT", "mit | – | permissive | yes | yes | MIT"),
        // Boost, not Business Source.
        ("bsl-1.0", "bsl-1.0 | – | permissive | yes | yes | BSL-1.0"),
        ("gpl-3.0", "gpl-3.0 | – | copyleft | yes | yes | –"),
        ("cc-by-4.0", "cc-by-4.0 | – | creative commons | yes | no | CC-BY-4.0"),
        (
            "cc-by-nc-4.0",
            "cc-by-nc-4.0 | – | creative commons non-commercial | no | no | CC-BY-NC-4.0",
        ),
        ("openmdw-1.0", "openmdw-1.0 | – | permissive | yes | no | OpenMDW-1.0"),
        // Its first version was not approved, the later ones were.
        ("gpl", "gpl | – | copyleft | yes | – | –"),
        ("odc-by", "odc-by | – | open data | yes | no | ODC-By-1.0"),
        ("openrail++", "openrail++ | – | responsible AI | yes | no | –"),
        ("llama3.1", "llama3.1 | – | vendor terms | yes | no | –"),
        ("apple-amlr", "apple-amlr | – | vendor terms | no | no | –"),
        ("cc", "cc | – | creative commons | – | – | –"),
    ] {
        assert_eq!(licensed(license, None), expected, "{license}");
    }
}

#[test]
fn unknown_is_what_was_chosen_and_tells_nothing() {
    assert_eq!(licensed("unknown", None), "unknown | – | – | – | – | –");
    assert_eq!(line("a/b", Facts::default(), &COLUMNS), "– | – | – | – | – | –");
}

#[test]
fn custom_licences_are_classified_by_name() {
    for (license, name, expected) in [
        ("other", None, "other | – | other | – | – | –"),
        ("other", Some("Qwen-Research"), "other | qwen-research | vendor terms | no | no | –"),
        ("other", Some("my-own"), "other | my-own | other | – | – | –"),
        // Some sources give the name in place of `other`.
        ("lfm1.0", None, "lfm1.0 | lfm1.0 | vendor terms | yes | no | –"),
        (
            "taste2-research-only",
            None,
            "taste2-research-only | taste2-research-only | other | no | no | –",
        ),
    ] {
        assert_eq!(licensed(license, name), expected, "{license}");
    }
}

#[test]
fn the_tag_stands_in_for_the_card() {
    let tags = list(&["transformers", "license:cc0-1.0", "region:us"]);
    let facts = Facts { tags, ..Facts::default() };
    assert_eq!(line("a/b", facts, &COLUMNS[..3]), "cc0-1.0 | – | creative commons");
}

/// The Hub's table of August 2026 has 83 identifiers.
#[test]
fn every_identifier_of_the_hub_has_its_rule() {
    let on_hub = RULES.iter().filter(|rule| rule.is_on_hub);
    assert_eq!(on_hub.clone().count(), 83);
    let unclassified: Vec<_> =
        on_hub.filter(|rule| rule.family.is_empty()).map(|rule| &rule.identifier).collect();
    assert_eq!(unclassified, ["unknown"]);
    let families: BTreeSet<_> = RULES.iter().map(|rule| rule.family.as_str()).collect();
    let expected = [
        "",
        "copyleft",
        "creative commons",
        "creative commons non-commercial",
        "open data",
        "other",
        "permissive",
        "responsible AI",
        "vendor terms",
    ];
    assert_eq!(families.into_iter().collect::<Vec<_>>(), expected);
    for rule in RULES.iter() {
        for word in [&rule.commercial, &rule.open_source] {
            assert!(["yes", "no", ""].contains(&word.as_str()), "{}: {word}", rule.identifier);
        }
        // What the Open Source Initiative approves may be used commercially.
        assert!(rule.open_source != "yes" || rule.commercial == "yes", "{}", rule.identifier);
    }
}

#[test]
fn no_spelling_has_two_rules() {
    let spellings: usize = RULES
        .iter()
        .map(|rule| 1 + rule.aliases.split('|').filter(|alias| !alias.is_empty()).count())
        .sum();
    assert_eq!(BY_SPELLING.len(), spellings);
}
