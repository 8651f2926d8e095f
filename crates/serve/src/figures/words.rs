//! What a view counts and leaves out, in words.

use analyze::Row;
use schema::{Flagged, MeasureKind, Window};

use crate::parts;
use crate::view::View;

/// What is counted, as it stands inside a sentence: "weekly downloads over 13 weeks".
pub(crate) fn measured(view: &View) -> String {
    let title = lower_first(view.measure.title());
    match view.window {
        Window::Week => title,
        window => format!("{title}, summed over {window} weeks"),
    }
}

/// The measure's definition and what the view leaves out of it.
pub(crate) fn definition(view: &View) -> String {
    let sentences = [view.measure.definition().to_owned()].into_iter().chain(left_out(view));
    sentences.collect::<Vec<_>>().join(" ")
}

/// What the view leaves out, a sentence each.
pub(crate) fn left_out(view: &View) -> Vec<String> {
    let mut sentences = Vec::new();
    if !view.conditions.is_empty() {
        let conditions = analyze::Condition::list_text(&view.conditions);
        sentences.push(format!("Only models with {}.", conditions.replace(',', ", ")));
    }
    match view.flagged {
        Flagged::Include => {}
        Flagged::Exclude => sentences.push("Weeks with a flag are left out.".to_owned()),
        Flagged::Only => sentences.push("Only weeks with a flag.".to_owned()),
    }
    sentences
}

/// When a moment is, in words: a week by its Monday, an instant by its day.
pub(super) fn when(view: &View, row: &Row) -> String {
    match view.measure.kind() {
        MeasureKind::Flow => format!("in the week of {}", parts::day(row.at.day())),
        MeasureKind::AsOf => format!("as of {}", parts::day(row.at.day())),
    }
}

pub(crate) fn lower_first(text: &str) -> String {
    let mut letters = text.chars();
    let is_acronym = text.chars().nth(1).is_some_and(char::is_uppercase);
    match letters.next() {
        Some(first) if !is_acronym => first.to_lowercase().chain(letters).collect(),
        _ => text.to_owned(),
    }
}
