//! What goes into the model and what comes out of it, kind by kind.

use schema::{Attribute, Confidence, Value, ValueType};

use super::describe::{blank, group};
use super::task::{is_undocumented, modality};
use super::{Context, Family};
use crate::tables::Model;

/// The family.
pub(super) const FAMILY: Family = Family::plain(ATTRIBUTES, derive);

const NAME: &str = "modality";
const SOURCE: &str = "annotation of the source, else task and rules/tasks.csv";
const INPUTS: &[&str] = &["annotated_modality", "task"];
const ANY: &str = "Any";
/// What the paper writes of models whose card says neither.
const UNDOCUMENTED: &str = "Undocumented --> Undocumented";
/// How outputs are named that stand for their input: vectors, classes and places.
const STANDS_FOR: &str = " Embed/Class";
/// The kinds that have attributes of their own.
const KINDS: [&str; 4] = ["Text", "Image", "Audio", "Video"];

/// Whether a kind is among those of a side.
const fn kind(name: &'static str, title: &'static str, meaning: &'static str) -> Attribute {
    Attribute {
        name,
        title,
        meaning,
        source: SOURCE,
        method: "whether the modality names it; null where the modality is unknown or any",
        inputs: INPUTS,
        confidence: Confidence::Inferred,
        ..blank(NAME, ValueType::Boolean)
    }
}

/// The kinds of a side.
const fn side(name: &'static str, title: &'static str, meaning: &'static str) -> Attribute {
    Attribute {
        name,
        title,
        meaning,
        source: SOURCE,
        method: "the kinds of the modality, in alphabetical order; null where it is unknown",
        inputs: INPUTS,
        confidence: Confidence::Inferred,
        ..blank(NAME, ValueType::TextList)
    }
}

/// The descriptions, in the order of the values.
pub(super) const ATTRIBUTES: &[Attribute] = &[
    Attribute {
        name: "modality_class",
        title: "Class of modality",
        meaning: "What goes in and comes out, in the wording of the paper's classes, as 'Image + \
                  Text --> Text'.",
        source: SOURCE,
        method: "the modality; 'Undocumented --> Undocumented' where an annotator could not say; \
                 null where neither annotation nor task is known",
        inputs: INPUTS,
        confidence: Confidence::Inferred,
        ..group(NAME)
    },
    side("input_kinds", "Kinds of input", "What goes into the model, as Image and Text."),
    side("output_kinds", "Kinds of output", "What comes out of the model, as Text or Image."),
    kind("has_text_input", "Text goes in", "Whether the model takes in text."),
    kind("has_image_input", "Images go in", "Whether the model takes in images."),
    kind("has_audio_input", "Sound goes in", "Whether the model takes in sound."),
    kind("has_video_input", "Video goes in", "Whether the model takes in video."),
    kind("has_text_output", "Text comes out", "Whether the model gives out text."),
    kind("has_image_output", "Images come out", "Whether the model gives out images."),
    kind("has_audio_output", "Sound comes out", "Whether the model gives out sound."),
    kind("has_video_output", "Video comes out", "Whether the model gives out video."),
    Attribute {
        method: "whether the modality names an output of the kind Embed/Class; null where it is \
                 unknown or any",
        ..kind(
            "has_class_output",
            "Vectors or classes come out",
            "Whether the model gives out vectors, classes or places that stand for its input.",
        )
    },
    Attribute {
        method: "whether the task is any-to-any; null where the modality is unknown",
        ..kind("is_any_to_any", "Any to any", "Whether the model takes in and gives out any kind.")
    },
];

fn derive(model: &Model, _context: &Context<'_>) -> Vec<Value> {
    let modality = modality(model);
    let sides = modality.as_deref().and_then(|modality| modality.split_once(" → "));
    let kinds = |side: &str| -> Vec<String> { side.split(" + ").map(str::to_owned).collect() };
    let class = sides.map(|(input, output)| format!("{input} --> {output}"));
    let class = class.or_else(|| is_undocumented(model).then(|| UNDOCUMENTED.to_owned()));
    let mut values = vec![
        class.into(),
        sides.map(|(input, _)| kinds(input)).into(),
        sides.map(|(_, output)| kinds(output)).into(),
    ];
    let plain = sides.filter(|(input, output)| *input != ANY && *output != ANY);
    let has = |side: &str, kind: &str| side.split(" + ").any(|one| one == kind);
    values.extend(KINDS.iter().map(|kind| plain.map(|(input, _)| has(input, kind)).into()));
    values.extend(KINDS.iter().map(|kind| plain.map(|(_, output)| has(output, kind)).into()));
    values.push(plain.map(|(_, output)| output.contains(STANDS_FOR)).into());
    values.push(sides.map(|(input, output)| input == ANY && output == ANY).into());
    values
}

#[cfg(test)]
mod tests;
