//! The texts of `docs/methods` as markup, with links that lead to the pages of other methods.

use maud::{Markup, PreEscaped};
use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};

use crate::parts::scrolled;

/// What follows the title of a text.
pub(super) fn rendered(text: &str) -> Markup {
    let mut events = Vec::new();
    let mut table: Option<Vec<Event<'_>>> = None;
    let mut links = Vec::new();
    for event in Parser::new_ext(text, Options::ENABLE_TABLES) {
        let is_over = event == Event::End(TagEnd::Table);
        if matches!(event, Event::Start(Tag::Table(_))) {
            table = Some(Vec::new());
        }
        let event = match event {
            Event::Start(Tag::Link { link_type, dest_url, title, id }) => {
                let to = target(&dest_url);
                links.push(to.is_some());
                let link = |to: String| Tag::Link { link_type, dest_url: to.into(), title, id };
                to.map(|to| Event::Start(link(to)))
            }
            Event::End(TagEnd::Link) => links.pop().filter(|is_link| *is_link).map(|_| event),
            // It is wider than a phone, and the keyboard scrolls what has the focus.
            Event::Start(Tag::CodeBlock(_)) => Some(markup("<pre tabindex=\"0\"><code>")),
            Event::End(TagEnd::CodeBlock) => Some(markup("</code></pre>")),
            // These texts are no markup of pages.
            Event::Html(text) | Event::InlineHtml(text) => Some(Event::Text(text)),
            event => Some(event),
        };
        table.as_mut().unwrap_or(&mut events).extend(event);
        if is_over && let Some(table) = table.take() {
            events.push(markup(&scrolled("Table", &written(table)).into_string()));
        }
    }
    written(events)
}

fn markup(text: &str) -> Event<'static> {
    Event::Html(text.to_owned().into())
}

fn written(events: Vec<Event<'_>>) -> Markup {
    let mut out = String::new();
    pulldown_cmark::html::push_html(&mut out, events.into_iter());
    PreEscaped(out)
}

/// Where a link leads: to another method, or elsewhere; nowhere where it is to another file of the
/// repository.
fn target(to: &str) -> Option<String> {
    let page = to.split('#').next().and_then(|path| path.strip_suffix(".md"));
    match page {
        Some("README") => Some(super::PAGE.path.to_owned()),
        Some(name) if !name.contains('/') => Some(super::address(name)),
        _ => to.starts_with("https://").then(|| to.to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &str) {
        assert_eq!(rendered(text).into_string().replace('\n', " ").trim(), expected, "{text:?}");
    }

    #[test]
    fn links_lead_to_pages_or_elsewhere_and_not_to_files() {
        check(
            "[x](hhi.md) [*y*](gini.md#z)",
            "<p><a href=\"/methods/hhi\">x</a> <a href=\"/methods/gini\"><em>y</em></a></p>",
        );
        check("[x](README.md), [y](../a.md)", "<p><a href=\"/methods\">x</a>, y</p>");
        check("[x](https://a.b/?c&d)", "<p><a href=\"https://a.b/?c&amp;d\">x</a></p>");
    }

    #[test]
    fn what_looks_like_markup_of_pages_is_text() {
        check("a <i>b</i> `<data>`", "<p>a &lt;i&gt;b&lt;/i&gt; <code>&lt;data&gt;</code></p>");
        check("```\na < b\n*c*\n```", "<pre tabindex=\"0\"><code>a &lt; b *c* </code></pre>");
    }

    #[test]
    fn a_table_scrolls_in_its_own_box() {
        let html = rendered("- a\n\n  | a |\n  |---|\n  | [b](hhi.md) |\n\nEnd").into_string();
        let (_, rest) = html.split_once("<div class=\"scroll\" tabindex=\"0\"").expect("a box");
        let (inside, after) = rest.split_once("</div>").expect("it is closed");
        assert!(inside.contains("<th>a</th>") && inside.ends_with("</table>\n"), "{html}");
        assert!(inside.contains("<td><a href=\"/methods/hhi\">b</a></td>"), "{html}");
        assert!(after.contains("<p>End</p>"), "{html}");
    }
}
