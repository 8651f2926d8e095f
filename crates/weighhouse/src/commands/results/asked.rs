//! How results are asked at the command line.

use analyze::results::{Attribution, Options};
use schema::{CalendarPeriod, Measure};

/// How results are asked.
#[derive(Debug, clap::Args)]
pub(crate) struct Asked {
    /// What is counted: downloads, `first_year`, `downloads_30d`, `downloads_all_time`, likes or
    /// models; without it weekly downloads where the collection has any, and else readings.
    #[arg(long, value_name = "M")]
    measure: Option<Measure>,
    /// Whose a model is: its uploader's, or the original developer's.
    #[arg(long, value_name = "A", default_value = "uploader", value_parser = ["uploader", "developer"])]
    attribution: String,
    /// Told of these periods of the calendar, the first and the last compared: 2024, 2024-Q3,
    /// 2024-07, or ..2022 for all years up to 2022.
    #[arg(long, value_name = "PERIOD,…")]
    period: Option<String>,
    /// Only models that meet all conditions; values of one attribute are alternatives.
    #[arg(long = "where", value_name = "ATTR=VALUE,…")]
    conditions: Option<String>,
    /// How often the owners are drawn again.
    #[arg(long, value_name = "N", default_value_t = 1_000, value_parser = clap::value_parser!(u32).range(100..=100_000))]
    draws: u32,
}

impl Asked {
    /// The same for those who answer.
    pub(crate) fn options(&self) -> anyhow::Result<Options> {
        let mut draws = analyze::usual_draws();
        draws.replicates = self.draws as usize;
        Ok(Options {
            measure: self.measure,
            attribution: self.attribution(),
            periods: match &self.period {
                Some(periods) => CalendarPeriod::parse_list(periods)?,
                None => Vec::new(),
            },
            conditions: analyze::Condition::parse_list(self.conditions())?,
            draws: Some(draws),
        })
    }

    /// Whose a model is.
    pub(crate) fn attribution(&self) -> Attribution {
        match self.attribution.as_str() {
            "developer" => Attribution::Developer,
            _ => Attribution::Uploader,
        }
    }

    /// Which models, as given; empty of all.
    pub(crate) fn conditions(&self) -> &str {
        self.conditions.as_deref().unwrap_or_default()
    }

    /// The same as it is written at the command line, with the measure that was taken.
    pub(crate) fn words(&self, measure: Measure) -> String {
        let mut words = vec![
            format!("--measure {measure}"),
            format!("--attribution {}", self.attribution),
            format!("--draws {}", self.draws),
        ];
        words.extend(self.period.iter().map(|period| format!("--period {}", quoted(period))));
        words.extend(self.conditions.iter().map(|given| format!("--where {}", quoted(given))));
        words.join(" ")
    }
}

/// A word as a shell reads it whole.
fn quoted(word: &str) -> String {
    let is_plain = |c: char| c.is_ascii_alphanumeric() || "._-=,:/".contains(c);
    if word.chars().all(is_plain) {
        return word.to_owned();
    }
    format!("'{}'", word.replace('\'', r"'\''"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_with_spaces_or_quotes_is_one_word_to_a_shell() {
        assert_eq!(quoted("2024,2025-Q1"), "2024,2025-Q1");
        assert_eq!(quoted("license=MIT or so"), "'license=MIT or so'");
        assert_eq!(quoted("a='b'"), r"'a='\''b'\'''");
    }
}
