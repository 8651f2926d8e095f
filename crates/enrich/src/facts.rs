//! What a source can say of a model, typed, without judgement.

use arrow_array::RecordBatch;
use fact_type::FactType;
use schema::{Instant, Value, ValueType};

/// A column of the models table.
pub(crate) type FactColumn = (&'static str, ValueType);

pub(crate) mod fact_type {
    use arrow_array::cast::AsArray;
    use arrow_array::{
        Array, BooleanArray, Int64Array, ListArray, StringArray, TimestampMillisecondArray,
    };
    use schema::{Instant, Value, ValueType};

    /// A type that a fact can have.
    pub(crate) trait FactType: Sized {
        const VALUE_TYPE: ValueType;
        /// The column of a table that holds such facts.
        type Column: Array + 'static;
        fn from_value(value: Value) -> Option<Self>;
        /// Reads a row of a column; it is not null.
        fn read(column: &Self::Column, row: usize) -> Self;
    }

    macro_rules! fact_type {
        ($type:ty, $variant:ident, $column:ty, $read:expr) => {
            impl FactType for $type {
                const VALUE_TYPE: ValueType = ValueType::$variant;
                type Column = $column;
                fn from_value(value: Value) -> Option<Self> {
                    if let Value::$variant(value) = value { Some(value) } else { None }
                }
                fn read(column: &$column, row: usize) -> Self {
                    let read: fn(&$column, usize) -> Self = $read;
                    read(column, row)
                }
            }
        };
    }
    fact_type!(String, Text, StringArray, |column, row| column.value(row).to_owned());
    fact_type!(Vec<String>, TextList, ListArray, |column, row| {
        let items = column.values().as_string::<i32>();
        let bounds = column.value_offsets();
        let places = bounds[row] as usize..bounds[row + 1] as usize;
        places.map(|place| items.value(place).to_owned()).collect()
    });
    fact_type!(i64, Integer, Int64Array, |column, row| column.value(row));
    fact_type!(bool, Boolean, BooleanArray, |column, row| column.value(row));
    fact_type!(Instant, Instant, TimestampMillisecondArray, |column, row| {
        Instant::from_millis(column.value(row))
    });

    /// A column of a batch, where the batch has it.
    pub(crate) fn column<'a, T: FactType>(
        batch: &'a arrow_array::RecordBatch,
        name: &str,
    ) -> Option<&'a T::Column> {
        let column = batch.column_by_name(name)?.as_any().downcast_ref();
        Some(column.expect("a column of the models table has its type"))
    }

    /// What a row of a column holds.
    pub(crate) fn at<T: FactType>(column: Option<&T::Column>, row: usize) -> Option<T> {
        column.filter(|column| column.is_valid(row)).map(|column| T::read(column, row))
    }
}

/// Declares the facts once; the struct, its columns, and the ways in and out derive from it.
macro_rules! facts {
    ($($(#[doc = $doc:literal])+ $name:ident: $type:ty,)+) => {
        /// What is known of a model beside its counters. Unknown is `None`; an empty list is
        /// known to be empty.
        #[derive(Debug, Clone, PartialEq, Default)]
        pub struct Facts {
            $($(#[doc = $doc])+ pub $name: Option<$type>,)+
        }

        /// The columns of the models table that hold facts, in order.
        pub const FACT_COLUMNS: &[FactColumn] =
            &[$((stringify!($name), <$type as FactType>::VALUE_TYPE),)+];

        impl Facts {
            /// Hands over the facts as values, in the order of [`FACT_COLUMNS`].
            pub fn give(self, mut take: impl FnMut(Value)) {
                $(take(self.$name.into());)+
            }

            /// The facts as values, in the order of [`FACT_COLUMNS`].
            #[must_use]
            pub fn into_values(self) -> Vec<Value> {
                let mut values = Vec::with_capacity(FACT_COLUMNS.len());
                self.give(|value| values.push(value));
                values
            }

            /// Reads facts back from values in the order of [`FACT_COLUMNS`].
            pub fn from_values(values: &mut dyn Iterator<Item = Value>) -> Self {
                Self { $($name: values.next().and_then(<$type as FactType>::from_value),)+ }
            }

            /// Takes over what `newer` knows; what it does not know stays.
            pub fn update(&mut self, newer: Self) {
                $(if newer.$name.is_some() { self.$name = newer.$name; })+
            }
        }

        /// The columns of a batch that hold facts. What it has no column of is not known.
        pub(crate) struct FactRows<'a> {
            $($name: Option<&'a <$type as FactType>::Column>,)+
        }

        impl<'a> FactRows<'a> {
            pub(crate) fn of(batch: &'a RecordBatch) -> Self {
                Self { $($name: fact_type::column::<$type>(batch, stringify!($name)),)+ }
            }

            pub(crate) fn read(&self, row: usize) -> Facts {
                Facts { $($name: fact_type::at::<$type>(self.$name, row),)+ }
            }
        }
    };
}

facts! {
    /// When the repository was created, as the Hub says; its floor is 2022-03-02.
    created_at: Instant,
    /// The last commit on the default branch.
    updated_at: Instant,
    /// Whether the source has seen the model removed from the Hub.
    is_removed: bool,
    /// Whether staff took the model down.
    is_disabled: bool,
    /// Licence identifier, as written.
    license: String,
    /// Name of a custom licence, as written.
    license_name: String,
    /// Where a custom licence can be read, as written.
    license_link: String,
    /// Task id, as `text-generation`.
    task: String,
    /// Library id, as `transformers`.
    library: String,
    /// Languages, as written on the card.
    languages: Vec<String>,
    /// The Hub's flat list of tags.
    tags: Vec<String>,
    /// File formats, as a source lists them.
    formats: Vec<String>,
    /// Paths of the files of the default branch.
    file_paths: Vec<String>,
    /// Number of parameters, as the source says.
    parameters: i64,
    /// What the number of parameters comes from: `safetensors`, `gguf` or `source`.
    parameters_origin: String,
    /// Active parameters for each token, as the source says.
    parameters_active: i64,
    /// Experts, as the source says.
    expert_count: i64,
    /// Experts active for each token, as the source says.
    expert_active_count: i64,
    /// Whether the source says it is a mixture of experts.
    is_moe: bool,
    /// Bytes of the repository.
    storage_bytes: i64,
    /// Context length in tokens.
    context_length: i64,
    /// Element types of the weights with their counts, as `BF16:8030261248`.
    weight_types: Vec<String>,
    /// `no`, `auto`, `manual`, or `yes` where the source does not say which.
    gating: String,
    /// Classes of the configuration, as `LlamaForCausalLM`.
    architectures: Vec<String>,
    /// `model_type` of the configuration, or a source's architecture, as `llama`.
    model_type: String,
    /// `general.architecture` of the GGUF file.
    gguf_architecture: String,
    /// `quant_method` of the configuration, as written.
    quantization_method: String,
    /// Bits for each weight, of the configuration.
    quantization_bits: i64,
    /// Base models, as written or as the Hub resolved them.
    base_models: Vec<String>,
    /// Relation to the base models: `finetune`, `adapter`, `quantized` or `merge`.
    base_relation: String,
    /// Base that the configuration of an adapter names, as written.
    adapter_base: String,
    /// Training data sets named on the card.
    datasets: Vec<String>,
    /// Keys of the card's front matter; empty for a card without any.
    card_keys: Vec<String>,
    /// Evaluation results that the card or the repository holds.
    evaluation_count: i64,
    /// Inference providers that serve the model.
    provider_count: i64,
    /// Kind of the uploader's account: `user` or `org`.
    uploader_type: String,
    /// Modality as an annotator of the source wrote it, as `Text --> Text`.
    annotated_modality: String,
    /// Original developer as an annotator of the source wrote it.
    annotated_developer: String,
    /// Metrics named on the card.
    metrics: Vec<String>,
    /// Each evaluation result, as `question-answering | squad_v2 | f1=82.9 exact_match=79.9`.
    evaluation_results: Vec<String>,
    /// Values of evaluation results that the Hub marks as verified.
    evaluation_verified_count: i64,
    /// Where evaluation results come from, by name or address.
    evaluation_sources: Vec<String>,
    /// Carbon dioxide equivalent of the training, in millionths of a gram.
    emissions_micrograms: i64,
    /// What measured or estimated the emissions, as written.
    emissions_source: String,
    /// What caused the emissions, as `fine-tuning`.
    emissions_stage: String,
    /// Hardware that caused the emissions, as written.
    emissions_hardware: String,
    /// Where the hardware stood, as written.
    emissions_location: String,
    /// What the gate's form asks for; empty for a form without fields.
    gate_fields: Vec<String>,
    /// Whether the gate shows terms or a notice of its own.
    gate_has_terms: bool,
    /// Whether the gate keeps out users in the European Union.
    gate_excludes_eu: bool,
    /// Model that the card names as this one's successor.
    new_version: String,
    /// Example inputs on the card.
    widget_count: i64,
    /// Result of the Hub's security scan: `pending`, `clean` or `issues`.
    security_scan: String,
    /// Files in which the Hub's security scan found something.
    security_issue_count: i64,
    /// Library classes for which the repository brings its own code, as `AutoModelForCausalLM`;
    /// empty for a configuration that names none.
    custom_classes: Vec<String>,
    /// Class of the library that loads the model, as `AutoModelForCausalLM`.
    auto_model: String,
    /// What prepares the model's inputs, as `AutoTokenizer`.
    processor: String,
    /// Class of the pipeline of a diffusion model, as `FluxPipeline`.
    pipeline_class: String,
    /// Context length of the configuration, in tokens.
    context_configured: i64,
    /// Longest input of the tokenizer's configuration, in tokens.
    context_tokenizer: i64,
    /// Whether the configuration or the GGUF file holds a template for chats.
    has_chat_template: bool,
    /// Bytes of one set of GGUF files.
    gguf_bytes: i64,
    /// Data by which the quantization weighed what matters, as the GGUF file names it.
    importance_matrix: String,
    /// Whether the weights are cut into several files.
    is_sharded: bool,
    /// Files with their bytes, as `4096000 model.safetensors`.
    file_bytes: Vec<String>,
    /// State on the Hub's inference: `warm`, of old also `cold` or `frozen`.
    inference_state: String,
    /// Inference providers with the state of their service, as `fal-ai:live`.
    providers: Vec<String>,
    /// Spaces that use the model; the Hub shows no more than 100.
    space_count: i64,
    /// Children by relation as the Hub counts them, as `finetune:12`.
    hub_children: Vec<String>,
    /// Characters of the card's text, without front matter; 0 where there is none.
    readme_characters: i64,
    /// Headings of the card's text under which something stands, in plain lower case.
    readme_headings: Vec<String>,
    /// Blocks of code in the card's text, without citations.
    readme_code_count: i64,
    /// Languages that blocks of code name, as `python`.
    readme_code_languages: Vec<String>,
    /// Images of the card's text, without badges.
    readme_image_count: i64,
    /// Tables of the card's text.
    readme_table_count: i64,
    /// Distinct addresses that the card's text links to.
    readme_link_count: i64,
    /// Links to papers, code, demonstrations and data, as `code:github.com/a/b`.
    readme_links: Vec<String>,
    /// Identifiers of arXiv papers in the card's text.
    readme_arxiv_ids: Vec<String>,
    /// Digital object identifiers in the card's text.
    readme_dois: Vec<String>,
    /// Whether the card's text holds a citation in `BibTeX`.
    readme_has_bibtex: bool,
    /// Gaps that the Hub's template for cards leaves, and that nobody filled.
    readme_placeholder_count: i64,
    /// What phrases of the card's text speak of, as `training data`.
    readme_topics: Vec<String>,
    /// Models that the card's text says it was made from, as `finetune:google-bert/bert-base-cased`.
    readme_bases: Vec<String>,
    /// Language that the card's text is written in, as `en`.
    readme_language: String,
}
