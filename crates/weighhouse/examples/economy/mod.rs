//! The collection of `cargo xtask bench panel` in memory, with more attributes, whose values are
//! drawn without regard to anything: what is measured is time and memory, not truth.

use analyze::{Market, MarketParts};
use panel::flow::Method;
use panel::{Cell, CellsBuilder, Grouping, ModelFlows, PARTS};
use schema::{CellState, Week};
use simulate::{PanelAttribute, PanelCell, PanelTables};

/// The first week: 2021-07-05.
const FIRST: i32 = 2_687;
/// Half-width of the intervals of estimated cells, as a share of their values.
const ESTIMATED_WITHIN: f64 = 0.25;

/// The market of some tables.
pub(crate) fn market(tables: &PanelTables) -> Market {
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
pub(crate) fn drawn(model: u32, purpose: u64) -> f64 {
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
    ("quantization_method", &[("gguf", 0.1), ("gptq", 0.15), ("awq", 0.2)]),
    ("language_primary", &[("English", 0.4), ("Chinese", 0.5), ("French", 0.55)]),
    ("created_year", &[("2023", 0.2), ("2024", 0.5), ("2025", 1.0)]),
];

/// Groups of the countries of owners by their codes: the first countries are one each, some more
/// are together, and of the owners in the rest nobody has said where they are.
const COUNTRY_GROUPS: [&str; 6] = ["USA", "China", "France", "Germany", "United Kingdom", "others"];
const SINGLE_COUNTRIES: u32 = 5;
const REVIEWED_COUNTRIES: u32 = 40;

fn country_group(country: u32) -> Option<u32> {
    (country < REVIEWED_COUNTRIES).then(|| country.min(SINGLE_COUNTRIES))
}

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
    let groups = COUNTRY_GROUPS.map(str::to_owned);
    let country = |model: u32| u32::from(tables.codes(PanelAttribute::Country)[model as usize]);
    let sector = |model: u32| u32::from(tables.codes(PanelAttribute::Sector)[model as usize]);
    let of_owner = |model| country_group(country(model));
    let of_developer = |model| country_group(country(root(model)));
    let countries = PanelAttribute::Country.labels();
    let sectors = PanelAttribute::Sector.labels();
    all.extend([
        ("country_group", grouping(each().map(of_owner).collect(), &groups)),
        ("developer_country_group", grouping(each().map(of_developer).collect(), &groups)),
        (
            "developer_country",
            grouping(each().map(|model| Some(country(root(model)))).collect(), &countries),
        ),
        (
            "developer_sector",
            grouping(each().map(|model| Some(sector(root(model)))).collect(), &sectors),
        ),
    ]);
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
