use super::super::tests::{line, list};
use super::*;
use crate::Facts;

const NAMES: [&str; 4] = ["arxiv_ids", "paper_newest_on", "dois", "has_hub_doi"];

#[test]
fn papers_come_from_tags_and_text() {
    let facts = Facts {
        tags: list(&["arxiv:2310.06825", "arxiv:1910.09700", "doi:10.57967/hf/123"]),
        readme_arxiv_ids: list(&["2310.06825v2", "2401.00001"]),
        readme_dois: list(&["10.57967/hf/123", "10.1000/xyz"]),
        ..Facts::default()
    };
    let expected = "[2310.06825, 2401.00001] | 2024-01-01 | [10.1000/xyz, 10.57967/hf/123] | yes";
    assert_eq!(line("a/b", facts, &NAMES), expected);
    let facts = Facts { tags: list(&["bert"]), ..Facts::default() };
    assert_eq!(line("a/b", facts, &NAMES), "[] | – | [] | no");
    assert_eq!(line("a/b", Facts::default(), &NAMES), "– | – | – | –");
}

#[test]
fn identifiers_tell_their_month() {
    let month = |id: &str| month_of(id).map(|day| day.to_string());
    assert_eq!(month("0704.0001").as_deref(), Some("2007-04-01"));
    assert_eq!(month("2512.03073").as_deref(), Some("2025-12-01"));
    for other in ["", "2513.00001", "cs/0112017", "2310", "2310.", "231é.00001", "２３10.1"] {
        assert_eq!(month(other), None, "{other}");
    }
}

#[test]
fn a_paper_may_be_linked_elsewhere() {
    let paper = |tags: Option<&[&str]>, links: Option<&[&str]>| {
        let (tags, readme_links) = (tags.and_then(list), links.and_then(list));
        has_paper(&Model::new("a/b", Facts { tags, readme_links, ..Facts::default() }))
    };
    assert_eq!(paper(None, None), None);
    assert_eq!(paper(Some(&["bert"]), None), Some(false));
    assert_eq!(paper(Some(&["arxiv:1910.09700"]), None), Some(false));
    assert_eq!(paper(Some(&["arxiv:1810.04805"]), None), Some(true));
    assert_eq!(paper(Some(&[]), Some(&["paper:aclanthology.org/P18-1"])), Some(true));
    assert_eq!(paper(None, Some(&["paper:arxiv.org/abs/1910.09700"])), Some(false));
}

#[test]
fn a_citation_is_a_block_or_a_section() {
    let names = ["has_bibtex", "has_citation_section"];
    let readme_headings = list(&["how to cite"]);
    let facts = Facts { readme_headings, readme_has_bibtex: Some(true), ..Facts::default() };
    assert_eq!(line("a/b", facts, &names), "yes | yes");
    let facts = Facts { file_paths: list(&["x.gguf"]), ..Facts::default() };
    assert_eq!(line("a/b", facts, &names), "no | no");
    assert_eq!(line("a/b", Facts::default(), &names), "– | –");
}
