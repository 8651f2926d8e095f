//! A monotone curve through the readings of a cumulative counter.
//!
//! Cubic pieces whose slopes are limited so that no piece turns back: F. N. Fritsch and
//! R. E. Carlson (1980), *Monotone Piecewise Cubic Interpolation*.

use schema::Instant;

/// A reading of a cumulative counter.
pub(super) type Point = (Instant, i64);

/// Fills `slopes` with the curve's slope at each of `points`, in downloads a millisecond, as seen
/// from the piece before and from the piece after.
///
/// `points` are by time, one an instant. Both slopes are the same, but where the counter falls:
/// there the curve breaks, and each side has the slope of its own pieces.
pub(super) fn slopes(points: &[Point], slopes: &mut Vec<(f64, f64)>) {
    slopes.clear();
    let mut before: Option<Piece> = None;
    for pair in points.windows(2) {
        let piece = Piece::between(pair[0], pair[1]);
        slopes.push(at_point(before, piece));
        keep_monotone(slopes, before);
        before = piece;
    }
    slopes.push(at_point(before, None));
    keep_monotone(slopes, before);
}

/// What lies between two points of a counter that does not fall.
#[derive(Clone, Copy)]
struct Piece {
    length: f64,
    secant: f64,
}

impl Piece {
    fn between(start: Point, end: Point) -> Option<Self> {
        let length = (end.0.millis() - start.0.millis()) as f64;
        (end.1 >= start.1).then(|| Self { length, secant: (end.1 - start.1) as f64 / length })
    }
}

/// The slope of the parabola through a point and its neighbours; at an end, that of the only piece.
fn at_point(before: Option<Piece>, after: Option<Piece>) -> (f64, f64) {
    match (before, after) {
        (Some(before), Some(after)) => {
            let crossed = after.length * before.secant + before.length * after.secant;
            let slope = crossed / (before.length + after.length);
            (slope, slope)
        }
        (Some(piece), None) => (piece.secant, 0.0),
        (None, Some(piece)) => (0.0, piece.secant),
        (None, None) => (0.0, 0.0),
    }
}

/// Makes the slopes at the ends of the last piece so gentle that it does not turn back.
///
/// A neighbouring piece takes the gentler slope too, so that the curve stays smooth; gentler slopes
/// keep it monotone.
fn keep_monotone(slopes: &mut [(f64, f64)], piece: Option<Piece>) {
    let (Some(piece), [.., start, end]) = (piece, slopes) else { return };
    let steepness = start.1 * start.1 + end.0 * end.0;
    let steepest = 9.0 * piece.secant * piece.secant;
    if steepness > steepest {
        let scale = (steepest / steepness).sqrt();
        *start = (start.0.min(start.1 * scale), start.1 * scale);
        *end = (end.0 * scale, end.1.min(end.0 * scale));
    }
}

/// What a piece has gained after `elapsed` of its `width`, both in milliseconds.
///
/// `whole` is what it gains in all, `start` and `end` are the slopes at its ends.
pub(super) fn gained(elapsed: f64, width: f64, whole: f64, start: f64, end: f64) -> f64 {
    let (time, start, end) = (elapsed / width, start * width, end * width);
    let square = 3.0 * whole - 2.0 * start - end;
    let cubic = start + end - 2.0 * whole;
    (time * (start + time * (square + time * cubic))).clamp(0.0, whole)
}
