//! How downloads are counted, and what the Hub shows of the counts.
//!
//! Three things come between the truth and what is shown, each as it has been seen on the real
//! Hub: from a date on, the downloads of a library are counted by another rule; at a date the
//! count of all time falls for some models, and for some of these it recovers; and on some days
//! no counter is refreshed, so that the next refresh makes a step of several days.

use schema::{Day, Instant};

use crate::flow::ROLLING_DAYS;
use crate::model::Model;
use crate::numbers::{between, mix, unit};

/// A change of the rule by which a library's downloads are counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Definition {
    /// The first day that is counted by the new rule.
    pub(crate) from_on: Day,
    /// Which library.
    pub(crate) library: &'static str,
    /// By how much more is counted, as a numerator.
    pub(crate) numerator: u64,
    /// And its denominator.
    pub(crate) denominator: u64,
}

/// A day at which counts of all time fall.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Restatement {
    /// The first day that shows the lower counts.
    pub(crate) on: Day,
    /// How many models fall, in a thousand.
    pub(crate) per_mille: u64,
    /// The smallest share of its count that a model loses.
    pub(crate) least: f64,
    /// The largest.
    pub(crate) most: f64,
    /// After how many days every second model recovers; `None` where none does.
    pub(crate) recovers_after_days: Option<i32>,
}

/// Days on which no counter is refreshed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Outage {
    /// The first.
    pub(crate) first_on: Day,
    /// The last.
    pub(crate) last_on: Day,
}

/// Everything that is peculiar about the counters.
#[derive(Debug, Clone, Default)]
pub(crate) struct Counting {
    /// Changes of rules, by date.
    pub(crate) definitions: Vec<Definition>,
    /// Falls, by date.
    pub(crate) restatements: Vec<Restatement>,
    /// Days without new counts, by date.
    pub(crate) outages: Vec<Outage>,
}

/// What the Hub shows of a model's downloads on a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Counters {
    /// Of all time.
    pub(crate) all_time: u64,
    /// Of the last 30 days.
    pub(crate) rolling: u64,
}

impl Counting {
    /// The usual peculiarities, spread over the 60 weeks before `at`.
    pub(super) fn before(at: Instant) -> Self {
        let day = |weeks: i32, days: i32| {
            Day::from_epoch_days(at.week().plus(-weeks).monday().epoch_days() + days)
        };
        let definition = |from_on, library, numerator, denominator| Definition {
            from_on,
            library,
            numerator,
            denominator,
        };
        Self {
            definitions: vec![
                definition(day(52, 2), "stable-baselines3", 6, 1),
                definition(day(33, 3), "peft", 1, 2),
            ],
            restatements: vec![
                Restatement {
                    on: day(23, 0),
                    per_mille: 40,
                    least: 0.15,
                    most: 0.40,
                    recovers_after_days: Some(9),
                },
                Restatement {
                    on: day(6, 2),
                    per_mille: 20,
                    least: 0.05,
                    most: 0.20,
                    recovers_after_days: None,
                },
            ],
            // From a Sunday to a Tuesday, so that a reading on Monday sees them.
            outages: vec![
                Outage { first_on: day(14, -1), last_on: day(14, 1) },
                Outage { first_on: day(3, -1), last_on: day(3, 1) },
            ],
        }
    }

    /// Downloads that are counted from birth until the beginning of `day`, whatever is shown.
    pub(crate) fn counted(&self, model: &Model, day: Day) -> u64 {
        let library = model.library();
        let mut total = 0;
        let mut from = 0;
        let (mut numerator, mut denominator) = (1, 1);
        for rule in self.definitions.iter().filter(|rule| Some(rule.library) == library) {
            if rule.from_on >= day {
                break;
            }
            let until = model.flow.all_time(rule.from_on);
            total += (until - from) * numerator / denominator;
            from = until;
            (numerator, denominator) = (rule.numerator, rule.denominator);
        }
        total + (model.flow.all_time(day) - from) * numerator / denominator
    }

    /// What is shown of a model's downloads on a day.
    pub(crate) fn shown(&self, model: &Model, day: Day) -> Counters {
        let day = self.refreshed_on(day);
        let counted = self.counted(model, day);
        let before = Day::from_epoch_days(day.epoch_days() - ROLLING_DAYS);
        let fallen: u64 = self.restatements.iter().map(|it| self.lost(it, model, day)).sum();
        Counters { all_time: counted - fallen, rolling: counted - self.counted(model, before) }
    }

    /// What a restatement takes from a model's count of all time on a day.
    pub(crate) fn lost(&self, restatement: &Restatement, model: &Model, day: Day) -> u64 {
        if day < restatement.on {
            return 0;
        }
        let bits =
            mix(model.object_id.rest() ^ u64::from(restatement.on.epoch_days().cast_unsigned()));
        if bits % 1_000 >= restatement.per_mille {
            return 0;
        }
        let recovers = restatement.recovers_after_days.filter(|_| mix(bits).is_multiple_of(2));
        if recovers.is_some_and(|days| day.epoch_days() >= restatement.on.epoch_days() + days) {
            return 0;
        }
        let share = between(restatement.least, restatement.most, unit(mix(bits ^ 1)));
        (self.counted(model, restatement.on) as f64 * share) as u64
    }

    /// The day whose counts are shown on a day.
    fn refreshed_on(&self, day: Day) -> Day {
        let outage = self.outages.iter().find(|it| (it.first_on..=it.last_on).contains(&day));
        outage.map_or(day, |it| Day::from_epoch_days(it.first_on.epoch_days() - 1))
    }
}

#[cfg(test)]
mod tests;
