//! Progress: a bar on a terminal, a line now and then where nobody looks, events for machines.

use std::time::{Duration, Instant};

use collect::Progress;
use indicatif::{ProgressBar, ProgressStyle};
use serde_json::json;

use crate::output;

/// How often a line or an event says how far a listing has come.
const LINE_EVERY: Duration = Duration::from_secs(30);

/// A bar over `length` steps with a word of what is being done.
pub(crate) fn bar(length: u64, what: &str) -> ProgressBar {
    styled(ProgressBar::new(length), what, "{prefix:>12} [{bar:30}] {pos}/{len} {msg} {eta:.dim}")
}

fn styled(bar: ProgressBar, what: &str, template: &str) -> ProgressBar {
    let style =
        ProgressStyle::with_template(template).unwrap_or_else(|_| ProgressStyle::default_bar());
    if output::is_for_machines() {
        bar.set_draw_target(indicatif::ProgressDrawTarget::hidden());
    }
    bar.with_style(style.progress_chars("=> ")).with_prefix(what.to_owned())
}

/// How far a listing has come: models, pages, rate, budget, and the time that is left.
pub(crate) struct ListingBar {
    bar: ProgressBar,
    begun: Instant,
    said: Instant,
    /// Models that were there before this run.
    resumed: Option<u64>,
}

impl ListingBar {
    pub(crate) fn new() -> Self {
        let bar = styled(ProgressBar::no_length(), "collecting", "{prefix:>12} {pos} {msg}");
        Self { bar, begun: Instant::now(), said: Instant::now(), resumed: None }
    }

    /// Shows how far it has come; `expected` is how many models there are likely to be.
    pub(crate) fn show(&mut self, progress: &Progress, expected: Option<u64>) {
        let elapsed = self.begun.elapsed();
        let resumed = *self.resumed.get_or_insert(progress.models);
        let rate = (progress.models - resumed) as f64 / elapsed.as_secs_f64().max(1e-3);
        let left = expected
            .and_then(|expected| expected.checked_sub(progress.models))
            .filter(|_| rate > 0.0)
            .map(|models| Duration::from_secs_f64(models as f64 / rate));
        if let Some(expected) = expected.filter(|_| self.bar.length().is_none()) {
            self.bar.set_length(expected);
            let template = "{prefix:>12} [{bar:30}] {pos}/{len} {msg}";
            self.bar = styled(self.bar.clone(), "collecting", template);
        }
        let budget = progress.allowance.map(|allowance| {
            let quota = allowance.quota.map_or_else(String::new, |quota| format!("/{quota}"));
            format!(", budget {}{quota}", allowance.remaining)
        });
        let message = format!(
            "models, {} pages, {:.0}/s, {} retries{}{}",
            output::grouped(progress.pages.into()),
            rate,
            progress.retries,
            budget.unwrap_or_default(),
            left.map_or_else(String::new, |left| format!(", {} left", spoken(left))),
        );
        self.bar.set_position(progress.models);
        self.bar.set_message(message.clone());
        if self.bar.is_hidden() && self.said.elapsed() >= LINE_EVERY {
            self.said = Instant::now();
            let event = json!({
                "event": "listing",
                "models": progress.models,
                "expected_models": expected,
                "pages": progress.pages,
                "models_per_second": rate.round(),
                "retries": progress.retries,
                "waited_seconds": progress.waited.as_secs(),
                "requests_left": progress.allowance.map(|allowance| allowance.remaining),
                "seconds_left": left.map(|left| left.as_secs()),
            });
            let text = format!("collecting: {} {message}", output::grouped(progress.models));
            output::report(&text, event);
        }
    }

    pub(crate) fn finish(&self) {
        self.bar.finish_and_clear();
    }
}

/// A duration as people say it: the two largest units.
pub(crate) fn spoken(duration: Duration) -> String {
    let seconds = duration.as_secs();
    let (days, hours, minutes) = (seconds / 86_400, seconds / 3_600, seconds / 60);
    if days > 0 {
        format!("{days} d {} h", hours % 24)
    } else if hours > 0 {
        format!("{hours} h {} min", minutes % 60)
    } else if minutes > 0 {
        format!("{minutes} min {} s", seconds % 60)
    } else {
        format!("{seconds} s")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn durations_are_said_in_their_two_largest_units() {
        let said = |seconds| spoken(Duration::from_secs(seconds));
        assert_eq!(said(7), "7 s");
        assert_eq!(said(61), "1 min 1 s");
        assert_eq!(said(3_600 + 125), "1 h 2 min");
        assert_eq!(said(86_400 * 3 + 7_200), "3 d 2 h");
    }
}
