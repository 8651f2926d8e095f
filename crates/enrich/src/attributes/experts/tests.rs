use super::super::tests::{line, list, text};
use super::*;
use crate::Facts;

const COLUMNS: [&str; 4] = ["is_moe", "moe_evidence", "expert_count", "expert_active_count"];

fn of(id: &str, facts: Facts) -> String {
    line(id, facts, &COLUMNS)
}

fn tagged(id: &str, tags: &[&str]) -> String {
    of(id, Facts { tags: list(tags), ..Facts::default() })
}

#[test]
fn the_source_comes_first() {
    let facts = Facts {
        is_moe: Some(true),
        expert_count: Some(128),
        expert_active_count: Some(8),
        model_type: text("llama"),
        ..Facts::default()
    };
    assert_eq!(of("x/y", facts), "yes | source | 128 | 8");
    // One expert is none to choose from.
    let one = Facts { expert_count: Some(1), expert_active_count: Some(1), ..Facts::default() };
    assert_eq!(of("x/y", one), "no | source | – | –");
}

#[test]
fn model_types_and_architectures_are_looked_up() {
    for (model_type, expected) in [
        ("qwen3_moe", "yes | model type | – | –"),
        ("deepseek_v3", "yes | model type | – | –"),
        ("kimi_k25", "yes | model type | – | –"),
        ("brand_new_moe", "yes | model type | – | –"),
        ("qwen3", "no | model type | – | –"),
        ("bert", "no | model type | – | –"),
        // Only sometimes sparse, or never heard of.
        ("gemma4", "– | – | – | –"),
        ("nemotron_h", "– | – | – | –"),
        ("hunyuan_v1_moe", "– | – | – | –"),
        ("brand_new", "– | – | – | –"),
    ] {
        let facts = Facts { model_type: text(model_type), ..Facts::default() };
        assert_eq!(of("x/y", facts), expected, "{model_type}");
    }
    let facts = Facts { architectures: list(&["Grok1ModelForCausalLM"]), ..Facts::default() };
    assert_eq!(of("x/y", facts), "yes | architecture | – | –");
}

#[test]
fn gguf_architectures_are_looked_up() {
    for (architecture, expected) in [
        ("qwen3moe", "yes | gguf | – | –"),
        ("gemma3", "no | gguf | – | –"),
        // Mixtral's files say llama, too.
        ("llama", "– | – | – | –"),
    ] {
        let facts = Facts { gguf_architecture: text(architecture), ..Facts::default() };
        assert_eq!(of("x/y", facts), expected, "{architecture}");
    }
    let mixtral = Facts { gguf_architecture: text("llama"), ..Facts::default() };
    assert_eq!(of("x/Mixtral-8x7B-GGUF", mixtral.clone()), "yes | published | 8 | 2");
    assert_eq!(of("x/Ours-8x7B-GGUF", mixtral), "yes | name | 8 | –");
}

#[test]
fn tags_and_names_follow() {
    assert_eq!(tagged("x/y", &["safetensors", "moe"]), "yes | tag | – | –");
    assert_eq!(tagged("x/y", &["safetensors", "qwen3_5_moe"]), "yes | tag | – | –");
    assert_eq!(tagged("x/y", &["safetensors", "qwen3"]), "no | tag | – | –");
    // Without a configuration in the repository, tags are the author's words.
    assert_eq!(tagged("x/y-GGUF", &["gguf", "qwen3"]), "– | – | – | –");
    assert_eq!(tagged("x/y-GGUF", &["gguf", "qwen3_moe"]), "yes | tag | – | –");
    // An adapter to a video model of the maker whose language models are sparse.
    let adapter = ["lora", "safetensors", "minimax"];
    assert_eq!(tagged("fal/MiniMax-H9-LoRA", &adapter), "– | – | – | –");
    // The first tag is the Hub's own, the later one the author's word.
    assert_eq!(tagged("x/y", &["safetensors", "qwen2", "deepseek"]), "no | tag | – | –");
    assert_eq!(tagged("x/y", &["safetensors", "nemotron_h", "moe", "mamba"]), "yes | tag | – | –");
    // What the name says of sizes stands above the type of a port; a family's words do not.
    assert_eq!(tagged("x/ours-57b-a14b", &["safetensors", "qwen2"]), "yes | name | – | –");
    assert_eq!(tagged("x/deepseek-r1-tutor", &["safetensors", "llama"]), "no | tag | – | –");
    assert_eq!(tagged("x/Ours-30B-A3B-GGUF", &["gguf", "qwen3"]), "yes | name | – | –");
    assert_eq!(tagged("x/Ours-17B-16E", &[]), "yes | name | 16 | –");
    // Qwen3's card: 128 experts, 8 of them active; Llama 4's: 16 experts.
    assert_eq!(tagged("x/Qwen3-30B-A3B-GGUF", &["gguf", "qwen3"]), "yes | published | 128 | 8");
    assert_eq!(tagged("x/Llama-4-Scout-17B-16E", &[]), "yes | published | 16 | 1");
    // A merge names those that it mixes.
    let merge = ["safetensors", "base_model:merge:mistralai/Mixtral-8x7B-v0.1"];
    assert_eq!(tagged("x/Mixtral-8x7B-Slerp", &merge), "yes | name | 8 | –");
    // A sign of a dense model stands above an author's tag.
    let dense = Facts { model_type: text("qwen3"), tags: list(&["moe"]), ..Facts::default() };
    assert_eq!(of("x/y", dense), "no | model type | – | –");
}

/// As the cards of Qwen3.5-35B-A3B (256 experts, 8 active) and Qwen3-8B (none) say.
#[test]
fn what_was_made_of_one_base_is_like_it() {
    let of = |relation: &str, bases: &[&str], id: &str| {
        let (base_relation, base_models) = (text(relation), list(bases));
        of(id, Facts { base_models, base_relation, ..Facts::default() })
    };
    let sparse = ["Qwen/Qwen3.5-35B-A3B"];
    assert_eq!(of("adapter", &sparse, "x/booking"), "yes | base | 256 | 8");
    assert_eq!(of("quantized", &["x/Ours-30B-A3B"], "x/ours"), "yes | base | – | –");
    assert_eq!(of("finetune", &["Qwen/Qwen3-8B"], "x/evolving-moe-acc"), "no | base | – | –");
    // Several bases, or experts made of one dense model.
    assert_eq!(of("merge", &sparse, "x/booking"), "– | – | – | –");
    assert_eq!(of("finetune", &["Qwen/Qwen3-8B", "x/y"], "x/booking"), "– | – | – | –");
    assert_eq!(of("finetune", &["Qwen/Qwen3-8B"], "x/Ours-4x8B"), "yes | name | 4 | –");
    assert_eq!(of("finetune", &["x/y"], "x/booking"), "– | – | – | –");
}

#[test]
fn the_table_has_the_types_of_the_reference() {
    assert_eq!(KINDS.len(), 390);
    assert_eq!(KINDS[&(Field::ModelType, "mixtral".to_owned())], Kind::Sparse);
    assert_eq!(KINDS[&(Field::Architecture, "JambaForCausalLM".to_owned())], Kind::Sometimes);
    let is_dense_moe = |((_, name), kind): (&(Field, String), &Kind)| {
        name.to_lowercase().contains("moe") && *kind == Kind::Dense
    };
    assert!(!KINDS.iter().any(is_dense_moe));
}
