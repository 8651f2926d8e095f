//! Faults as text.

use std::str::FromStr;
use std::time::Duration;

use super::{Fault, Faults, Matcher, Place};
use crate::{Error, Result};

impl FromStr for Faults {
    type Err = Error;

    /// Reads `none`, `rate SHARE [seed N] [of KIND,…] [hold SECONDS]` or
    /// `script PLACE[*TIMES]:KIND,… [hold SECONDS]`; a script may come without its first word.
    fn from_str(text: &str) -> Result<Self> {
        let mut words = text.split_whitespace();
        let first = words.next().ok_or_else(|| unreadable(text, "it is empty"))?;
        let mut faults = match first {
            "none" => Self::none(),
            "rate" => {
                let share =
                    words.next().ok_or_else(|| unreadable(text, "no share after `rate`"))?;
                Self::by_rate(0, read_share(share)?)
            }
            "script" => {
                let entries =
                    words.next().ok_or_else(|| unreadable(text, "no entries after `script`"))?;
                Self::script(read_entries(entries)?)
            }
            entries => Self::script(read_entries(entries)?),
        };
        while let Some(word) = words.next() {
            let value = words.next().ok_or_else(|| unreadable(word, "a value has to follow it"))?;
            faults.set(word, value)?;
        }
        Ok(faults)
    }
}

impl Faults {
    fn set(&mut self, word: &str, value: &str) -> Result<()> {
        match (word, &mut self.plan) {
            ("hold", _) => {
                let seconds: f64 = read_number(value)?;
                self.hold = Duration::try_from_secs_f64(seconds)
                    .map_err(|_| unreadable(value, "expected seconds"))?;
            }
            ("seed", super::Plan::Rate { seed, .. }) => *seed = read_number(value)?,
            ("of", super::Plan::Rate { kinds, .. }) => {
                *kinds = value.split(',').map(read_fault).collect::<Result<_>>()?;
            }
            _ => return Err(unreadable(word, "expected `hold`, or `seed` or `of` after a rate")),
        }
        Ok(())
    }
}

fn read_share(text: &str) -> Result<f64> {
    let share: f64 = read_number(text)?;
    if (0.0..=1.0).contains(&share) {
        Ok(share)
    } else {
        Err(unreadable(text, "expected a share between 0 and 1"))
    }
}

fn read_entries(text: &str) -> Result<Vec<(Matcher, Fault)>> {
    let mut entries = Vec::new();
    for entry in text.split(',').filter(|entry| !entry.is_empty()) {
        let (place, kind) = entry
            .rsplit_once(':')
            .ok_or_else(|| unreadable(entry, "expected PLACE:KIND, as 3:429"))?;
        entries.push((read_matcher(place)?, read_fault(kind)?));
    }
    Ok(entries)
}

fn read_matcher(text: &str) -> Result<Matcher> {
    let (place, times) = match text.rsplit_once('*') {
        Some((place, times)) if !times.is_empty() => (place, Some(read_number(times)?)),
        _ => (text, None),
    };
    let place = if place == "deep" {
        Place::Deep
    } else if place == "all" {
        Place::Everywhere
    } else if let Some(part) = place.strip_prefix('~') {
        Place::Holds(part.to_owned())
    } else {
        let (first, last) = place.split_once('-').unwrap_or((place, place));
        Place::Numbers(read_number(first)?, read_number(last)?)
    };
    Ok(Matcher { place, times })
}

fn read_fault(text: &str) -> Result<Fault> {
    Fault::ALL.iter().find(|(_, name)| *name == text).map(|(fault, _)| *fault).ok_or_else(|| {
        let known = Fault::ALL.map(|(_, name)| name).join(", ");
        unreadable(text, &format!("expected one of {known}"))
    })
}

fn read_number<T: FromStr>(text: &str) -> Result<T> {
    text.parse().map_err(|_| unreadable(text, "expected a number"))
}

fn unreadable(given: &str, reason: &str) -> Error {
    Error::Faults { given: given.to_owned(), reason: reason.to_owned() }
}
