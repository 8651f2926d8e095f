//! JSON from any bytes: as they stand where they are JSON, else built from them.

use serde_json::{Map, Value};

/// Words with which objects are built, so that bytes find the fields that are read.
const WORDS: [&str; 96] = [
    "_id",
    "id",
    "tags",
    "config",
    "cardData",
    "gguf",
    "safetensors",
    "total",
    "parameters",
    "sharded",
    "architecture",
    "context_length",
    "totalFileSize",
    "quantize_imatrix_file",
    "chat_template",
    "siblings",
    "rfilename",
    "size",
    "lfs",
    "downloads",
    "likes",
    "gated",
    "downloadsAllTime",
    "createdAt",
    "lastModified",
    "disabled",
    "usedStorage",
    "pipeline_tag",
    "library_name",
    "baseModels",
    "relation",
    "models",
    "evalResults",
    "data",
    "value",
    "verified",
    "inferenceProviderMapping",
    "provider",
    "status",
    "inference",
    "spaces",
    "childrenModelCount",
    "transformersInfo",
    "auto_model",
    "processor",
    "securityRepoStatus",
    "scansDone",
    "filesWithIssues",
    "model-index",
    "results",
    "task",
    "type",
    "name",
    "dataset",
    "metrics",
    "source",
    "url",
    "license",
    "license_name",
    "license_link",
    "language",
    "datasets",
    "base_model",
    "base_model_relation",
    "new_version",
    "widget",
    "co2_eq_emissions",
    "emissions",
    "extra_gated_fields",
    "extra_gated_prompt",
    "extra_gated_eu_disallowed",
    "model_type",
    "architectures",
    "quantization_config",
    "quant_method",
    "bits",
    "load_in_4bit",
    "load_in_8bit",
    "auto_map",
    "diffusers",
    "_class_name",
    "tokenizer_config",
    "model_max_length",
    "text_config",
    "max_position_embeddings",
    "base_model:quantized:a/b",
    "base_model:../../x",
    "license:mit",
    "mit",
    "true",
    "2025-01-01",
    "1.5 kg",
    "Q4_K_M",
    "model-00001-of-00002.safetensors",
    "a/b",
    "\u{202e}mit",
];
const MAX_DEPTH: usize = 6;
const MAX_FIELDS: u8 = 12;

/// The value that bytes are as JSON, or that is built from them.
#[must_use]
pub fn value(bytes: &[u8]) -> Value {
    serde_json::from_slice(bytes).unwrap_or_else(|_| Builder(bytes).value(0))
}

/// Takes its decisions from bytes; without more of them, all are zero.
struct Builder<'a>(&'a [u8]);

impl Builder<'_> {
    fn byte(&mut self) -> u8 {
        let Some((first, rest)) = self.0.split_first() else { return 0 };
        self.0 = rest;
        *first
    }

    fn number(&mut self) -> u64 {
        u64::from_le_bytes(std::array::from_fn(|_| self.byte()))
    }

    fn word(&mut self) -> String {
        let words = WORDS.len();
        match usize::from(self.byte()) {
            word if word < words => WORDS[word].to_owned(),
            length => {
                let (text, rest) = self.0.split_at(self.0.len().min(length - words));
                self.0 = rest;
                String::from_utf8_lossy(text).into_owned()
            }
        }
    }

    fn value(&mut self, depth: usize) -> Value {
        let kinds = if depth < MAX_DEPTH { 10 } else { 8 };
        match self.byte() % kinds {
            0 => Value::Null,
            1 => Value::from(self.byte() % 2 == 1),
            2 => Value::from(self.byte()),
            3 => Value::from(self.number()),
            4 => Value::from(self.number().cast_signed()),
            5 => Value::from(f64::from_bits(self.number())),
            6 | 7 => Value::from(self.word()),
            8 => (0..self.byte() % MAX_FIELDS).map(|_| self.value(depth + 1)).collect(),
            _ => {
                let fields = 0..self.byte() % MAX_FIELDS;
                let fields = fields.map(|_| (self.word(), self.value(depth + 1)));
                Value::Object(fields.collect::<Map<_, _>>())
            }
        }
    }
}
