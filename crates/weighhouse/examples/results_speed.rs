//! What all results of a large collection take, for `cargo xtask bench analyze`.
//!
//! ```text
//! results_speed MODELS WEEKS OWNERS SEED DRAWS
//! ```
//!
//! The collection is that of `cargo xtask bench panel`, in memory, with more attributes, whose
//! values are drawn without regard to anything: what is measured is time and memory, not truth.
//! It prints a line a result: its name, the seconds it took, how many numbers it has; then `all`
//! with the seconds of all, and `memory` with the most bytes that were held beyond the market.
#![expect(clippy::disallowed_methods, reason = "a benchmark reads its arguments and the clock")]
#![expect(clippy::print_stdout, reason = "its lines are what it is for")]

use std::time::Instant;

use analyze::results::{Context, Options, RESULTS};
use analyze::{Change, Economy, Market, MarketParts, Numbers, Period, Query};
use anyhow::Context as _;
use mimalloc::MiMalloc;
use panel::flow::Method;
use panel::{Cell, CellsBuilder, Grouping, ModelFlows, PARTS};
use schema::{CellState, Flagged, Group, Measure, Statistic, Week, Window};
use simulate::{PanelAttribute, PanelCell, PanelOptions, PanelTables};
use stats::Resampling;
use store::Store;

/// That of the program.
#[global_allocator]
static ALLOCATOR: MiMalloc = MiMalloc;

/// The first week: 2021-07-05.
const FIRST: i32 = 2_687;
/// Half-width of the intervals of estimated cells, as a share of their values.
const ESTIMATED_WITHIN: f64 = 0.25;
const WHATIF_RUNS: usize = 5;

fn main() -> anyhow::Result<()> {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let number = |at: usize| -> anyhow::Result<u64> {
        let word = words.get(at).context("expected MODELS WEEKS OWNERS SEED DRAWS")?;
        Ok(word.parse()?)
    };
    let tables = PanelTables::new(PanelOptions {
        models: number(0)?.try_into()?,
        weeks: number(1)?.try_into()?,
        owners: number(2)?.try_into()?,
        seed: number(3)?,
    });
    let market = market(&tables);
    let numbers = numbers(&market, &tables);
    drop(tables);
    let folder = std::env::temp_dir().join(format!("weighhouse-results-{}", std::process::id()));
    let store = Store::create(&folder)?;
    // From here on the most memory is that of results, with the market.
    std::fs::write("/proc/self/clear_refs", "5").context("failed to reset the peak of memory")?;
    let replicates = number(4)?.try_into()?;
    let draws = Resampling { replicates, ..analyze::usual_draws() };
    let options = Options { draws: Some(draws), ..Options::default() };
    let context = Context::new(&store, &market, options).with_numbers(numbers);
    let begun = Instant::now();
    for result in RESULTS {
        let begun = Instant::now();
        let answered = result.answer(&context)?;
        let seconds = begun.elapsed().as_secs_f64();
        match answered.found {
            Ok(found) => println!("{} {seconds:.3} {}", result.name, found.lines.len()),
            Err(reason) => println!("{} {seconds:.3} 0 {reason}", result.name),
        }
    }
    println!("all {:.3} {}", begun.elapsed().as_secs_f64(), RESULTS.len());
    println!("memory {} 0", peak()?);
    println!("whatif {:.4} {WHATIF_RUNS}", what_if(&market)?);
    std::fs::remove_dir_all(folder)?;
    Ok(())
}

/// The seconds that the middle question about a merger takes, once what owners hold is read.
fn what_if(market: &Market) -> anyhow::Result<f64> {
    let query = Query {
        statistics: vec![Statistic::Hhi],
        measure: Measure::Downloads,
        group: Group::named("uploader"),
        conditions: Vec::new(),
        flagged: Flagged::Include,
        period: Period::Newest,
        window: Window::Weeks(52),
        top: None,
    };
    let begun = Instant::now();
    let economy = Economy::read(market, &query)?;
    println!("whatif-read {:.4} 1", begun.elapsed().as_secs_f64());
    let merge = Change::parse_merge("owner-000001,owner-000002=owner-000001")?;
    let mut seconds = Vec::new();
    for _ in 0..WHATIF_RUNS {
        let begun = Instant::now();
        let changed = economy.changed(std::slice::from_ref(&merge))?;
        std::hint::black_box(economy.effects(&changed));
        seconds.push(begun.elapsed().as_secs_f64());
    }
    seconds.sort_unstable_by(f64::total_cmp);
    Ok(seconds[WHATIF_RUNS / 2])
}

/// The most memory that was held, in bytes.
fn peak() -> anyhow::Result<u64> {
    let status = std::fs::read_to_string("/proc/self/status")?;
    let line = status.lines().find(|line| line.starts_with("VmHWM:")).context("no VmHWM")?;
    let kibibytes: u64 = line.split_whitespace().nth(1).context("no number")?.parse()?;
    Ok(kibibytes * 1_024)
}

fn market(tables: &PanelTables) -> Market {
    let models = tables.options().models;
    let week = |index: u16| Week::from_number(FIRST + i32::from(index));
    let mut cells = CellsBuilder::new();
    let mut flows = ModelFlows::default();
    for model in 0..models {
        let first = tables.first_week[model as usize];
        flows.clear();
        let known = (first..).zip(tables.flows_of(model));
        flows.cells.extend(known.map(|(at, known)| cell(week(at), known)));
        cells.push(&flows);
    }
    let births = (0..models).map(|model| week(tables.first_week[model as usize]).start());
    Market::of_parts(MarketParts {
        collection: "simulated-panel".to_owned(),
        ids: (0..models).map(|model| id(tables, model)).collect(),
        births: births.collect(),
        flows: cells,
        through: week(tables.options().weeks).start(),
        attributes: attributes(tables),
    })
}

fn id(tables: &PanelTables, model: u32) -> String {
    format!("owner-{:06}/model-{model:07}", tables.owner[model as usize])
}

fn cell(week: Week, known: PanelCell) -> Cell {
    let value = f64::from(known.parts) / f64::from(PARTS);
    let (within, method) = match known.state {
        CellState::Estimated => (ESTIMATED_WITHIN * value, Method::Interpolated),
        CellState::Observed | CellState::Missing => (0.0, Method::Difference),
    };
    Cell { week, value, low: value - within, high: value + within, state: known.state, method }
}

/// A number from 0 to 1 for a model and a purpose.
fn drawn(model: u32, purpose: u64) -> f64 {
    let mut bits = u64::from(model) ^ purpose << 40;
    for _ in 0..3 {
        bits = (bits ^ bits >> 31).wrapping_mul(0x9E37_79B9_7F4A_7C15);
    }
    (bits >> 11) as f64 / 2.0_f64.powi(53)
}

/// Values with the part of the models that have them and all before.
type Parts = &'static [(&'static str, f64)];

/// Attributes of few values, those that are not known left over.
const DRAWN: &[(&str, Parts)] = &[
    ("is_moe", &[("yes", 0.04), ("no", 0.9)]),
    ("is_quantized", &[("yes", 0.2), ("no", 0.95)]),
    ("is_multimodal", &[("yes", 0.1), ("no", 0.9)]),
    ("is_license_commercial", &[("yes", 0.5), ("no", 0.65)]),
    ("openness_class", &[("open source", 0.1), ("open weights", 0.6), ("restricted", 0.8)]),
    ("training_data", &[("available", 0.2), ("disclosed", 0.3), ("neither", 0.7)]),
    (
        "role",
        &[
            ("originator", 0.4),
            ("finetuner", 0.65),
            ("quantizer", 0.8),
            ("adapter maker", 0.93),
            ("merger", 0.95),
            ("mirror", 0.97),
        ],
    ),
    ("derivation", &[("original", 0.4), ("finetune", 0.65), ("quantized", 0.8), ("adapter", 0.95)]),
    (
        "size_band",
        &[("< 0.1 B", 0.1), ("0.1–1 B", 0.4), ("1–4 B", 0.55), ("4–10 B", 0.7), ("10–40 B", 0.8)],
    ),
    ("library", &[("transformers", 0.5), ("diffusers", 0.65), ("gguf", 0.8), ("timm", 0.85)]),
    ("architecture_family", &[("llama", 0.2), ("bert", 0.4), ("qwen", 0.6), ("vit", 0.7)]),
    ("country_group", &[("USA", 0.2), ("China", 0.35), ("France", 0.4), ("Germany", 0.45)]),
    ("quantization_method", &[("gguf", 0.1), ("gptq", 0.15), ("awq", 0.2)]),
    ("language_primary", &[("English", 0.4), ("Chinese", 0.5), ("French", 0.55)]),
    ("created_year", &[("2023", 0.2), ("2024", 0.5), ("2025", 1.0)]),
];

/// The part of the models that are made from another, and the models that others are made from.
const DERIVED: f64 = 0.6;
const ROOTS: f64 = 20_000.0;

fn attributes(tables: &PanelTables) -> Vec<(&'static str, Grouping)> {
    let models = tables.options().models;
    let each = || 0..models;
    let grouping = |keys: Vec<Option<u32>>, names: &[String]| {
        Grouping::by_key(&keys, names, "unknown", "unknown")
    };
    let owners: Vec<String> =
        (0..tables.options().owners).map(|owner| format!("owner-{owner:06}")).collect();
    let ids: Vec<String> = each().map(|model| id(tables, model)).collect();
    let root = |model: u32| {
        let is_derived = drawn(model, 90) < DERIVED;
        let of = (drawn(model, 91).powi(3) * ROOTS.min(f64::from(models))) as u32;
        if is_derived { of } else { model }
    };
    let owner = |model: u32| Some(tables.owner[model as usize]);
    let mut all = vec![
        ("uploader", grouping(each().map(owner).collect(), &owners)),
        ("developer", grouping(each().map(|model| owner(root(model))).collect(), &owners)),
        ("family", grouping(each().map(|model| Some(root(model))).collect(), &ids)),
    ];
    for attribute in PanelAttribute::ALL {
        let codes = tables.codes(attribute).iter().map(|code| Some(u32::from(*code)));
        all.push((attribute.name(), grouping(codes.collect(), &attribute.labels())));
    }
    for (purpose, (name, parts)) in (1..).zip(DRAWN) {
        let names: Vec<String> = parts.iter().map(|(name, _)| (*name).to_owned()).collect();
        let key = |model: u32| {
            let at = drawn(model, purpose);
            parts.iter().position(|(_, up_to)| at < *up_to).map(|place| place as u32)
        };
        all.push((name, grouping(each().map(key).collect(), &names)));
    }
    all
}

fn numbers(market: &Market, tables: &PanelTables) -> Vec<Numbers> {
    let models = tables.options().models;
    let of = |name: &str, values: &dyn Fn(u32) -> Option<f64>| {
        let values: Vec<Option<f64>> = (0..models).map(values).collect();
        Numbers::of_values(market, name, &values)
    };
    // From ten million to a thousand billion, five thousand values.
    let size = |model: u32| (7.0 + (drawn(model, 70) * 5_000.0).floor() / 1_000.0).exp2() * 1e5;
    let known = |model: u32, purpose: u64, part: f64| drawn(model, purpose) < part;
    vec![
        of("parameters", &|model| known(model, 71, 0.8).then(|| size(model).round())),
        of("parameters_active", &|model| {
            known(model, 71, 0.8).then(|| (size(model) / 2.0).round())
        }),
        of("context_length", &|model| {
            known(model, 72, 0.3).then(|| 512.0 * (drawn(model, 73) * 10.0).floor().exp2())
        }),
        of("downloads_first_year", &|model| {
            known(model, 74, 0.5).then(|| (1.0 / (drawn(model, 75) + 1e-6)).round())
        }),
        of("downloads_half_life", &|model| {
            known(model, 76, 0.3).then(|| (drawn(model, 77) * 365.0).round())
        }),
    ]
}
