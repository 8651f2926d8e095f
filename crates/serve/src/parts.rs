//! Parts of pages, each a function from data to markup.

mod figure;
mod filters;
mod layout;
mod leaderboard;
mod table;

use schema::Day;

pub(crate) use figure::figure;
pub(crate) use filters::{models_filters, power_filters};
pub(crate) use layout::{Shell, shell};
pub(crate) use leaderboard::leaderboard;
pub(crate) use table::{scrolled, table};

/// A day as people read it, "21 Aug 2026", which no line's end parts.
pub(crate) fn day(day: Day) -> String {
    const MONTHS: [&str; 12] =
        ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
    let month = MONTHS[(day.month().clamp(1, 12) - 1) as usize];
    format!("{}\u{a0}{month}\u{a0}{}", day.day_of_month(), day.year())
}

/// A whole number with its thousands set apart.
pub(crate) fn grouped(number: u64) -> String {
    chart::format_exact(&chart::Unit::Count(""), number as f64)
}

/// A number with its noun, in the singular where it is one.
pub(crate) fn counted(number: u64, one: &str, many: &str) -> String {
    format!("{} {}", grouped(number), if number == 1 { one } else { many })
}
