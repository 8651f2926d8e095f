//! The outline of a Markdown text: headings, code, images and tables, line by line.

/// Headings that are kept.
const MAX_HEADINGS: usize = 200;
/// Languages of code that are kept.
const MAX_LANGUAGES: usize = 32;
const MAX_HEADING_CHARACTERS: usize = 80;
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
    /// Headings in plain lower case, in their order.
    pub headings: Vec<String>,
    /// The lines that are no code.
    pub prose: String,
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
    let mut previous = "";
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
        if let Some(begun) = Block::begin(trimmed) {
            block = Some(begun);
            previous = "";
            continue;
        }
        outline.line(trimmed, previous);
        previous = trimmed;
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

    fn line(&mut self, line: &str, previous: &str) {
        let heading = heading(line, previous).map(plain).filter(|heading| !heading.is_empty());
        if self.headings.len() < MAX_HEADINGS {
            self.headings.extend(heading);
        }
        self.tables += i64::from(is_rule_of_table(line) && previous.contains('|'));
        let tag = |name: &str| count_ignoring_case(line, name);
        self.tables += tag("<table");
        self.images += images(line) + tag("<img");
        self.prose.push_str(line);
        self.prose.push('\n');
    }
}

/// The heading that a line is, or makes of the line before it.
fn heading<'a>(line: &'a str, previous: &'a str) -> Option<&'a str> {
    let marks = line.bytes().take_while(|byte| *byte == b'#').count();
    if (1..=6).contains(&marks) {
        return Some(&line[marks..]);
    }
    if line.len() >= 3 && !previous.is_empty() {
        let is_of = |mark: u8| line.bytes().all(|byte| byte == mark);
        let is_text = !previous.starts_with(['#', '|', '-', '*', '>', '<', '=']);
        if is_text && (is_of(b'=') || is_of(b'-')) {
            return Some(previous);
        }
    }
    // Many write headings in HTML, or as a line that is bold from its beginning to its end.
    let bytes = line.as_bytes();
    if let [b'<', b'h' | b'H', b'1'..=b'6', b'>' | b' ', ..] = bytes {
        return Some(line);
    }
    let bold = line.trim_end_matches(':').strip_prefix("**")?;
    let bold = bold.strip_suffix("**").or_else(|| bold.strip_suffix(":**"))?;
    (!bold.contains("**")).then_some(bold)
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
    words.trim_matches(|c| is_sign(c) || c == ')').chars().take(MAX_HEADING_CHARACTERS).collect()
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

fn count_ignoring_case(line: &str, name: &str) -> i64 {
    if !line.contains('<') {
        return 0;
    }
    let windows = line.as_bytes().windows(name.len());
    windows.filter(|window| window.eq_ignore_ascii_case(name.as_bytes())).count() as i64
}

/// Whether a line begins an entry of `BibTeX`, as `@article{`.
fn is_entry(line: &str) -> bool {
    let Some((kind, _)) = line.strip_prefix('@').and_then(|rest| rest.split_once('{')) else {
        return false;
    };
    ENTRIES.iter().any(|entry| kind.trim().eq_ignore_ascii_case(entry))
}
