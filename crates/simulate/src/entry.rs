//! A model as the Hub shows it.

mod blobs;
mod card;
mod files;
mod readme;

use std::fmt::Write as _;

use schema::{Day, Instant};
use serde_json::{Value, json};

use crate::catalogue::Kind;
use crate::model::{Format, Gated, Model, Quirk, Relation};
use crate::numbers::mix;
use crate::world::World;

pub(crate) use readme::{blob_id, card_text};

/// A field of an entry.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Field {
    /// Owner.
    Author,
    /// Lineage, resolved.
    BaseModels,
    /// The card's front matter.
    CardData,
    /// Whether it was taken down.
    Disabled,
    /// How access is granted.
    Gated,
    /// Whether a provider serves it.
    Inference,
    /// Which providers serve it.
    InferenceProviderMapping,
    /// Last commit.
    LastModified,
    /// Likes.
    Likes,
    /// Trending score.
    TrendingScore,
    /// Whether it is private.
    Private,
    /// Head commit.
    Sha,
    /// Excerpt of its configuration.
    Config,
    /// Downloads of the last 30 days.
    Downloads,
    /// Downloads of all time.
    DownloadsAllTime,
    /// Evaluations in the card.
    ModelIndex,
    /// Parameters by type.
    Safetensors,
    /// What its GGUF files say.
    Gguf,
    /// Evaluations in files.
    EvalResults,
    /// Tags.
    Tags,
    /// Task.
    PipelineTag,
    /// Library.
    LibraryName,
    /// How transformers loads it.
    TransformersInfo,
    /// The mask token.
    MaskToken,
    /// Example inputs.
    WidgetData,
    /// Creation.
    CreatedAt,
    /// Files.
    Siblings,
    /// Spaces that use it.
    Spaces,
    /// Group within an organisation.
    ResourceGroup,
    /// Whether its files lie in Xet.
    XetEnabled,
    /// How many were made from it.
    ChildrenModelCount,
    /// Bytes.
    UsedStorage,
}

use Field as F;

/// Every field by its name, in the order in which entries hold them.
///
/// The last two are known on the detail route only.
pub(crate) const FIELDS: [(Field, &str); 32] = [
    (F::Author, "author"),
    (F::BaseModels, "baseModels"),
    (F::CardData, "cardData"),
    (F::Disabled, "disabled"),
    (F::Gated, "gated"),
    (F::Inference, "inference"),
    (F::InferenceProviderMapping, "inferenceProviderMapping"),
    (F::LastModified, "lastModified"),
    (F::Likes, "likes"),
    (F::TrendingScore, "trendingScore"),
    (F::Private, "private"),
    (F::Sha, "sha"),
    (F::Config, "config"),
    (F::Downloads, "downloads"),
    (F::DownloadsAllTime, "downloadsAllTime"),
    (F::ModelIndex, "model-index"),
    (F::Safetensors, "safetensors"),
    (F::Gguf, "gguf"),
    (F::EvalResults, "evalResults"),
    (F::Tags, "tags"),
    (F::PipelineTag, "pipeline_tag"),
    (F::LibraryName, "library_name"),
    (F::TransformersInfo, "transformersInfo"),
    (F::MaskToken, "mask_token"),
    (F::WidgetData, "widgetData"),
    (F::CreatedAt, "createdAt"),
    (F::Siblings, "siblings"),
    (F::Spaces, "spaces"),
    (F::ResourceGroup, "resourceGroup"),
    (F::XetEnabled, "xetEnabled"),
    (F::ChildrenModelCount, "childrenModelCount"),
    (F::UsedStorage, "usedStorage"),
];

/// How long the security scan takes.
const SCAN_DAYS: f64 = 0.25;

/// How many of [`FIELDS`] the listing knows.
pub(crate) const LISTING_FIELDS: usize = 30;

/// On which route an entry is shown; a few fields differ.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Route {
    /// One entry of many.
    Listing,
    /// The model alone.
    Detail,
}

/// A model at a date.
#[derive(Clone, Copy)]
pub(crate) struct View<'a> {
    /// The economy.
    pub(crate) world: &'a World,
    /// The model.
    pub(crate) model: &'a Model,
    /// Its index.
    pub(crate) index: u32,
    /// The date.
    pub(crate) at: Instant,
    /// The route on which it is shown.
    pub(crate) route: Route,
    /// Whether files are shown with sizes and hashes.
    pub(crate) has_blobs: bool,
    /// Whether the result of the security scan is shown.
    pub(crate) has_security: bool,
}

/// Writes the entry: `_id`, `id`, the fields asked for that have a value, and `modelId` if wanted.
pub(crate) fn write(out: &mut String, view: &View, fields: &[Field], has_model_id: bool) {
    let mut put = |name: &str, value: &Value| {
        out.push(if name == "_id" { '{' } else { ',' });
        write!(out, "\"{name}\":{value}").expect("writing to a string cannot fail");
    };
    put("_id", &json!(view.model.object_id.to_string()));
    put("id", &json!(view.id()));
    for (field, name) in FIELDS {
        if fields.contains(&field)
            && let Some(value) = view.value(field)
        {
            put(name, &value);
        }
    }
    if has_model_id {
        put("modelId", &json!(view.id()));
    }
    if view.has_security {
        put("securityRepoStatus", &view.security());
    }
    out.push('}');
}

impl<'a> View<'a> {
    /// Looks at the model with this index.
    pub(crate) fn new(world: &'a World, index: u32, at: Instant, route: Route) -> Self {
        Self {
            world,
            model: world.model(index),
            index,
            at,
            route,
            has_blobs: false,
            has_security: false,
        }
    }

    /// Its id at the date.
    pub(crate) fn id(&self) -> &'a str {
        self.world.id_at(self.index, self.at)
    }

    /// Its owner at the date.
    pub(crate) fn owner(&self) -> &'a str {
        self.id().split_once('/').map_or("", |(owner, _)| owner)
    }

    /// The name of its head commit.
    pub(crate) fn sha(&self) -> String {
        sha(self.model, self.model.last_commit(self.at).1)
    }

    /// Whether a revision is the head: other commits and branches are not kept.
    pub(crate) fn is_head(&self, revision: &str) -> bool {
        revision == "main" || revision == self.sha()
    }

    /// Whether its files are not for everyone.
    pub(crate) fn is_gated(&self) -> bool {
        self.model.gated != Gated::Open
    }

    /// The value of a field; `None` where the Hub leaves the field out.
    fn value(&self, field: Field) -> Option<Value> {
        let model = self.model;
        let (modified_at, commits) = model.last_commit(self.at);
        let is_detail = self.route == Route::Detail;
        let value = match field {
            F::Author => json!(self.owner()),
            F::BaseModels => card::base_models(self)?,
            F::CardData => card::card_data(self)?,
            F::Disabled | F::Private => json!(false),
            F::Gated => match model.gated {
                Gated::Open => json!(false),
                Gated::Auto => json!("auto"),
                Gated::Manual => json!("manual"),
            },
            F::InferenceProviderMapping if is_detail => json!({}),
            F::InferenceProviderMapping => json!([]),
            F::LastModified => json!(timestamp(modified_at)),
            F::Likes => json!(model.likes_on(self.day())),
            F::TrendingScore => halves(model.trending_halves_on(self.day())),
            F::Sha => json!(sha(model, commits)),
            F::Config => files::config(self),
            F::Downloads => json!(self.world.counters(model, self.day()).rolling),
            F::DownloadsAllTime => json!(self.world.counters(model, self.day()).all_time),
            F::ModelIndex => Value::Null,
            F::Safetensors => files::safetensors(model)?,
            F::Gguf => files::gguf(model)?,
            F::Tags => json!(self.tags()),
            F::PipelineTag if !model.has(Quirk::NoTask) => json!(model.architecture().task),
            F::LibraryName => json!(model.library()?),
            F::TransformersInfo => files::transformers_info(model)?,
            F::CreatedAt => json!(timestamp(model.created_at())),
            F::Siblings => json!(files::siblings(self)),
            F::Spaces if is_detail => json!([]),
            F::XetEnabled => json!(true),
            F::ChildrenModelCount if is_detail => self.children(),
            F::UsedStorage if is_detail => json!(files::bytes(model) * commits),
            // Absent where there is nothing, or where the listing never shows them.
            F::PipelineTag
            | F::Spaces
            | F::ChildrenModelCount
            | F::UsedStorage
            | F::Inference
            | F::EvalResults
            | F::MaskToken
            | F::WidgetData
            | F::ResourceGroup => return None,
        };
        Some(value)
    }

    /// The day whose beginning the counters show: they are refreshed once a day.
    pub(crate) fn day(&self) -> Day {
        self.at.day()
    }

    /// Every tag, computed ones and the author's own.
    pub(crate) fn tags(&self) -> Vec<String> {
        let model = self.model;
        let mut tags: Vec<String> = model.library().map(str::to_owned).into_iter().collect();
        tags.extend(files::format_tags(model).iter().map(|tag| (*tag).to_owned()));
        let architecture = model.architecture();
        if !architecture.model_type.is_empty() && model.format != Format::Gguf {
            tags.push(architecture.model_type.to_owned());
        }
        if !model.has(Quirk::NoTask) {
            tags.push(architecture.task.to_owned());
        }
        if architecture.kind == Kind::Sparse && model.quirks.is_multiple_of(2) {
            tags.push("moe".to_owned());
        }
        if architecture.kind.is_conversational() {
            tags.push("conversational".to_owned());
        }
        card::add_tags(self, &mut tags);
        tags.push("region:us".to_owned());
        tags
    }

    /// What the security scan says: it takes a while after a commit, and finds nothing.
    fn security(&self) -> Value {
        let (modified_at, _) = self.model.last_commit(self.at);
        let is_done = self.at.days_since(modified_at) >= SCAN_DAYS;
        json!({ "scansDone": is_done, "filesWithIssues": [] })
    }

    /// Direct children that exist at the date and say so in a card, by relation.
    fn children(&self) -> Value {
        let mut counts = Relation::ALL.map(|relation| (relation, 0_u64));
        for (_, child) in self.world.visible(self.at) {
            let Some((how, origins)) = &child.origin else { continue };
            if origins.contains(&self.index) && !child.has(Quirk::NoCard) {
                for (relation, count) in &mut counts {
                    *count += u64::from(relation == how);
                }
            }
        }
        counts.iter().map(|(relation, count)| (relation.name().to_owned(), json!(count))).collect()
    }
}

/// An instant as the Hub writes it: always with milliseconds.
pub(crate) fn timestamp(at: Instant) -> String {
    let text = at.to_string();
    if text.contains('.') { text } else { text.replace('Z', ".000Z") }
}

/// A count of halves as the Hub writes a score: whole where it is whole.
pub(crate) fn halves(halves: u64) -> Value {
    if halves.is_multiple_of(2) { json!(halves / 2) } else { json!(halves as f64 / 2.0) }
}

/// The name of the head commit after so many commits.
fn sha(model: &Model, commits: u64) -> String {
    let first = mix(model.object_id.rest() ^ commits);
    let second = mix(first);
    format!("{first:016x}{second:016x}{:08x}", mix(second) as u32)
}

#[cfg(test)]
mod tests;
