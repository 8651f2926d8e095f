use super::super::tests::{line, list, text};
use crate::Facts;

fn tagged(tags: &[&str]) -> Facts {
    Facts { tags: list(tags), ..Facts::default() }
}

#[test]
fn tags_and_names_tell_who_a_model_is_for() {
    let names = ["is_not_for_all_audiences", "is_uncensored", "is_remote_code_needed"];
    for (id, facts, expected) in [
        ("a/whale-7b", tagged(&["not-for-all-audiences", "custom_code"]), "yes | no | yes"),
        ("a/Whale-7B-Abliterated-GGUF", tagged(&[]), "no | yes | no"),
        ("a/whale-7b", tagged(&["Uncensored"]), "no | yes | no"),
        // Part of another word; and a name that says so where the source has no tags.
        ("a/hereticality", tagged(&[]), "no | no | no"),
        ("a/whale-uncensored", Facts::default(), "– | yes | –"),
        ("a/whale", Facts::default(), "– | – | –"),
    ] {
        assert_eq!(line(id, facts, &names), expected, "{id}");
    }
}

#[test]
fn pickles_count_where_nothing_safer_is_beside_them() {
    let only = |paths: &[&str]| {
        let facts = Facts { file_paths: list(paths), ..Facts::default() };
        line("a/b", facts, &["is_pickle_only"])
    };
    assert_eq!(only(&["README.md", "pytorch_model.bin"]), "yes");
    assert_eq!(only(&["x/Model.CKPT"]), "yes");
    assert_eq!(only(&["pytorch_model.bin", "model.safetensors", "training_args.bin"]), "no");
    assert_eq!(only(&["model.gguf"]), "no");
    assert_eq!(only(&["README.md", "training_args.bin", "openvino_model.bin"]), "–");
    assert_eq!(only(&["é", "ébin"]), "–");
}

#[test]
fn a_scan_is_as_the_hub_says() {
    let names = ["security_scan", "security_issue_count"];
    let scan = |word: &str, security_issue_count| {
        let facts = Facts { security_scan: text(word), security_issue_count, ..Facts::default() };
        line("a/b", facts, &names)
    };
    assert_eq!(scan("issues", Some(2)), "issues | 2");
    assert_eq!(scan("pending", None), "pending | –");
    assert_eq!(scan("odd", Some(-1)), "– | –");
}

#[test]
fn warnings_stand_in_headings_and_phrases() {
    let names = [
        "has_safety_section",
        "has_out_of_scope_section",
        "has_safety_statement",
        "has_out_of_scope_statement",
        "has_disclaimer",
    ];
    let facts = Facts {
        readme_headings: list(&["bias, risks, and limitations", "out-of-scope use"]),
        readme_topics: list(&["disclaimer", "out of scope"]),
        ..Facts::default()
    };
    assert_eq!(line("a/b", facts, &names), "yes | yes | no | yes | yes");
    assert_eq!(line("a/b", Facts::default(), &names), "– | – | – | – | –");
}
