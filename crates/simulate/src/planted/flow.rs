//! The expected weekly downloads of a model to which nothing odd happens.

use crate::numbers::{Draws, between};

/// Downloads a week of the most used models when they are new.
const MOST_RATE: f64 = 2_000_000.0;
/// Downloads a week that every model exceeds when it is new.
const LEAST_RATE: f64 = 6.0;
/// Weeks of a year in which less is downloaded: the last two and the first.
const RESTING: [u32; 3] = [0, 50, 51];
const RESTING_SHARE: f64 = 0.7;
const YEAR: u32 = 52;
/// What is counted of all downloads in the week before the middle of the record.
const UNCOUNTED_SHARE: f64 = 0.5;

/// The life of one model.
pub(super) struct Life {
    pub(super) owner: u32,
    pub(super) first_week: u32,
    /// Expected downloads of each week from that of its birth.
    pub(super) flows: Vec<f64>,
}

/// How the use of a model goes on after its birth.
enum Course {
    /// It fades to a quarter in so many weeks, down to a share that never fades.
    Fades { weeks: f64, evergreen: f64 },
    /// It is taken up over so many weeks, to so many times its first use.
    IsTakenUp { weeks: f64, times: f64 },
    /// It stays.
    Stays,
}

impl Course {
    fn draw(draws: &mut Draws) -> Self {
        match draws.below(10) {
            0..7 => Self::Fades {
                weeks: between(4.0, 40.0, draws.unit()),
                evergreen: between(0.02, 0.4, draws.unit()),
            },
            7..9 => Self::IsTakenUp {
                weeks: between(15.0, 60.0, draws.unit()),
                times: between(3.0, 30.0, draws.unit()),
            },
            _ => Self::Stays,
        }
    }

    /// The use at an age in weeks, as a multiple of the first.
    fn at(&self, age: f64) -> f64 {
        match self {
            Self::Fades { weeks, evergreen } => evergreen + (1.0 - evergreen) * faded(age, *weeks),
            Self::IsTakenUp { weeks, times } => 1.0 + (times - 1.0) * (age / weeks).min(1.0),
            Self::Stays => 1.0,
        }
    }
}

/// A wave of attention: it rises within two weeks and fades over many.
struct Wave {
    from: f64,
    height: f64,
    weeks: f64,
}

impl Wave {
    fn at(&self, age: f64) -> f64 {
        let since = age - self.from;
        if since < 0.0 {
            return 0.0;
        }
        self.height * (0.5 + 0.5 * since).min(1.0) * faded(since, self.weeks)
    }
}

impl Life {
    /// Draws a life that begins at least thirty weeks before the record ends.
    pub(super) fn draw(draws: &mut Draws, owner: u32, weeks: u32) -> Self {
        // Births grow with the square of time.
        let first_week = (f64::from(weeks - 30) * draws.unit().sqrt()) as u32;
        let span = weeks - first_week;
        let rate = (LEAST_RATE / (1.0 - draws.unit())).min(MOST_RATE);
        let course = Course::draw(draws);
        let restless = between(0.05, 0.4, draws.unit() * draws.unit());
        let wave = draws.chance(0.25).then(|| Wave {
            from: f64::from(span) * draws.unit(),
            height: between(0.5, 4.0, draws.unit()),
            weeks: between(3.0, 12.0, draws.unit()),
        });
        let mut drift = 1.0;
        let flows = (0..span).map(|age| {
            let week = first_week + age;
            let age_weeks = f64::from(age);
            // A model is born within a week, and known a week later.
            let launch = [0.3, 0.8].get(age as usize).copied().unwrap_or(1.0);
            let attention = wave.as_ref().map_or(0.0, |wave| wave.at(age_weeks));
            drift *= factor(draws, 0.03);
            rate * launch
                * (course.at(age_weeks) + attention)
                * drift
                * luck(draws, restless)
                * season(week, weeks)
        });
        Self { owner, first_week, flows: flows.collect() }
    }
}

/// A share that falls to a quarter in `weeks` weeks, ever more slowly.
fn faded(age: f64, weeks: f64) -> f64 {
    let scaled = 1.0 + age / weeks;
    1.0 / (scaled * scaled)
}

/// What one week's luck does to the flow: mostly a little, in one week of fifty a burst, and in
/// one of a hundred a great deal.
fn luck(draws: &mut Draws, restless: f64) -> f64 {
    let kind = draws.unit();
    let usual = factor(draws, if kind < 0.01 { 2.5 * restless } else { restless });
    if (0.01..0.03).contains(&kind) { usual * between(1.3, 2.2, draws.unit()) } else { usual }
}

/// What the calendar does to all models alike.
fn season(week: u32, weeks: u32) -> f64 {
    let rests = RESTING.contains(&(week % YEAR));
    let is_uncounted = week + 1 == weeks / 2;
    let resting = if rests { RESTING_SHARE } else { 1.0 };
    if is_uncounted { resting * UNCOUNTED_SHARE } else { resting }
}

/// A factor between a third and three whose logarithm is close to normal with this standard
/// deviation.
fn factor(draws: &mut Draws, deviation: f64) -> f64 {
    // The quotient is the exponential function up to the third power.
    let half = (normal(draws) * deviation / 2.0).clamp(-0.5, 0.5);
    (1.0 + half) / (1.0 - half)
}

/// A whole number of downloads that varies about the expected one as counts do.
pub(super) fn whole(draws: &mut Draws, expected: f64) -> u32 {
    (expected + normal(draws) * expected.sqrt()).round().max(0.0) as u32
}

/// A number that is close to standard normal: twelve uniform ones less their mean.
fn normal(draws: &mut Draws) -> f64 {
    (0..12).map(|_| draws.unit()).sum::<f64>() - 6.0
}
