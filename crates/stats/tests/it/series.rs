//! Simulated series, equal on every machine.

/// Standard normal noise, as the sum of 12 uniform numbers less 6.
pub(crate) fn noise(seed: u64, count: usize) -> Vec<f64> {
    let mut state = seed.wrapping_mul(0x9E37_79B9_7F4A_7C15);
    let mut uniform = || {
        // Knuth's MMIX generator.
        state =
            state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 11) as f64 / 2.0_f64.powi(53)
    };
    (0..count).map(|_| (0..12).map(|_| uniform()).sum::<f64>() - 6.0).collect()
}

/// Noise of which each value carries a part of the one before; its innovations have variance 1.
pub(crate) fn correlated(seed: u64, count: usize, correlation: f64) -> Vec<f64> {
    let mut last = 0.0;
    let steps = noise(seed, count + 50).into_iter().map(|step| {
        last = correlation * last + step;
        last
    });
    steps.skip(50).collect()
}

/// The times 0, 1, 2, ….
pub(crate) fn times(count: usize) -> Vec<f64> {
    (0..count).map(|time| time as f64).collect()
}
