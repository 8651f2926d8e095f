//! Where knots and slopes go when lines are fitted to many draws of their series.

use super::fit::{Fit, moved};

/// What each draw came to, in the order of the draws.
#[derive(Debug, Default)]
pub(super) struct Spread {
    /// By knot.
    pub(super) places: Vec<Vec<f64>>,
    /// By series and phase.
    pub(super) slopes: Vec<Vec<Vec<f64>>>,
}

/// A draw: the series as they could be, all of the same length.
pub(super) type Draw = Vec<Vec<f64>>;

impl Spread {
    /// Fits lines to each draw, their knots moved from where they are to where they fit it best.
    ///
    /// The draws are shared out between threads, and what comes out does not depend on how many.
    pub(super) fn of(draws: &[Draw], at: &Fit, min: usize, threads: usize) -> Self {
        let series = at.squares.len();
        let mut fits: Vec<Option<Fit>> = vec![None; draws.len()];
        let part = draws.len().div_ceil(threads.max(1)).max(1);
        std::thread::scope(|scope| {
            for (draws, fits) in draws.chunks(part).zip(fits.chunks_mut(part)) {
                scope.spawn(move || {
                    for (draw, fit) in draws.iter().zip(fits) {
                        let draw: Vec<&[f64]> = draw.iter().map(Vec::as_slice).collect();
                        debug_assert_eq!(draw.len(), series);
                        *fit = Some(moved(&draw, at.refitted(&draw), min));
                    }
                });
            }
        });
        let mut spread = Self {
            places: vec![Vec::new(); at.knots.len()],
            slopes: vec![vec![Vec::new(); at.knots.len() + 1]; series],
        };
        for fit in fits.into_iter().flatten() {
            spread.places.iter_mut().zip(&fit.knots).for_each(|(of, knot)| of.push(*knot as f64));
            for (of_series, slopes) in spread.slopes.iter_mut().zip(fit.slopes()) {
                of_series.iter_mut().zip(slopes).for_each(|(of, slope)| of.push(slope));
            }
        }
        spread
    }
}
