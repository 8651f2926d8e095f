//! The text of a card: its front matter as YAML, then a few words.

use std::fmt::Write as _;

use serde_json::Value;
use sha1::{Digest as _, Sha1};

use super::{View, card};

/// The README of a model; `None` without a card.
pub(crate) fn card_text(view: &View) -> Option<String> {
    let front = card::card_data(view)?;
    let mut text = String::from("---\n");
    for (key, value) in front.as_object()? {
        match value {
            Value::Array(items) => {
                writeln!(text, "{key}:").expect("writing to a string cannot fail");
                for item in items {
                    writeln!(text, "- {}", scalar(item)).expect("writing to a string cannot fail");
                }
            }
            value => {
                writeln!(text, "{key}: {}", scalar(value))
                    .expect("writing to a string cannot fail");
            }
        }
    }
    // The heading is what the author wrote when the model was new.
    let name = view.model.name();
    let task = view.model.architecture().task;
    write!(
        text,
        "---\n\n# {name}\n\nA simulated model for {task}.\nNothing in it is real.\n\n\
         ## Use\n\nThere is nothing to download: the repository exists to be counted.\n"
    )
    .expect("writing to a string cannot fail");
    Some(text)
}

/// A value as YAML: bare where that is safe, else quoted as JSON, which YAML reads too.
fn scalar(value: &Value) -> String {
    let Some(text) = value.as_str() else { return value.to_string() };
    let is_word = |c: char| c.is_ascii_alphanumeric() || "/._-".contains(c);
    let starts_well = text.starts_with(|c: char| c.is_ascii_alphabetic());
    // Norwegian is the language that YAML takes for a refusal.
    let is_taken_otherwise = ["no", "yes", "on", "off", "true", "false", "null"].contains(&text);
    if starts_well && text.chars().all(is_word) && !is_taken_otherwise {
        text.to_owned()
    } else {
        value.to_string()
    }
}

/// The name by which git knows the content of a file.
pub(crate) fn blob_id(content: &[u8]) -> String {
    let mut digest = Sha1::new();
    digest.update(format!("blob {}\0", content.len()));
    digest.update(content);
    digest.finalize().iter().fold(String::new(), |mut text, byte| {
        write!(text, "{byte:02x}").expect("writing to a string cannot fail");
        text
    })
}

#[cfg(test)]
mod tests;
