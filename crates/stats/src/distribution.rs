//! The normal distribution.
//!
//! The functions are of crate `statrs`, behind names of ours, so that one place knows it.

use statrs::distribution::{ContinuousCDF as _, Normal};

/// Φ, the distribution function of the standard normal.
pub(crate) fn normal_cdf(z: f64) -> f64 {
    Normal::standard().cdf(z)
}

/// Φ⁻¹ of a probability; infinite at 0 and 1.
pub(crate) fn normal_quantile(probability: f64) -> f64 {
    Normal::standard().inverse_cdf(probability)
}
