//! The catalogue of attributes as a document.

use std::fmt::Write;

use enrich::attributes::{FAMILIES, catalogue};
use schema::Attribute;

const PREFACE: &str = "\
# Attributes

What weighhouse derives of each model.
This file is written by `weighhouse attributes --markdown`; a test holds it to the catalogue.

How a value is known: *stated* is as the source says; *derived* is computed or looked up by a rule from what is stated; *inferred* is read off signs that may mislead, such as names, tags and files.
An unknown value is null: never 0, an empty text, or no.
`weighhouse why MODEL ATTRIBUTE` shows the value for a model, each input with the file and line that told it, and the sign that decided.
";

/// The catalogue as Markdown.
pub(super) fn markdown() -> String {
    let mut text = PREFACE.to_owned();
    let families = FAMILIES.len();
    let _ = write!(text, "\n{} attributes in {families} families.\n", catalogue().count());
    for family in FAMILIES {
        let name = family.attributes.first().map_or("", |attribute| attribute.family);
        let _ = write!(text, "\n## {name}\n\n");
        text.push_str(
            "| attribute | type | meaning | method | known | inputs |\n|---|---|---|---|---|---|\n",
        );
        for attribute in family.attributes {
            text.push_str(&row(attribute));
        }
    }
    text
}

fn row(attribute: &Attribute) -> String {
    let Attribute { name, unit, meaning, source, method, version, .. } = attribute;
    let kind = match (attribute.value_type.name(), *unit) {
        (kind, "") => kind.to_owned(),
        (kind, unit) => format!("{kind}, {unit}"),
    };
    let inputs: Vec<String> = attribute.inputs.iter().map(|name| format!("`{name}`")).collect();
    let version = if *version == 1 { String::new() } else { format!(" (version {version})") };
    let cell = |text: &str| text.replace('|', "\\|");
    format!(
        "| `{name}` | {kind} | {} | From {}: {}{version}. | {} | {} |\n",
        cell(meaning),
        cell(source),
        cell(method),
        attribute.confidence.name(),
        inputs.join(" "),
    )
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    /// `INSTA_UPDATE=always` writes the document anew, as it does with snapshots.
    #[test]
    fn the_document_is_up_to_date() {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/attributes.md");
        let now = super::markdown();
        if std::env::var("INSTA_UPDATE").is_ok_and(|mode| mode == "always") {
            std::fs::write(&path, &now).expect("the document can be written");
        }
        let written = std::fs::read_to_string(&path).expect("the document is there");
        assert_eq!(
            written, now,
            "docs/attributes.md is out of date: weighhouse attributes --markdown > docs/attributes.md"
        );
    }
}
