//! An HTML document, read as a browser reads it, as far as the tests of reports need.

use html5gum::{HtmlString, StartTag, Token, Tokenizer};

/// Elements that have no end.
const VOID: [&str; 6] = ["meta", "br", "img", "input", "link", "hr"];
/// Within these, digits are no prose: tables and drawings, code, and what says where it is from.
const NOT_PROSE: [&str; 8] = ["table", "svg", "code", "pre", "style", "title", "data", "time"];

/// An element, with all of its text.
#[derive(Debug, Clone, Default)]
pub(crate) struct Element {
    pub(crate) name: String,
    attributes: Vec<(String, String)>,
    pub(crate) text: String,
    /// The names of what it stands in, the outermost first.
    pub(crate) within: Vec<String>,
}

impl Element {
    pub(crate) fn get(&self, name: &str) -> Option<&str> {
        let mut found = self.attributes.iter().filter(|(known, _)| known == name);
        found.next().map(|(_, value)| value.as_str())
    }

    fn is_prose(&self) -> bool {
        let is_name = self.get("class") == Some("name");
        !is_name && !NOT_PROSE.contains(&self.name.as_str())
    }
}

/// A document.
#[derive(Debug, Default)]
pub(crate) struct Page {
    /// Every element, by where it begins.
    pub(crate) elements: Vec<Element>,
    /// Pieces of prose with a digit.
    pub(crate) stray_digits: Vec<String>,
}

impl Page {
    /// Reads a document; one whose elements do not end where they should is refused.
    pub(crate) fn read(html: &str) -> Self {
        let mut page = Self::default();
        let mut open: Vec<usize> = Vec::new();
        for Ok(token) in Tokenizer::new(html) {
            match token {
                Token::StartTag(tag) => {
                    let element = page.element(&tag, &open);
                    let is_void = tag.self_closing || VOID.contains(&element.name.as_str());
                    page.elements.push(element);
                    if !is_void {
                        open.push(page.elements.len() - 1);
                    }
                }
                Token::EndTag(tag) => {
                    let ended = open.pop().map(|at| page.elements[at].name.clone());
                    assert_eq!(ended, Some(text(&tag.name)), "ends in order");
                }
                Token::String(piece) => page.add(&open, &text(&piece)),
                Token::Error(fault) => panic!("not HTML: {fault:?}"),
                Token::Comment(_) | Token::Doctype(_) => {}
            }
        }
        assert!(open.is_empty(), "everything ends");
        page
    }

    fn element(&self, tag: &StartTag<()>, open: &[usize]) -> Element {
        let attributes = tag.attributes.iter();
        Element {
            name: text(&tag.name),
            attributes: attributes.map(|(name, value)| (text(name), text(value))).collect(),
            text: String::new(),
            within: open.iter().map(|at| self.elements[*at].name.clone()).collect(),
        }
    }

    fn add(&mut self, open: &[usize], piece: &str) {
        let is_prose = open.iter().all(|at| self.elements[*at].is_prose());
        if is_prose && piece.contains(char::is_numeric) {
            self.stray_digits.push(piece.to_owned());
        }
        for at in open {
            self.elements[*at].text.push_str(piece);
        }
    }

    /// The elements of a name.
    pub(crate) fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a Element> {
        self.elements.iter().filter(move |element| element.name == name)
    }
}

fn text(bytes: &HtmlString) -> String {
    String::from_utf8(bytes.0.clone()).unwrap()
}

/// The walk finds what it is there to find.
#[test]
fn a_number_in_prose_is_found_and_one_that_says_where_it_is_from_is_not() {
    let bound = "<p>A rose to <data value=\"3\" data-from=\"a/0/value\">3</data> in \
                 <span class=\"name\">2024</span>, <b>see</b> <code>9</code>.</p><td><table>7</table></td>";
    let page = Page::read(bound);
    assert_eq!(page.stray_digits, [""; 0]);
    let data = page.all("data").next().unwrap();
    assert_eq!((data.get("data-from"), data.text.as_str()), (Some("a/0/value"), "3"));
    assert_eq!(data.within, ["p"]);
    let stray = Page::read("<p>A rose to <b>3 %</b>.</p><p class=\"note\">½</p>");
    assert_eq!(stray.stray_digits, ["3 %", "½"]);
}
