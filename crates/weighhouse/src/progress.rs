//! Progress on the terminal; silent where nobody looks.

use indicatif::{ProgressBar, ProgressStyle};

/// A bar over `length` steps with a word of what is being done.
pub(crate) fn bar(length: u64, what: &str) -> ProgressBar {
    let template = "{prefix:>12} [{bar:30}] {pos}/{len} {msg} {eta:.dim}";
    let style =
        ProgressStyle::with_template(template).unwrap_or_else(|_| ProgressStyle::default_bar());
    let style = style.progress_chars("=> ");
    ProgressBar::new(length).with_style(style).with_prefix(what.to_owned())
}
