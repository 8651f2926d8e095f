use std::collections::HashSet;

use super::*;

fn words_of(model_id: &str) -> Option<String> {
    published(model_id, &name::read(model_id)).map(|family| family.words.join(" "))
}

/// Which family a name names, as a reader of the Hub would say.
#[test]
fn names_name_their_family_or_none() {
    let cases = [
        ("deepseek-ai/DeepSeek-R1-0528", Some("deepseek r1")),
        ("unsloth/DeepSeek-V3.1-GGUF", Some("deepseek v3.1")),
        ("TheBloke/dolphin-2.5-mixtral-8x7b-GGUF", Some("mixtral 8x7b")),
        ("openai/gpt-oss-20b", Some("gpt oss 20b")),
        ("zai-org/GLM-4.5-Air-FP8", Some("glm 4.5 air")),
        ("zai-org/GLM-4.6V", Some("glm 4.6v")),
        ("google-bert/bert-base-multilingual-cased", Some("bert base multilingual cased")),
        ("openai/whisper-tiny.en", Some("whisper tiny")),
        ("google/gemma-7b-it", Some("gemma 7b")),
        ("meta-llama/Llama-4-Scout-17B-16E-Instruct", Some("llama 4 scout 17b 16e")),
        ("black-forest-labs/FLUX.1-dev", Some("flux 1 dev")),
        // The student, not its teacher.
        ("deepseek-ai/DeepSeek-R1-Distill-Qwen-7B", None),
        ("deepseek-ai/DeepSeek-R1-0528-Qwen3-8B", Some("qwen3 8b")),
        // Smaller models of the same name.
        ("bigscience/bloom-560m", None),
        ("ai21labs/Jamba-tiny-random", None),
        ("cerebras/GLM-4.5-Air-REAP-82B-A12B", None),
        // Another model of the same maker.
        ("deepseek-ai/DeepSeek-V3.2-Exp", Some("deepseek v3.2 exp")),
        ("deepseek-ai/DeepSeek-V3.5", None),
        ("google/gemma-3n-E2B-it-litert-preview", Some("gemma 3n e2b")),
        // The draft that guesses ahead for the model of this name.
        ("google/gemma-4-E4B-it-assistant", None),
        // One word says little.
        ("someone/my-bloom", None),
        ("a/b", None),
    ];
    for (model_id, expected) in cases {
        assert_eq!(words_of(model_id).as_deref(), expected, "{model_id}");
    }
}

#[test]
fn every_row_is_sound() {
    let rows: Vec<Row> = rules::rows(include_str!("../../../rules/families.csv"));
    let mut seen = HashSet::new();
    assert!(rows.len() >= 800, "{} families", rows.len());
    for row in rows {
        assert!(seen.insert(row.words.clone()), "'{}' is given twice", row.words);
        let words = name::words(&row.words);
        assert_eq!(words.join(" "), row.words, "names never split so");
        assert_eq!(row.words, row.words.to_lowercase(), "names are read in lower case");
        let (year, month) = row.released.split_once('-').expect("a year and a month");
        assert!((2015..=2026).contains(&year.parse::<i32>().unwrap()), "{}", row.words);
        assert!((1..=12).contains(&month.parse::<i32>().unwrap()), "{}", row.words);
        assert!(!row.evidence.is_empty(), "'{}' has no evidence", row.words);
        let total: f64 = row.total_billions.parse().unwrap();
        assert!(total > 0.0, "{}", row.words);
        assert!(row.active_billions.is_none_or(|active| active < total), "{}", row.words);
        let experts = row.experts.unwrap_or(i64::MAX);
        assert!(row.experts_active.is_none_or(|active| active < experts), "{}", row.words);
        assert!(family(row).is_some());
    }
}

/// 6.94 B is 7 B with more digits; 2.25 B is more than 2 B, and 685 B another count than 671 B.
/// The counts are those of the Hub's safetensors index.
#[test]
fn a_count_that_rounds_to_the_published_one_is_the_same() {
    let of = |id: &str| published(id, &name::read(id)).unwrap();
    assert!(of("ibm-granite/granite-4.0-h-tiny").is_rounding_of(6_939_037_248));
    assert!(of("Qwen/Qwen2.5-7B").is_rounding_of(7_615_616_512));
    assert!(!of("HuggingFaceTB/SmolVLM-Instruct").is_rounding_of(2_246_272_880));
    assert!(!of("deepseek-ai/DeepSeek-R1").is_rounding_of(684_531_386_000));
}
