use super::super::tests::line;
use super::*;
use crate::Facts;

const SIDES: [&str; 3] = ["modality_class", "input_kinds", "output_kinds"];

fn of(task: Option<&str>, annotated: Option<&str>, columns: &[&str]) -> String {
    let facts = Facts {
        task: task.map(str::to_owned),
        annotated_modality: annotated.map(str::to_owned),
        ..Facts::default()
    };
    line("a/b", facts, columns)
}

/// The four classes that are publicly known of the paper's fifty.
#[test]
fn classes_are_worded_as_the_paper_does() {
    for (task, annotated, expected) in [
        (Some("text-generation"), None, "Text --> Text | [Text] | [Text]"),
        (Some("image-text-to-text"), None, "Image + Text --> Text | [Image, Text] | [Text]"),
        (Some("fill-mask"), None, "Text --> Text Embed/Class | [Text] | [Text Embed/Class]"),
        (None, Some("Undocumented --> Undocumented"), "Undocumented --> Undocumented | – | –"),
        (None, Some("Text + Image --> Text"), "Image + Text --> Text | [Image, Text] | [Text]"),
        (None, None, "– | – | –"),
        (Some("my own task"), None, "– | – | –"),
    ] {
        assert_eq!(of(task, annotated, &SIDES), expected, "{task:?} {annotated:?}");
    }
}

#[test]
fn each_kind_is_told_apart() {
    let kinds: Vec<&str> = ATTRIBUTES[3..].iter().map(|attribute| attribute.name).collect();
    for (task, expected) in [
        ("text-generation", "yes no no no | yes no no no | no no"),
        ("automatic-speech-recognition", "no no yes no | yes no no no | no no"),
        ("image-text-to-video", "yes yes no no | no no no yes | no no"),
        ("image-classification", "no yes no no | no no no no | yes no"),
        ("text-to-speech", "yes no no no | no no yes no | no no"),
        ("text-to-3d", "yes no no no | no no no no | no no"),
        ("any-to-any", "– – – – | – – – – | – yes"),
        ("other", "– – – – | – – – – | – –"),
    ] {
        let found = of(Some(task), None, &kinds).replace(" | ", " ");
        assert_eq!(found, expected.replace(" | ", " "), "{task}");
    }
}
