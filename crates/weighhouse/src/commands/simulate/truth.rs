//! What is planted, as tables.

use simulate::{Market, Truth};

use crate::output::{self, Format, Rows};

/// How many licences and countries a table shows; JSON and CSV hold all of them.
const SHOWN: usize = 8;

/// Prints the truth: a table a topic for people, one list of facts for spreadsheets, all of it
/// as it is for programs.
pub(super) fn print(truth: &Truth, format: Format) -> anyhow::Result<()> {
    match format {
        Format::Json => output::print_json(&serde_json::to_value(truth)?),
        Format::Csv => facts(truth).print(Format::Csv),
        Format::Table => {
            output::print_text(&format!(
                "{} of {} models are shown at {}",
                output::grouped(truth.model_count),
                output::grouped(truth.birth_count),
                truth.at
            ))?;
            for (title, rows) in tables(truth) {
                if !rows.rows.is_empty() {
                    output::print_text(&format!("\n{title}"))?;
                    rows.print(Format::Table)?;
                }
            }
            Ok(())
        }
    }
}

fn tables(truth: &Truth) -> Vec<(String, Rows)> {
    let market = |name: &str, market: &Market| {
        let title = format!(
            "{name}, {} to {}: {} downloads of {} owners, HHI {:.1}",
            market.first_on,
            market.last_on,
            output::grouped(market.downloads),
            output::grouped(market.owner_count),
            market.owner_hhi
        );
        (title, countries(market))
    };
    vec![
        ("What happened to models".to_owned(), events(truth)),
        ("What happened to counters".to_owned(), counters(truth)),
        ("Births".to_owned(), births(truth)),
        ("Licences of births".to_owned(), licenses(truth)),
        ("Downloads of weeks".to_owned(), weeks(truth)),
        market("Last week", &truth.last_week),
        market("Last 30 days", &truth.last_30_days),
    ]
}

fn events(truth: &Truth) -> Rows {
    let events = truth.events.iter();
    let rows = events.map(|event| vec![event.kind.to_owned(), output::grouped(event.count)]);
    Rows { header: vec!["event", "models#"], rows: rows.collect() }
}

fn counters(truth: &Truth) -> Rows {
    let changes = truth.definition_changes.iter().map(|change| {
        let what = format!("{} counts {} times as much", change.library, change.factor);
        vec![change.from_on.clone(), what, output::grouped(change.model_count)]
    });
    let restatements = truth.restatements.iter().map(|fall| {
        let recovery = fall.recovered_on.as_ref().map_or_else(String::new, |on| {
            format!("; {} recover on {on}", output::grouped(fall.recovering_model_count))
        });
        let what =
            format!("counts fall by {} downloads{recovery}", output::grouped(fall.downloads));
        vec![fall.on.clone(), what, output::grouped(fall.model_count)]
    });
    let stillstands = truth.stillstands.iter().map(|days| {
        let what = format!("nothing is refreshed until {}", days.last_on);
        vec![days.first_on.clone(), what, output::grouped(truth.model_count)]
    });
    let mut rows: Vec<_> = changes.chain(restatements).chain(stillstands).collect();
    rows.sort();
    Rows { header: vec!["on", "change", "models#"], rows }
}

fn births(truth: &Truth) -> Rows {
    let years = truth.years.iter().map(|year| {
        vec![
            year.year.to_string(),
            output::grouped(year.birth_count),
            percent(year.quantized_share),
            percent(year.sparse_share),
            percent(year.multimodal_share),
            output::grouped(year.median_parameters),
        ]
    });
    let header =
        vec!["year", "models#", "quantized#", "sparse#", "multimodal#", "median parameters#"];
    Rows { header, rows: years.collect() }
}

fn licenses(truth: &Truth) -> Rows {
    let years = truth.years.iter().map(|year| {
        let shown = year.licenses.iter().take(SHOWN).map(|license| {
            format!("{} {}", license.license.unwrap_or("none"), percent(license.share))
        });
        vec![year.year.to_string(), shown.collect::<Vec<_>>().join(", ")]
    });
    Rows { header: vec!["year", "licences"], rows: years.collect() }
}

fn weeks(truth: &Truth) -> Rows {
    let weeks = truth.weeks.iter();
    let rows = weeks.map(|week| vec![week.week.clone(), output::grouped(week.downloads)]);
    Rows { header: vec!["week", "downloads#"], rows: rows.collect() }
}

fn countries(market: &Market) -> Rows {
    let shown = market.countries.iter().take(SHOWN).map(|country| {
        vec![
            country.country_code.unwrap_or("unreviewed").to_owned(),
            output::grouped(country.downloads),
            percent(country.share),
        ]
    });
    Rows { header: vec!["country", "downloads#", "share#"], rows: shown.collect() }
}

/// Everything as a list of facts, each under its name in the JSON.
fn facts(truth: &Truth) -> Rows {
    let mut rows = Vec::new();
    let value = serde_json::to_value(truth).unwrap_or_default();
    for (topic, value) in value.as_object().into_iter().flatten() {
        add_facts(&mut rows, topic, value);
    }
    Rows { header: vec!["fact", "value"], rows }
}

/// Adds a value under its name; what is inside of it under names joined by dots.
fn add_facts(rows: &mut Vec<Vec<String>>, name: &str, value: &serde_json::Value) {
    match value {
        serde_json::Value::Object(parts) => {
            for (part, value) in parts {
                add_facts(rows, &format!("{name}.{part}"), value);
            }
        }
        serde_json::Value::Array(items) => {
            for (number, item) in items.iter().enumerate() {
                add_facts(rows, &format!("{name}.{number}"), item);
            }
        }
        serde_json::Value::Null => rows.push(vec![name.to_owned(), String::new()]),
        serde_json::Value::String(text) => rows.push(vec![name.to_owned(), text.clone()]),
        other => rows.push(vec![name.to_owned(), other.to_string()]),
    }
}

fn percent(share: f64) -> String {
    format!("{:.1} %", share * 100.0)
}
