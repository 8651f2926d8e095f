//! One model of the economy, as compact as a million of them need it.

use std::fmt;

use schema::{Day, Instant};

use crate::catalogue::{ARCHITECTURES, Architecture, Kind};
use crate::flow::Flow;
use crate::numbers::mix;

/// An id that never changes: the second of creation, then bits of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct ObjectId {
    seconds: u32,
    rest: u64,
}

impl ObjectId {
    /// Makes an id from its creation, in seconds since 1970, and its own bits.
    pub(crate) const fn new(seconds: u32, rest: u64) -> Self {
        Self { seconds, rest }
    }

    /// Reads 24 hexadecimal digits; `None` for anything else.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        if text.len() != 24 || !text.bytes().all(|byte| byte.is_ascii_hexdigit()) {
            return None;
        }
        let seconds = u32::from_str_radix(&text[..8], 16).ok()?;
        let rest = u64::from_str_radix(&text[8..], 16).ok()?;
        Some(Self { seconds, rest })
    }

    /// The creation that the id encodes.
    pub(crate) fn created_at(self) -> Instant {
        Instant::from_millis(i64::from(self.seconds) * 1000)
    }

    /// The bits that are the model's own.
    pub(crate) const fn rest(self) -> u64 {
        self.rest
    }
}

impl fmt::Display for ObjectId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:08x}{:016x}", self.seconds, self.rest)
    }
}

/// How a model was made from others.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Relation {
    /// Trained on.
    Finetune,
    /// A small addition that needs its base.
    Adapter,
    /// The base in fewer bits.
    Quantized,
    /// Two bases mixed.
    Merge,
}

impl Relation {
    /// Every relation.
    pub(crate) const ALL: [Self; 4] = [Self::Adapter, Self::Merge, Self::Quantized, Self::Finetune];

    /// The Hub's word for it.
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Finetune => "finetune",
            Self::Adapter => "adapter",
            Self::Quantized => "quantized",
            Self::Merge => "merge",
        }
    }
}

/// In which form the weights lie in the repository.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Format {
    /// Pickled weights, which tell nothing about themselves.
    Pickle,
    /// Weights in half precision.
    Safetensors,
    /// llama.cpp files, several quantizations in one repository.
    Gguf,
    /// Four bits, packed eight to an integer, with activation-aware scales.
    Awq,
    /// Four bits, packed eight to an integer.
    Gptq,
    /// Four bits, packed two to a byte.
    BitsAndBytes,
    /// Eight-bit floating point.
    Fp8,
    /// Four bits, packed eight to an unsigned integer, for Apple machines.
    Mlx,
    /// The few weights of an adapter.
    Adapter,
    /// A file of the library's own.
    Other,
}

/// How access is granted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Gated {
    /// To everyone.
    Open,
    /// To everyone who asks.
    Auto,
    /// To those whom the owner lets in.
    Manual,
}

/// One model.
#[derive(Debug, Clone)]
pub(crate) struct Model {
    /// The id that never changes; encodes the creation.
    pub(crate) object_id: ObjectId,
    /// `owner/name`.
    pub(crate) id: String,
    /// Which architecture.
    pub(crate) architecture: u8,
    /// Parameter count.
    pub(crate) parameters: u64,
    /// Indices of the models it was made from, and how; a merge has two.
    pub(crate) origin: Option<(Relation, Vec<u32>)>,
    /// The form of its weights.
    pub(crate) format: Format,
    /// Its licence, where the card names one.
    pub(crate) license: Option<&'static str>,
    /// Its languages, where the card names any.
    pub(crate) languages: Vec<&'static str>,
    /// How access is granted.
    pub(crate) gated: Gated,
    /// Its downloads.
    pub(crate) flow: Flow,
    /// Likes that it tends to.
    pub(crate) likes: f64,
    /// What the card leaves out, and other small differences.
    pub(crate) quirks: u64,
    /// Later commits, in seconds after creation, ascending.
    pub(crate) edits: [u32; 2],
}

/// What may be left out of a card or a repository.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u64)]
pub(crate) enum Quirk {
    /// There is no card at all.
    NoCard = 1,
    /// The library is not known.
    NoLibrary,
    /// The task is not known.
    NoTask,
    /// A value that may be a list is written as one text.
    BareText,
    /// The relation to the base is written in the card.
    SaysRelation,
    /// The model names a paper.
    HasPaper,
    /// The model names a training set.
    HasDataset,
}

impl Quirk {
    /// How likely it is, in a thousand.
    const fn per_mille(self) -> u64 {
        match self {
            Self::NoCard => 130,
            Self::NoLibrary => 90,
            Self::NoTask => 160,
            Self::BareText => 350,
            Self::SaysRelation | Self::HasDataset => 250,
            Self::HasPaper => 180,
        }
    }
}

impl Model {
    /// Its architecture.
    pub(crate) fn architecture(&self) -> &'static Architecture {
        &ARCHITECTURES[usize::from(self.architecture)]
    }

    /// The namespace.
    pub(crate) fn owner(&self) -> &str {
        self.id.split_once('/').map_or("", |(owner, _)| owner)
    }

    /// The part of the id after the namespace.
    pub(crate) fn name(&self) -> &str {
        self.id.split_once('/').map_or(self.id.as_str(), |(_, name)| name)
    }

    /// The creation that the Hub shows.
    pub(crate) fn created_at(&self) -> Instant {
        self.object_id.created_at()
    }

    /// The library, where the Hub knows it.
    pub(crate) fn library(&self) -> Option<&'static str> {
        match self.format {
            Format::Adapter if self.architecture().kind != Kind::Diffusion => Some("peft"),
            Format::Mlx => Some("mlx"),
            // Most repositories of GGUF files name no library.
            Format::Gguf if !self.quirks.is_multiple_of(3) => None,
            _ if self.has(Quirk::NoLibrary) => None,
            _ => Some(self.architecture().library),
        }
    }

    /// The last commit at or before `at`, and how many there were.
    pub(crate) fn last_commit(&self, at: Instant) -> (Instant, u64) {
        let created = self.created_at().millis();
        let mut last = (created, 1);
        for edit in self.edits {
            let edited = created + i64::from(edit) * 1000;
            if edit > 0 && edited <= at.millis() {
                last = (edited, last.1 + 1);
            }
        }
        (Instant::from_millis(last.0), last.1)
    }

    /// Likes on a day: they come as the model becomes known.
    pub(crate) fn likes_on(&self, day: Day) -> u64 {
        let age = f64::from((day.epoch_days() - self.flow.born_on.epoch_days()).max(0));
        (self.likes * age / (age + 60.0)) as u64
    }

    /// Twice the trending score on a day: recent downloads, as long as the model is news.
    pub(crate) fn trending_halves_on(&self, day: Day) -> u64 {
        let age = day.epoch_days() - self.flow.born_on.epoch_days();
        if !(1..=90).contains(&age) {
            return 0;
        }
        let recent = self.flow.during(day, 7) as f64;
        (recent.sqrt() * 8.0 / (8.0 + f64::from(age))) as u64
    }

    /// Whether a quirk applies to it.
    pub(crate) fn has(&self, quirk: Quirk) -> bool {
        mix(self.quirks ^ quirk as u64) % 1000 < quirk.per_mille()
    }
}
