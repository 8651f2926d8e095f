use super::*;

/// Sums of terms in Python's `decimal` with 50 digits, to seven digits.
const POISSON: [(usize, f64, f64); 5] = [
    (5, 0.06, 6.164_188e-9),
    (5, 0.25, 6.611_711e-6),
    (8, 2.5, 4.246_695e-3),
    (30, 10.0, 2.509_951e-7),
    (200, 120.0, 1.637_784e-11),
];
/// Sums of terms in Python's `fractions`, to seven digits.
const BINOMIAL: [(usize, usize, f64, f64); 5] = [
    (10, 12, 0.2, 4.526_080e-6),
    (14, 20, 0.2, 1.845_006e-6),
    (60, 200, 0.2, 4.976_949e-4),
    (3, 5, 0.5, 0.5),
    (400, 1_000, 0.3, 1.104_130e-11),
];

#[test]
fn poisson_tails_agree_with_exact_arithmetic() {
    for (count, mean, expected) in POISSON {
        let tail = at_least(count, mean);
        assert!((tail / expected - 1.0).abs() < 1e-6, "{count} of {mean}: {tail}");
    }
    assert!((at_least(0, 3.0) - 1.0).abs() < f64::EPSILON);
    assert!((at_least(3, 2.5) - 1.0).abs() < f64::EPSILON, "no bound so close to the mean");
    assert!(at_least(1, 0.0).abs() < f64::EPSILON);
}

#[test]
fn binomial_tails_agree_with_exact_arithmetic() {
    for (count, all, each, expected) in BINOMIAL {
        let tail = binomial_at_least(count, all, each);
        assert!((tail / expected - 1.0).abs() < 1e-6, "{count} of {all} at {each}: {tail}");
    }
    assert!((binomial_at_least(0, 5, 0.1) - 1.0).abs() < f64::EPSILON);
    assert!(binomial_at_least(6, 5, 0.1).abs() < f64::EPSILON);
    assert!((binomial_at_least(3, 5, 1.0) - 1.0).abs() < f64::EPSILON);
}
