//! How often a model is downloaded.
//!
//! One cumulative count per model and day is the only truth. A day's downloads are the difference
//! of two counts a day apart and the rolling counter that of two counts 30 days apart, so the
//! counters agree exactly. The count has a closed form and needs no walk over the days.

use schema::Day;

use crate::numbers::{mix, unit};

/// Days of the rolling counter.
pub(crate) const ROLLING_DAYS: i32 = 30;

/// Effective days in a thousand, Monday to Sunday: less is downloaded at weekends.
const WEEKDAYS: [i64; 7] = [1150, 1200, 1200, 1150, 1100, 600, 600];
const WEEK: i64 = 7_000;
/// How far, in effective days, a day's end is shifted at most.
///
/// Two shifts together stay below the shortest day, so that the count never falls.
const SHIFT: f64 = 0.2;

/// The parameters of a model's downloads.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Flow {
    /// The day before which nothing was downloaded.
    pub(crate) born_on: Day,
    /// Downloads a day when the model is new.
    pub(crate) rate: f64,
    /// Days after which the initial rate has fallen to a quarter.
    pub(crate) fades_after: f64,
    /// The share of the initial rate that never fades.
    pub(crate) evergreen_share: f64,
    /// A second wave of attention.
    pub(crate) burst: Option<Burst>,
    /// What the day-to-day noise is drawn from.
    pub(crate) noise: u64,
}

/// A second wave of attention.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Burst {
    /// Its onset, in effective days after birth.
    pub(crate) after: f64,
    /// Its height as a multiple of the initial rate.
    pub(crate) height: f64,
    /// Days after which it has fallen to a quarter.
    pub(crate) fades_after: f64,
}

impl Flow {
    /// Downloads from birth until the midnight at which `day` begins.
    pub(crate) fn all_time(&self, day: Day) -> u64 {
        if day <= self.born_on {
            return 0;
        }
        let age = self.age(day);
        let mut days = (1.0 - self.evergreen_share) * faded(age, self.fades_after);
        days += self.evergreen_share * age;
        if let Some(burst) = self.burst {
            days += burst.height * faded(age - burst.after, burst.fades_after);
        }
        (self.rate * days) as u64
    }

    /// Downloads during the `days` days before the midnight at which `day` begins.
    pub(crate) fn during(&self, day: Day, days: i32) -> u64 {
        let before = Day::from_epoch_days(day.epoch_days() - days);
        self.all_time(day) - self.all_time(before)
    }

    /// Effective days from birth to the beginning of `day`, which is later.
    fn age(&self, day: Day) -> f64 {
        let age = effective_days(day) - effective_days(self.born_on);
        let noise = mix(self.noise ^ mix(u64::from(day.epoch_days().cast_unsigned())));
        age as f64 / 1000.0 + (unit(noise) * 2.0 - 1.0) * SHIFT
    }
}

/// The integral of a rate that begins at 1 and falls as 1 / (1 + age / scale)².
fn faded(age: f64, scale: f64) -> f64 {
    if age <= 0.0 { 0.0 } else { age / (1.0 + age / scale) }
}

/// Effective days, in thousandths, from a fixed Monday to the beginning of `day`.
fn effective_days(day: Day) -> i64 {
    let week = day.week();
    let weekday = day.epoch_days() - week.monday().epoch_days();
    i64::from(week.number()) * WEEK + WEEKDAYS.iter().take(weekday as usize).sum::<i64>()
}

#[cfg(test)]
mod tests;
