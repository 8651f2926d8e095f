//! Dates in names and texts, told by a pattern as `{year}-{month}-{day}T{hour}{minute}{second}*`.

use schema::{Day, Instant};

use super::sink::Sink;
use crate::fields::fault_of_instant;

const MINUTE_MS: i64 = 60_000;
const HOUR_MS: i64 = 60 * MINUTE_MS;

/// A text with places for the parts of a date; `*` stands for anything.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct NamePattern {
    pieces: Vec<Piece>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Piece {
    Literal(String),
    Anything,
    Part(Part),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Part {
    Year,
    Month,
    Day,
    Hour,
    Minute,
    Second,
}

const PARTS: [(&str, Part); 6] = [
    ("year", Part::Year),
    ("month", Part::Month),
    ("day", Part::Day),
    ("hour", Part::Hour),
    ("minute", Part::Minute),
    ("second", Part::Second),
];
/// The parts of an example, in the order of [`PARTS`].
const EXAMPLE: [&str; PARTS.len()] = ["2026", "08", "19", "09", "36", "31"];
const DATE: &str = "{year}-{month}-{day}";

/// What of a date a text says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
struct Found {
    /// By the place of the part in [`PARTS`].
    numbers: [Option<u32>; PARTS.len()],
}

/// How a date that says less than an instant is understood.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Clock {
    /// The time of day where none is written, in milliseconds since midnight.
    pub(super) time_ms: i64,
    /// How far the local time is ahead of UTC, in milliseconds.
    pub(super) offset_ms: i64,
}

impl NamePattern {
    /// Reads a pattern; `{date}` is short for `{year}-{month}-{day}`. It must tell a day, once.
    pub(super) fn parse(text: &str) -> Result<Self, String> {
        let mut pieces = Vec::new();
        let whole = text.replace("{date}", DATE);
        let mut rest = whole.as_str();
        while !rest.is_empty() {
            if let Some(after) = rest.strip_prefix('*') {
                pieces.push(Piece::Anything);
                rest = after;
            } else if let Some(after) = rest.strip_prefix('{') {
                let part = PARTS.iter().find_map(|(name, part)| {
                    Some((*part, after.strip_prefix(name)?.strip_prefix('}')?))
                });
                let (part, after) = part.ok_or_else(|| {
                    format!("'{text}' has a '{{' that begins none of {{date}}, {{year}}, {{month}}, {{day}}, {{hour}}, {{minute}}, {{second}}")
                })?;
                pieces.push(Piece::Part(part));
                rest = after;
            } else {
                let end = rest.find(['*', '{']).unwrap_or(rest.len());
                pieces.push(Piece::Literal(rest[..end].to_owned()));
                rest = &rest[end..];
            }
        }
        for part in [Part::Year, Part::Month, Part::Day] {
            let count = pieces.iter().filter(|piece| **piece == Piece::Part(part)).count();
            if count != 1 {
                return Err(format!("'{text}' must say year, month and day, each once"));
            }
        }
        Ok(Self { pieces })
    }

    /// How many folders it names before the file.
    pub(super) fn folders(&self) -> usize {
        let slashes = |piece: &Piece| match piece {
            Piece::Literal(literal) => literal.matches('/').count(),
            _ => 0,
        };
        self.pieces.iter().map(slashes).sum()
    }

    /// An example of it for messages: of a Wednesday in 2026, with `…` for anything.
    pub(super) fn example(&self) -> String {
        let piece = |piece: &Piece| match piece {
            Piece::Literal(literal) => literal.clone(),
            Piece::Anything => "…".to_owned(),
            Piece::Part(part) => EXAMPLE[*part as usize].to_owned(),
        };
        self.pieces.iter().map(piece).collect()
    }

    /// The instant that a text says; `None` where it does not fit, or says no day that exists.
    pub(super) fn instant(&self, text: &str, clock: Clock) -> Option<Instant> {
        fit(&self.pieces, text, Found::default())?.instant(clock)
    }
}

impl Found {
    fn of(&self, part: Part) -> Option<u32> {
        self.numbers[part as usize]
    }

    fn instant(&self, clock: Clock) -> Option<Instant> {
        let year = i32::try_from(self.of(Part::Year)?).ok()?;
        let day = Day::from_ymd(year, self.of(Part::Month)?, self.of(Part::Day)?)?;
        let time = match self.of(Part::Hour) {
            None => clock.time_ms,
            Some(hour) => {
                let (minute, second) =
                    (self.of(Part::Minute).unwrap_or(0), self.of(Part::Second).unwrap_or(0));
                if hour > 23 || minute > 59 || second > 59 {
                    return None;
                }
                i64::from(hour) * HOUR_MS + i64::from(minute) * MINUTE_MS + i64::from(second) * 1000
            }
        };
        Some(Instant::from_millis(day.start().millis() + time - clock.offset_ms))
    }
}

fn fit(pieces: &[Piece], text: &str, mut found: Found) -> Option<Found> {
    let Some((first, rest)) = pieces.split_first() else {
        return text.is_empty().then_some(found);
    };
    match first {
        Piece::Literal(literal) => fit(rest, text.strip_prefix(literal.as_str())?, found),
        Piece::Anything => {
            let ends = text.char_indices().map(|(at, _)| at).chain([text.len()]);
            ends.into_iter().find_map(|end| fit(rest, &text[end..], found))
        }
        Piece::Part(part) => {
            let digits = text.get(..if *part == Part::Year { 4 } else { 2 })?;
            if !digits.bytes().all(|byte| byte.is_ascii_digit()) {
                return None;
            }
            found.numbers[*part as usize] = digits.parse().ok();
            fit(rest, &text[digits.len()..], found)
        }
    }
}

/// Reads a time of day, as `12:00`.
pub(super) fn time_of_day(text: &str) -> Option<i64> {
    let (hour, minute) = text.split_once(':')?;
    let two = |digits: &str| (digits.len() == 2).then(|| digits.parse::<i64>().ok()).flatten();
    let (hour, minute) = (two(hour)?, two(minute)?);
    ((0..24).contains(&hour) && (0..60).contains(&minute))
        .then_some(hour * HOUR_MS + minute * MINUTE_MS)
}

/// Reads an offset from UTC, as `+02:00` or `Z`.
pub(super) fn utc_offset(text: &str) -> Option<i64> {
    match text.as_bytes().first()? {
        b'Z' if text.len() == 1 => Some(0),
        b'+' => time_of_day(&text[1..]),
        b'-' => time_of_day(&text[1..]).map(|offset| -offset),
        _ => None,
    }
}

/// The instant in the name of the file that is read, in UTC.
///
/// Where there is none, or one that cannot be, the problem is noted and nothing can be taken.
pub(super) fn read_at(pattern: &NamePattern, sink: &mut Sink<'_>) -> Option<Instant> {
    read_at_by(pattern, Clock::default(), sink)
}

/// The instant in the name of the file that is read, understood by a clock; as [`read_at`].
pub(super) fn read_at_by(
    pattern: &NamePattern,
    clock: Clock,
    sink: &mut Sink<'_>,
) -> Option<Instant> {
    let Some(at) = instant_of_file(pattern, clock, sink.file()) else {
        let reason = format!(
            "the file's name does not say when it was read; expected as {}",
            pattern.example()
        );
        sink.leave_out_rest(None, reason);
        return None;
    };
    if let Some(fault) = fault_of_instant(at, sink.now()) {
        sink.leave_out_rest(None, format!("the date in its name: {fault}"));
        return None;
    }
    Some(at)
}

/// The instant in a file's name, with or without its folder.
pub(super) fn instant_of_file(pattern: &NamePattern, clock: Clock, file: &str) -> Option<Instant> {
    let name = file.rsplit('/').next().unwrap_or_default();
    pattern.instant(name, clock).or_else(|| pattern.instant(file, clock))
}

#[cfg(test)]
mod tests;
