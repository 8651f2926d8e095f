use std::collections::BTreeSet;

use super::*;

fn day(text: &str) -> Day {
    text.parse().unwrap()
}

/// After the last change that the table knows.
const NOW: &str = "2026-09-01";

#[test]
fn the_table_of_rules_is_sound() {
    let mut seen = BTreeSet::new();
    for row in ROWS.iter() {
        assert!(seen.insert((&row.class, &row.since)), "{row:?} is there twice");
        assert!(["C", "D"].contains(&row.mark.as_str()), "{row:?}");
        assert!(
            row.class.starts_with(OF_LIBRARY)
                || [DEFAULT, GGUF, DIFFUSERS].contains(&row.class.as_str())
        );
        assert_eq!(row.since().is_some(), row.what.ends_with('.'), "{row:?} needs a sentence");
        let is_default = row.counted == DEFAULT && row.class != DEFAULT;
        let are_read = row.counted.split('|').all(|text| Pattern::parse(text).is_some());
        assert!(is_default || are_read, "{row:?} cannot be read");
    }
    for (name, class) in CLASSES.iter() {
        assert!(class.rules.is_sorted_by_key(|(since, _)| *since), "{name} is out of order");
        assert!(
            class.rules.len() < usize::from(u8::MAX),
            "{name} changed too often for its epochs"
        );
    }
    // The reference names 240 registered libraries, of which 61 have no rule of their own; two of
    // these, and one that is no longer registered, had one.
    assert_eq!(BY_LIBRARY.len(), 240 - 61 + 2 + 1);
}

#[test]
fn a_library_of_its_own_rule_goes_before_the_formats() {
    for (library, has_gguf, expected) in [
        (Library::Named("peft"), Some(false), Some("library:peft")),
        (Library::Named("peft"), None, Some("library:peft")),
        (Library::Named("ltx"), Some(true), Some("library:ltx")),
        (Library::Named("transformers"), Some(true), Some("gguf")),
        (Library::Named("transformers"), Some(false), Some("default")),
        (Library::Named("diffusers"), Some(false), Some("diffusers")),
        (Library::Named("diffusers"), Some(true), Some("gguf")),
        (Library::Named("a word of its author"), Some(false), Some("default")),
        // Ids are compared with their letter case.
        (Library::Named("PaddleOCR"), Some(false), Some("library:PaddleOCR")),
        (Library::Named("paddleocr"), Some(false), Some("default")),
        (Library::None, Some(true), Some("gguf")),
        (Library::None, Some(false), Some("default")),
        // Unknown is not no.
        (Library::Unknown, Some(true), None),
        (Library::Unknown, Some(false), None),
        (Library::Named("transformers"), None, None),
        (Library::None, None, None),
    ] {
        assert_eq!(rule_class(library, has_gguf), expected, "{library:?}, GGUF {has_gguf:?}");
    }
}

/// Paths as each of the reference's ways of naming counted files means them.
#[test]
fn patterns_match_as_the_reference_writes_them() {
    for (class, counted, others) in [
        (
            "default",
            &["config.json", "params.json", "meta.yaml"][..],
            &["a/config.json", "model.safetensors"][..],
        ),
        (
            "diffusers",
            &["model_index.json", "flux.safetensors", "v1.ckpt"],
            &["unet/model.safetensors", "config.json"],
        ),
        ("gguf", &["a-Q4_K_M.gguf", "Q8_0/a-00001-of-00002.gguf"], &["config.json", "a.GGUF"]),
        (
            "library:nemo",
            &["a.nemo", "model_config.yaml", "x/tokenizer.json"],
            &["x/model_config.yaml"],
        ),
        ("library:hunyuan3d-2", &["model_index.json", "dit/config.yaml"], &["my_config.json"]),
        ("library:kernels", &["build/torch/_ops.py"], &["ops.py"]),
        ("library:whisperkit", &["tiny/AudioEncoder.mlmodelc/model.mil"], &["model.mil"]),
        ("library:tic-clip", &["checkpoints/a.pt"], &["a.pt"]),
        (
            "library:peft",
            &["adapter_config.json"],
            &["config.json", "checkpoint-1/adapter_config.json"],
        ),
        // Two entries look mistaken where they were published, and match nothing.
        ("library:ssr-speech", &[], &["a.pth"]),
        ("library:quantumpeer", &[], &["setup.py"]),
    ] {
        for path in counted {
            assert_eq!(is_counted_file(class, day(NOW), path), Some(true), "{class}: {path}");
        }
        for path in others {
            assert_eq!(is_counted_file(class, day(NOW), path), Some(false), "{class}: {path}");
        }
    }
}

#[test]
fn gguf_files_count_in_every_class() {
    assert_eq!(is_counted_file("library:ltx", day(NOW), "a.gguf"), Some(true));
    assert_eq!(is_counted_file("library:ltx", day(NOW), "config.json"), Some(false));
}

#[test]
fn a_rule_holds_from_the_day_of_its_change() {
    let nemo = |on: &str, path: &str| is_counted_file("library:nemo", day(on), path);
    assert_eq!(nemo("2024-02-15", "a.nemo"), None, "not known before it was published");
    assert_eq!(nemo("2024-02-16", "model_config.yaml"), Some(false));
    assert_eq!(nemo("2024-06-21", "model_config.yaml"), Some(true));
    assert_eq!(nemo("2025-07-31", "tokenizer.json"), Some(false));
    assert_eq!(nemo("2025-08-01", "tokenizer.json"), Some(true));
    // The rule of 2024 counted whatever ended so.
    let open_clip =
        |on: &str| is_counted_file("library:open_clip", day(on), "my_pytorch_model.bin");
    assert_eq!(open_clip("2025-01-21"), Some(true));
    assert_eq!(open_clip("2025-01-22"), Some(false));
    // Known, though not since when.
    assert_eq!(is_counted_file("library:terratorch", day("2025-01-01"), "a.ckpt"), Some(false));
    assert_eq!(is_counted_file("library:terratorch", day("2025-09-08"), "a.ckpt"), Some(true));
    // Back to the default files, which changed later.
    let tabpfn = |on: &str| is_counted_file("library:tabpfn", day(on), "params.json");
    assert_eq!(tabpfn("2025-01-12"), None);
    assert_eq!(tabpfn("2025-01-13"), Some(false));
    assert_eq!(tabpfn("2025-07-25"), Some(true));
    assert_eq!(is_counted_file("library:no-such", day(NOW), "config.json"), None);
}

#[test]
fn epochs_count_the_changes_until_a_week_is_over() {
    assert_eq!(epochs("library:nemo"), ["2024-02-16", "2024-06-21", "2025-08-01"].map(day));
    assert!(epochs("library:big_vision").is_empty());
    let epoch_of = |text: &str| epoch("library:nemo", text.parse().unwrap());
    assert_eq!(epoch_of("2024-01-01"), 0);
    assert_eq!(epoch_of("2024-02-12"), 1);
    // 2025-08-01 was a Friday; its week began on 2025-07-28.
    assert_eq!(epoch_of("2025-07-21"), 2);
    assert_eq!(epoch_of("2025-07-28"), 3);
    // 2025-09-08 was a Monday: the change does not reach the week before.
    assert_eq!(epoch("library:terratorch", "2025-09-01".parse().unwrap()), 0);
    assert_eq!(epoch("library:terratorch", "2025-09-08".parse().unwrap()), 1);
}

#[test]
fn changes_are_listed_by_day() {
    let changes = changes();
    assert!(changes.is_sorted_by_key(|change| (change.on, change.class)));
    let first: Vec<_> = changes.iter().take_while(|it| it.on == day("2024-02-16")).collect();
    assert_eq!(first.len(), 17, "the rules that the first publication held");
    let last = changes.last().unwrap();
    assert_eq!((last.on, last.class), (day("2026-08-06"), "diffusers"));
}
