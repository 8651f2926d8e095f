//! What a link to a page looks like where it is shared: a title, a sentence and a picture.

use maud::{Markup, html};

use super::Shell;
use crate::inside::first_figure;
use crate::takeaway::feed;

/// Longer sentences are cut by whoever shows them, at a worse place.
const MOST_CHARS: usize = 280;
const SUMMARY: (&str, &str) = ("<desc ", "</desc>");

/// The tags of the head. Picture and sentence are those of the first figure in the page.
pub(super) fn preview(shell: &Shell<'_>, body: &str) -> Markup {
    let state = shell.state;
    let asked = state.asked.path_and_query().map_or("/", |asked| asked.as_str());
    let figure = first_figure(body);
    let card = figure.as_deref().map(|figure| state.url(&card(figure)));
    let said = figure.as_ref().and_then(|_| summary(body));
    let said = said.unwrap_or_else(|| shell.lead.to_owned());
    let simulated = shell.shown.is_some_and(|shown| shown.market.release.is_simulated);
    let said = if simulated { format!("Simulated data. {said}") } else { said };
    let said = shortened(&said);
    let path = state.asked.path();
    let query = state.asked.query().map(|query| format!("?{query}")).unwrap_or_default();
    let feed = format!("{}{path}.atom{query}", feed::BELOW);
    html! {
        meta name="description" content=(said);
        meta property="og:site_name" content="weighhouse";
        meta property="og:type" content="website";
        meta property="og:title" content=(shell.heading);
        meta property="og:description" content=(said);
        meta property="og:url" content=(state.url(asked));
        @if let Some(card) = &card {
            meta property="og:image" content=(card);
            meta property="og:image:type" content="image/png";
            meta property="og:image:width" content="1200";
            meta property="og:image:height" content="630";
            meta property="og:image:alt" content=(said);
            meta name="twitter:card" content="summary_large_image";
            link rel="alternate" type="application/atom+xml" title="Changes of this view" href=(feed);
        } @else {
            meta name="twitter:card" content="summary";
        }
    }
}

/// The address of a figure's card.
fn card(figure: &str) -> String {
    let (path, query) = figure.split_once('?').unwrap_or((figure, ""));
    format!("{path}.png?{query}&size=card")
}

/// The summary of the first drawing, as its description says it.
fn summary(body: &str) -> Option<String> {
    let (_, rest) = body.split_once(SUMMARY.0)?;
    let (_, rest) = rest.split_once('>')?;
    let (text, _) = rest.split_once(SUMMARY.1)?;
    let text = text.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"");
    Some(text.replace("&amp;", "&")).filter(|text| !text.trim().is_empty())
}

/// As many whole sentences as fit, or else as many words.
fn shortened(text: &str) -> String {
    if text.chars().count() <= MOST_CHARS {
        return text.to_owned();
    }
    let cut: String = text.chars().take(MOST_CHARS).collect();
    if let Some(end) = cut.rfind(". ") {
        return cut[..=end].to_owned();
    }
    let end = cut.rfind(' ').unwrap_or(cut.len());
    format!("{}…", &cut[..end])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_sentence_is_that_of_the_first_drawing() {
        let body =
            "<svg><desc id=\"a\">One &amp; &lt;two&gt;.</desc></svg><desc id=\"b\">Three</desc>";
        assert_eq!(summary(body).unwrap(), "One & <two>.");
        assert_eq!(summary("<p>nothing</p>"), None);
    }

    #[test]
    fn long_texts_end_with_a_sentence_or_a_word() {
        let sentences = "A sentence of some length. ".repeat(20);
        let short = shortened(&sentences);
        assert!(short.ends_with("length.") && short.chars().count() <= MOST_CHARS, "{short}");
        let words = shortened(&"word ".repeat(100));
        assert!(words.ends_with("word…"), "{words}");
        assert_eq!(shortened("short"), "short");
    }

    #[test]
    fn the_card_is_the_figure_in_its_size() {
        let card = card("/figure/shares?collection=tiny&hide=a%26b");
        assert_eq!(card, "/figure/shares.png?collection=tiny&hide=a%26b&size=card");
    }
}
