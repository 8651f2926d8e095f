//! Numbers and dates as people read them.

use schema::{Day, Instant};

use crate::Unit;

const MONTHS: [&str; 12] =
    ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
/// Beyond this a number is written with an exponent.
const LARGEST_PLAIN: f64 = 1e15;
/// Digits of a number in short form.
const DIGITS: usize = 3;
/// Ticks that are closer are not told apart.
const MOST_DIGITS: usize = 12;
/// What stands for a number that is not defined.
pub(crate) const UNDEFINED: &str = "not defined";

/// Writes a value in short form, to three digits: 839,913,650 is "840 M", 0.1234 of a whole "12.3 %".
///
/// A value that is not finite is "not defined".
#[must_use]
pub fn format_value(unit: &Unit, value: f64) -> String {
    if !value.is_finite() {
        return UNDEFINED.to_owned();
    }
    match unit {
        Unit::Share => percent(value, 1),
        Unit::Points => points(value, 1),
        Unit::Index { max, .. } if *max >= 100.0 => grouped(value, 0),
        Unit::Index { .. } => signed(value, format!("{:.3}", value.abs())),
        Unit::Count(_) | Unit::Number(_) => compact(value, DIGITS),
    }
}

/// Writes a value in full: "839,913,650", "12.34 %".
///
/// Below 100, counts and numbers keep up to four digits behind the point.
/// A value that is not finite is "not defined".
#[must_use]
pub fn format_exact(unit: &Unit, value: f64) -> String {
    if !value.is_finite() {
        return UNDEFINED.to_owned();
    }
    match unit {
        Unit::Share => percent(value, 2),
        Unit::Points => points(value, 2),
        Unit::Index { max, .. } if *max >= 100.0 => grouped(value, 1),
        Unit::Index { .. } => signed(value, format!("{:.4}", value.abs())),
        Unit::Count(_) if value.abs() >= 100.0 => grouped(value, 0),
        Unit::Number(_) if value.abs() >= 100.0 => grouped(value, 2),
        Unit::Count(_) | Unit::Number(_) => grouped(value, 4),
    }
}

/// Writes the labels of an axis, with as many digits as tell its ticks apart.
pub(crate) fn tick_labels(unit: &Unit, ticks: &[f64], step: f64) -> Vec<String> {
    let digits = (DIGITS..MOST_DIGITS).find(|digits| are_apart(ticks, *digits));
    let digits = digits.unwrap_or(MOST_DIGITS);
    let write = |value: f64| match unit {
        Unit::Share => {
            signed(value, format!("{:.*} %", decimals_for(step * 100.0), value.abs() * 100.0))
        }
        Unit::Points => {
            signed(value, format!("{:.*}", decimals_for(step * 100.0), value.abs() * 100.0))
        }
        Unit::Index { max, .. } if *max < 100.0 => {
            signed(value, format!("{:.*}", decimals_for(step), value.abs()))
        }
        _ if step < 1.0 || step < 10.0 && step.fract() > 1e-9 => {
            signed(value, format!("{:.*}", decimals_for(step), value.abs()))
        }
        Unit::Index { .. } => grouped(value, 0),
        _ => compact(value, digits),
    };
    ticks.iter().map(|tick| if *tick == 0.0 { "0".to_owned() } else { write(*tick) }).collect()
}

/// Writes "4 Mar 2024".
pub(crate) fn day_text(day: Day) -> String {
    format!("{} {} {}", day.day_of_month(), month_text(day.month()), day.year())
}

/// Writes the day of an instant given in milliseconds.
pub(crate) fn millis_text(millis: f64) -> String {
    day_text(Instant::from_millis(millis as i64).day())
}

/// The short name of a month, 1 to 12.
pub(crate) fn month_text(month: u32) -> &'static str {
    MONTHS[(month.clamp(1, 12) - 1) as usize]
}

fn percent(share: f64, decimals: usize) -> String {
    let percent = share.abs() * 100.0;
    let least = 10_f64.powi(-(decimals as i32));
    let text = if percent == 0.0 {
        "0 %".to_owned()
    } else if percent < least / 2.0 {
        format!("<{least} %")
    } else if percent >= 1e6 {
        format!("{percent:.2e} %")
    } else if (percent - 100.0).abs() < 1e-9 {
        "100 %".to_owned()
    } else {
        format!("{percent:.decimals$} %")
    };
    signed(share, text)
}

fn points(difference: f64, decimals: usize) -> String {
    percent(difference, decimals).replace(" %", " points")
}

/// Whether no two ticks that follow each other are the same with so many digits.
fn are_apart(ticks: &[f64], digits: usize) -> bool {
    ticks.windows(2).all(|two| compact(two[0], digits) != compact(two[1], digits))
}

/// Writes a number with so many digits that matter, and what it is thousands or millions of.
fn compact(value: f64, digits: usize) -> String {
    let size = value.abs();
    if size < 10_000.0 {
        return if size >= 1000.0 {
            grouped(value, 0)
        } else {
            signed(value, rounded(size, digits))
        };
    }
    for (divisor, suffix) in [(1e3, "k"), (1e6, "M"), (1e9, "B"), (1e12, "T")] {
        if size / divisor < 999.5 {
            return signed(value, format!("{} {suffix}", rounded(size / divisor, digits)));
        }
    }
    signed(value, format!("{size:.2e}"))
}

/// So many significant digits of a number that is not negative, without trailing zeros.
fn rounded(size: f64, digits: usize) -> String {
    if size == 0.0 {
        return "0".to_owned();
    }
    if size < 1e-6 {
        return format!("{size:.2e}");
    }
    let magnitude = size.log10().floor() as i32;
    let decimals = (digits as i32 - 1 - magnitude).max(0) as usize;
    trimmed(format!("{size:.decimals$}"))
}

/// Thousands set apart by commas, with up to `decimals` digits behind the point.
fn grouped(value: f64, decimals: usize) -> String {
    let size = value.abs();
    if size >= LARGEST_PLAIN {
        return signed(value, format!("{size:.2e}"));
    }
    let plain = trimmed(format!("{size:.decimals$}"));
    let (whole, rest) = plain.split_once('.').unwrap_or((&plain, ""));
    let mut text = String::new();
    for (index, digit) in whole.chars().enumerate() {
        if index > 0 && (whole.len() - index).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    if !rest.is_empty() {
        text.push('.');
        text.push_str(rest);
    }
    signed(value, text)
}

fn trimmed(number: String) -> String {
    if !number.contains('.') {
        return number;
    }
    number.trim_end_matches('0').trim_end_matches('.').to_owned()
}

/// Puts a minus sign before what is not all zeros.
fn signed(value: f64, text: String) -> String {
    let has_digit = text.chars().any(|character| ('1'..='9').contains(&character));
    if value < 0.0 && has_digit { format!("−{text}") } else { text }
}

fn decimals_for(step: f64) -> usize {
    let is_whole = |decimals: &usize| {
        let scaled = step * 10_f64.powi(*decimals as i32);
        (scaled - scaled.round()).abs() < 1e-6 * scaled.max(1e-3)
    };
    (0..9).find(is_whole).unwrap_or(9)
}

#[cfg(test)]
mod tests;
