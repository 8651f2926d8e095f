//! A result within another page: at once where it is worked out, and else when it is.
//!
//! The page does not wait for it. Where it is not there yet, scripts fetch it when it is; without
//! them a link leads to its own page, which waits.

use analyze::results::{Answered, Attribution, Described};
use maud::{Markup, html};

use crate::parameters::encoded;
use crate::results::{Within, details_within, sentence};
use crate::shown::Shown;

/// What marks a part of a page that is being computed.
pub(crate) const WAITING: &str = "data-fragment=\"";

/// How much of a result is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Extent {
    /// The sentence that says most.
    Sentence,
    /// All of it.
    Whole,
}

impl Extent {
    /// Its name in addresses.
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Sentence => "sentence",
            Self::Whole => "whole",
        }
    }
}

/// The result, or where it will be.
pub(crate) fn result(page: Within<'_>, described: &'static Described, extent: Extent) -> Markup {
    match page.shown.results.known(page.attribution, described) {
        Some(answered) => filled(page, &answered, extent),
        None => waiting(page, described, extent),
    }
}

/// A result that is worked out.
pub(crate) fn filled(page: Within<'_>, answered: &Answered, extent: Extent) -> Markup {
    match extent {
        Extent::Sentence => told(answered),
        Extent::Whole => details_within(page, answered),
    }
}

/// The first finding of a result, or else its first sentence, or why there is none.
fn told(answered: &Answered) -> Markup {
    let name = answered.described.name;
    html! {
        @match &answered.found {
            Err(reason) => { p.tested { "Not tested against luck: " (reason) "." } }
            Ok(found) => {
                @let finding = found.sentences.iter().position(|one| one.is_finding).unwrap_or(0);
                @if let Some(said) = found.sentences.get(finding) {
                    p.tested.is-finding[said.is_finding] {
                        span.tested-by { @if said.is_finding { "◆ Finding: " } @else { "Tested: " } }
                        (sentence(name, finding, said, &found.lines))
                    }
                } @else {
                    p.tested { "The result says nothing of this collection in a sentence; its numbers are in its table." }
                }
            }
        }
    }
}

fn waiting(page: Within<'_>, described: &Described, extent: Extent) -> Markup {
    let asked = asked(page.shown, page.attribution);
    let hidden = page.hidden.iter().map(|key| format!("&hide={}", encoded(key)));
    let hidden = if extent == Extent::Whole { hidden.collect() } else { String::new() };
    let (name, extent) = (described.name, extent.name());
    let address = format!("/fragment/result/{name}{asked}&extent={extent}{hidden}");
    html! {
        div.waits data-fragment=(address) {
            p.tested {
                "Being computed, for the first time since the release. "
                a href=(format!("/results/{}{asked}", described.name)) { "Open the result" }
                " and wait for it there."
            }
        }
    }
}

/// What stands behind the address of a result.
pub(crate) fn asked(shown: &Shown, attribution: Attribution) -> String {
    let collection = &shown.market.release.collection;
    match attribution {
        Attribution::Uploader => format!("?collection={collection}"),
        Attribution::Developer => format!("?collection={collection}&attribution=developer"),
    }
}
