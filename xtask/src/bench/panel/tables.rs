//! The questions and the engines as tables of the record.

use std::fmt::Write as _;

use super::engines::ENGINES;
use super::lines::Answered;

/// A question: its name, how it is put to a reader, and what was promised of it.
const QUESTIONS: [(&str, &str, &str); 5] = [
    ("sums_by_country", "weekly sums by country", "≤ 0.08 s"),
    ("hhi_by_uploader", "weekly HHI over uploaders", "≤ 0.12 s, 50 × the best"),
    ("gini_by_model", "weekly Gini over models", "≤ 0.05 s"),
    ("trailing_by_uploader", "share of the largest and HHI by uploader, 52 weeks", "≤ 0.15 s"),
    ("prepared_sums_by_country", "weekly sums by country, from prepared sums", "≤ 1 ms"),
];

const FILTERS: [(&str, &str, f64); 3] =
    [("all", "", 1.0), ("tenth", ", of 10 % of the models", 0.1), ("hundredth", ", of 1 %", 0.01)];
/// What a filter may cost beyond the share of models that it keeps, as a share of the whole.
const FILTER_SHARE: f64 = 0.1;

/// The times of all questions, of all engines.
pub(super) fn questions(answers: &[Answered]) -> String {
    let mut text = String::from("| question | numbers alone | from the cells alone | estimates |");
    for engine in ENGINES {
        let _ = write!(text, " {} |", engine.title);
    }
    text.push_str(" the best of them takes | promised |\n|---|---|---|---|---|---|---|---|---|\n");
    for (question, title, promise) in QUESTIONS {
        for (filter, of, share) in FILTERS {
            let seconds = |engine: &str| seconds(answers, engine, question, filter);
            let (bare, full) = (seconds("values"), seconds("weighhouse"));
            let of_cells = seconds("cells");
            let others = ENGINES.map(|engine| seconds(engine.name));
            let _ = write!(
                text,
                "| {title}{of} | {} | {} | {} |",
                shown(bare),
                shown(of_cells),
                shown(full)
            );
            for seconds in others {
                let _ = write!(text, " {} |", shown(seconds));
            }
            let best = others.into_iter().flatten().min_by(f64::total_cmp);
            let ratio = best.zip(bare.or(full)).map(|(best, own)| format!("{:.1} ×", best / own));
            let whole = self::seconds(answers, "values", question, "all")
                .or_else(|| self::seconds(answers, "weighhouse", question, "all"));
            let promise = match whole {
                Some(whole) if filter != "all" && !question.starts_with("prepared") => {
                    format!("≤ {}", shown(Some(whole * (FILTER_SHARE + share))))
                }
                _ => promise.to_owned(),
            };
            let _ = writeln!(text, " {} | {promise} |", ratio.unwrap_or_default());
        }
    }
    text
}

/// Which form of each question was the fastest of an engine.
pub(super) fn forms(answers: &[Answered]) -> String {
    let mut text =
        String::from("Forms that were fastest, of those that each engine was asked in:\n\n");
    for engine in ENGINES {
        let of_engine = answers.iter().filter(|answer| answer.engine == engine.name);
        let forms: Vec<String> = of_engine
            .filter(|answer| answer.filter == "all" && !answer.form.is_empty())
            .map(|answer| format!("`{}` {}", answer.question, answer.form))
            .collect();
        if !forms.is_empty() {
            let _ = writeln!(text, "- {}: {}.", engine.title, forms.join("; "));
        }
    }
    text
}

fn seconds(answers: &[Answered], engine: &str, question: &str, filter: &str) -> Option<f64> {
    let is_it = |answer: &&Answered| {
        answer.engine == engine && answer.question == question && answer.filter == filter
    };
    answers.iter().find(is_it).map(|answer| answer.seconds)
}

/// Seconds in a unit in which three digits say something.
fn shown(seconds: Option<f64>) -> String {
    match seconds {
        None => String::new(),
        Some(seconds) if seconds < 0.001 => format!("{:.0} µs", seconds * 1e6),
        Some(seconds) if seconds < 0.01 => format!("{:.1} ms", seconds * 1e3),
        Some(seconds) if seconds < 1.0 => format!("{seconds:.3} s"),
        Some(seconds) => format!("{seconds:.2} s"),
    }
}
