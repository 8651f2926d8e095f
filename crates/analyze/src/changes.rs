//! From one time to another: differences and ratios of two estimates.
//!
//! The two share models, and so what is not sure of them: an interval that joins them as
//! independent would claim too little or too much. The ends here are the widest that agree with
//! both, so they hold whatever the two have in common.

use schema::Estimate;

/// How much larger the later number is: later − earlier.
#[must_use]
pub fn difference(earlier: &Estimate, later: &Estimate) -> Estimate {
    let minus = |a: Option<f64>, b: Option<f64>| Some(b? - a?);
    Estimate {
        value: minus(earlier.value, later.value),
        low: minus(earlier.high, later.low),
        high: minus(earlier.low, later.high),
        bound_low: minus(earlier.bound_high, later.bound_low),
        bound_high: minus(earlier.bound_low, later.bound_high),
        ..beside(earlier, later)
    }
}

/// How many times the earlier number the later one is; not defined where the earlier is zero.
#[must_use]
pub fn ratio(earlier: &Estimate, later: &Estimate) -> Estimate {
    let over = |a: Option<f64>, b: Option<f64>| {
        let (a, b) = (a?, b?);
        // A ratio to nothing is no number; one to what may be nothing has no upper end.
        (a > 0.0 && b >= 0.0).then(|| b / a)
    };
    Estimate {
        value: over(earlier.value, later.value),
        low: over(earlier.high, later.low),
        high: over(earlier.low, later.high),
        bound_low: over(earlier.bound_high, later.bound_low),
        bound_high: over(earlier.bound_low, later.bound_high),
        ..beside(earlier, later)
    }
}

/// The least and the most that a number can be, by its interval and its bounds together.
///
/// Ends that are not known are those of the other; `None` where neither is known.
#[must_use]
pub fn outermost(estimate: &Estimate) -> Option<(f64, f64)> {
    let least = [estimate.low, estimate.bound_low].into_iter().flatten().reduce(f64::min)?;
    let most = [estimate.high, estimate.bound_high].into_iter().flatten().reduce(f64::max)?;
    Some((least, most))
}

fn beside(earlier: &Estimate, later: &Estimate) -> Estimate {
    let larger = |a: Option<f64>, b: Option<f64>| Some(a?.max(b?));
    Estimate {
        estimated_share: larger(earlier.estimated_share, later.estimated_share),
        missing_cells: earlier.missing_cells.zip(later.missing_cells).map(|(a, b)| a + b),
        ..Estimate::undefined(earlier.n.min(later.n))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn between(low: f64, value: f64, high: f64) -> Estimate {
        let bounds = (Some(low - 1.0), Some(high + 1.0));
        Estimate {
            value: Some(value),
            low: Some(low),
            high: Some(high),
            bound_low: bounds.0,
            bound_high: bounds.1,
            ..Estimate::undefined(3)
        }
    }

    #[test]
    fn ends_are_the_widest_that_agree_with_both() {
        let (earlier, later) = (between(4.0, 5.0, 8.0), between(10.0, 20.0, 24.0));
        let moved = difference(&earlier, &later);
        assert_eq!((moved.value, moved.low, moved.high), (Some(15.0), Some(2.0), Some(20.0)));
        assert_eq!((moved.bound_low, moved.bound_high), (Some(0.0), Some(22.0)));
        let grown = ratio(&earlier, &later);
        assert_eq!((grown.value, grown.low, grown.high), (Some(4.0), Some(1.25), Some(6.0)));
        assert_eq!((grown.bound_low, grown.bound_high), (Some(1.0), Some(25.0 / 3.0)));
        assert_eq!(outermost(&grown), Some((1.0, 25.0 / 3.0)));
    }

    #[test]
    fn a_ratio_to_nothing_is_no_number() {
        let grown = ratio(&Estimate::exact(0.0, 1), &Estimate::exact(3.0, 1));
        assert_eq!((grown.value, grown.high), (None, None));
        // What may have been nothing may have grown without end.
        let grown = ratio(&between(0.0, 2.0, 4.0), &between(6.0, 8.0, 8.0));
        assert_eq!((grown.value, grown.low, grown.high), (Some(4.0), Some(1.5), None));
    }
}
