//! Sentences of results, each of their numbers bound to its line.

use analyze::results::{Answered, Line, Piece, Sentence};
use maud::{Markup, html};

use super::Links;
use crate::bound;

/// A sentence of a result, the one at this place.
pub(crate) fn sentence(result: &str, place: usize, sentence: &Sentence, lines: &[Line]) -> Markup {
    linked_sentence(result, place, sentence, lines, None)
}

/// The same, in which the names of units lead to their pages.
pub(crate) fn linked_sentence(
    result: &str,
    place: usize,
    sentence: &Sentence,
    lines: &[Line],
    ways: Option<Links<'_>>,
) -> Markup {
    html! {
        span.sentence data-from=(format!("{result}/sentence/{place}")) {
            @for piece in &sentence.pieces { (written(result, piece, lines, ways)) }
        }
    }
}

/// Every sentence that claims a direction, with its result and its place among the sentences.
pub(crate) fn findings(answered: &[Answered]) -> Vec<(&Answered, usize, &Sentence)> {
    let mut findings = Vec::new();
    for one in answered {
        let Ok(found) = &one.found else { continue };
        let told = found.sentences.iter().enumerate().filter(|(_, told)| told.is_finding);
        findings.extend(told.map(|(place, told)| (one, place, told)));
    }
    findings
}

fn written(result: &str, piece: &Piece, lines: &[Line], ways: Option<Links<'_>>) -> Markup {
    let text = piece.text(lines);
    match piece {
        Piece::Words(words) => html! { (words) },
        Piece::Name(name) => match ways.and_then(|ways| ways.address(result, name)) {
            Some(address) => html! { a href=(address) { (bound::name(name)) } },
            None => bound::name(name),
        },
        Piece::Number { line, end } => {
            let from = format!("{result}/{line}/{}", end.name());
            let value = end.of(&lines[*line]);
            value.map_or_else(|| html! { (text) }, |value| bound::number(&text, value, &from))
        }
    }
}
