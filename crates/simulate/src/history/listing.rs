//! A history as the Hub's listing would show it, Monday after Monday.

use schema::{Instant, Week};
use serde_json::{Map, Value, json};

use super::{History, HistoryModel};
use crate::entry::timestamp;

/// Models are born on the Tuesday of their week, at noon.
const BORN_AFTER_HOURS: i64 = 36;
const HOUR_MILLIS: i64 = 3_600_000;
/// What stands on a card that describes the training data without saying where it is.
const DESCRIBED: &str = "in-house corpus of web pages and books";
/// Likes for each square root of a download.
const LIKES: f64 = 0.2;

/// What the listing shows of a history's models.
#[derive(Debug)]
pub struct HistoryListing<'a> {
    history: &'a History,
    /// What never changes of each model: the fields of its entry, without the brackets.
    fields: Vec<String>,
}

impl<'a> HistoryListing<'a> {
    /// Prepares the listing.
    #[must_use]
    pub fn new(history: &'a History) -> Self {
        let fields = (0..history.models.len()).map(|place| fields(history, place)).collect();
        Self { history, fields }
    }

    /// The instant at which a week of the history begins; after its last, at which it ends.
    #[must_use]
    pub fn read_at(&self, week: u32) -> Instant {
        self.history.options.first_week.plus(week as i32).start()
    }

    /// The pages of the listing when a week begins, each a JSON array of at most `page_size`
    /// models, oldest first, with the number of its models; counters tell of what was before.
    /// Models that nobody uses any more are removed.
    pub fn pages(&self, week: u32, page_size: usize) -> impl Iterator<Item = (String, u64)> {
        let is_there = |model: &HistoryModel| {
            let is_born = model.weeks_before > 0 || model.first_week < week;
            is_born && model.removed_week.is_none_or(|removed| week <= removed)
        };
        let models = self.history.models.iter().enumerate();
        let there: Vec<usize> =
            models.filter(|(_, model)| is_there(model)).map(|(place, _)| place).collect();
        let pages = there.chunks(page_size).map(|page| {
            let entries: Vec<String> = page.iter().map(|place| self.entry(*place, week)).collect();
            (format!("[{}]", entries.join(",")), page.len() as u64)
        });
        pages.collect::<Vec<_>>().into_iter()
    }

    fn entry(&self, place: usize, week: u32) -> String {
        let model = &self.history.models[place];
        let over = &model.downloads[..(week.saturating_sub(model.first_week)) as usize];
        let all_time = model.downloads_before + over.iter().map(|it| u64::from(*it)).sum::<u64>();
        // Thirty days are four weeks and two days of the one before.
        // The weeks before the record stand in by its first.
        let before = model.downloads.iter().take(1).cycle().take(model.weeks_before as usize);
        let mut newest = over.iter().rev().chain(before).map(|it| f64::from(*it));
        let four: f64 = newest.by_ref().take(4).sum();
        let rolling = four + newest.next().unwrap_or(0.0) * 2.0 / 7.0;
        let likes = (all_time as f64).sqrt() * LIKES;
        format!(
            "{{{},\"likes\":{},\"downloads\":{},\"downloadsAllTime\":{all_time}}}",
            self.fields[place], likes as u64, rolling as u64
        )
    }
}

fn fields(history: &History, place: usize) -> String {
    let model = &history.models[place];
    let (owner, _) = model.id.split_once('/').unwrap_or_default();
    let mut entry = Map::new();
    let mut put = |key: &str, value: Value| entry.insert(key.to_owned(), value);
    put("_id", json!(hub_id(history, place)));
    put("id", json!(model.id));
    put("author", json!(owner));
    put("createdAt", json!(timestamp(created_at(history, model))));
    put("gated", json!(false));
    put("private", json!(false));
    put("disabled", json!(false));
    put("library_name", json!("transformers"));
    put("pipeline_tag", json!(task(model)));
    put("config", config(model));
    put("siblings", files(model));
    put("tags", json!(tags(history, model)));
    if has_card(model) {
        put("cardData", card(history, model));
    }
    if let Some(root) = model.root {
        let base = json!({ "_id": hub_id(history, root as usize), "id": root_id(history, root) });
        put("baseModels", json!({ "relation": relation(model), "models": [base] }));
    }
    if model.is_quantized {
        let architecture = if model.is_moe { "qwen3moe" } else { "qwen2" };
        put("gguf", json!({ "total": model.parameters, "architecture": architecture }));
    } else {
        let parameters = json!({ "BF16": model.parameters });
        put("safetensors", json!({ "parameters": parameters, "total": model.parameters }));
    }
    let text = Value::Object(entry).to_string();
    text[1..text.len() - 1].to_owned()
}

/// Twenty-four hexadecimal digits: the second of creation, and the place.
fn hub_id(history: &History, place: usize) -> String {
    let seconds = created_at(history, &history.models[place]).millis() / 1000;
    format!("{seconds:08x}{place:016x}")
}

fn root_id(history: &History, root: u32) -> &str {
    &history.models[root as usize].id
}

fn created_at(history: &History, model: &HistoryModel) -> Instant {
    let week = model.first_week as i32 - model.weeks_before as i32;
    let monday: Week = history.options.first_week.plus(week);
    Instant::from_millis(monday.start().millis() + BORN_AFTER_HOURS * HOUR_MILLIS)
}

const fn task(model: &HistoryModel) -> &'static str {
    if model.is_multimodal { "image-text-to-text" } else { "text-generation" }
}

fn relation(model: &HistoryModel) -> &'static str {
    if model.is_quantized { "quantized" } else { "finetune" }
}

/// Whether there is a card; what is told of the training data by neither name nor word has none.
fn has_card(model: &HistoryModel) -> bool {
    model.training_data != "neither"
}

fn license(model: &HistoryModel) -> &'static str {
    match model.license_family {
        "permissive" => "apache-2.0",
        "vendor terms" => "gemma",
        _ => "cc-by-nc-4.0",
    }
}

/// The excerpt of the configuration; quantized files of one format have none beside them.
fn config(model: &HistoryModel) -> Value {
    let (model_type, class) = match (model.is_moe, model.is_multimodal) {
        _ if model.is_quantized => return json!({}),
        (false, false) => ("qwen2", "Qwen2ForCausalLM"),
        (true, false) => ("qwen3_moe", "Qwen3MoeForCausalLM"),
        (false, true) => ("qwen2_vl", "Qwen2VLForConditionalGeneration"),
        (true, true) => ("qwen3_vl_moe", "Qwen3VLMoeForConditionalGeneration"),
    };
    json!({ "model_type": model_type, "architectures": [class] })
}

fn files(model: &HistoryModel) -> Value {
    let (_, name) = model.id.split_once('/').unwrap_or_default();
    let weights = if model.is_quantized {
        vec![format!("{name}-Q4_K_M.gguf")]
    } else {
        vec!["config.json".to_owned(), "model.safetensors".to_owned()]
    };
    let card = has_card(model).then(|| "README.md".to_owned());
    card.into_iter().chain(weights).map(|path| json!({ "rfilename": path })).collect()
}

fn tags(history: &History, model: &HistoryModel) -> Vec<String> {
    let format = if model.is_quantized { "gguf" } else { "safetensors" };
    let mut tags: Vec<String> =
        ["transformers", format, task(model), "region:us"].map(str::to_owned).to_vec();
    if let Some(root) = model.root {
        let root = root_id(history, root);
        tags.push(format!("base_model:{root}"));
        tags.push(format!("base_model:{}:{root}", relation(model)));
    }
    tags.push(format!("license:{}", license(model)));
    tags
}

fn card(history: &History, model: &HistoryModel) -> Value {
    let (owner, _) = model.id.split_once('/').unwrap_or_default();
    let dataset = match model.training_data {
        "available" => format!("{owner}/corpus-{}", model.first_week % 7),
        _ => DESCRIBED.to_owned(),
    };
    let mut card = json!({ "license": license(model), "datasets": [dataset] });
    if let Some(root) = model.root {
        card["base_model"] = json!(root_id(history, root));
        card["base_model_relation"] = json!(relation(model));
    }
    card
}

#[cfg(test)]
mod tests;
