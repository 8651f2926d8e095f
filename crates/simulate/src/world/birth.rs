//! How one model comes to be.

use schema::{Day, Instant};

use super::lineage::{self, Plan};
use super::{FIRST_SECONDS, Growth};
use crate::catalogue::{ARCHITECTURES, Kind, LANGUAGES, LICENSES};
use crate::flow::{Burst, Flow};
use crate::model::{Format, Gated, Model, ObjectId, Relation};
use crate::names;
use crate::numbers::{Draws, between, mix};
use crate::owners::{CONVERTERS, ORGANISATIONS, Organisation};

/// Who publishes the model.
#[derive(Clone, Copy)]
pub(super) enum Publisher {
    Organisation,
    Converter,
    Individual,
}

/// The model born `progress`, 0 to 1, along the planted trends.
pub(super) fn model(
    growth: &Growth,
    draws: &mut Draws,
    object_id: ObjectId,
    progress: f64,
) -> Model {
    let plan = lineage::plan(growth, draws, progress);
    let publisher = publisher(draws, &plan);
    let (owner, attention) = owner(growth, draws, publisher, progress);
    let id = format!("{owner}/{}", name(draws, &owner, &plan, growth));
    let license = license(draws, &plan, growth, progress);
    let languages = languages(draws, &owner, progress);
    let gated = match draws.unit() {
        share if share < 0.03 => Gated::Auto,
        share if share < 0.05 => Gated::Manual,
        _ => Gated::Open,
    };
    // Demand grows sixfold over the trend.
    let demand = attention * between(1.0, 6.0, progress);
    let flow = flow(draws, object_id, publisher, &plan, demand);
    let likes = flow.rate.sqrt() * between(0.5, 4.0, draws.unit());
    let first = if draws.chance(0.6) { draws.below(7_200) as u32 } else { 0 };
    let second = if draws.chance(0.3) { 7_200 + draws.below(17_280_000) as u32 } else { 0 };
    Model {
        object_id,
        id,
        architecture: plan.architecture,
        parameters: plan.parameters,
        origin: plan.origin,
        format: plan.format,
        license,
        languages,
        gated,
        flow,
        likes,
        quirks: draws.bits(),
        edits: [first, second],
    }
}

fn publisher(draws: &mut Draws, plan: &Plan) -> Publisher {
    let relation = plan.origin.as_ref().map(|(relation, _)| *relation);
    let (organisation, converter) = match relation {
        None => (0.30, 0.0),
        Some(Relation::Quantized) => (0.08, 0.50),
        Some(Relation::Finetune) => (0.10, 0.0),
        Some(Relation::Adapter | Relation::Merge) => (0.02, 0.02),
    };
    let share = draws.unit();
    if share < organisation {
        Publisher::Organisation
    } else if share < organisation + converter {
        Publisher::Converter
    } else {
        Publisher::Individual
    }
}

/// The owner's name, and the attention that its models draw, 1 for most.
fn owner(growth: &Growth, draws: &mut Draws, publisher: Publisher, progress: f64) -> (String, f64) {
    let mut one_of = |known: &[Organisation]| {
        let owner = known[draws.weighted(known.iter().map(|owner| owner.weight(progress)))];
        // Who releases more is also better known.
        (owner.name.to_owned(), 0.3 + owner.weight(progress) / 5.0)
    };
    match publisher {
        Publisher::Organisation => one_of(ORGANISATIONS),
        Publisher::Converter => one_of(CONVERTERS),
        Publisher::Individual => {
            // The square favours low numbers: a few individuals publish much, most publish once.
            let place = draws.unit();
            let number = (place * place * growth.individuals as f64) as u64;
            (names::individual(growth.seed, number), 1.0)
        }
    }
}

fn name(draws: &mut Draws, owner: &str, plan: &Plan, growth: &Growth) -> String {
    let base = |index: &u32| growth.models[*index as usize].name();
    match &plan.origin {
        None => {
            let size = names::size(plan.parameters.div_ceil(1_000_000).max(1));
            let version = 1 + draws.below(4);
            let flavour = if plan.architecture().kind.is_conversational() {
                draws.pick(&["", "-Base", "-Instruct"])
            } else {
                ""
            };
            format!("{}-{version}-{size}{flavour}", names::title(draws))
        }
        Some((Relation::Quantized, origins)) => {
            names::with_ending(owner, base(&origins[0]), plan.format.ending())
        }
        Some((Relation::Adapter, origins)) => {
            let ending = format!("-{}-lora", purpose(draws, plan));
            names::with_ending(owner, base(&origins[0]), &ending)
        }
        Some((Relation::Finetune, origins)) => {
            let ending = format!("-{}", purpose(draws, plan));
            names::with_ending(owner, base(&origins[0]), &ending)
        }
        Some((Relation::Merge, _)) => {
            let size = names::size(plan.parameters.div_ceil(1_000_000).max(1));
            format!("{}-merge-{size}", names::title(draws))
        }
    }
}

fn purpose(draws: &mut Draws, plan: &Plan) -> &'static str {
    let is_skill = plan.architecture().kind.is_generative() && draws.chance(0.6);
    draws.pick(if is_skill { &names::SKILLS } else { &names::TOPICS })
}

fn license(draws: &mut Draws, plan: &Plan, growth: &Growth, progress: f64) -> Option<&'static str> {
    let inherited =
        plan.origin.as_ref().and_then(|(_, origins)| growth.models[origins[0] as usize].license);
    if draws.chance(0.12) {
        return None;
    }
    if inherited.is_some() && draws.chance(0.85) {
        return inherited;
    }
    let shares = LICENSES.iter().map(|(_, first, last)| between(*first, *last, progress));
    Some(LICENSES[draws.weighted(shares)].0)
}

fn languages(draws: &mut Draws, owner: &str, progress: f64) -> Vec<&'static str> {
    let mut languages = Vec::new();
    // Cards became more careful, and more models speak more languages.
    if !draws.chance(between(0.45, 0.65, progress)) {
        return languages;
    }
    let is_many = draws.chance(between(0.10, 0.45, progress));
    for _ in 0..if is_many { 2 + draws.below(4) } else { 1 } {
        let weights = LANGUAGES.iter().map(|(code, weight)| {
            let is_at_home = *code == "zh" && owner == "yunhe-intelligence";
            if is_at_home { weight * 4.0 } else { *weight }
        });
        let code = LANGUAGES[draws.weighted(weights)].0;
        if !languages.contains(&code) {
            languages.push(code);
        }
    }
    languages
}

fn flow(
    draws: &mut Draws,
    object_id: ObjectId,
    publisher: Publisher,
    plan: &Plan,
    demand: f64,
) -> Flow {
    // A Pareto tail: one model in a hundred thousand has a hundred thousand times the least rate.
    let luck = draws.unit() + 1e-7;
    let rate = match publisher {
        // A flatter tail, so that no single model of an organisation is most of its country.
        Publisher::Organisation => 400.0 / luck.sqrt(),
        Publisher::Converter => 20.0 / (luck.sqrt() * luck.sqrt().sqrt()),
        Publisher::Individual => 0.15 / luck,
    };
    let usefulness = match plan.architecture().kind {
        Kind::Encoder => 3.0,
        Kind::Dense | Kind::Sparse | Kind::Multimodal => 1.0,
        Kind::Diffusion | Kind::Speech => 0.8,
        Kind::Vision | Kind::Agent | Kind::Tabular => 0.3,
    };
    let created_at = object_id.created_at();
    let floor = Instant::from_millis(i64::from(FIRST_SECONDS) * 1000);
    // What is older than the field for it was downloaded before the date that the field names.
    let older_days = if created_at < floor { 30 + draws.below(670) } else { 0 };
    let is_evergreen = draws.chance(0.15);
    let burst = draws.chance(0.07).then(|| Burst {
        after: between(10.0, 500.0, draws.unit()),
        height: between(0.5, 6.0, draws.unit()),
        fades_after: between(4.0, 30.0, draws.unit()),
    });
    Flow {
        born_on: Day::from_epoch_days(created_at.day().epoch_days() - older_days as i32),
        rate: rate * usefulness * demand,
        fades_after: between(20.0, 220.0, draws.unit()),
        evergreen_share: if is_evergreen { between(0.02, 0.25, draws.unit()) } else { 0.002 },
        burst,
        noise: mix(object_id.rest()),
    }
}

impl Plan {
    /// The architecture that is planned.
    pub(super) fn architecture(&self) -> &'static crate::catalogue::Architecture {
        &ARCHITECTURES[usize::from(self.architecture)]
    }
}

impl Format {
    /// How names of conversions to this form end.
    const fn ending(self) -> &'static str {
        match self {
            Self::Gguf => "-GGUF",
            Self::Awq => "-AWQ",
            Self::Gptq => "-GPTQ-Int4",
            Self::BitsAndBytes => "-bnb-4bit",
            Self::Fp8 => "-FP8",
            Self::Mlx => "-MLX-4bit",
            Self::Pickle | Self::Safetensors | Self::Adapter | Self::Other => "-converted",
        }
    }
}
