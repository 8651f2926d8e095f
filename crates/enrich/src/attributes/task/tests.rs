use std::collections::BTreeMap;

use super::super::tests::line;
use super::*;
use crate::Facts;

const COLUMNS: [&str; 5] = ["task", "task_group", "modality", "is_generative", "is_multimodal"];

fn of(task: Option<&str>, annotated: Option<&str>) -> String {
    let facts = Facts {
        task: task.map(str::to_owned),
        annotated_modality: annotated.map(str::to_owned),
        ..Facts::default()
    };
    line("a/b", facts, &COLUMNS)
}

#[test]
fn tasks_are_looked_up() {
    for (task, expected) in [
        ("text-generation", "text-generation | nlp | Text → Text | yes | no"),
        ("text2text-generation", "text2text-generation | nlp | Text → Text | yes | no"),
        ("conversational", "conversational | nlp | Text → Text | yes | no"),
        ("image-text-to-text", "image-text-to-text | multimodal | Image + Text → Text | yes | yes"),
        ("any-to-any", "any-to-any | multimodal | Any → Any | yes | yes"),
        ("feature-extraction", "feature-extraction | nlp | Text → Text Embed/Class | no | no"),
        (
            "automatic-speech-recognition",
            "automatic-speech-recognition | audio | Audio → Text | no | no",
        ),
        ("other", "other | other | – | – | –"),
        ("my own task", "my own task | – | – | – | –"),
    ] {
        assert_eq!(of(Some(task), None), expected, "{task}");
    }
}

#[test]
fn an_annotators_word_stands_above_the_task() {
    assert_eq!(of(None, Some("Text --> Text")), "– | – | Text → Text | – | no");
    assert_eq!(of(None, Some("Text + Image --> Text")), "– | – | Image + Text → Text | – | yes");
    assert_eq!(
        of(Some("text-generation"), Some("Image + Text --> Text")),
        "text-generation | nlp | Image + Text → Text | yes | yes"
    );
    assert_eq!(of(None, Some("Undocumented --> Undocumented")), "– | – | – | – | –");
    assert_eq!(of(None, Some(" --> ")), "– | – | – | – | –");
}

/// The Hub's table of August 2026 counts 57 tasks; two former ones are kept.
#[test]
fn the_table_is_that_of_the_hub() {
    let mut counts = BTreeMap::new();
    for rule in RULES.values() {
        *counts.entry(rule.task_group.as_str()).or_insert(0) += 1;
        assert!(rule.input.is_empty() == rule.output.is_empty(), "{}", rule.task);
    }
    let expected = [
        ("audio", 6),
        ("cv", 19),
        ("multimodal", 9),
        ("nlp", 15 + 2),
        ("other", 2),
        ("rl", 2),
        ("tabular", 4),
    ];
    assert_eq!(counts.into_iter().collect::<Vec<_>>(), expected);
}

#[test]
fn the_inputs_of_the_table_are_in_the_order_of_annotations() {
    for rule in RULES.values() {
        assert_eq!(kinds(&rule.input), rule.input, "{}", rule.task);
    }
}
