//! How likely so many or more are: upper tails of counts.

/// An upper bound of the chance that independent events, of which `mean` are expected, happen
/// `count` times or more: the tail of the Poisson distribution, which bounds that of any sum of
/// independent events from above where the count exceeds the mean by one or more (Hoeffding
/// 1956). Below that it is 1.
pub(super) fn at_least(count: usize, mean: f64) -> f64 {
    if count == 0 || (count as f64) < mean + 1.0 {
        return 1.0;
    }
    if mean <= 0.0 {
        return 0.0;
    }
    let log_factorial: f64 = (2..=count).map(|number| (number as f64).ln()).sum();
    let mut term = (count as f64 * mean.ln() - mean - log_factorial).exp();
    let mut sum = term;
    let mut number = count as f64;
    // Each term is smaller than the one before by more than count / mean.
    while term > sum * f64::EPSILON {
        number += 1.0;
        term *= mean / number;
        sum += term;
    }
    sum.min(1.0)
}

/// The chance that of `all` independent events, each of chance `each`, `count` or more happen.
pub(super) fn binomial_at_least(count: usize, all: usize, each: f64) -> f64 {
    if count == 0 || each >= 1.0 {
        return 1.0;
    }
    if count > all || each <= 0.0 {
        return 0.0;
    }
    let odds = (each / (1.0 - each)).ln();
    let mut log_term = all as f64 * (1.0 - each).ln();
    let mut sum = 0.0;
    for number in 0..=all {
        if number >= count {
            sum += log_term.exp();
        }
        log_term += ((all - number) as f64 / (number + 1) as f64).ln() + odds;
    }
    sum.min(1.0)
}

#[cfg(test)]
mod tests;
