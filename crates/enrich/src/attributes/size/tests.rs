use super::super::tests::{line, list, text};
use super::*;
use crate::Facts;

const COLUMNS: [&str; 4] = ["parameters", "parameters_source", "size_band", "parameters_active"];

fn of(id: &str, parameters: Option<i64>, tags: &[&str]) -> String {
    let parameters_origin = parameters.and_then(|_| text("safetensors"));
    line(
        id,
        Facts { parameters, parameters_origin, tags: list(tags), ..Facts::default() },
        &COLUMNS,
    )
}

#[test]
fn the_source_stands_above_the_name() {
    // Qwen2.5-7B has 7,615,616,512 parameters, as its safetensors index says.
    assert_eq!(
        of("Qwen/Qwen2.5-7B", Some(7_615_616_512), &["safetensors"]),
        "7615616512 | safetensors | 4–10 B | –"
    );
    assert_eq!(
        line("Ours/Ours2.5-7B", Facts::default(), &COLUMNS),
        "7000000000 | name | 4–10 B | –"
    );
    assert_eq!(
        of("Qwen/Qwen3-30B-A3B", Some(30_532_122_624), &["safetensors"]),
        "30532122624 | safetensors | 10–40 B | 3300000000"
    );
    let unsaid = Facts { parameters: Some(5), ..Facts::default() };
    assert_eq!(line("x/y", unsaid, &COLUMNS), "5 | source | < 0.1 B | –");
    assert_eq!(of("x/Ours-8x7B-v0.1", None, &[]), "– | – | – | –");
}

#[test]
fn packed_weights_are_not_parameters() {
    let mlx = ["mlx", "safetensors", "4-bit"];
    // 27 B in 4 bits are 27 B / 8 elements of 32 bits, and scales.
    let packed = Some(4_665_462_000);
    assert_eq!(of("x/Ours3.8-27B-MLX-4bit", packed, &mlx), "27000000000 | name | 10–40 B | –");
    assert_eq!(of("x/y-MLX-4bit", packed, &mlx), "– | – | – | –");
    // The Hub has unpacked counts of other methods since 2026; names decide.
    let awq = ["awq", "safetensors", "4-bit"];
    assert_eq!(
        of("x/Qwen2.5-7B-AWQ", Some(7_615_616_512), &awq),
        "7615616512 | safetensors | 4–10 B | –"
    );
    assert_eq!(of("x/Ours-7B-AWQ", Some(1_931_000_000), &awq), "7000000000 | name | 4–10 B | –");
    assert_eq!(of("x/y-AWQ", Some(1_931_000_000), &awq), "1931000000 | safetensors | 1–4 B | –");
}

/// The makers' figures are those of their cards and reports, the elements those of the Hub's
/// safetensors index.
#[test]
fn what_the_maker_publishes_stands_above_elements() {
    const SHOWN: [&str; 4] =
        ["parameters", "parameters_source", "parameters_confidence", "parameters_active"];
    let of = |id: &str, parameters: Option<i64>, tags: &[&str]| {
        let parameters_origin = parameters.and_then(|_| text("safetensors"));
        let tags = list(tags);
        line(id, Facts { tags, parameters, parameters_origin, ..Facts::default() }, &SHOWN)
    };
    // 14 B of the files' 685 B belong to a module for training.
    assert_eq!(
        of("deepseek-ai/DeepSeek-R1", Some(684_531_386_000), &["safetensors", "fp8"]),
        "671000000000 | published | high | 37000000000"
    );
    assert_eq!(
        of("TheBloke/Mixtral-8x7B-v0.1-GPTQ", Some(6_090_000_000), &["safetensors", "gptq"]),
        "46700000000 | published | medium | 12900000000"
    );
    assert_eq!(of("Qwen/Qwen2.5-7B-Instruct", None, &[]), "7610000000 | published | medium | –");
    // A model that only bears the name.
    assert_eq!(
        of("x/Qwen2.5-7B-deepened", Some(11_200_000_000), &["safetensors"]),
        "11200000000 | safetensors | high | –"
    );
    // A merge may have any number of layers.
    let merge = ["safetensors", "base_model:merge:google/gemma-2-9b"];
    assert_eq!(of("x/gemma-2-9b-doubled", None, &merge), "9000000000 | name | low | –");
}

#[test]
fn numbers_that_differ_are_told() {
    let conflict = |id: &str, parameters: i64, tags: &[&str]| {
        let parameters_origin = text("safetensors");
        let parameters = Some(parameters);
        let tags = list(tags);
        let facts = Facts { tags, parameters, parameters_origin, ..Facts::default() };
        line(id, facts, &["parameters_conflict"])
    };
    assert_eq!(conflict("google/gemma-7b", 8_537_680_896, &["safetensors"]), "name 7 B");
    assert_eq!(
        conflict("x/Qwen2.5-7B-deepened", 11_200_000_000, &["safetensors"]),
        "published 7.61 B, name 7 B"
    );
    assert_eq!(conflict("Qwen/Qwen2.5-7B", 7_615_616_512, &["safetensors"]), "–");
    // Elements of packed weights are no number of parameters.
    assert_eq!(conflict("x/Qwen2.5-7B-AWQ", 1_931_000_000, &["awq", "safetensors"]), "–");
}

#[test]
fn an_adapter_has_a_size_and_its_base_another() {
    let tags = list(&["peft", "lora", "safetensors"]);
    let of = |base: &str| {
        let base_models = list(&[base]);
        let parameters = Some(40_370_176);
        let facts = Facts { parameters, base_models, tags: tags.clone(), ..Facts::default() };
        line("x/tuned", facts, &["parameters", "base_parameters"])
    };
    assert_eq!(of("Qwen/Qwen3-8B"), "40370176 | 8200000000");
    assert_eq!(of("ours/ours-13b"), "40370176 | 13000000000");
    assert_eq!(of("ours/ours"), "40370176 | –");
    let whole = Facts { base_models: list(&["Qwen/Qwen3-8B"]), ..Facts::default() };
    assert_eq!(line("x/y", whole, &["base_parameters"]), "–");
}

#[test]
fn types_of_elements_show_what_is_packed() {
    let facts = |total: i64| Facts {
        parameters: Some(total),
        parameters_origin: text("safetensors"),
        weight_types: list(&["I32:900", "F16:100"]),
        quantization_method: text("gptq"),
        quantization_bits: Some(4),
        ..Facts::default()
    };
    assert_eq!(line("x/y", facts(1000), &COLUMNS), "– | – | – | –");
    // A total that is no longer the sum of the elements was unpacked.
    assert_eq!(line("x/y", facts(7300), &COLUMNS), "7300 | safetensors | < 0.1 B | –");
}

#[test]
fn a_gguf_repository_may_be_counted_by_its_projector() {
    let gguf = |id: &str, parameters: i64| of(id, Some(parameters), &["gguf"]);
    assert_eq!(gguf("x/Ours3.8-27B-GGUF", 460_730_096), "27000000000 | name | 10–40 B | –");
    assert_eq!(
        gguf("x/Ours3.8-27B-GGUF", 27_320_697_856),
        "27320697856 | safetensors | 10–40 B | –"
    );
    // The draft of a model is far smaller than the model that its name holds.
    assert_eq!(
        gguf("x/Ours3.8-27B-DFlash2-GGUF", 1_924_404_480),
        "1924404480 | safetensors | 1–4 B | –"
    );
}

#[test]
fn the_name_of_an_adapter_tells_the_size_of_its_base() {
    let tags = ["peft", "lora", "safetensors"];
    assert_eq!(
        of("x/Qwen3-8B-lora", Some(40_370_176), &tags),
        "40370176 | safetensors | < 0.1 B | –"
    );
    assert_eq!(of("x/Qwen3-8B-lora", None, &tags), "– | – | – | –");
    assert_eq!(of("x/Qwen3-30B-A3B-lora", None, &tags), "– | – | – | –");
    assert_eq!(line("x/Qwen3-8B-LoRA", Facts::default(), &COLUMNS), "– | – | – | –");
}

#[test]
fn a_band_holds_its_lower_bound_and_bands_go_downwards() {
    for (parameters, band) in [
        (1, "< 0.1 B"),
        (99_999_999, "< 0.1 B"),
        (100_000_000, "0.1–1 B"),
        (999_999_999, "0.1–1 B"),
        (1_000_000_000, "1–4 B"),
        (4_000_000_000, "4–10 B"),
        (10_000_000_000, "10–40 B"),
        (40_000_000_000, "40–200 B"),
        (199_999_999_999, "40–200 B"),
        (200_000_000_000, "≥ 200 B"),
        (i64::MAX, "≥ 200 B"),
    ] {
        assert_eq!(size_band(parameters), band);
    }
    assert!(BANDS.is_sorted_by(|(larger, _), (smaller, _)| larger > smaller));
}
