//! What can be asked.

use schema::{Flagged, Group, Instant, Measure, MeasureKind, Statistic, Week, Window};

use crate::{Error, Result};

/// One question: statistics of a measure, over the units of a group, at some time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Query {
    /// What is asked, in the order of the answer's rows.
    pub statistics: Vec<Statistic>,
    /// What is counted.
    pub measure: Measure,
    /// What shares are of.
    pub group: Group,
    /// Which models are asked about; all conditions hold.
    pub conditions: Vec<Condition>,
    /// Which cells of flows are asked about.
    pub flagged: Flagged,
    /// When.
    pub period: Period,
    /// Over how many trailing weeks a flow is summed.
    pub window: Window,
    /// How many units the rows of units are cut to; all if none.
    pub top: Option<usize>,
}

/// When a question is asked of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Period {
    /// The newest reading, or the last complete week.
    Newest,
    /// At this instant, or the last week that was over by then.
    AsOf(Instant),
    /// Every week from one to another, as far as there are any.
    Weeks {
        /// The first week; the collection's first if none.
        from: Option<Week>,
        /// The last week; the collection's last if none.
        to: Option<Week>,
    },
    /// Every instant at which something was read; for flows every week.
    Readings,
}

/// One condition on models: an attribute has one of some values.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Condition {
    /// A groupable attribute.
    pub attribute: String,
    /// The values, any of which will do.
    pub values: Vec<String>,
}

impl Condition {
    /// Reads `attribute=value,attribute=value`; values of the same attribute are alternatives, and
    /// a comma that belongs to a value is written `\,`.
    pub fn parse_list(text: &str) -> Result<Vec<Self>> {
        let mut conditions: Vec<Self> = Vec::new();
        let parts = parted(text);
        for part in parts.iter().map(|part| part.trim()).filter(|part| !part.is_empty()) {
            let unreadable = || Error::UnreadableCondition { given: part.to_owned() };
            let (attribute, value) = part.split_once('=').ok_or_else(unreadable)?;
            let (attribute, value) = (attribute.trim().to_owned(), value.trim().to_owned());
            if attribute.is_empty() || value.is_empty() {
                return Err(unreadable());
            }
            match conditions.iter_mut().find(|known| known.attribute == attribute) {
                Some(known) => known.values.push(value),
                None => conditions.push(Self { attribute, values: vec![value] }),
            }
        }
        Ok(conditions)
    }

    /// Writes conditions as [`Condition::parse_list`] reads them.
    #[must_use]
    pub fn list_text(conditions: &[Self]) -> String {
        let parts = conditions.iter().flat_map(|condition| {
            let written = |value: &String| value.replace('\\', "\\\\").replace(',', "\\,");
            condition
                .values
                .iter()
                .map(move |value| format!("{}={}", condition.attribute, written(value)))
        });
        parts.collect::<Vec<_>>().join(",")
    }
}

/// The parts of a list between commas; a backslash before a comma or a backslash takes its meaning.
fn parted(list: &str) -> Vec<String> {
    let mut parts = vec![String::new()];
    let mut letters = list.chars().peekable();
    while let Some(letter) = letters.next() {
        let part = parts.last_mut().expect("there is always a part");
        match letter {
            '\\' => part.push(letters.next_if(|next| matches!(next, ',' | '\\')).unwrap_or('\\')),
            ',' => parts.push(String::new()),
            _ => part.push(letter),
        }
    }
    parts
}

impl Period {
    /// Reads what `--as-of`, `--from` and `--to` say together.
    pub fn parse(as_of: Option<&str>, from: Option<&str>, to: Option<&str>) -> Result<Self> {
        match (as_of, from, to) {
            (None, None, None) => Ok(Self::Newest),
            (Some(as_of), None, None) => Ok(Self::AsOf(Instant::parse_as_of(as_of)?)),
            (None, from, to) => {
                let week = |text: Option<&str>| text.map(str::parse::<Week>).transpose();
                let (from, to) = (week(from)?, week(to)?);
                if let (Some(first), Some(last)) = (from, to)
                    && first > last
                {
                    return Err(Error::Contradiction {
                        reason: "the period ends before it begins; swap --from and --to",
                    });
                }
                Ok(Self::Weeks { from, to })
            }
            _ => Err(Error::Contradiction {
                reason: "--as-of asks for one date and --from/--to for many; give one of them",
            }),
        }
    }
}

impl Query {
    /// Fails where parts of the question exclude each other.
    pub fn check(&self) -> Result<()> {
        if self.measure.kind() == MeasureKind::AsOf && self.window != Window::Week {
            return Err(Error::Contradiction {
                reason: "a window sums flows; readings as of a date have none: use --measure \
                         downloads or first_year, or leave --window out",
            });
        }
        if self.measure.kind() == MeasureKind::AsOf && self.flagged != Flagged::Include {
            return Err(Error::Contradiction {
                reason: "flags are of weeks; readings as of a date have none: use --measure \
                         downloads or first_year, or leave --flagged out",
            });
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests;
