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

#[path = "economy/mod.rs"]
mod economy;

use std::time::Instant;

use analyze::results::{Context, Options, RESULTS};
use analyze::{Change, Economy, Market, Numbers, Period, Query};
use anyhow::Context as _;
use economy::{drawn, market};
use mimalloc::MiMalloc;
use schema::{Flagged, Group, Measure, Statistic, Window};
use simulate::{PanelOptions, PanelTables};
use stats::Resampling;
use store::Store;

/// That of the program.
#[global_allocator]
static ALLOCATOR: MiMalloc = MiMalloc;

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
