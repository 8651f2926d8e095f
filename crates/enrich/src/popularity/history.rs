//! The counters of one model over time, in a few numbers.

use schema::Instant;

const DAY_MS: i64 = 86_400_000;
/// A model's first year.
const FIRST_YEAR_DAYS: i64 = 365;
/// How far apart the readings around the end of the first year may lie.
const MOST_DAYS_AROUND: f64 = 60.0;
/// How much older than asked for an earlier reading may be.
const SLACK_DAYS: i64 = 14;

/// The counters of a model at one instant; unknown is `None`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Seen {
    pub at: Instant,
    pub downloads_30d: Option<i64>,
    pub downloads_all_time: Option<i64>,
    pub likes: Option<i64>,
}

/// What the readings of one model come to. What they do not tell is `None`.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct History {
    /// Readings of the model.
    pub reading_count: u32,
    /// When it was read last.
    pub read_at: Option<Instant>,
    /// The newest 30-day sum.
    pub downloads_30d: Option<i64>,
    /// The newest cumulative counter.
    pub downloads_all_time: Option<i64>,
    /// The newest likes.
    pub likes: Option<i64>,
    /// The 30-day sum 28, 91 and 364 days before the newest, of the last reading at or up to 14
    /// days before that.
    pub downloads_30d_before: [Option<i64>; 3],
    /// The largest 30-day sum, and when it was first read.
    pub peak: Option<(i64, Instant)>,
    /// Days from the peak to the first reading at which the 30-day sum was half of it or less.
    pub half_life_days: Option<f64>,
    /// The cumulative counter 365 days after the creation, on a straight line between the readings
    /// around it, which lie at most 60 days apart.
    pub downloads_first_year: Option<i64>,
}

impl History {
    /// How long before the newest reading earlier ones are looked for, in days.
    pub const BEFORE_DAYS: [i64; 3] = [28, 91, 364];

    /// Sums up the readings of one model, sorted by time.
    pub(super) fn of(readings: &[Seen], birth: Option<Instant>) -> Self {
        let sums: Vec<(Instant, i64)> =
            readings.iter().filter_map(|seen| Some((seen.at, seen.downloads_30d?))).collect();
        let newest = sums.last().copied();
        let before = |days: i64| {
            let wanted = newest?.0.millis() - days * DAY_MS;
            let at = sums.partition_point(|(at, _)| at.millis() <= wanted).checked_sub(1)?;
            let (at, sum) = sums[at];
            (at.millis() >= wanted - SLACK_DAYS * DAY_MS).then_some(sum)
        };
        // Of equal sums the first is the peak.
        let peak = sums.iter().rev().max_by_key(|(_, sum)| *sum).map(|(at, sum)| (*sum, *at));
        Self {
            reading_count: readings.len() as u32,
            read_at: readings.last().map(|seen| seen.at),
            downloads_30d: newest.map(|(_, sum)| sum),
            downloads_all_time: readings.iter().rev().find_map(|seen| seen.downloads_all_time),
            likes: readings.iter().rev().find_map(|seen| seen.likes),
            downloads_30d_before: Self::BEFORE_DAYS.map(before),
            peak,
            half_life_days: peak.and_then(|peak| half_life(&sums, peak)),
            downloads_first_year: birth.and_then(|birth| first_year(readings, birth)),
        }
    }
}

fn half_life(sums: &[(Instant, i64)], (most, at): (i64, Instant)) -> Option<f64> {
    let fell = |(read_at, sum): &&(Instant, i64)| *read_at > at && sum.saturating_mul(2) <= most;
    let fell = sums.iter().find(fell).filter(|_| most > 0)?;
    Some(fell.0.days_since(at))
}

fn first_year(readings: &[Seen], birth: Instant) -> Option<i64> {
    let end = Instant::from_millis(birth.millis() + FIRST_YEAR_DAYS * DAY_MS);
    let counts = readings.iter().filter_map(|seen| Some((seen.at, seen.downloads_all_time?)));
    let after = counts.clone().find(|(at, _)| *at >= end)?;
    let before = counts.take_while(|(at, _)| *at <= end).last()?;
    let span = after.0.days_since(before.0);
    // A counter that fell in between tells nothing of the time in between.
    if span > MOST_DAYS_AROUND || after.1 < before.1 {
        return None;
    }
    let part = if span > 0.0 { end.days_since(before.0) / span } else { 0.0 };
    let gained = (after.1 - before.1) as f64 * part;
    Some(before.1.saturating_add(gained.round() as i64))
}
