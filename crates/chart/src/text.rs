//! How wide text is, without a font at hand.
//!
//! Widths are roughly those of the wider common sans-serif fonts, with a margin of 5 %, so that
//! a layout measured here holds whichever of them the reader has.

const MARGIN: f64 = 1.05;
/// How much wider bold text is than regular text.
const STRONG: f64 = 1.1;

/// The width of `text` in px at a font size in px.
pub(crate) fn width(text: &str, size: f64) -> f64 {
    text.chars().map(advance).sum::<f64>() * size * MARGIN
}

/// The width of semi-bold `text`, which many fonts have in bold only.
pub(crate) fn strong_width(text: &str, size: f64) -> f64 {
    width(text, size) * STRONG
}

/// The text, or as much of its beginning as fits into `room` px with an ellipsis.
pub(crate) fn shorten(text: &str, size: f64, room: f64) -> String {
    if width(text, size) <= room {
        return text.to_owned();
    }
    let mut kept = String::new();
    let mut used = width("…", size);
    for character in text.chars() {
        used += advance(character) * size * MARGIN;
        if used > room {
            break;
        }
        kept.push(character);
    }
    let trimmed = kept.trim_end_matches([' ', '/', '-', ',', '(']);
    format!("{trimmed}…")
}

/// As [`shorten`], for semi-bold text.
pub(crate) fn shorten_strong(text: &str, size: f64, room: f64) -> String {
    shorten(text, size, room / STRONG)
}

/// The text in lines of at most `room` px; a word that is wider is shortened.
pub(crate) fn wrap(text: &str, size: f64, room: f64) -> Vec<String> {
    let mut lines = Vec::new();
    let mut line = String::new();
    for word in text.split_whitespace() {
        let longer = if line.is_empty() { word.to_owned() } else { format!("{line} {word}") };
        if width(&longer, size) <= room {
            line = longer;
            continue;
        }
        if !line.is_empty() {
            lines.push(line);
        }
        line = shorten(word, size, room);
    }
    if !line.is_empty() {
        lines.push(line);
    }
    lines
}

/// The usual advance of one character, in parts of the font size.
fn advance(character: char) -> f64 {
    match character {
        'i' | 'j' | 'l' | '\'' | '|' => 0.27,
        '.' | ',' | ':' | ';' | '!' | ' ' | '·' | 'I' | '\u{a0}' => 0.31,
        'f' | 't' | '/' | '\\' | '-' => 0.35,
        'r' | '(' | ')' | '[' | ']' => 0.39,
        's' | 'c' | 'z' | 'J' | '"' | '*' | '_' | '$' | '?' => 0.54,
        'k' | 'v' | 'x' | 'y' | 'L' | 'T' | 'F' => 0.58,
        'm' => 0.94,
        'w' => 0.79,
        'a'..='z' | '0'..='9' => 0.61,
        'E' | 'S' | 'Z' | 'Y' => 0.66,
        'M' | 'W' | '%' | '@' | '…' | '—' => 0.95,
        'G' | 'O' | 'Q' | 'D' | 'H' | 'N' | 'U' | 'C' => 0.77,
        '+' | '=' | '<' | '>' | '~' | '−' | '#' => 0.8,
        'A'..='Z' | '&' => 0.7,
        '\u{0}'..='\u{1f}' | '\u{300}'..='\u{36f}' | '\u{200b}'..='\u{200f}' => 0.0,
        '\u{1100}'..='\u{11ff}' | '\u{2e80}'..='\u{ffef}' | '\u{1f000}'.. => 1.0,
        _ => 0.66,
    }
}

#[cfg(test)]
mod tests;
