//! The headings of a text, and whether anything stands under them.

/// Headings that are kept.
const MAX_HEADINGS: usize = 200;
const MAX_CHARACTERS: usize = 80;
/// The level of lines that are bold from their beginning to their end.
const BOLD: usize = 7;

/// A heading of one level, from 1 on.
#[derive(Debug, PartialEq, Eq)]
struct Heading {
    level: usize,
    words: String,
    is_filled: bool,
}

/// The headings of a text so far.
#[derive(Debug, PartialEq, Eq, Default)]
pub(super) struct Headings(Vec<Heading>);

impl Headings {
    /// Takes a line that may be a heading, or make one of the line before it; says whether it is.
    pub(super) fn take(&mut self, line: &str, previous: &str) -> bool {
        let Some((level, text)) = heading(line, previous) else { return false };
        let words = plain(text);
        if !words.is_empty() && self.0.len() < MAX_HEADINGS {
            self.0.push(Heading { level, words, is_filled: false });
        }
        true
    }

    /// Something stands under the last heading, and so under those above it.
    pub(super) fn fill(&mut self) {
        let mut level = usize::MAX;
        for heading in self.0.iter_mut().rev() {
            if heading.level >= level {
                continue;
            }
            // Those above it were filled with it.
            if heading.is_filled {
                break;
            }
            heading.is_filled = true;
            level = heading.level;
        }
    }

    /// The headings under which something stands.
    pub(super) fn into_filled(self) -> Vec<String> {
        let filled = self.0.into_iter().filter(|heading| heading.is_filled);
        filled.map(|heading| heading.words).collect()
    }
}

/// The heading that a line is, or makes of the line before it, with its level.
fn heading<'a>(line: &'a str, previous: &'a str) -> Option<(usize, &'a str)> {
    let marks = line.bytes().take_while(|byte| *byte == b'#').count();
    if (1..=6).contains(&marks) {
        return Some((marks, &line[marks..]));
    }
    if line.len() >= 3 && !previous.is_empty() {
        let is_of = |mark: u8| line.bytes().all(|byte| byte == mark);
        let is_text = !previous.starts_with(['#', '|', '-', '*', '>', '<', '=']);
        if is_text && (is_of(b'=') || is_of(b'-')) {
            return Some((if is_of(b'=') { 1 } else { 2 }, previous));
        }
    }
    // Many write headings in HTML, or as a line that is bold from its beginning to its end.
    if let [b'<', b'h' | b'H', digit @ b'1'..=b'6', b'>' | b' ', ..] = line.as_bytes() {
        return Some((usize::from(digit - b'0'), line));
    }
    let bold = line.trim_end_matches(':').strip_prefix("**")?;
    let bold = bold.strip_suffix("**").or_else(|| bold.strip_suffix(":**"))?;
    (!bold.contains("**")).then_some((BOLD, bold))
}

/// The words of a heading: no marks, tags, addresses, numbers in front, or signs at its ends.
fn plain(heading: &str) -> String {
    let mut words = String::new();
    let mut rest = heading.chars();
    while let Some(c) = rest.next() {
        match c {
            '<' => {
                rest.by_ref().find(|c| *c == '>');
            }
            // The address of a link follows its text.
            ']' if rest.as_str().starts_with('(') => {
                rest.by_ref().find(|c| *c == ')');
            }
            '*' | '`' | '[' | ']' | '~' | '#' => {}
            c if c.is_whitespace() || c == '_' => {
                if !words.ends_with(' ') {
                    words.push(' ');
                }
            }
            c => words.extend(c.to_lowercase()),
        }
    }
    let is_sign = |c: char| !c.is_alphanumeric() && c != '(' && c != ')';
    let words = words.trim_matches(is_sign);
    let numbered = words.trim_start_matches(|c: char| c.is_ascii_digit() || c == '.');
    // A number in front counts sections when a dot, a bracket or a blank parts it.
    let words = if numbered.starts_with([' ', ')']) { numbered } else { words };
    words.trim_matches(|c| is_sign(c) || c == ')').chars().take(MAX_CHARACTERS).collect()
}
