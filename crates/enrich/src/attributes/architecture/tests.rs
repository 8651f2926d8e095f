use super::super::tests::{line, list, text};
use super::rule::Built;
use crate::Facts;
use crate::tables::Model;

const BUILT: [&str; 3] = ["architecture_family", "architecture_kind", "attention_kind"];

fn of_type(model_type: &str) -> String {
    line("a/b", Facts { model_type: text(model_type), ..Facts::default() }, &BUILT)
}

/// As the papers of the models describe them: BERT (1810.04805), T5 (1910.10683), BART
/// (1910.13461), GPT-2, Llama 2 (2307.09288), Gemma 2 (2408.00118, local and global layers),
/// DeepSeek-V2 (2405.04434, latent attention), DeepSeek-V3.2 (sparse attention), Mamba
/// (2312.00752), Jamba (2403.19887), Qwen3-Next (gated delta net and attention), gpt-oss
/// (alternating windows), CLIP (2103.00020), Whisper (2212.04356), ViT (2010.11929), Longformer
/// (2004.05150), `ModernBERT` (2412.13663), RWKV (2305.13048), `LLaDA` (2502.09992), DETR.
#[test]
fn types_are_built_as_their_papers_say() {
    for (model_type, expected) in [
        ("bert", "bert | encoder | full"),
        ("xlm-roberta", "bert | encoder | full"),
        ("distilbert", "bert | encoder | full"),
        ("t5", "t5 | encoder-decoder | full"),
        ("bart", "bart | encoder-decoder | full"),
        ("gpt2", "gpt | decoder | full"),
        ("llama", "llama | decoder | full"),
        ("qwen2", "qwen | decoder | full"),
        ("gemma2", "gemma | decoder | windowed"),
        ("deepseek_v2", "deepseek | decoder | latent"),
        ("deepseek_v3", "deepseek | decoder | latent"),
        ("deepseek_v32", "deepseek | decoder | sparse"),
        ("mamba", "mamba | decoder | none"),
        ("jamba", "jamba | decoder | hybrid"),
        ("qwen3_next", "qwen | decoder | hybrid"),
        ("gpt_oss", "gpt-oss | decoder | windowed"),
        ("clip", "clip | dual encoder | full"),
        ("whisper", "whisper | encoder-decoder | full"),
        ("wav2vec2", "wav2vec2 | encoder | full"),
        ("vit", "vit | encoder | full"),
        ("longformer", "bert | encoder | windowed"),
        ("modernbert", "bert | encoder | windowed"),
        ("rwkv", "rwkv | decoder | none"),
        ("llada", "llada | diffusion | full"),
        ("detr", "detr | detector | –"),
        ("resnet", "convolutional | encoder | none"),
        ("Dream", "dream | diffusion | full"),
        ("mistral", "mistral | decoder | –"),
        ("brand_new", "– | – | –"),
    ] {
        assert_eq!(of_type(model_type), expected, "{model_type}");
    }
}

#[test]
fn a_pipeline_is_diffusion_and_its_name_tells_the_family() {
    let of_class = |class: &str| {
        line("a/b", Facts { pipeline_class: text(class), ..Facts::default() }, &BUILT)
    };
    assert_eq!(of_class("StableDiffusionXLPipeline"), "stable diffusion | diffusion | –");
    assert_eq!(of_class("FluxPipeline"), "flux | diffusion | –");
    assert_eq!(of_class("BrandNewPipeline"), "– | diffusion | –");
    let tagged = Facts { tags: list(&["diffusers", "diffusers:WanPipeline"]), ..Facts::default() };
    let columns = ["architecture_family", "architecture_kind", "pipeline_class"];
    assert_eq!(line("a/b", tagged, &columns), "wan | diffusion | WanPipeline");
    let library = Facts { library: text("diffusers"), ..Facts::default() };
    assert_eq!(line("a/b", library, &BUILT), "– | diffusion | –");
}

#[test]
fn the_type_is_told_by_configuration_then_file_then_tag() {
    let columns = ["architecture_type", "architecture_type_source", "architecture_family"];
    let facts = Facts {
        model_type: text("llama"),
        gguf_architecture: text("qwen2moe"),
        tags: list(&["safetensors", "bert"]),
        ..Facts::default()
    };
    assert_eq!(line("a/b", facts.clone(), &columns), "llama | configuration | llama");
    let facts = Facts { model_type: None, ..facts };
    assert_eq!(line("a/b", facts.clone(), &columns), "qwen2moe | gguf | qwen");
    let facts = Facts { gguf_architecture: None, ..facts };
    assert_eq!(line("a/b", facts, &columns), "bert | tag | bert");
}

#[test]
fn tags_of_adapters_and_of_bare_gguf_files_are_words_only() {
    let columns = ["architecture_type", "architecture_family"];
    let tagged =
        |tags: &[&str]| line("a/b", Facts { tags: list(tags), ..Facts::default() }, &columns);
    assert_eq!(tagged(&["safetensors", "llama"]), "llama | llama");
    assert_eq!(tagged(&["gguf", "llama"]), "– | –");
    assert_eq!(tagged(&["safetensors", "new"]), "– | –");
    let adapter = Facts {
        tags: list(&["safetensors", "llama"]),
        file_paths: list(&["adapter_config.json"]),
        base_models: list(&["x/y"]),
        base_relation: text("adapter"),
        ..Facts::default()
    };
    assert_eq!(line("a/b", adapter, &columns), "– | –");
}

#[test]
fn classes_tell_what_the_model_gives_out() {
    let columns = ["architecture_class", "architecture_head", "architecture_classes"];
    let of = |classes: &[&str]| {
        line("a/b", Facts { architectures: list(classes), ..Facts::default() }, &columns)
    };
    assert_eq!(of(&["BertForMaskedLM"]), "BertForMaskedLM | masked words | [BertForMaskedLM]");
    assert_eq!(of(&["GPT2LMHeadModel"]), "GPT2LMHeadModel | next token | [GPT2LMHeadModel]");
    assert_eq!(of(&["B", "A", "B"]), "B | – | [A, B]");
    assert_eq!(of(&[]), "– | – | []");
    let auto = |class: &str| {
        let facts = Facts { auto_model: text(class), ..Facts::default() };
        line("a/b", facts, &["auto_class", "architecture_head"])
    };
    assert_eq!(auto("AutoModelForCausalLM"), "AutoModelForCausalLM | next token");
    assert_eq!(auto("AutoModel"), "AutoModel | features");
}

#[test]
fn own_code_is_listed() {
    let columns = ["own_code_classes", "is_remote_code_needed"];
    let facts = Facts { custom_classes: list(&["AutoModel", "AutoConfig"]), ..Facts::default() };
    assert_eq!(line("a/b", facts, &columns), "[AutoConfig, AutoModel] | yes");
    let facts = Facts { custom_classes: list(&[]), ..Facts::default() };
    assert_eq!(line("a/b", facts, &columns), "[] | no");
    let facts =
        Facts { tags: list(&["custom_code"]), custom_classes: list(&[]), ..Facts::default() };
    assert_eq!(line("a/b", facts, &columns), "[] | yes");
}

#[test]
fn the_sign_is_named() {
    let facts = Facts { gguf_architecture: text("llama"), ..Facts::default() };
    assert_eq!(
        Built::of(&Model::new("a/b", facts)).unwrap().describe(),
        "the GGUF architecture llama"
    );
}
