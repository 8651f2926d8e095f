//! Every page on a method can be reached from the list of methods, and every link there leads to a page.

use super::SourceFile;

const FOLDER: &str = "docs/methods/";
const LIST: &str = "docs/methods/README.md";

/// Finds pages that the list does not link to, and links of the list to pages that are not there.
pub(super) fn unlinked_pages(files: &[SourceFile]) -> Vec<String> {
    let pages: Vec<&str> = files
        .iter()
        .filter(|file| file.path != LIST && file.has_extension("md"))
        .filter_map(|file| file.path.strip_prefix(FOLDER))
        .collect();
    let links = files.iter().find(|file| file.path == LIST).map(links).unwrap_or_default();
    let mut findings = Vec::new();
    for page in &pages {
        if !links.iter().any(|(_, link)| link == page) {
            findings.push(format!("{FOLDER}{page}: is not linked from {LIST}: add it there"));
        }
    }
    for (number, link) in &links {
        if !pages.contains(link) {
            findings.push(format!(
                "{LIST}:{number}: links to {link}, which is not there: write it, or remove the link"
            ));
        }
    }
    findings
}

/// Links to Markdown pages in the same folder, with their lines.
fn links(list: &SourceFile) -> Vec<(usize, &str)> {
    let mut links = Vec::new();
    for (number, line) in list.lines() {
        for (_, rest) in line.match_indices("](").map(|(at, mark)| (at, &line[at + mark.len()..])) {
            let target = rest.split([')', '#']).next().unwrap_or_default();
            let target = target.strip_prefix("./").unwrap_or(target);
            let is_page = target.rsplit_once('.').is_some_and(|(_, extension)| extension == "md");
            if is_page && !target.contains('/') {
                links.push((number, target));
            }
        }
    }
    links
}

#[cfg(test)]
mod tests;
