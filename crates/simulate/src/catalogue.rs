//! What kinds of models there are.
//!
//! Architectures, tasks, libraries and licences bear their real names, so that what reads the
//! simulated Hub meets the words it will meet on the real one.

/// What a model does, as far as its birth rate and shape are concerned.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Kind {
    /// Text encoders: embeddings and classifiers.
    Encoder,
    /// Dense language models.
    Dense,
    /// Sparse language models: mixtures of experts.
    Sparse,
    /// Models of text and images together.
    Multimodal,
    /// Image generators.
    Diffusion,
    /// Speech recognition and synthesis.
    Speech,
    /// Image classifiers.
    Vision,
    /// Agents of reinforcement learning.
    Agent,
    /// Models of tables.
    Tabular,
}

impl Kind {
    /// Every kind with its share of births at the beginning and at the end of the trend.
    pub(crate) const SHARES: [(Self, f64, f64); 9] = [
        (Self::Encoder, 0.50, 0.10),
        (Self::Dense, 0.14, 0.34),
        (Self::Sparse, 0.00, 0.14),
        (Self::Multimodal, 0.01, 0.14),
        (Self::Diffusion, 0.05, 0.12),
        (Self::Speech, 0.10, 0.07),
        (Self::Vision, 0.10, 0.05),
        (Self::Agent, 0.08, 0.01),
        (Self::Tabular, 0.02, 0.03),
    ];

    /// Whether models of this kind are converted, adapted and merged.
    pub(crate) const fn is_generative(self) -> bool {
        matches!(self, Self::Dense | Self::Sparse | Self::Multimodal)
    }

    /// Whether people speak with models of this kind, and so a chat template is likely.
    pub(crate) const fn is_conversational(self) -> bool {
        self.is_generative()
    }
}

/// One architecture with the words under which the Hub shows it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Architecture {
    /// What it does.
    pub(crate) kind: Kind,
    /// `config.model_type`; empty where there is no such configuration.
    pub(crate) model_type: &'static str,
    /// `config.architectures`, or the pipeline class of a diffusion model.
    pub(crate) class: &'static str,
    /// `transformersInfo.auto_model`; empty for other libraries.
    pub(crate) auto_model: &'static str,
    /// `general.architecture` of its GGUF files; empty where nobody makes any.
    pub(crate) gguf: &'static str,
    /// Task id.
    pub(crate) task: &'static str,
    /// Library id.
    pub(crate) library: &'static str,
    /// From which point of the trend, 0 to 1, it exists.
    pub(crate) since: f64,
    /// Parameter counts in which it is made, in millions, ascending.
    pub(crate) sizes: &'static [u64],
}

const fn architecture(
    kind: Kind,
    names: [&'static str; 6],
    since: f64,
    sizes: &'static [u64],
) -> Architecture {
    let [model_type, class, auto_model, gguf, task, library] = names;
    Architecture { kind, model_type, class, auto_model, gguf, task, library, since, sizes }
}

const LM: &str = "AutoModelForCausalLM";
const VLM: &str = "AutoModelForImageTextToText";
const TEXT: &str = "text-generation";
const SEEN: &str = "image-text-to-text";
const HF: &str = "transformers";
const DENSE: &[u64] =
    &[125, 350, 500, 1_100, 1_500, 3_000, 7_000, 8_000, 14_000, 24_000, 32_000, 70_000, 123_000];
const SPARSE: &[u64] = &[16_000, 30_500, 46_700, 109_000, 141_000, 235_000, 671_000, 1_026_000];
const SEEING: &[u64] = &[2_200, 3_800, 7_000, 8_300, 11_000, 32_000, 72_000, 90_000];

/// Every architecture; a kind's first one exists from the beginning of the trend.
pub(crate) const ARCHITECTURES: &[Architecture] = &[
    architecture(
        Kind::Encoder,
        ["bert", "BertModel", "AutoModel", "bert", "sentence-similarity", "sentence-transformers"],
        0.0,
        &[22, 33, 66, 110, 335],
    ),
    architecture(
        Kind::Encoder,
        [
            "roberta",
            "RobertaForSequenceClassification",
            "AutoModelForSequenceClassification",
            "",
            "text-classification",
            HF,
        ],
        0.0,
        &[82, 125, 278, 355, 560],
    ),
    architecture(
        Kind::Encoder,
        ["modernbert", "ModernBertForMaskedLM", "AutoModelForMaskedLM", "", "fill-mask", HF],
        0.62,
        &[149, 395],
    ),
    architecture(
        Kind::Dense,
        ["gpt2", "GPT2LMHeadModel", LM, "gpt2", TEXT, HF],
        0.0,
        &[124, 355, 774, 1_560],
    ),
    architecture(Kind::Dense, ["llama", "LlamaForCausalLM", LM, "llama", TEXT, HF], 0.2, DENSE),
    architecture(Kind::Dense, ["qwen2", "Qwen2ForCausalLM", LM, "qwen2", TEXT, HF], 0.45, DENSE),
    architecture(Kind::Dense, ["qwen3", "Qwen3ForCausalLM", LM, "qwen3", TEXT, HF], 0.7, DENSE),
    architecture(
        Kind::Sparse,
        [
            "switch_transformers",
            "SwitchTransformersForConditionalGeneration",
            "AutoModelForSeq2SeqLM",
            "",
            TEXT,
            HF,
        ],
        0.0,
        &[220, 620, 2_000, 7_000],
    ),
    architecture(
        Kind::Sparse,
        ["mixtral", "MixtralForCausalLM", LM, "llama", TEXT, HF],
        0.4,
        SPARSE,
    ),
    architecture(
        Kind::Sparse,
        ["qwen3_moe", "Qwen3MoeForCausalLM", LM, "qwen3moe", TEXT, HF],
        0.7,
        SPARSE,
    ),
    architecture(
        Kind::Sparse,
        ["deepseek_v3", "DeepseekV3ForCausalLM", LM, "deepseek2", TEXT, HF],
        0.62,
        SPARSE,
    ),
    architecture(
        Kind::Multimodal,
        ["vision-encoder-decoder", "VisionEncoderDecoderModel", VLM, "", SEEN, HF],
        0.0,
        &[180, 384, 900],
    ),
    architecture(
        Kind::Multimodal,
        ["llava", "LlavaForConditionalGeneration", VLM, "llama", SEEN, HF],
        0.35,
        SEEING,
    ),
    architecture(
        Kind::Multimodal,
        ["qwen2_5_vl", "Qwen2_5_VLForConditionalGeneration", VLM, "qwen2vl", SEEN, HF],
        0.65,
        SEEING,
    ),
    architecture(
        Kind::Diffusion,
        ["", "StableDiffusionPipeline", "", "", "text-to-image", "diffusers"],
        0.0,
        &[860, 1_070],
    ),
    architecture(
        Kind::Diffusion,
        ["", "FluxPipeline", "", "", "text-to-image", "diffusers"],
        0.53,
        &[2_600, 11_900],
    ),
    architecture(
        Kind::Speech,
        ["wav2vec2", "Wav2Vec2ForCTC", "AutoModelForCTC", "", "automatic-speech-recognition", HF],
        0.0,
        &[94, 315],
    ),
    architecture(
        Kind::Speech,
        [
            "whisper",
            "WhisperForConditionalGeneration",
            "AutoModelForSpeechSeq2Seq",
            "",
            "automatic-speech-recognition",
            HF,
        ],
        0.13,
        &[39, 74, 244, 769, 1_550],
    ),
    architecture(
        Kind::Vision,
        [
            "vit",
            "ViTForImageClassification",
            "AutoModelForImageClassification",
            "",
            "image-classification",
            HF,
        ],
        0.0,
        &[5, 22, 86, 304],
    ),
    architecture(
        Kind::Agent,
        ["", "PPO", "", "", "reinforcement-learning", "stable-baselines3"],
        0.0,
        &[1],
    ),
    architecture(
        Kind::Tabular,
        ["", "RandomForestClassifier", "", "", "tabular-classification", "sklearn"],
        0.0,
        &[1],
    ),
];

/// Licence identifiers with their share among first releases at the beginning and at the end of
/// the trend; what is made from another mostly keeps its licence, and follows later.
pub(crate) const LICENSES: [(&str, f64, f64); 9] = [
    ("apache-2.0", 0.38, 0.52),
    ("mit", 0.24, 0.18),
    ("other", 0.06, 0.14),
    ("cc-by-nc-4.0", 0.09, 0.05),
    ("creativeml-openrail-m", 0.09, 0.01),
    ("openrail", 0.06, 0.02),
    ("cc-by-4.0", 0.05, 0.03),
    ("gpl-3.0", 0.03, 0.01),
    ("llama3.1", 0.00, 0.04),
];

/// Language codes with the weight of each among cards that name one.
pub(crate) const LANGUAGES: [(&str, f64); 10] = [
    ("en", 0.62),
    ("zh", 0.16),
    ("fr", 0.04),
    ("de", 0.04),
    ("es", 0.04),
    ("ja", 0.03),
    ("ko", 0.03),
    ("ar", 0.02),
    ("hi", 0.01),
    ("sw", 0.01),
];
