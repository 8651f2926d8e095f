//! A cumulative counter at the boundaries of weeks.

use schema::Instant;

use crate::flow::curve::{self, Point};
use crate::flow::variation;

/// A boundary whose neighbouring readings lie this close is read, not estimated: 36 hours.
const READ_BRACKET_MS: i64 = 36 * 3_600_000;
const WEEK_MS: f64 = 7.0 * 86_400_000.0;

/// A counter that is asked for later and later instants.
pub(super) struct Counter<'a> {
    points: &'a [Point],
    slopes: &'a [(f64, f64)],
    share_squared: f64,
    /// The first point that is not before the instant last asked for.
    next: usize,
    /// Falls that are over before that point.
    falls: usize,
    /// The last value given, with the point after it: no later one before that point is lower.
    floor: (usize, i64),
}

/// The counter at an instant.
#[derive(Debug, Clone, Copy)]
pub(super) struct Boundary {
    at: Instant,
    /// Rounded, so that the cells between two readings add up exactly; `None` outside the readings.
    pub value: Option<i64>,
    /// The last reading before.
    pub low: i64,
    /// The first reading after.
    pub high: i64,
    /// The point that the boundary lies at, or the first after it.
    next: usize,
    /// How many falls are over.
    falls_over: usize,
    /// How many falls have begun.
    falls_begun: usize,
    /// Where it lies between two readings; `None` at a reading.
    pub place: Option<Place>,
}

/// A place between two readings.
#[derive(Debug, Clone, Copy)]
pub(super) struct Place {
    /// The number of the earlier reading.
    pub bracket: usize,
    /// The time between the readings.
    pub width_ms: i64,
    /// What the counter gained between them; negative where it fell.
    whole: i64,
    /// How much of it before the boundary, not rounded.
    gained: f64,
}

impl Boundary {
    /// Whether the counter falls at some time between this boundary and a later one.
    pub(super) fn is_restated_until(&self, later: &Self) -> bool {
        later.falls_begun > self.falls_over
    }

    /// Whether readings tell the counter here: close by, or equal on both sides.
    pub(super) fn is_read(&self) -> bool {
        self.place.is_none_or(|place| place.width_ms <= READ_BRACKET_MS || place.whole == 0)
    }
}

impl<'a> Counter<'a> {
    pub(super) fn new(points: &'a [Point], slopes: &'a [(f64, f64)], share_squared: f64) -> Self {
        Self { points, slopes, share_squared, next: 0, falls: 0, floor: (0, 0) }
    }

    /// The counter at `at`, which is later than the instants asked for before.
    pub(super) fn at(&mut self, at: Instant) -> Boundary {
        while self.points.get(self.next).is_some_and(|(read_at, _)| *read_at < at) {
            self.falls += usize::from(self.is_fall(self.next));
            self.next += 1;
        }
        let next = self.next;
        let begun = self.falls + usize::from(self.is_fall(next));
        let read = |value: Option<i64>, counter: i64, falls_over: usize| Boundary {
            at,
            value,
            low: counter,
            high: counter,
            next,
            falls_over,
            falls_begun: begun,
            place: None,
        };
        let Some((next_at, high)) = self.points.get(next).copied() else {
            return read(None, self.points.last().map_or(0, |(_, newest)| *newest), begun);
        };
        if next_at == at {
            return read(Some(high), high, begun);
        }
        let Some(before) = next.checked_sub(1) else {
            // Only a birth begins a series inside a week; before it the counter stood at nothing.
            return read((high == 0).then_some(0), high, begun);
        };
        let (before_at, low) = self.points[before];
        let (width_ms, whole) = (next_at.millis() - before_at.millis(), high - low);
        let mut place = Place { bracket: before, width_ms, whole, gained: 0.0 };
        let mut boundary = Boundary { high, ..read(None, low, self.falls) };
        if whole >= 0 {
            let elapsed = (at.millis() - before_at.millis()) as f64;
            let (start, end) = (self.slopes[before].1, self.slopes[next].0);
            place.gained = curve::gained(elapsed, width_ms as f64, whole as f64, start, end);
            let least = if self.floor.0 == next { self.floor.1 } else { low };
            let value = low.saturating_add(place.gained.round() as i64);
            let value = value.clamp(least, high);
            self.floor = (next, value);
            boundary.value = Some(value);
        }
        boundary.place = Some(place);
        boundary
    }

    /// Whether the counter falls from the point before to this one.
    fn is_fall(&self, point: usize) -> bool {
        let before = point.checked_sub(1).and_then(|before| self.points.get(before));
        before.is_some_and(|(_, before)| self.points.get(point).is_some_and(|(_, at)| at < before))
    }

    /// What the counter is expected to gain between two boundaries without a fall, and how
    /// uncertain that is.
    pub(super) fn between(&self, start: &Boundary, end: &Boundary) -> (f64, f64) {
        if let (Some(from), Some(to)) = (start.place, end.place)
            && from.bracket == to.bracket
        {
            let elapsed = (end.at.millis() - start.at.millis()) as f64;
            let expected = to.gained - from.gained;
            return (expected, self.variance(expected, to.whole, elapsed));
        }
        // Pieces at both ends, and whole brackets in the middle, which are known.
        let mut expected = (end.low - start.high) as f64;
        let mut variance = 0.0;
        if let Some(place) = start.place {
            let elapsed = (self.points[start.next].0.millis() - start.at.millis()) as f64;
            let rest = place.whole as f64 - place.gained;
            expected += rest;
            variance += self.variance(rest, place.whole, elapsed);
        }
        if let Some(place) = end.place {
            expected += place.gained;
            variance += self.place_variance(end.at, &place);
        }
        (expected, variance)
    }

    /// The variance of the counter at a boundary.
    pub(super) fn variance_at(&self, boundary: &Boundary) -> f64 {
        boundary.place.map_or(0.0, |place| self.place_variance(boundary.at, &place))
    }

    fn place_variance(&self, at: Instant, place: &Place) -> f64 {
        let elapsed = (at.millis() - self.points[place.bracket].0.millis()) as f64;
        self.variance(place.gained, place.whole, elapsed)
    }

    fn variance(&self, x: f64, whole: i64, elapsed_ms: f64) -> f64 {
        variation::variance(x, whole as f64, elapsed_ms / WEEK_MS, self.share_squared)
    }
}
