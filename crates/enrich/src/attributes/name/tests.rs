use super::*;

fn shown(id: &str) -> String {
    let Named { total, active, experts, is_moe } = read(id);
    let number = |number: Option<i64>| number.map_or("–".to_owned(), |number| number.to_string());
    let millions = |size: Option<i64>| number(size.map(|size| size / 1_000_000));
    let moe = if is_moe { " moe" } else { "" };
    format!("{} {} {}{moe}", millions(total), millions(active), number(experts))
}

/// Each name with what its publisher says of it: millions in all, active, experts.
#[test]
fn sizes_are_read_from_names() {
    for (id, expected) in [
        ("Qwen/Qwen2.5-7B", "7000 – –"),
        ("meta-llama/Llama-3.1-8B-Instruct", "8000 – –"),
        ("Qwen/Qwen3-0.6B", "600 – –"),
        ("Qwen/Qwen2.5-1.5b", "1500 – –"),
        ("google/gemma-3-27b-it", "27000 – –"),
        ("facebook/opt-125m", "125 – –"),
        ("HuggingFaceTB/SmolLM2-360M-Instruct", "360 – –"),
        ("bigscience/bloom-7b1", "7100 – –"),
        ("bigscience/bloom-560m", "560 – –"),
        ("stabilityai/stablelm-2-1_6b", "1600 – –"),
        ("x/qwen3-tts-12hz-0-6b-base-gguf", "600 – –"),
        ("meta-llama/Llama-2-7b-hf", "7000 – –"),
        ("x/llama_2_7b", "7000 – –"),
        ("facebook/esm2_t6_8M_UR50D", "8 – –"),
        ("Qwen/Qwen2.5-14B-Instruct-1M", "14000 – –"),
        ("deepseek-ai/DeepSeek-R1-Distill-Qwen-1.5B", "1500 – –"),
        ("x/Llama-3_3-Nemotron-Super-49B-v1.5.Q4_K_M", "49000 – –"),
        ("lmsys/vicuna-7b-v1.5-16k", "7000 – –"),
    ] {
        assert_eq!(shown(id), expected, "{id}");
    }
}

#[test]
fn versions_bits_contexts_and_dates_are_no_sizes() {
    for id in [
        "microsoft/Phi-3-mini-4k-instruct",
        "microsoft/Phi-3-mini-128k-instruct",
        "deepseek-ai/DeepSeek-R1-0528",
        "openai/whisper-large-v3",
        "microsoft/phi-1_5",
        "x/model-4bit",
        "x/model-8bit-Q4_K_M",
        "x/model-v1.5-BF16",
        "x/context-1M",
        "google/gemma-3n-E2B-it",
        "laion/CLIP-ViT-L-14-laion2B-s32B-b82K",
        "sentence-transformers/all-MiniLM-L6-v2",
        "x/99999B",
        "x/0b",
        "x/infB",
        "x/Ünï-√b",
    ] {
        assert_eq!(shown(id), "– – –", "{id}");
    }
}

#[test]
fn experts_are_read_from_names() {
    for (id, expected) in [
        // 46.7 B in truth: shared layers make 8 × 7 B an upper bound, so no total is given.
        ("mistralai/Mixtral-8x7B-Instruct-v0.1", "– – 8 moe"),
        ("x/tiny-4x160M", "– – 4 moe"),
        // 109 B in truth: 17 B are active.
        ("meta-llama/Llama-4-Scout-17B-16E-Instruct", "– – 16 moe"),
        ("Qwen/Qwen3-235B-A22B", "235000 22000 – moe"),
        ("Qwen/Qwen3-30B-A3B-Instruct-2507", "30000 3000 – moe"),
        ("ibm-granite/granite-3.0-3b-a800m-instruct", "3000 800 – moe"),
        ("Qwen/Qwen1.5-MoE-A2.7B", "– 2700 – moe"),
        ("allenai/OLMoE-1B-7B-0924", "7000 – – moe"),
        ("microsoft/Phi-3.5-MoE-instruct", "– – – moe"),
        ("moonshotai/Kimi-K2-1T-A32B", "1000000 32000 – moe"),
        ("TinyLlama/TinyLlama-1.1B-intermediate-step-1431k-3T", "1100 – –"),
        // The teacher's size and experts are not the model's.
        ("x/Qwen3-0.6B-Distilled-30B-A3B-Thinking-SFT", "600 – –"),
        ("x/moe-expert-coder-4b", "4000 – –"),
        ("x/plan-a3b", "– – –"),
        ("x/yolo-640x640", "– – –"),
    ] {
        assert_eq!(shown(id), expected, "{id}");
    }
}

#[test]
fn dots_part_words_unless_they_are_points() {
    assert_eq!(words("a/Qwen2.5-7B.Q4_K_M.gguf"), ["a", "Qwen2.5", "7B", "Q4", "K", "M", "gguf"]);
    assert_eq!(words("v1.5.Q8_0"), ["v1.5", "Q8", "0"]);
}
