//! The descriptions of the family: they are many.

use schema::{Attribute, Confidence, ValueType};

use crate::attributes::describe::{blank, group};

const NAME: &str = "openness";
const PARTS: &str = "weights, code, training data, paper, evaluation, card and licence";
const CLASS: &str = "restricted where terms bar commercial use or a person decides at the gate; \
                     open source without a gate, under open terms, with training data that is \
                     available; open weights between; null where what is unknown could change it \
                     and for repositories without weights";
const GRADE: &str = "mean over weights, code, training data, paper, evaluation, card and licence \
                     of 1 (open, linked, available, yes, structured, written), 0.5 (gated, \
                     restricted, files, disclosed, text, sparse or generated) and 0; null where a \
                     part is not known";
/// What tells any part.
const INPUTS: &[&str] = &[
    "license",
    "license_name",
    "tags",
    "card_keys",
    "file_paths",
    "formats",
    "gating",
    "datasets",
    "evaluation_count",
    "readme_links",
    "readme_headings",
    "readme_topics",
    "readme_arxiv_ids",
    "readme_table_count",
    "readme_characters",
    "readme_placeholder_count",
];

/// The descriptions, in the order of the values.
pub(super) const ATTRIBUTES: &[Attribute] = &[
    Attribute {
        name: "openness_weights",
        title: "Weights",
        meaning: "Whether the weights can be had by all (open), behind a gate (gated), or are not \
                  there (absent).",
        source: "files, formats, tags, and gated",
        method: "null where nothing shows weights and the files are not known, and where the gate \
                 is not known",
        inputs: &["file_paths", "formats", "tags", "gating"],
        ..group(NAME)
    },
    Attribute {
        name: "openness_license",
        title: "Openness of the terms",
        meaning: "Whether the terms are without limits on use, scale and change (open), have some \
                  (restricted), or are not stated (none).",
        source: "license, rules/licenses.csv and rules/license_terms.csv",
        method: "open where approved by the Open Source Initiative, or where none of these limits \
                 is among its clauses; null where the terms are not known well enough",
        inputs: &["license", "license_name", "tags", "card_keys", "file_paths"],
        ..group(NAME)
    },
    Attribute {
        name: "openness_code",
        title: "Code",
        meaning: "Whether the card links to a repository of code (linked), code lies beside the \
                  weights (files), or neither (none).",
        source: "text of the card, and files",
        method: "repositories of tools that many cards link to do not count; null where neither \
                 shows code and one of them is not known",
        inputs: &["readme_links", "file_paths"],
        confidence: Confidence::Inferred,
        ..group(NAME)
    },
    Attribute {
        name: "has_paper",
        title: "Paper",
        meaning: "Whether the card names or links to a paper.",
        source: "tags arxiv:* and text of the card",
        method: "without the paper to which the Hub's template for cards refers; null where \
                 neither is known",
        inputs: &["tags", "readme_arxiv_ids", "readme_links", "file_paths"],
        ..blank(NAME, ValueType::Boolean)
    },
    Attribute {
        name: "openness_class",
        title: "Openness",
        meaning: "Whether the model is open source, open weights, or restricted.",
        source: "licence, gate and training data",
        method: CLASS,
        inputs: INPUTS,
        confidence: Confidence::Inferred,
        ..group(NAME)
    },
    Attribute {
        name: "openness_class_low",
        title: "Openness at least",
        meaning: "The least open class that agrees with what is known of the model.",
        source: "licence, gate and training data",
        method: "as openness_class, with everything unknown taken as closed; null where nothing \
                 is known and for repositories without weights",
        inputs: INPUTS,
        confidence: Confidence::Inferred,
        ..group(NAME)
    },
    Attribute {
        name: "openness_class_high",
        title: "Openness at most",
        meaning: "The most open class that agrees with what is known of the model.",
        source: "licence, gate and training data",
        method: "as openness_class, with everything unknown taken as open; null where nothing is \
                 known and for repositories without weights",
        inputs: INPUTS,
        confidence: Confidence::Inferred,
        ..group(NAME)
    },
    Attribute {
        name: "openness_grade",
        unit: "share",
        title: "Grade of openness",
        meaning: "Share of seven parts of the model that are open, 0 to 1.",
        source: PARTS,
        method: GRADE,
        inputs: INPUTS,
        confidence: Confidence::Inferred,
        ..blank(NAME, ValueType::Number)
    },
    Attribute {
        name: "openness_grade_low",
        unit: "share",
        title: "Grade of openness, lower bound",
        meaning: "Grade of openness if all parts that are not known were closed.",
        source: PARTS,
        method: "as openness_grade; null where no part is known",
        inputs: INPUTS,
        confidence: Confidence::Inferred,
        ..blank(NAME, ValueType::Number)
    },
    Attribute {
        name: "openness_grade_high",
        unit: "share",
        title: "Grade of openness, upper bound",
        meaning: "Grade of openness if all parts that are not known were open.",
        source: PARTS,
        method: "as openness_grade; null where no part is known",
        inputs: INPUTS,
        confidence: Confidence::Inferred,
        ..blank(NAME, ValueType::Number)
    },
    Attribute {
        name: "openness_known_count",
        unit: "parts",
        title: "Known parts",
        meaning: "Number of the seven parts of which it is known how open they are.",
        source: PARTS,
        method: "parts as in openness_grade; null where no part is known",
        inputs: INPUTS,
        confidence: Confidence::Inferred,
        ..blank(NAME, ValueType::Integer)
    },
    Attribute {
        name: "openness_parts",
        title: "Parts of the grade",
        meaning: "The parts that are known, with what they are and what they count.",
        source: PARTS,
        method: "in the order of openness_grade; null where no part is known",
        inputs: INPUTS,
        confidence: Confidence::Inferred,
        ..blank(NAME, ValueType::TextList)
    },
    Attribute {
        name: "openness_closed_parts",
        title: "Closed parts",
        meaning: "The parts that are known to be closed; empty where none is.",
        source: PARTS,
        method: "parts that count 0; null where no part is known",
        inputs: INPUTS,
        confidence: Confidence::Inferred,
        ..blank(NAME, ValueType::TextList)
    },
    Attribute {
        name: "is_fully_open",
        title: "Fully open",
        meaning: "Whether all seven parts of the model are open.",
        source: PARTS,
        method: "no where any part counts less than 1; null where none does and one is not known",
        inputs: INPUTS,
        confidence: Confidence::Inferred,
        ..blank(NAME, ValueType::Boolean)
    },
];
