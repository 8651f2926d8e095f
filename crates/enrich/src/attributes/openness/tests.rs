use super::super::tests::{line, list, text};
use super::super::{Context, explain as explain_any};
use crate::Facts;
use crate::lineage::Lineage;
use crate::registry::Registry;
use crate::tables::Model;

const PARTS: [&str; 4] = ["openness_weights", "openness_license", "openness_code", "has_paper"];
const CLASSES: [&str; 3] = ["openness_class", "openness_class_low", "openness_class_high"];
const GRADES: [&str; 5] = [
    "openness_grade",
    "openness_grade_low",
    "openness_grade_high",
    "openness_known_count",
    "is_fully_open",
];

/// A model of which every part is open.
fn open() -> Facts {
    Facts {
        license: text("apache-2.0"),
        gating: text("no"),
        tags: list(&["safetensors", "arxiv:2402.00838"]),
        file_paths: list(&["README.md", "model.safetensors"]),
        datasets: list(&["allenai/dolma"]),
        evaluation_count: Some(12),
        readme_characters: Some(9_000),
        readme_placeholder_count: Some(0),
        readme_topics: list(&[]),
        readme_headings: list(&["training data"]),
        readme_links: list(&["code:github.com/allenai/OLMo"]),
        ..Facts::default()
    }
}

#[test]
fn a_model_may_be_open_in_all_its_parts() {
    assert_eq!(line("a/b", open(), &PARTS), "open | open | linked | yes");
    assert_eq!(line("a/b", open(), &CLASSES), "open source | open source | open source");
    assert_eq!(line("a/b", open(), &GRADES), "1 | 1 | 1 | 7 | yes");
    let expected = "[weights: open (1), code: linked (1), training data: available (1), \
                    paper: yes (1), evaluation: structured (1), card: written (1), \
                    licence: open (1)] | []";
    assert_eq!(line("a/b", open(), &["openness_parts", "openness_closed_parts"]), expected);
}

#[test]
fn parts_are_told_apart() {
    for (facts, expected) in [
        (Facts { gating: text("auto"), ..open() }, "gated | open | linked | yes"),
        (Facts { license: text("llama3.1"), ..open() }, "open | restricted | linked | yes"),
        (Facts { license: text("cc-by-4.0"), ..open() }, "open | open | linked | yes"),
        (Facts { license: text("cc-by-nd-4.0"), ..open() }, "open | restricted | linked | yes"),
        (Facts { license: None, ..open() }, "open | none | linked | yes"),
        // Terms that nobody read.
        (Facts { license: text("whale-terms"), ..open() }, "open | – | linked | yes"),
        (
            Facts {
                tags: list(&["transformers"]),
                file_paths: list(&["README.md", "train.py"]),
                readme_links: list(&["code:github.com/huggingface/transformers"]),
                ..open()
            },
            "absent | open | files | no",
        ),
        (Facts { readme_links: list(&[]), ..open() }, "open | open | none | yes"),
        (Facts { readme_links: None, ..open() }, "open | open | – | yes"),
    ] {
        assert_eq!(line("a/b", facts, &PARTS), expected);
    }
}

#[test]
fn classes_have_bounds_where_something_is_unknown() {
    let data_unknown =
        Facts { datasets: None, readme_links: None, readme_headings: None, ..open() };
    let cases = vec![
        (
            Facts { license: text("llama3.1"), ..open() },
            "open weights | open weights | open weights",
        ),
        (Facts { gating: text("auto"), ..open() }, "open weights | open weights | open weights"),
        (Facts { license: text("cc-by-nc-4.0"), ..open() }, "restricted | restricted | restricted"),
        (Facts { gating: text("manual"), ..open() }, "restricted | restricted | restricted"),
        (data_unknown, "– | open weights | open source"),
        // Without a licence nothing is granted, and nothing is forbidden in words.
        (Facts { license: None, ..open() }, "– | restricted | open weights"),
        (Facts { gating: None, ..open() }, "– | restricted | open source"),
        (Facts { gating: text("yes"), ..open() }, "– | restricted | open weights"),
        // No weights, no class.
        (Facts { tags: None, file_paths: list(&["README.md"]), ..open() }, "– | – | –"),
        (Facts::default(), "– | – | –"),
    ];
    for (facts, expected) in cases {
        assert_eq!(line("a/b", facts, &CLASSES), expected);
    }
}

#[test]
fn the_grade_has_bounds_over_what_is_unknown() {
    // Open weights under an open licence; of five parts nothing is known.
    let facts = Facts {
        license: text("mit"),
        gating: text("no"),
        formats: list(&["safetensors"]),
        ..Facts::default()
    };
    assert_eq!(line("a/b", facts, &GRADES), format!("– | {} | 1 | 2 | –", 2.0 / 7.0));
    // All parts known: 0.5 for the gate, the terms and the text; 0 for code, data and paper.
    let closed = Facts {
        license: text("llama3.1"),
        gating: text("auto"),
        tags: list(&["safetensors"]),
        datasets: None,
        card_keys: list(&["license"]),
        evaluation_count: None,
        readme_headings: list(&["benchmarks"]),
        readme_links: list(&[]),
        ..open()
    };
    // 0.5 + 0 + 0 + 0 + 0.5 + 1 + 0.5 of 7.
    let grade = 2.5 / 7.0;
    assert_eq!(
        line("a/b", closed.clone(), &GRADES),
        format!("{grade} | {grade} | {grade} | 7 | no")
    );
    let names = ["openness_closed_parts"];
    assert_eq!(line("a/b", closed, &names), "[code, training data, paper]");
    assert_eq!(line("a/b", Facts::default(), &GRADES), "– | – | – | – | –");
}

#[test]
fn what_decides_a_class_is_named() {
    let because = |facts: Facts, name: &str| {
        let model = Model::new("a/b", facts);
        let (registry, lineage) = (Registry::builtin(), Lineage::default());
        let as_of = schema::Instant::from_millis(0);
        let context = Context::of_first(registry, &lineage, as_of);
        explain_any(&model, &context, name).unwrap().because
    };
    let gated = Facts { gating: text("auto"), license: text("gemma"), ..open() };
    assert_eq!(because(gated, "openness_class"), "a gate, terms with limits");
    let barred = Facts { license: text("cc-by-nc-4.0"), ..open() };
    assert_eq!(because(barred, "openness_class"), "terms that bar commercial use");
    assert_eq!(because(open(), "openness_code"), "the link to github.com/allenai/OLMo");
}
