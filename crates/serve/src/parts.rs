//! Parts of pages, each a function from data to markup.

mod figure;
mod filters;
mod later;
mod layout;
mod leaderboard;
mod most_used;
mod preview;
mod result;
mod search_box;
mod slider;
mod standing;
mod standings;
mod sure;
mod table;
mod takeaway;
mod unit_address;
mod words;

use schema::{Day, Instant};

pub(crate) use figure::figure;
pub(crate) use filters::{
    Choice, UnitForm, attribute_filters, averages_filters, chosen, explore_filters, models_filters,
    others, power_filters, select, switch, unit_filters,
};
pub(crate) use later::{Later, later};
pub(crate) use layout::{Follows, Shell, shell};
pub(crate) use leaderboard::{leaderboard, moment as moment_of, upper_first};
pub(crate) use most_used::most_used;
pub(crate) use result::{Extent, WAITING, asked, filled, result};
pub(crate) use search_box::search_box;
pub(crate) use slider::{Slider, moment_slider};
pub(crate) use standing::{class, mark, symbol};
pub(crate) use standings::{Listed, standings};
pub(crate) use sure::{range, sure};
pub(crate) use table::{scrolled, table};
pub(crate) use unit_address::{address as address_of, unit_address};
pub(crate) use words::words;

/// A day as people read it, "21 Aug 2026", which no line's end parts.
pub(crate) fn day(day: Day) -> String {
    const MONTHS: [&str; 12] =
        ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
    let month = MONTHS[(day.month().clamp(1, 12) - 1) as usize];
    format!("{}\u{a0}{month}\u{a0}{}", day.day_of_month(), day.year())
}

/// A moment as people read it, "21 Aug 2026 07:36", in UTC.
pub(crate) fn moment(at: Instant) -> String {
    const MS_PER_MINUTE: i64 = 60_000;
    let minutes = (at.millis() - at.day().start().millis()) / MS_PER_MINUTE;
    format!("{}\u{a0}{:02}:{:02}", day(at.day()), minutes / 60, minutes % 60)
}

/// How long something took or is ago, in its largest unit, rounded down: "3 hours", "12 days".
pub(crate) fn duration(seconds: u64) -> String {
    match seconds {
        0..60 => "under a minute".to_owned(),
        60..3_600 => counted(seconds / 60, "minute", "minutes"),
        3_600..172_800 => counted(seconds / 3_600, "hour", "hours"),
        _ => counted(seconds / 86_400, "day", "days"),
    }
}

/// A whole number with its thousands set apart.
pub(crate) fn grouped(number: u64) -> String {
    chart::format_exact(&chart::Unit::Count(""), number as f64)
}

/// A number with its noun, in the singular where it is one.
pub(crate) fn counted(number: u64, one: &str, many: &str) -> String {
    format!("{} {}", grouped(number), if number == 1 { one } else { many })
}

#[cfg(test)]
mod tests;
