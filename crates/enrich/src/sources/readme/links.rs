//! What a card links to: papers, code, demonstrations and data.

/// Addresses and identifiers of a card that are looked at, and those that are kept.
const MAX_SEEN: usize = 2_000;
const MAX_KEPT: usize = 100;
const MAX_BYTES: usize = 200;
/// Characters of an address; without an end, each of many could reach to the end of the text.
const MAX_CHARACTERS: usize = 2_000;
/// Hosts of papers, beside arXiv.
const PAPER_HOSTS: [&str; 15] = [
    "aclanthology.org",
    "aclweb.org",
    "biorxiv.org",
    "dl.acm.org",
    "doi.org",
    "ieeexplore.ieee.org",
    "isca-speech.org",
    "jmlr.org",
    "medrxiv.org",
    "nature.com",
    "openaccess.thecvf.com",
    "openreview.net",
    "papers.nips.cc",
    "proceedings.mlr.press",
    "proceedings.neurips.cc",
];
/// Hosts of repositories of code.
const CODE_HOSTS: [&str; 5] =
    ["bitbucket.org", "codeberg.org", "gitee.com", "github.com", "gitlab.com"];
/// Hosts where a model can be tried.
const DEMO_HOSTS: [&str; 3] = ["colab.research.google.com", "gradio.live", "replicate.com"];
/// The Hub's own names.
const HUB_HOSTS: [&str; 2] = ["huggingface.co", "hf.co"];

/// The links of a card.
#[derive(Debug, PartialEq, Eq, Default)]
pub(super) struct Links {
    /// Distinct addresses.
    pub count: i64,
    /// Those whose kind is known, as `code:github.com/a/b`, sorted.
    pub named: Vec<String>,
    /// Papers by their arXiv identifiers, sorted.
    pub arxiv_ids: Vec<String>,
    /// Digital object identifiers in lower case, sorted.
    pub dois: Vec<String>,
}

/// Reads the links out of the text, and the identifiers of papers out of its code too, in which
/// citations stand.
pub(super) fn read(text: &str, shown: &[&str]) -> Links {
    let mut addresses: Vec<&str> = shown.iter().flat_map(|part| addresses(part)).collect();
    addresses.sort_unstable();
    addresses.dedup();
    let count = addresses.len() as i64;
    let mut named: Vec<String> = addresses.iter().filter_map(|address| named(address)).collect();
    named.sort_unstable();
    named.dedup();
    named.truncate(MAX_KEPT);
    Links { count, named, arxiv_ids: distinct(arxiv_ids(text)), dois: distinct(dois(text)) }
}

fn distinct(mut ids: Vec<String>) -> Vec<String> {
    ids.sort_unstable();
    ids.dedup();
    ids.truncate(MAX_KEPT);
    ids
}

/// Absolute addresses, without their scheme, and those on the Hub that begin with a stroke.
fn addresses(prose: &str) -> Vec<&str> {
    let is_end = |c: char| c.is_whitespace() || ")>\"'`]|<}".contains(c);
    let mut found = Vec::new();
    for (at, mark) in prose.match_indices("://").take(MAX_SEEN) {
        let is_web = prose[..at].ends_with("http") || prose[..at].ends_with("https");
        let rest = &prose[at + mark.len()..];
        let address = until(rest, is_end).trim_end_matches(['.', ',', ';', ':', '/', '*']);
        if is_web && !address.is_empty() {
            found.push(address);
        }
    }
    for mark in ["](/datasets/", "](/spaces/"] {
        for (at, _) in prose.match_indices(mark).take(MAX_SEEN) {
            found.push(until(&prose[at + 3..], is_end));
        }
    }
    found
}

/// The text until some character, or until it is too long.
fn until(text: &str, is_end: impl Fn(char) -> bool) -> &str {
    let mut characters = text.char_indices().take(MAX_CHARACTERS + 1).enumerate();
    let end = characters.find(|(count, (_, c))| *count == MAX_CHARACTERS || is_end(*c));
    end.map_or(text, |(_, (at, _))| &text[..at])
}

/// A link of a known kind, cut down to what it names.
fn named(address: &str) -> Option<String> {
    let address = address.split(['?', '#']).next().unwrap_or_default();
    let address = address.strip_prefix("www.").unwrap_or(address);
    let (host, path) = address.split_once('/').unwrap_or((address, ""));
    let host = host.to_ascii_lowercase();
    let parts: Vec<&str> = path.split('/').filter(|part| !part.is_empty()).collect();
    // Relative links have lost their host.
    let (host, parts) = match host.as_str() {
        "datasets" | "spaces" => ("hf.co", [&[host.as_str()], parts.as_slice()].concat()),
        other => (other, parts),
    };
    let is_host = |hosts: &[&str]| hosts.contains(&host);
    let link = match parts.as_slice() {
        ["datasets", owner, name, ..] if is_host(&HUB_HOSTS) => format!("dataset:{owner}/{name}"),
        ["datasets", name] if is_host(&HUB_HOSTS) => format!("dataset:{name}"),
        ["spaces", owner, name, ..] if is_host(&HUB_HOSTS) => format!("demo:{owner}/{name}"),
        ["papers", id, ..] if is_host(&HUB_HOSTS) => format!("paper:arxiv.org/abs/{id}"),
        ["abs" | "pdf" | "html", id, ..] if host.ends_with("arxiv.org") => {
            format!("paper:arxiv.org/abs/{}", id.trim_end_matches(".pdf"))
        }
        ["datasets", owner, name, ..] if host == "kaggle.com" => {
            format!("dataset:kaggle.com/datasets/{owner}/{name}")
        }
        ["record" | "records", id, ..] if host == "zenodo.org" => {
            format!("dataset:zenodo.org/records/{id}")
        }
        [owner, name, ..] if is_host(&CODE_HOSTS) => {
            format!("code:{host}/{owner}/{}", name.trim_end_matches(".git"))
        }
        [_, ..] if is_host(&PAPER_HOSTS) => format!("paper:{host}/{path}"),
        _ if is_host(&DEMO_HOSTS)
            || host.ends_with(".hf.space")
            || host.ends_with(".gradio.live") =>
        {
            format!("demo:{host}")
        }
        _ => return None,
    };
    (link.len() <= MAX_BYTES).then_some(link)
}

/// Identifiers of the form `2310.06825` that stand behind a word for arXiv.
fn arxiv_ids(text: &str) -> Vec<String> {
    const WORDS: [&str; 3] = ["arxiv", "papers/", "eprint"];
    /// Between the word and the identifier stand things like `.org/abs/` or ` preprint arXiv:`.
    const REACH: usize = 24;
    let bytes = text.as_bytes();
    let digits =
        |from: usize| bytes[from..].iter().take_while(|byte| byte.is_ascii_digit()).count();
    let mut ids = Vec::new();
    for (dot, _) in text.match_indices('.') {
        let Some(begin) = dot.checked_sub(4) else { continue };
        let is_alone = begin == 0 || !bytes[begin - 1].is_ascii_digit();
        let length = digits(dot + 1);
        if digits(begin) != 4 || !is_alone || !(4..=5).contains(&length) {
            continue;
        }
        let month = (bytes[begin + 2] - b'0') * 10 + (bytes[begin + 3] - b'0');
        let before = bytes[begin.saturating_sub(REACH)..begin].to_ascii_lowercase();
        let is_named =
            WORDS.iter().any(|word| before.windows(word.len()).any(|part| part == word.as_bytes()));
        if (1..=12).contains(&month) && is_named && ids.len() < MAX_SEEN {
            ids.push(text[begin..dot + 1 + length].to_owned());
        }
    }
    ids
}

/// Identifiers of the form `10.1234/abc`.
fn dois(text: &str) -> Vec<String> {
    let is_end = |c: char| c.is_whitespace() || ")>\"'`]|<},;?".contains(c);
    let (mut dois, mut seen) = (Vec::new(), 0);
    for (at, mark) in text.match_indices("10.") {
        let is_alone = !text[..at].ends_with(|c: char| c.is_alphanumeric() || c == '.');
        let rest = &text[at + mark.len()..];
        let registrant = rest.bytes().take_while(u8::is_ascii_digit).count();
        let Some(suffix) = rest[registrant..].strip_prefix('/') else { continue };
        seen += 1;
        if seen > MAX_SEEN {
            break;
        }
        let suffix = until(suffix, is_end).trim_end_matches(['.', ':', '*', '_']);
        let is_sound = (4..=9).contains(&registrant) && !suffix.is_empty();
        if is_alone && is_sound && suffix.len() <= MAX_BYTES {
            dois.push(format!("10.{}/{}", &rest[..registrant], suffix.to_lowercase()));
        }
    }
    dois
}
