use super::super::file;
use super::unlinked_pages;

#[test]
fn linked_pages_are_no_finding() {
    let files = [
        file(
            "docs/methods/README.md",
            "# Methods\n- [HHI](hhi.md), [Gini](./gini.md#ties), [why](../why.md)\n",
        ),
        file("docs/methods/hhi.md", "# HHI\n"),
        file("docs/methods/gini.md", "# Gini\n"),
        file("docs/why.md", "# Why\n"),
    ];
    assert_eq!(unlinked_pages(&files), Vec::<String>::new());
}

#[test]
fn a_page_without_a_link_is_found() {
    let files =
        [file("docs/methods/README.md", "hhi.md\n"), file("docs/methods/hhi.md", "# HHI\n")];
    assert_eq!(
        unlinked_pages(&files),
        ["docs/methods/hhi.md: is not linked from docs/methods/README.md: add it there"]
    );
}

#[test]
fn a_page_without_a_list_is_found() {
    assert_eq!(unlinked_pages(&[file("docs/methods/hhi.md", "# HHI\n")]).len(), 1);
    assert_eq!(unlinked_pages(&[]), Vec::<String>::new());
}

#[test]
fn a_link_to_nowhere_is_found_with_its_line() {
    let findings = unlinked_pages(&[file("docs/methods/README.md", "# Methods\n[HHI](hhi.md)\n")]);
    assert_eq!(findings.len(), 1);
    assert!(findings[0].starts_with("docs/methods/README.md:2: links to hhi.md"), "{findings:?}");
}
