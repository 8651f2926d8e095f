//! The numbers of claims as people read them.

use analyze::claims::{Claim, Expected, Status, What, When};
use chart::Unit;
use schema::Statistic;

/// What the number of a claim is.
pub(crate) fn unit(claim: &Claim) -> Unit {
    let is_change = matches!(claim.when, When::Change(..));
    if matches!(claim.when, When::Growth(..)) {
        return Unit::Number("times");
    }
    match claim.what {
        What::Total => Unit::Count(claim.measure.unit()),
        What::Lead { .. } => Unit::Points,
        What::Share { .. } if is_change => Unit::Points,
        What::Share { .. } => Unit::Share,
        What::Index { statistic: Statistic::Hhi, .. } if !is_change => {
            Unit::Index { max: 10_000.0, name: "HHI" }
        }
        What::Index { statistic, .. } => Unit::Number(statistic.title()),
        What::Average { .. } => Unit::Number("parameters"),
    }
}

/// What the paper says, in a few words.
pub(crate) fn expected(claim: &Claim) -> String {
    match (claim.expected, claim.when) {
        (Expected::Value(value, _), _) => number(claim, value),
        (Expected::Rise, When::In(_)) => "ahead".to_owned(),
        (Expected::Fall, When::In(_)) => "behind".to_owned(),
        (Expected::Rise, _) => "a rise".to_owned(),
        (Expected::Fall, _) => "a fall".to_owned(),
    }
}

/// A number of a claim with its noun.
pub(crate) fn number(claim: &Claim, value: f64) -> String {
    let unit = unit(claim);
    let number = chart::format_value(&unit, value);
    match unit {
        Unit::Number(noun) => format!("{number} {noun}"),
        _ => number,
    }
}

/// The sign of a status, which differs in shape and not by its colour alone.
pub(crate) const fn symbol(status: Status) -> &'static str {
    match status {
        Status::Reproduced => "=",
        Status::Differs => "≠",
        Status::Open => "?",
        Status::NotReproducible => "–",
    }
}

#[cfg(test)]
mod tests {
    use analyze::claims::CLAIMS;

    use super::*;

    #[test]
    fn what_the_paper_says_is_told_with_its_unit() {
        let told = |name: &str| expected(CLAIMS.iter().find(|claim| claim.name == name).unwrap());
        assert_eq!(told("model-count"), "851 k");
        assert_eq!(told("download-count"), "2.2 B");
        assert_eq!(told("china-rises"), "a rise");
        assert_eq!(told("open-weights-behind"), "behind");
        assert_eq!(told("new-models-us"), "15.8 %");
        assert_eq!(told("mean-size-2025"), "20.8 B parameters");
        assert_eq!(told("moe-growth"), "7 times");
    }
}
