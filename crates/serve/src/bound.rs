//! Text that is bound to where it comes from: numbers, days and names of the data.
//!
//! Prose of results and reports has digits in these alone, and a test holds each of them against
//! what it names. Where it comes from is written as a path: `countries/3/value` is the value of
//! the fourth line of the result `countries`, `market/models` how many models the market has.

use maud::{Markup, html};
use schema::{Day, Instant};

use crate::parts;

/// A number as it is written, with all its digits and where it comes from.
pub(crate) fn number(text: &str, value: f64, from: &str) -> Markup {
    html! { data value=(value) data-from=(from) { (text) } }
}

/// A count.
pub(crate) fn count(count: u64, from: &str) -> Markup {
    html! { data value=(count) data-from=(from) { (parts::grouped(count)) } }
}

/// A count with its noun, in the singular where it is one.
pub(crate) fn counted(number: u64, (one, many): (&str, &str), from: &str) -> Markup {
    html! { (count(number, from)) " " (if number == 1 { one } else { many }) }
}

/// A day.
pub(crate) fn day(at: Day) -> Markup {
    html! { time datetime=(at) { (parts::day(at)) } }
}

/// A moment, to the minute.
pub(crate) fn moment(at: Instant) -> Markup {
    html! { time datetime=(at) { (parts::moment(at)) } }
}

/// A name from the data, as of a unit.
pub(crate) fn name(text: &str) -> Markup {
    html! { span.name { (text) } }
}

/// What another part says in its own words, as a note of a result.
pub(crate) fn quoted(text: &str, from: &str) -> Markup {
    html! { span.name data-from=(from) { (text) } }
}
