//! What a model is made of and from.

use super::Growth;
use crate::catalogue::{ARCHITECTURES, Architecture, Kind};
use crate::model::{Format, Relation};
use crate::numbers::{Draws, between};

/// What is decided about a model before it has an owner.
pub(super) struct Plan {
    pub(super) architecture: u8,
    pub(super) parameters: u64,
    pub(super) origin: Option<(Relation, Vec<u32>)>,
    pub(super) format: Format,
}

impl Relation {
    /// How many of the models that were made like this have others made from them.
    pub(super) const fn base_share(self) -> f64 {
        match self {
            Self::Finetune => 0.10,
            Self::Merge => 0.30,
            Self::Adapter | Self::Quantized => 0.0,
        }
    }
}

/// Decides what the model is made of; `progress` is its place, 0 to 1, in the planted trends.
pub(super) fn plan(growth: &Growth, draws: &mut Draws, progress: f64) -> Plan {
    // New kinds of models catch on slowly, then fast.
    let adoption = progress * progress;
    let shares = Kind::SHARES.iter().map(|(_, first, last)| between(*first, *last, adoption));
    let kind = Kind::SHARES[draws.weighted(shares)].0;
    let derived_share = if kind.is_generative() { between(0.45, 0.80, progress) } else { 0.45 };
    let base = if draws.chance(derived_share) { popular_base(growth, draws, kind) } else { None };
    match base {
        Some(base) => derived(growth, draws, progress, base),
        None => root(draws, progress, kind),
    }
}

fn root(draws: &mut Draws, progress: f64, kind: Kind) -> Plan {
    let fashion = ARCHITECTURES.iter().map(|architecture| {
        // The newest architecture is the most used.
        let exists = architecture.kind == kind && architecture.since <= progress;
        if exists { 0.2 + architecture.since } else { 0.0 }
    });
    let index = draws.weighted(fashion);
    let architecture = &ARCHITECTURES[index];
    Plan {
        architecture: index as u8,
        parameters: parameters(draws, architecture, progress),
        origin: None,
        format: root_format(draws, kind, progress),
    }
}

/// A parameter count; the middle of the sizes on offer moves up with time.
fn parameters(draws: &mut Draws, architecture: &Architecture, progress: f64) -> u64 {
    let sizes = architecture.sizes;
    let place = between(0.10, 0.45, progress) + between(-0.25, 0.45, draws.unit());
    let index = ((place * sizes.len() as f64).max(0.0) as usize).min(sizes.len() - 1);
    // No two designs have the same count: up to 3 % more than the name says.
    let millions = sizes[index] as f64 * between(1.0, 1.03, draws.unit());
    (millions * 1e6) as u64
}

fn root_format(draws: &mut Draws, kind: Kind, progress: f64) -> Format {
    if matches!(kind, Kind::Agent | Kind::Tabular) {
        return Format::Other;
    }
    if draws.chance(between(0.85, 0.03, progress)) { Format::Pickle } else { Format::Safetensors }
}

fn derived(growth: &Growth, draws: &mut Draws, progress: f64, base: u32) -> Plan {
    let origin = &growth.models[base as usize];
    let kind = origin.architecture().kind;
    let shares = if kind.is_generative() {
        [
            (Relation::Finetune, between(0.75, 0.24, progress)),
            (Relation::Adapter, between(0.15, 0.22, progress)),
            (Relation::Quantized, between(0.06, 0.48, progress)),
            (Relation::Merge, between(0.04, 0.06, progress)),
        ]
    } else if kind == Kind::Diffusion {
        [
            (Relation::Finetune, 0.35),
            (Relation::Adapter, 0.65),
            (Relation::Quantized, 0.0),
            (Relation::Merge, 0.0),
        ]
    } else {
        [
            (Relation::Finetune, 1.0),
            (Relation::Adapter, 0.0),
            (Relation::Quantized, 0.0),
            (Relation::Merge, 0.0),
        ]
    };
    let relation = shares[draws.weighted(shares.iter().map(|(_, share)| *share))].0;
    let mut origins = vec![base];
    if relation == Relation::Merge
        && let Some(second) = partner(growth, draws, base)
    {
        origins.push(second);
    }
    // Whoever finds no second model to merge trains on the first.
    let relation = if relation == Relation::Merge && origins.len() < 2 {
        Relation::Finetune
    } else {
        relation
    };
    Plan {
        architecture: origin.architecture,
        parameters: origin.parameters,
        format: derived_format(draws, relation, origin.architecture(), progress),
        origin: Some((relation, origins)),
    }
}

fn derived_format(
    draws: &mut Draws,
    relation: Relation,
    architecture: &Architecture,
    progress: f64,
) -> Format {
    match relation {
        Relation::Adapter => Format::Adapter,
        Relation::Merge => Format::Safetensors,
        Relation::Finetune => root_format(draws, architecture.kind, progress),
        Relation::Quantized => {
            let gguf =
                if architecture.gguf.is_empty() { 0.0 } else { between(0.25, 0.62, progress) };
            let formats = [
                (Format::Gguf, gguf),
                (Format::Awq, 0.08),
                (Format::Gptq, between(0.40, 0.05, progress)),
                (Format::BitsAndBytes, 0.08),
                (Format::Fp8, between(0.0, 0.08, progress)),
                (Format::Mlx, between(0.0, 0.12, progress)),
            ];
            formats[draws.weighted(formats.iter().map(|(_, share)| *share))].0
        }
    }
}

/// One of the models that others are made from: the most popular of a few that are looked at.
fn popular_base(growth: &Growth, draws: &mut Draws, kind: Kind) -> Option<u32> {
    const LOOKED_AT: usize = 5;
    let rate = |index: &u32| growth.models[*index as usize].flow.rate;
    let mut best: Option<u32> = None;
    for _ in 0..LOOKED_AT {
        let candidate = recent_base(growth, draws, kind)?;
        if best.is_none_or(|best| rate(&best) < rate(&candidate)) {
            best = Some(candidate);
        }
    }
    best
}

/// A second model of the same architecture, where one is found within reason.
fn partner(growth: &Growth, draws: &mut Draws, base: u32) -> Option<u32> {
    const LOOKED_AT: usize = 40;
    let wanted = growth.models[base as usize].architecture();
    for _ in 0..LOOKED_AT {
        let candidate = recent_base(growth, draws, wanted.kind)?;
        if candidate != base && growth.models[candidate as usize].architecture() == wanted {
            return Some(candidate);
        }
    }
    None
}

/// One of the models that others are made from, recent ones more often than old ones.
fn recent_base(growth: &Growth, draws: &mut Draws, kind: Kind) -> Option<u32> {
    let bases = growth.bases.get(&kind)?;
    let last = bases.len().checked_sub(1)?;
    let back = draws.unit();
    let back = (back * back * bases.len() as f64) as usize;
    let base = bases[last - back.min(last)];
    let is_gone = growth.models.last().is_some_and(|last| {
        // The one who looks comes after the last that was born.
        growth.history.is_deleted(base, last.created_at())
    });
    (!is_gone).then_some(base)
}
