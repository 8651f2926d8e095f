use super::super::tests::{line, list};
use crate::Facts;

const TYPE: [&str; 3] = ["weight_type", "weight_type_source", "weight_type_bits"];
const ALL: [&str; 5] =
    ["weight_types", "weight_type_share", "is_mixed_precision", "is_packed", "weight_bytes"];

fn of(types: &[&str]) -> (String, String) {
    let facts = Facts { weight_types: list(types), ..Facts::default() };
    (line("a/b", facts.clone(), &TYPE), line("a/b", facts, &ALL))
}

/// 8,030,261,248 elements of BF16 are the 16,060,522,496 bytes that the index of
/// meta-llama/Llama-3.1-8B says.
#[test]
fn plain_weights_are_of_one_type() {
    let (main, all) = of(&["BF16:8030261248"]);
    assert_eq!(main, "BF16 | files | 16");
    assert_eq!(all, "[BF16] | 1 | no | no | 16060522496");
    // Positions of BERT are no second precision.
    let (main, all) = of(&["I64:512", "F32:110000000"]);
    assert_eq!(main, "F32 | files | 32");
    assert!(all.starts_with("[F32, I64] | 0.99999") && all.contains("| no | no |"), "{all}");
}

/// Bytes by hand: 4·100 + 2·20 = 440; 1·90 + 2·10 = 110.
#[test]
fn packed_and_mixed_weights_are_told_by_their_bytes() {
    let (main, all) = of(&["F16:20", "I32:100"]);
    assert_eq!(main, "I32 | files | 32");
    assert_eq!(all, format!("[I32, F16] | {} | yes | yes | 440", 400.0 / 440.0));
    let (main, all) = of(&["BF16:10", "F8_E4M3:90"]);
    assert_eq!(main, "F8_E4M3 | files | 8");
    assert_eq!(all, format!("[F8_E4M3, BF16] | {} | yes | no | 110", 90.0 / 110.0));
}

#[test]
fn without_elements_words_tell_the_type() {
    let named =
        |id: &str, tags: &[&str]| line(id, Facts { tags: list(tags), ..Facts::default() }, &TYPE);
    assert_eq!(named("x/y-7B-bf16", &["fp16"]), "BF16 | name | 16");
    assert_eq!(named("x/y-7B", &["en", "float16"]), "F16 | tag | 16");
    assert_eq!(named("x/y-7B", &[]), "– | – | –");
}

#[test]
fn types_that_nobody_knows_leave_the_bytes_open() {
    let (main, all) = of(&["F32:2", "X99:5"]);
    assert_eq!(main, "F32 | files | 32");
    assert_eq!(all, "[F32] | 1 | no | no | –");
    for types in [&["F32"][..], &["F32:-1"], &["F32:x"], &[":5"], &[]] {
        let (main, all) = of(types);
        assert_eq!(main, "– | – | –", "{types:?}");
        assert_eq!(all, "– | – | – | – | –", "{types:?}");
    }
}
