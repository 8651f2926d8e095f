//! Where to go on: a question of each kind of reader, and the page that answers it.

use maud::{Markup, html};

use super::About;
use crate::parts;

/// Who asks, what, and where the answer is.
type Way = (&'static str, &'static str, &'static [Answer]);

/// A page by its path, what its address has beside the collection, and what it is called there.
type Answer = (&'static str, &'static str, &'static str);

const WAYS: [Way; 4] = [
    (
        "For research",
        "Did concentration change, and would another definition say otherwise?",
        &[
            ("/results/concentration", "", "The result with its tests"),
            ("/robustness", "", "Under every definition"),
            ("/replication", "", "All claims of the paper"),
        ],
    ),
    (
        "For policy",
        "On whose models does the world depend, how open are they, and may companies use them?",
        &[
            ("/power", "", "Who holds how much"),
            ("/openness", "", "How open it is"),
            ("/openness", "&group=is_license_commercial", "Commercial use"),
        ],
    ),
    (
        "For a story",
        "Who overtook whom, and is it true that China's models overtook those of the United States?",
        &[
            ("/power", "&open=ranks#ranks", "How places changed"),
            ("/robustness/china-rises", "", "The claim, definition by definition"),
        ],
    ),
    (
        "For building models",
        "Is my model counted, how is it doing, and who stands between it and its users?",
        &[
            ("/counted", "", "Is my model counted?"),
            ("/search", "&kind=model", "Find a model"),
            ("/intermediaries", "", "Who stands between"),
        ],
    ),
];

/// Pages whose address takes whose a model is.
const OF_OWNERS: [&str; 2] = ["/results", "/power"];

/// The section.
pub(super) fn section(about: &About<'_>) -> Markup {
    let collection = &about.shown.market.release.collection;
    let address = |path: &str, more: &str| {
        if OF_OWNERS.iter().any(|known| path.starts_with(known)) {
            let asked = parts::asked(about.shown, about.attribution.of_results());
            return format!("{path}{asked}{more}");
        }
        format!("{path}?collection={collection}{more}")
    };
    // What a collection knows of no model leads nowhere.
    let is_known = |(_, more, _): &&Answer| {
        more.strip_prefix("&group=").is_none_or(|group| about.shown.is_known(group))
    };
    html! {
        section aria-labelledby="ways" {
            h2 #ways { "Come with a question" }
            ul.ways {
                @for (who, question, pages) in WAYS {
                    li {
                        h3 { (who) }
                        p { (question) }
                        p.files {
                            @for (path, more, name) in pages.iter().filter(|way| is_known(way)) {
                                a href=(address(path, more)) { (name) }
                            }
                        }
                    }
                }
            }
        }
    }
}
