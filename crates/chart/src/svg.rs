//! Elements, attributes, escaping, paths; every coordinate rounded to 0.1 px.

use std::fmt::{Display, Write as _};

/// Coordinates beyond this are clamped: no drawing is that large.
const FARTHEST: f64 = 1e6;

/// SVG under construction.
#[derive(Debug, Default)]
pub(crate) struct Svg {
    out: String,
}

/// An element whose attributes are being written; ended by `empty`, `open` or `text`.
#[must_use]
pub(crate) struct Tag<'a> {
    svg: &'a mut Svg,
    name: &'static str,
}

impl Svg {
    pub(crate) fn tag(&mut self, name: &'static str) -> Tag<'_> {
        self.out.push('<');
        self.out.push_str(name);
        Tag { svg: self, name }
    }

    pub(crate) fn close(&mut self, name: &'static str) {
        self.write(format_args!("</{name}>\n"));
    }

    /// An element that holds text only, as `title`.
    pub(crate) fn text_element(&mut self, name: &'static str, text: &str) {
        self.tag(name).text(text);
    }

    pub(crate) fn append(&mut self, other: &Self) {
        self.out.push_str(&other.out);
    }

    pub(crate) fn into_string(self) -> String {
        self.out
    }

    fn write(&mut self, arguments: std::fmt::Arguments<'_>) {
        self.out.write_fmt(arguments).expect("writing to a string cannot fail");
    }
}

impl Tag<'_> {
    pub(crate) fn attr(self, name: &str, value: impl Display) -> Self {
        self.svg.write(format_args!(" {name}=\"{}\"", escaped(&value.to_string())));
        self
    }

    /// A coordinate or length in px.
    pub(crate) fn px(self, name: &str, value: f64) -> Self {
        self.svg.write(format_args!(" {name}=\"{}\"", rounded(value)));
        self
    }

    /// Several coordinates or lengths in px.
    pub(crate) fn all_px<const N: usize>(self, pairs: [(&str, f64); N]) -> Self {
        pairs.into_iter().fold(self, |tag, (name, value)| tag.px(name, value))
    }

    pub(crate) fn class(self, class: &str) -> Self {
        self.attr("class", class)
    }

    pub(crate) fn empty(self) {
        self.svg.out.push_str("/>\n");
    }

    pub(crate) fn open(self) {
        self.svg.out.push_str(">\n");
    }

    pub(crate) fn text(self, text: &str) {
        let name = self.name;
        self.svg.write(format_args!(">{}</{name}>\n", escaped(text)));
    }

    /// A form that says what it is when it is pointed at.
    pub(crate) fn labelled(self, words: &str) {
        let name = self.name;
        self.svg.write(format_args!("><title>{}</title></{name}>\n", escaped(words)));
    }

    /// Text that had to be shortened carries its whole as a title.
    pub(crate) fn shortened_text(self, shown: &str, whole: &str) {
        if shown == whole {
            return self.text(shown);
        }
        let name = self.name;
        let (shown, whole) = (escaped(shown), escaped(whole));
        self.svg.write(format_args!("><title>{whole}</title>{shown}</{name}>\n"));
    }

    /// A name, shortened with its whole as a title, and a value after it.
    pub(crate) fn labelled_text(self, shown: &str, whole: &str, value: &str) {
        if value.is_empty() {
            return self.shortened_text(shown, whole);
        }
        let name = self.name;
        self.svg.out.push('>');
        if shown != whole {
            self.svg.write(format_args!("<title>{}</title>", escaped(whole)));
        }
        let (shown, value) = (escaped(shown), escaped(value));
        self.svg.write(format_args!(
            "{shown}<tspan class=\"value\" dx=\"5\">{value}</tspan></{name}>\n"
        ));
    }
}

/// A path: absolute where it begins, relative from there, in whole tenths of a pixel.
#[derive(Debug, Default)]
pub(crate) struct Path {
    out: String,
    at: (i64, i64),
    command: char,
}

impl Path {
    pub(crate) fn move_to(&mut self, x: f64, y: f64) {
        self.at = (tenths(x), tenths(y));
        self.out.push('M');
        self.numbers(&[self.at.0, self.at.1]);
        self.command = 'M';
    }

    pub(crate) fn line_to(&mut self, x: f64, y: f64) {
        let to = (tenths(x), tenths(y));
        self.relative('l', &[to]);
    }

    /// A curve that leaves and arrives horizontally.
    pub(crate) fn ease_to(&mut self, x: f64, y: f64) {
        let to = (tenths(x), tenths(y));
        let middle = i64::midpoint(self.at.0, to.0);
        self.relative('c', &[(middle, self.at.1), (middle, to.1), to]);
    }

    pub(crate) fn line_through(&mut self, points: impl IntoIterator<Item = (f64, f64)>) {
        for (index, (x, y)) in points.into_iter().enumerate() {
            if index == 0 {
                self.move_to(x, y);
            } else {
                self.line_to(x, y);
            }
        }
    }

    pub(crate) fn close(&mut self) {
        self.out.push('z');
        self.command = 'z';
    }

    pub(crate) fn into_string(self) -> String {
        self.out
    }

    fn relative(&mut self, command: char, points: &[(i64, i64)]) {
        let from = self.at;
        for (index, (x, y)) in points.iter().enumerate() {
            if index > 0 || self.command == command {
                self.separate(x - from.0);
            } else {
                self.out.push(command);
            }
            self.numbers(&[x - from.0, y - from.1]);
            self.at = (*x, *y);
        }
        self.command = command;
    }

    fn separate(&mut self, next: i64) {
        if next >= 0 {
            self.out.push(' ');
        }
    }

    /// Numbers with a space between them unless a minus sign parts them.
    fn numbers(&mut self, tenths: &[i64]) {
        for (index, number) in tenths.iter().enumerate() {
            if index > 0 {
                self.separate(*number);
            }
            write_tenths(&mut self.out, *number);
        }
    }
}

/// A coordinate as written: to 0.1 px, without `-0`.
pub(crate) fn rounded(value: f64) -> String {
    let mut out = String::new();
    write_tenths(&mut out, tenths(value));
    out
}

/// The text with what XML reserves escaped and what it forbids left out.
pub(crate) fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\t' | '\n' | '\r' => out.push(' '),
            '\u{0}'..='\u{1f}' | '\u{7f}'..='\u{9f}' | '\u{fffe}' | '\u{ffff}' => {}
            _ => out.push(character),
        }
    }
    out
}

fn tenths(value: f64) -> i64 {
    debug_assert!(value.is_finite(), "a coordinate is not finite");
    (value.clamp(-FARTHEST, FARTHEST) * 10.0).round() as i64
}

/// Writes a number of tenths without the formatting machinery, which paths are too long for.
fn write_tenths(out: &mut String, tenths: i64) {
    if tenths < 0 {
        out.push('-');
    }
    let mut digits = [b'0'; 20];
    let mut from = digits.len();
    let mut rest = tenths.unsigned_abs() / 10;
    loop {
        from -= 1;
        digits[from] = b'0' + (rest % 10) as u8;
        rest /= 10;
        if rest == 0 {
            break;
        }
    }
    out.extend(digits[from..].iter().copied().map(char::from));
    let tenth = (tenths.unsigned_abs() % 10) as u8;
    if tenth > 0 {
        out.push('.');
        out.push(char::from(b'0' + tenth));
    }
}

#[cfg(test)]
mod tests;
