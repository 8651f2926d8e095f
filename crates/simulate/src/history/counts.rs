//! What is counted of what is expected.

use crate::numbers::Draws;

/// How much of a week's luck is left in the next.
const LASTING: f64 = 0.5;
/// The largest new luck in a week, up or down: a standard deviation of 0.3 in all.
const NEW: f64 = 0.45;
/// Weeks of luck before the first that counts, after which nothing is left of the beginning.
const SETTLING: usize = 30;
/// Expected counts from which the normal distribution stands for Poisson's.
const MANY: f64 = 64.0;

/// Counts each week: with luck that multiplies, is 1 on average and half of which lasts into the
/// next week, and then by chance as Poisson has it.
pub(super) fn counted(draws: &mut Draws, expected: &[f64]) -> Vec<u32> {
    let mut luck = 0.0;
    let mut next = |draws: &mut Draws| {
        luck = LASTING * luck + NEW * (2.0 * draws.unit() - 1.0);
        1.0 + luck
    };
    for _ in 0..SETTLING {
        next(draws);
    }
    expected
        .iter()
        .map(|expected| {
            let mean = expected * next(draws);
            poisson(draws, mean)
        })
        .collect()
}

/// A count of this mean by the distribution of Poisson.
fn poisson(draws: &mut Draws, mean: f64) -> u32 {
    if mean >= MANY {
        return (mean + normal(draws) * mean.sqrt()).round().max(0.0) as u32;
    }
    // The smallest count whose cumulative probability exceeds the draw.
    let mut left = draws.unit();
    let mut probability = exp_of_minus(mean);
    let mut count = 0;
    // Past this, rounding has eaten what was left.
    while left >= probability && count < 256 {
        left -= probability;
        count += 1;
        probability *= mean / f64::from(count);
    }
    count
}

/// A number that is close to standard normal: twelve uniform ones of 16 bits less their mean.
fn normal(draws: &mut Draws) -> f64 {
    let mut sum = 0;
    for _ in 0..3 {
        let bits = draws.bits();
        sum += (bits & 0xffff) + (bits >> 16 & 0xffff) + (bits >> 32 & 0xffff) + (bits >> 48);
    }
    // Each is half a step below the middle of its 65,536th.
    (sum as f64 + 6.0) / 65_536.0 - 6.0
}

/// e to the power of a number from 0 to 64 with its sign turned, by the four operations alone:
/// they give the same on every machine.
fn exp_of_minus(number: f64) -> f64 {
    const HALVINGS: u32 = 10;
    let small = number / f64::from(1_u32 << HALVINGS);
    // The remainder of the series is below 0.0625^8 / 8!, 6e-15.
    let mut series = 1.0;
    for power in (1..=7).rev() {
        series = 1.0 - small / f64::from(power) * series;
    }
    (0..HALVINGS).fold(series, |value, _| value * value)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Python: math.exp(-x).
    #[test]
    fn powers_of_e_agree_with_a_library() {
        for (number, expected) in
            [(0.0, 1.0), (0.5, 0.606_530_659_712_633_4), (64.0, 1.603_810_890_548_637_7e-28)]
        {
            let relative = exp_of_minus(number) / expected - 1.0;
            assert!(relative.abs() < 1e-11, "{number}: {relative}");
        }
    }

    #[test]
    fn counts_have_the_mean_and_the_variance_of_poisson() {
        for mean in [0.3, 7.0, 500.0] {
            let mut draws = Draws::new(1, 1);
            let counts: Vec<f64> =
                (0..20_000).map(|_| f64::from(poisson(&mut draws, mean))).collect();
            let average = counts.iter().sum::<f64>() / 20_000.0;
            let variance = counts.iter().map(|it| (it - average).powi(2)).sum::<f64>() / 20_000.0;
            // Four standard errors of the mean, and 6 % of the variance, which has one of 1.2 %.
            assert!((average - mean).abs() < 4.0 * (mean / 20_000.0_f64).sqrt(), "{average}");
            assert!((variance / mean - 1.0).abs() < 0.06, "{mean}: {variance}");
        }
    }

    #[test]
    fn half_of_a_weeks_luck_lasts_into_the_next() {
        let counts = counted(&mut Draws::new(2, 2), &vec![1e6; 20_000]);
        let luck: Vec<f64> = counts.iter().map(|count| f64::from(*count) / 1e6 - 1.0).collect();
        let mean = luck.iter().sum::<f64>() / 20_000.0;
        let product = |lag: usize| {
            luck.iter().zip(&luck[lag..]).map(|(a, b)| (a - mean) * (b - mean)).sum::<f64>()
        };
        assert!(mean.abs() < 0.015, "{mean}");
        let correlation = product(1) / product(0);
        assert!((correlation - 0.5).abs() < 0.03, "{correlation}");
        let deviation = (product(0) / 20_000.0).sqrt();
        assert!((deviation - 0.3).abs() < 0.01, "{deviation}");
    }
}
