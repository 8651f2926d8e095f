//! The outline of a Markdown text: headings, code, images and tables, line by line.

use std::borrow::Cow;

use super::headings::Headings;

/// Languages of code that are kept.
const MAX_LANGUAGES: usize = 32;
/// What the Hub's template for cards says by itself, or leaves to be filled.
const OF_TEMPLATE: [&str; 4] = [
    "more information needed",
    "needs more information",
    "use the code below to get started",
    "carbon emissions can be estimated using the",
];
/// Spellings of a language behind a fence, and the language.
const SPELLINGS: [(&str, &str); 12] = [
    ("py", "python"),
    ("python3", "python"),
    ("pycon", "python"),
    ("ipython", "python"),
    ("sh", "bash"),
    ("shell", "bash"),
    ("zsh", "bash"),
    ("console", "bash"),
    ("js", "javascript"),
    ("ts", "typescript"),
    ("yml", "yaml"),
    ("c++", "cpp"),
];
/// What a fence can hold that is no code: citations.
const CITATIONS: [&str; 4] = ["bibtex", "bib", "latex", "tex"];
/// Kinds of entries of `BibTeX`.
const ENTRIES: [&str; 13] = [
    "article",
    "book",
    "conference",
    "dataset",
    "inproceedings",
    "manual",
    "mastersthesis",
    "misc",
    "online",
    "phdthesis",
    "software",
    "techreport",
    "unpublished",
];

/// What a text is made of.
#[derive(Debug, PartialEq, Eq, Default)]
pub(super) struct Outline {
    /// Headings under which something stands.
    pub headings: Headings,
    /// The lines that are no code, without headings, comments and what the template says by itself.
    pub prose: String,
    /// The lines that are headings.
    pub titles: String,
    /// What stands in comments, where tools sign and templates explain.
    pub comments: String,
    /// Languages that blocks of code name, sorted.
    pub languages: Vec<String>,
    /// Blocks of code that hold no citation.
    pub code: i64,
    /// Images that are no badges.
    pub images: i64,
    /// Tables.
    pub tables: i64,
    /// Whether there is an entry of `BibTeX`.
    pub has_bibtex: bool,
}

/// A block of code that has begun.
struct Block {
    mark: u8,
    length: usize,
    language: String,
    is_citation: bool,
}

/// Reads the outline of a text.
pub(super) fn outline(text: &str) -> Outline {
    let mut outline = Outline { prose: String::with_capacity(text.len()), ..Outline::default() };
    let mut block: Option<Block> = None;
    let mut previous = String::new();
    let mut is_comment = false;
    for line in text.lines() {
        let trimmed = line.trim();
        if is_entry(trimmed) {
            outline.has_bibtex = true;
            if let Some(block) = &mut block {
                block.is_citation = true;
            }
        }
        if let Some(open) = block.take() {
            if open.ends_with(trimmed) {
                outline.close(open);
            } else {
                block = Some(open);
            }
            continue;
        }
        let shown = outline.without_comments(trimmed, &mut is_comment);
        let shown = shown.trim();
        if let Some(begun) = Block::begin(shown) {
            block = Some(begun);
            outline.headings.fill();
            previous.clear();
            continue;
        }
        outline.line(shown, &previous);
        shown.clone_into(&mut previous);
    }
    if let Some(open) = block {
        outline.close(open);
    }
    outline.languages.sort_unstable();
    outline
}

impl Block {
    fn begin(line: &str) -> Option<Self> {
        let mark = *line.as_bytes().first().filter(|byte| [b'`', b'~'].contains(byte))?;
        let length = line.bytes().take_while(|byte| *byte == mark).count();
        let info = &line[length..];
        // Code within a line may begin it with three marks, too.
        if length < 3 || (mark == b'`' && info.contains('`')) {
            return None;
        }
        let is_of_word = |c: char| c.is_ascii_alphanumeric() || "+#-_.".contains(c);
        let info = info.trim_start().trim_start_matches(['{', '.']);
        let word: String = info.chars().take_while(|c| is_of_word(*c)).take(24).collect();
        let word = word.to_ascii_lowercase();
        let known = SPELLINGS.iter().find(|(spelling, _)| *spelling == word);
        let language = known.map_or(word.clone(), |(_, language)| (*language).to_owned());
        let is_citation = CITATIONS.contains(&language.as_str());
        Some(Self { mark, length, language, is_citation })
    }

    fn ends_with(&self, line: &str) -> bool {
        line.len() >= self.length && line.bytes().all(|byte| byte == self.mark)
    }
}

impl Outline {
    fn close(&mut self, block: Block) {
        if block.is_citation {
            return;
        }
        self.code += 1;
        let Block { language, .. } = block;
        let is_new = !language.is_empty() && !self.languages.contains(&language);
        if is_new && self.languages.len() < MAX_LANGUAGES {
            self.languages.push(language);
        }
    }

    /// Parts comments, of one line or many, from what is shown.
    fn without_comments<'a>(&mut self, line: &'a str, is_comment: &mut bool) -> Cow<'a, str> {
        if !*is_comment && !line.contains("<!--") {
            return Cow::Borrowed(line);
        }
        let mut shown = String::new();
        let mut rest = line;
        loop {
            let mark = if *is_comment { "-->" } else { "<!--" };
            let (before, after) = rest.split_once(mark).unwrap_or((rest, ""));
            let side = if *is_comment { &mut self.comments } else { &mut shown };
            side.push_str(before);
            side.push(' ');
            if before.len() == rest.len() {
                return Cow::Owned(shown);
            }
            *is_comment = !*is_comment;
            rest = after;
        }
    }

    fn line(&mut self, line: &str, previous: &str) {
        let is_heading = self.headings.take(line, previous);
        let lower = line.to_lowercase();
        let is_of_template = OF_TEMPLATE.iter().any(|words| lower.contains(words));
        if !is_heading && !line.is_empty() && !is_of_template {
            self.headings.fill();
        }
        self.tables += i64::from(is_rule_of_table(line) && previous.contains('|'));
        self.tables += count(&lower, "<table");
        self.images += images(line) + count(&lower, "<img");
        // Gaps of the template are counted by their words.
        if is_heading {
            self.titles.push_str(line);
            self.titles.push('\n');
        } else if !is_of_template
            || lower.contains(OF_TEMPLATE[0])
            || lower.contains(OF_TEMPLATE[1])
        {
            self.prose.push_str(line);
            self.prose.push('\n');
        }
    }
}

/// The line between a table's head and its rows.
fn is_rule_of_table(line: &str) -> bool {
    line.contains('-') && line.contains('|') && line.bytes().all(|byte| b"|:- ".contains(&byte))
}

/// Images in Markdown, but no badges.
fn images(line: &str) -> i64 {
    let mut count = 0;
    for image in line.split("![").skip(1) {
        let address = image.split_once("](").map_or("", |(_, rest)| rest);
        let address = address.split(')').next().unwrap_or_default();
        let is_badge = address.contains("shields.io") || address.contains("badge");
        count += i64::from(!address.is_empty() && !is_badge);
    }
    count
}

fn count(line: &str, name: &str) -> i64 {
    line.matches(name).count() as i64
}

/// Whether a line begins an entry of `BibTeX`, as `@article{`.
fn is_entry(line: &str) -> bool {
    let Some((kind, _)) = line.strip_prefix('@').and_then(|rest| rest.split_once('{')) else {
        return false;
    };
    ENTRIES.iter().any(|entry| kind.trim().eq_ignore_ascii_case(entry))
}
