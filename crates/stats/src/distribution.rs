//! The normal distribution, and Student's.
//!
//! The functions are of crate `statrs`, behind names of ours, so that one place knows it.

use statrs::distribution::{ContinuousCDF as _, Normal, StudentsT};

/// Φ, the distribution function of the standard normal.
pub(crate) fn normal_cdf(z: f64) -> f64 {
    Normal::standard().cdf(z)
}

/// Φ⁻¹ of a probability; infinite at 0 and 1.
pub(crate) fn normal_quantile(probability: f64) -> f64 {
    Normal::standard().inverse_cdf(probability)
}

/// How likely a standard normal number is at least as far from 0 as z, on either side.
#[must_use]
pub fn two_sided_normal(z: f64) -> f64 {
    (2.0 * Normal::standard().sf(z.abs())).min(1.0)
}

/// How likely a number of Student's distribution is at least as far from 0 as t, on either side.
pub(crate) fn two_sided_student(t: f64, degrees: f64) -> f64 {
    (2.0 * student(degrees).sf(t.abs())).min(1.0)
}

/// The quantile of Student's distribution at a probability.
pub(crate) fn student_quantile(probability: f64, degrees: f64) -> f64 {
    student(degrees).inverse_cdf(probability)
}

fn student(degrees: f64) -> StudentsT {
    StudentsT::new(0.0, 1.0, degrees).expect("there is a degree of freedom")
}
