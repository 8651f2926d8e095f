//! Models whose daily downloads are known, and what counters would have said of them.

use schema::{Instant, Week};

use crate::readings::CounterReading;

const HOUR_MS: i64 = 3_600_000;
/// Downloads by weekday from Monday, as shares of an even pace.
const WEEKDAYS: [f64; 7] = [1.1, 1.15, 1.15, 1.1, 1.0, 0.75, 0.75];

/// A seeded source of numbers: a linear congruential generator (Knuth's MMIX constants).
pub(crate) struct Random(u64);

impl Random {
    pub(crate) fn new(seed: u64) -> Self {
        let mut random = Self(seed);
        random.uniform();
        random.uniform();
        random
    }

    pub(crate) fn uniform(&mut self) -> f64 {
        self.0 =
            self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 11) as f64 / (1_u64 << 53) as f64
    }

    pub(crate) fn below(&mut self, end: i64) -> i64 {
        ((self.uniform() * end as f64) as i64).min(end - 1)
    }

    /// The sum of twelve uniforms less six is close to a standard normal.
    pub(crate) fn normal(&mut self) -> f64 {
        (0..12).map(|_| self.uniform()).sum::<f64>() - 6.0
    }

    /// How many of events that come `mean` times on average.
    fn count(&mut self, mean: f64) -> i64 {
        if mean > 50.0 {
            return (mean + mean.sqrt() * self.normal()).round().max(0.0) as i64;
        }
        let (mut product, mut count, limit) = (self.uniform(), 0, (-mean).exp());
        while product > limit {
            product *= self.uniform();
            count += 1;
        }
        count
    }
}

/// A model's downloads from a Monday on.
pub(crate) struct Truth {
    /// The week of its first day.
    pub first: Week,
    /// Downloads of each day.
    pub days: Vec<i64>,
}

impl Truth {
    /// A model of heavy-tailed level that wanders in logs by 5 to 25 % a week, with a weekday
    /// pattern, and in one week of fifty with a burst of two to many times its pace.
    pub(crate) fn new(seed: u64, weeks: usize) -> Self {
        let mut random = Random::new(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15));
        let mut level = 10.0_f64.powf(0.5 + 4.5 * random.uniform());
        let wander = 0.05 + 0.2 * random.uniform();
        let mut days = Vec::with_capacity(weeks * 7);
        for _ in 0..weeks {
            level *= (wander * random.normal()).exp();
            let is_burst = random.uniform() < 0.02;
            let burst = if is_burst { 2.0 / random.uniform().max(0.1) } else { 1.0 };
            let pace = level * burst / 7.0;
            days.extend(WEEKDAYS.map(|share| random.count(pace * share)));
        }
        Self { first: "2023-01-02".parse().unwrap(), days }
    }

    pub(crate) fn week(&self, week: Week) -> Option<f64> {
        let index = usize::try_from(week.number() - self.first.number()).ok()?;
        Some(self.days.get(index * 7..index * 7 + 7)?.iter().sum::<i64>() as f64)
    }

    /// What both counters say at this hour of its life; within a day the pace is even.
    pub(crate) fn read(&self, hour: i64) -> CounterReading {
        let until = |hour: i64| {
            let (day, part) = (hour.max(0) / 24, hour.max(0) % 24);
            let whole: i64 = self.days[..day as usize].iter().sum();
            whole + self.days.get(day as usize).map_or(0, |count| count * part / 24)
        };
        CounterReading {
            at: Instant::from_millis(self.first.start().millis() + hour * HOUR_MS),
            downloads_30d: Some(until(hour) - until(hour - 30 * 24)),
            downloads_all_time: Some(until(hour)),
            likes: None,
        }
    }

    pub(crate) fn hours(&self) -> i64 {
        self.days.len() as i64 * 24
    }
}

/// Hours between `from` and `to`, `days` apart on average, each up to half of that off.
pub(crate) fn irregular_hours(seed: u64, from: i64, to: i64, days: i64) -> Vec<i64> {
    let mut random = Random::new(seed ^ 0x5bd1_e995);
    let mut hour = from;
    let mut hours = Vec::new();
    while hour < to {
        hours.push(hour);
        hour += days * 12 + random.below(days * 24);
    }
    hours
}
