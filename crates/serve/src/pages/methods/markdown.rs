//! The little of Markdown that `docs/methods` is written in: headings, paragraphs, lists, tables,
//! code, emphasis and links.

use maud::{Markup, PreEscaped, html};

use crate::parts::scrolled;

/// What follows the title of a text.
pub(super) fn rendered(text: &str) -> Markup {
    let lines: Vec<&str> = text.lines().collect();
    let mut blocks = Vec::new();
    let mut at = 0;
    while at < lines.len() {
        let end = end_of_block(&lines, at);
        if end > at {
            blocks.push(block(&lines[at..end]));
        }
        at = end.max(at + 1);
    }
    html! { @for block in blocks { (block) } }
}

/// Where the block ends that begins at a line; at the line itself where that is empty.
fn end_of_block(lines: &[&str], at: usize) -> usize {
    let rest = &lines[at..];
    if is_fence(rest[0]) {
        let closing = rest.iter().skip(1).position(|line| is_fence(line));
        return closing.map_or(lines.len(), |closing| at + closing + 2);
    }
    if rest[0].starts_with('#') {
        return at + 1;
    }
    let sort = sort(rest[0]);
    let is_over = |line: &&&str| {
        let is_other = self::sort(line) != sort && self::sort(line) != Sort::Text;
        line.trim().is_empty() || line.starts_with('#') || is_fence(line) || is_other
    };
    let length = rest.iter().take_while(|line| !is_over(line)).count();
    at + length
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Sort {
    Text,
    Bullets,
    Numbers,
    Table,
}

fn sort(line: &str) -> Sort {
    let is_number = |head: &str| !head.is_empty() && head.chars().all(|c| c.is_ascii_digit());
    // Within a list a table is indented.
    if line.trim_start().starts_with('|') {
        Sort::Table
    } else if line.starts_with("- ") || line.starts_with("* ") {
        Sort::Bullets
    } else if line.split_once(". ").is_some_and(|(head, _)| is_number(head)) {
        Sort::Numbers
    } else {
        Sort::Text
    }
}

fn is_fence(line: &str) -> bool {
    line.starts_with("```")
}

fn block(lines: &[&str]) -> Markup {
    let first = lines[0];
    if is_fence(first) {
        let code: Vec<&str> = lines[1..].iter().copied().filter(|line| !is_fence(line)).collect();
        return html! { pre tabindex="0" { code { (code.join("\n")) } } };
    }
    if let Some(heading) = first.strip_prefix("### ") {
        return html! { h3 { (inline(heading)) } };
    }
    if first.starts_with('#') {
        return html! { h2 { (inline(first.trim_start_matches('#').trim())) } };
    }
    match sort(first) {
        Sort::Text => html! { p { (inline(&lines.join(" "))) } },
        Sort::Bullets => html! { ul { @for item in items(lines) { li { (inline(&item)) } } } },
        Sort::Numbers => html! { ol { @for item in items(lines) { li { (inline(&item)) } } } },
        Sort::Table => table(lines),
    }
}

/// The items of a list; a line that begins none goes on with the one before.
fn items(lines: &[&str]) -> Vec<String> {
    let mut items: Vec<String> = Vec::new();
    for line in lines {
        if let (Sort::Text, Some(last)) = (sort(line), items.last_mut()) {
            *last = format!("{last} {}", line.trim());
        } else {
            let (_, text) = line.split_once(' ').unwrap_or(("", line));
            items.push(text.to_owned());
        }
    }
    items
}

fn table(lines: &[&str]) -> Markup {
    let mut rows = lines.iter().map(|line| cells(line));
    let head = rows.next().unwrap_or_default();
    let body: Vec<Vec<String>> = rows.skip(1).collect();
    let table = html! {
        table {
            thead { tr { @for cell in &head { th scope="col" { (inline(cell)) } } } }
            tbody {
                @for row in &body { tr { @for cell in row { td { (inline(cell)) } } } }
            }
        }
    };
    scrolled("Table", &table)
}

/// The cells of a row; what stands in code parts none, nor does `\|`.
fn cells(line: &str) -> Vec<String> {
    let inside = line.trim().trim_start_matches('|');
    let inside = inside.strip_suffix('|').unwrap_or(inside);
    let mut cells = vec![String::new()];
    let (mut is_code, mut is_escaped) = (false, false);
    for character in inside.chars() {
        let last = cells.len() - 1;
        match character {
            '|' if is_escaped => {
                cells[last].pop();
                cells[last].push('|');
            }
            '|' if !is_code => cells.push(String::new()),
            _ => {
                is_code ^= character == '`';
                cells[last].push(character);
            }
        }
        is_escaped = character == '\\';
    }
    cells.iter().map(|cell| cell.trim().to_owned()).collect()
}

/// Text with its code, emphasis and links.
fn inline(text: &str) -> Markup {
    let mut out = String::new();
    let mut rest = text;
    while let Some(at) = rest.find(['`', '*', '[']) {
        let (before, sign) = rest.split_at(at);
        out.push_str(&escaped(before));
        let (made, left) = span(sign);
        out.push_str(&made.into_string());
        rest = left;
    }
    out.push_str(&escaped(rest));
    PreEscaped(out)
}

/// What begins with a sign, and what follows it; the sign alone where it opens nothing.
fn span(text: &str) -> (Markup, &str) {
    let between = |open: &str, close: &str| text.strip_prefix(open)?.split_once(close);
    if let Some((code, rest)) = between("`", "`") {
        return (html! { code { (code) } }, rest);
    }
    if let Some((strong, rest)) = between("**", "**") {
        return (html! { strong { (inline(strong)) } }, rest);
    }
    if let Some((words, rest)) = between("*", "*").filter(|(words, _)| !words.starts_with(' ')) {
        return (html! { em { (inline(words)) } }, rest);
    }
    if let Some((label, rest)) = between("[", "](")
        && let Some((to, rest)) = rest.split_once(')')
    {
        return (link(label, to), rest);
    }
    let mut characters = text.chars();
    let sign: String = characters.next().into_iter().collect();
    (html! { (sign) }, characters.as_str())
}

/// A link to another method or elsewhere; to a file of the repository its name alone.
fn link(label: &str, to: &str) -> Markup {
    let page = to.split('#').next().and_then(|path| path.strip_suffix(".md"));
    match page {
        Some("README") => html! { a href=(super::PAGE.path) { (inline(label)) } },
        Some(name) if !name.contains('/') => {
            html! { a href=(super::address(name)) { (inline(label)) } }
        }
        _ if to.starts_with("https://") => html! { a href=(to) rel="external" { (inline(label)) } },
        _ => html! { (inline(label)) },
    }
}

fn escaped(text: &str) -> String {
    html! { (text) }.into_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &str) {
        assert_eq!(rendered(text).into_string(), expected, "{text:?}");
    }

    #[test]
    fn blocks_are_told_apart() {
        check("## One\nA\nb.\n\nC.", "<h2>One</h2><p>A b.</p><p>C.</p>");
        check(
            "Then:\n- one\n- two\n  goes on\n\nEnd",
            "<p>Then:</p><ul><li>one</li><li>two goes on</li></ul><p>End</p>",
        );
        check("1. one\n2. two", "<ol><li>one</li><li>two</li></ol>");
        check(
            "```\na < b\n\n*c*\n```\nd",
            "<pre tabindex=\"0\"><code>a &lt; b\n\n*c*</code></pre><p>d</p>",
        );
    }

    #[test]
    fn words_are_marked_and_nothing_else_is_markup() {
        check(
            "a *b* **c** `*d*` <i>",
            "<p>a <em>b</em> <strong>c</strong> <code>*d*</code> &lt;i&gt;</p>",
        );
        check(
            "2 * 3 and [x](hhi.md), [y](../a.md)",
            "<p>2 * 3 and <a href=\"/methods/hhi\">x</a>, y</p>",
        );
        check("[0, 1) and *", "<p>[0, 1) and *</p>");
    }

    #[test]
    fn a_table_has_cells_whose_code_may_hold_what_parts_them() {
        let html = rendered("| a | b |\n|---|---|\n| `x|y` | z \\| w |").into_string();
        assert!(html.contains("<th scope=\"col\">a</th><th scope=\"col\">b</th>"), "{html}");
        assert!(html.contains("<code>x|y</code></td><td>z | w</td>"), "{html}");
    }
}
