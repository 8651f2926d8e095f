//! What a number of a result is, in words that people read.

use analyze::results::What;
use schema::Statistic;

/// The name of a number in words; that of a statistic is its title.
pub(super) fn titled(of: &'static str) -> &'static str {
    of.parse::<Statistic>().map_or(of, Statistic::title)
}

/// What a number is.
pub(super) fn what(what: What) -> String {
    match what {
        What::Value(of) | What::Part(of) | What::Date(of) => titled(of).to_owned(),
        What::Change(of) => format!("change of {}", titled(of)),
        What::Ratio(of) => format!("ratio of {}", titled(of)),
        What::Share => what.name(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_statistic_has_its_title_and_other_names_are_words_already() {
        let told = [What::Value("hhi"), What::Change("cr4"), What::Ratio("mean size"), What::Share];
        assert_eq!(
            told.map(what),
            ["HHI", "change of Share of the 4 largest", "ratio of mean size", "share"]
        );
    }
}
