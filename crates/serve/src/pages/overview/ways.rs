//! Where to go on: a question of each kind of reader, and the page that answers it.

use maud::{Markup, html};

use super::About;
use crate::parts;

/// Who asks, what, and where the answer is: pages by path with what they are called there.
type Way = (&'static str, &'static str, [(&'static str, &'static str); 2]);

const WAYS: [Way; 4] = [
    (
        "For research",
        "Did concentration change, and would another definition say otherwise?",
        [
            ("/results/concentration", "The result with its tests"),
            ("/robustness", "Under every definition"),
        ],
    ),
    (
        "For policy",
        "On whose models does the world depend, and how open are they?",
        [("/power", "Who holds how much"), ("/openness", "How open it is")],
    ),
    (
        "For a story",
        "Is it true that China's models overtook those of the United States?",
        [
            ("/robustness/china-rises", "The claim, definition by definition"),
            ("/replication", "All claims of the paper"),
        ],
    ),
    (
        "For building models",
        "What do people use, and who stands between a model and its users?",
        [("/models", "What the models are"), ("/intermediaries", "Who stands between")],
    ),
];

/// Pages whose address takes whose a model is.
const OF_OWNERS: [&str; 2] = ["/results", "/power"];

/// The section.
pub(super) fn section(about: &About<'_>) -> Markup {
    let collection = &about.shown.market.release.collection;
    let address = |path: &str| {
        if OF_OWNERS.iter().any(|known| path.starts_with(known)) {
            return format!("{path}{}", parts::asked(about.shown, about.attribution.of_results()));
        }
        format!("{path}?collection={collection}")
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
                            @for (path, name) in pages { a href=(address(path)) { (name) } }
                        }
                    }
                }
            }
        }
    }
}
