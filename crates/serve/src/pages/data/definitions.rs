//! What every word means: measures, statistics, states, indicators.

use analyze::indicators::INDICATORS;
use maud::{Markup, html};
use schema::{Measure, Statistic};

use crate::pages::methods;

/// The section of definitions; measures that the collection lacks say so.
pub(super) fn section(measures: &[Measure]) -> Markup {
    html! {
        section aria-labelledby="definitions" {
            h2 #definitions { "Definitions" }
            h3 { "Measures" }
            dl.facts {
                @for measure in Measure::ALL {
                    dt { (measure.title()) " " code { (measure.name()) } }
                    dd {
                        (measure.definition())
                        @if !measures.contains(&measure) { " This collection has none." }
                    }
                }
            }
            h3 { "Statistics" }
            dl.facts {
                @for statistic in Statistic::ALL {
                    @let (meaning, method) = meaning(statistic);
                    dt { (statistic.title()) " " code { (statistic.name()) } }
                    dd { (meaning) " " (methods::link(method)) }
                }
            }
            h3 { "How sure a number is" }
            dl.facts {
                dt { "Interval" }
                dd { "95 % measurement interval: gaps, estimated weeks, rolling sums. A complete census read exactly has none. " (methods::link("uncertainty")) }
                dt { "Bounds" }
                dd { "What the number could be, wherever the mass of unknown and unreviewed owners belongs. " (methods::link("bounds")) }
                dt { "Observed" }
                dd { "Two readings bound the week." }
                dt { "Estimated" }
                dd { "Interpolated between readings further apart, or recovered from rolling sums. A point of a figure is drawn as estimated where at least half of its mass is." }
                dt { "Missing" }
                dd { "Known not to be known: never zero, in no sum, drawn as a gap." }
                dt { "Unreviewed" }
                dd { "Nobody has looked at who the owner is yet. It is neither unknown (looked at, and could not be told) nor unaffiliated (a reviewed individual)." }
            }
            h3 { "Indicators" }
            p.subtitle { "Standing questions whose answers are kept with every release." }
            dl.facts {
                @for indicator in INDICATORS {
                    dt { (indicator.title) " " code { (indicator.name) } }
                    dd { (indicator.meaning) }
                }
            }
        }
    }
}

/// What a statistic says, and the page on how it is computed.
pub(crate) fn meaning(statistic: Statistic) -> (&'static str, &'static str) {
    match statistic {
        Statistic::Sum => ("The total of the market, then the sum of each unit.", "share"),
        Statistic::Share => ("A unit's part of the market, 0 to 1.", "share"),
        Statistic::Rank => ("A unit's place by size, the largest 1.", "rank"),
        Statistic::Percentile => {
            ("The part of the units that are smaller, and half of those of its size.", "rank")
        }
        Statistic::Hhi => {
            ("Herfindahl–Hirschman index: the sum of squared shares, 0 to 10,000.", "hhi")
        }
        Statistic::HhiNormalized => ("The same, rescaled to 0 to 1 by the number of units.", "hhi"),
        Statistic::EffectiveNumber => {
            ("How many equal units would give the same HHI.", "effective-number")
        }
        Statistic::Cr1 => ("Share of the largest unit.", "concentration-ratio"),
        Statistic::Cr4 => ("Share of the 4 largest units together.", "concentration-ratio"),
        Statistic::Cr10 => ("Share of the 10 largest units together.", "concentration-ratio"),
        Statistic::Gini => {
            ("0 when all units are equal, 1 when one holds everything; idle units count.", "gini")
        }
        Statistic::Entropy => ("Shannon entropy of the shares, in nats.", "entropy"),
        Statistic::Theil => ("Theil's T over the units, in nats.", "theil"),
        Statistic::Quantiles => {
            ("The sums below which given parts of the units lie: p50 is the middle one.", "lorenz")
        }
        Statistic::Lorenz => {
            ("What given parts of the units, the smallest, hold together, 0 to 1.", "lorenz")
        }
        Statistic::Top => ("The largest units with their sums.", "share"),
    }
}
