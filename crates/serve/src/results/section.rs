//! One result: its question, what it says, a picture, every number, notes, and its method.

use analyze::Market;
use analyze::results::{Answered, Attribution, Found};
use chart::{Frame, Size, Theme};
use maud::{Markup, PreEscaped, html};

use super::{Links, Picture, lines, linked_sentence, pictures};
use crate::bound;
use crate::figures::draw_result;
use crate::pages::methods;
use crate::parts::figure;
use crate::shown::Shown;
use crate::view::Layout;

/// The page that a result is shown in.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Within<'a> {
    pub(crate) shown: &'a Shown,
    pub(crate) attribution: Attribution,
    /// The series of its pictures that are in the legend only.
    pub(crate) hidden: &'a [String],
}

/// Everything of a result below its heading, for a file that nothing can be fetched into.
pub(crate) fn details(answered: &Answered, market: &Market) -> Markup {
    let pictures = html! {
        @for picture in pictures(answered, market) { (plain(&picture)) }
    };
    told(answered, None, &pictures)
}

/// The same in a page: names of units lead to their pages, and pictures can be taken away.
pub(crate) fn details_within(page: Within<'_>, answered: &Answered) -> Markup {
    let drawn = draw_result(page, answered, Layout::Part);
    // Why there is none is said already.
    let pictures = html! {
        @for (drawing, _) in drawn.iter().filter(|(drawing, _)| drawing.reason.is_none()) {
            (figure(drawing, Layout::Part))
        }
    };
    let links = Links { market: &page.shown.market, attribution: page.attribution };
    told(answered, Some(links), &pictures)
}

fn told(answered: &Answered, ways: Option<Links<'_>>, pictures: &Markup) -> Markup {
    let described = answered.described;
    html! {
        p.question { (described.question) }
        @match &answered.found {
            Err(reason) => { (refused(described.name, reason)) }
            Ok(found) => {
                (said(described.name, found, ways))
                (pictures)
                @if !found.lines.is_empty() {
                    details.numbers {
                        summary { "Every number" }
                        (lines::table(described.title, &found.lines))
                    }
                }
                @for (place, note) in found.notes.iter().enumerate() {
                    p.note { (bound::quoted(note, &format!("{}/note/{place}", described.name))) }
                }
            }
        }
        p.note {
            @if ways.is_some() {
                (methods::link(described.method))
            } @else {
                "Method: " code { "docs/methods/" (described.method) ".md" }
            }
        }
    }
}

/// Results that could not be asked of a collection, with why.
pub(crate) fn not_asked(answered: &[&Answered]) -> Markup {
    html! {
        ul.plain {
            @for one in answered {
                @if let Err(reason) = &one.found {
                    li {
                        strong { (one.described.title) } ": "
                        (bound::quoted(reason, &format!("{}/reason", one.described.name))) "."
                    }
                }
            }
        }
    }
}

fn refused(name: &str, reason: &str) -> Markup {
    html! {
        p.reason {
            strong { "Not asked of this collection: " }
            (bound::quoted(reason, &format!("{name}/reason"))) "."
        }
    }
}

/// The sentences; findings stand out.
fn said(name: &str, found: &Found, ways: Option<Links<'_>>) -> Markup {
    html! {
        @if !found.sentences.is_empty() {
            ul.sentences {
                @for (place, told) in found.sentences.iter().enumerate() {
                    li.is-finding[told.is_finding] {
                        (linked_sentence(name, place, told, &found.lines, ways))
                    }
                }
            }
        }
    }
}

/// A figure with its title: a drawing for a desk and one for a phone, of which the stylesheet
/// shows one.
fn plain(picture: &Picture) -> Markup {
    let Picture { figure, brief, .. } = picture;
    let draw = |size| PreEscaped(chart::draw(figure, Frame { size, theme: Theme::Page }));
    html! {
        figure.result-figure {
            figcaption {
                strong { (bound::name(&brief.title)) } " "
                (bound::name(&brief.subtitle))
                @if figure.simulated { " " strong { "simulated data" } }
            }
            div.picture {
                div.desk { (draw(Size::Page)) }
                div.phone { (draw(Size::Phone)) }
            }
        }
    }
}
