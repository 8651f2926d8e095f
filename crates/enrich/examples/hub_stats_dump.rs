//! Writes an invented dump in the shape of hub-stats to standard output, of as many models as
//! standard input says, to measure an import of the real size:
//!
//! ```text
//! echo 3000000 | cargo run --release -p enrich --example hub_stats_dump > models.parquet
//! ```

use std::error::Error;
use std::io::{self, Write};
use std::sync::Arc;

use arrow_array::builder::{ListBuilder, StringBuilder};
use arrow_array::{
    Array as _, ArrayRef, Int64Array, RecordBatch, StringArray, StructArray,
    TimestampMicrosecondArray,
};
use arrow_schema::{DataType, Field};
use parquet::arrow::ArrowWriter;
use parquet::basic::Compression;
use parquet::file::properties::WriterProperties;

/// Rows made at once.
const BATCH_ROWS: u64 = 16_384;
/// The row groups of the database that writes the real dumps.
const ROW_GROUP_ROWS: usize = 122_880;
/// 2026-01-01, by which all models of the dump were last changed.
const NEWEST_US: i64 = 1_767_225_600_000_000;
const MINUTE_US: i64 = 60_000_000;

fn main() -> Result<(), Box<dyn Error>> {
    let mut line = String::new();
    io::stdin().read_line(&mut line)?;
    let rows: u64 = line.trim().parse()?;
    let properties = WriterProperties::builder()
        .set_compression(Compression::SNAPPY)
        .set_max_row_group_row_count(Some(ROW_GROUP_ROWS))
        .build();
    let first = batch(0, BATCH_ROWS.min(rows));
    let mut writer = ArrowWriter::try_new(io::stdout(), first.schema(), Some(properties))?;
    writer.write(&first)?;
    for begin in (BATCH_ROWS..rows).step_by(BATCH_ROWS as usize) {
        writer.write(&batch(begin, (begin + BATCH_ROWS).min(rows)))?;
    }
    writer.into_inner()?.flush()?;
    Ok(())
}

/// A number that a row and a purpose always give again (the finaliser of SplitMix64).
fn mixed(row: u64, purpose: u64) -> u64 {
    let mut z = row.wrapping_mul(0x9e37_79b9_7f4a_7c15).wrapping_add(purpose << 32 | purpose);
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}

fn pick<'a>(row: u64, purpose: u64, of: &[&'a str]) -> &'a str {
    of[(mixed(row, purpose) % of.len() as u64) as usize]
}

fn batch(begin: u64, end: u64) -> RecordBatch {
    let texts = |text: &dyn Fn(u64) -> Option<String>| -> ArrayRef {
        Arc::new((begin..end).map(text).collect::<StringArray>())
    };
    let numbers = |number: &dyn Fn(u64) -> Option<i64>| -> ArrayRef {
        Arc::new((begin..end).map(number).collect::<Int64Array>())
    };
    let instants = |minutes: &dyn Fn(u64) -> u64| -> ArrayRef {
        let array: TimestampMicrosecondArray =
            (begin..end).map(|row| Some(NEWEST_US - minutes(row) as i64 * MINUTE_US)).collect();
        Arc::new(array.with_timezone("UTC"))
    };
    let columns: Vec<(&str, ArrayRef)> = vec![
        (
            "_id",
            texts(&|row| {
                Some(format!("{:024x}", u128::from(mixed(row, 1)) << 32 | u128::from(row)))
            }),
        ),
        ("id", texts(&|row| Some(id(row)))),
        ("author", texts(&|row| Some(owner(row)))),
        ("cardData", texts(&card)),
        ("config", texts(&config)),
        ("createdAt", instants(&|row| 2_000 + row)),
        ("downloads", numbers(&|row| Some(downloads(row)))),
        ("downloadsAllTime", numbers(&|row| Some(downloads(row) * 9))),
        ("gguf", gguf(begin, end)),
        ("lastModified", instants(&|row| mixed(row, 9) % (2_000 + row))),
        (
            "library_name",
            texts(&|row| Some(pick(row, 10, &["transformers", "diffusers", "peft"]).to_owned())),
        ),
        ("likes", numbers(&|row| Some((mixed(row, 11) % 7) as i64))),
        (
            "pipeline_tag",
            texts(&|row| (!row.is_multiple_of(3)).then(|| "text-generation".to_owned())),
        ),
        ("safetensors", safetensors(begin, end)),
        ("siblings", lists(begin, end, &siblings)),
        ("tags", lists(begin, end, &tags)),
        ("trendingScore", numbers(&|row| Some((mixed(row, 12) % 3) as i64))),
    ];
    RecordBatch::try_from_iter_with_nullable(
        columns.into_iter().map(|(name, array)| (name, array, true)),
    )
    .expect("all columns have a row a model")
}

fn owner(row: u64) -> String {
    // Few owners have many models.
    let share = (mixed(row, 2) % 1_000_000) as f64 / 1e6;
    format!("owner-{}", (share.powi(4) * 400_000.0) as u64)
}

fn id(row: u64) -> String {
    let family = pick(row, 3, &["Llama", "Qwen", "Mistral", "Gemma", "Phi", "bert"]);
    let size = pick(row, 4, &["0.5B", "1.5B", "7B", "8B", "14B", "70B"]);
    format!("{}/{family}-{size}-{row:x}", owner(row))
}

fn downloads(row: u64) -> i64 {
    let share = (mixed(row, 5) % 1_000_000 + 1) as f64 / 1e6;
    (share.powf(-0.9) * 3.0) as i64
}

fn card(row: u64) -> Option<String> {
    if row.is_multiple_of(4) {
        return None;
    }
    let license = pick(row, 6, &["mit", "apache-2.0", "llama3.1", "other"]);
    let results: Vec<String> = (0..mixed(row, 7) % 4)
        .map(|place| {
            let value = mixed(row, 100 + place) % 10_000;
            format!("{{\"task\":{{\"type\":\"text-generation\"}},\"metrics\":[{{\"type\":\"acc\",\"value\":{value},\"verified\":false}}]}}")
        })
        .collect();
    Some(format!(
        "{{\"license\":\"{license}\",\"language\":[\"en\",\"{}\"],\"base_model\":\"{}\",\
         \"datasets\":[\"owner/data-{}\"],\"tags\":[\"generated_from_trainer\",\"x-{}\"],\
         \"widget\":[{{\"text\":\"Once upon a time in {:x}, {:x}, {:x}, {:x} and {:x}\"}}],\"model-index\":[{{\"name\":\"m\",\"results\":[{}]}}]}}",
        pick(row, 8, &["de", "fr", "zh", "ja"]),
        id(row / 7),
        mixed(row, 13) % 10_000,
        mixed(row, 14) % 1000,
        mixed(row, 15),
        mixed(row, 23),
        mixed(row, 24),
        mixed(row, 25),
        mixed(row, 26),
        results.join(","),
    ))
}

fn config(row: u64) -> Option<String> {
    let kind = pick(row, 16, &["llama", "qwen2", "mistral"]);
    row.is_multiple_of(2).then(|| {
        format!(
            "{{\"architectures\":[\"ForCausalLM\"],\"model_type\":\"{kind}\",\"tokenizer_config\":\
             {{\"bos_token\":\"<s>\",\"chat_template\":\"{{% for message in messages %}}{{{{ {:x} }}}}{{% endfor %}}\"}}}}",
            mixed(row, 17)
        )
    })
}

/// A handful of files each; one repository in 200 has hundreds.
fn siblings(row: u64) -> Vec<String> {
    let shards = if row.is_multiple_of(200) { 600 } else { 1 + mixed(row, 18) % 8 };
    let fixed = [".gitattributes", "README.md", "config.json", "tokenizer.json"];
    let shard = |place| format!("model-{place:05}-of-{shards:05}.safetensors");
    let state = format!("checkpoint-{:x}/optimizer.pt", mixed(row, 27));
    let fixed = fixed.iter().map(|name| (*name).to_owned());
    fixed.chain([state]).chain((1..=shards).map(shard)).collect()
}

fn tags(row: u64) -> Vec<String> {
    let base = id(row / 7);
    let fixed = ["transformers", "safetensors", "text-generation", "conversational", "region:us"];
    let mut tags: Vec<String> = fixed.iter().map(|tag| (*tag).to_owned()).collect();
    tags.push(format!("license:{}", pick(row, 6, &["mit", "apache-2.0", "llama3.1", "other"])));
    if !row.is_multiple_of(4) {
        tags.push(format!("base_model:{base}"));
        tags.push(format!("base_model:finetune:{base}"));
        tags.push(format!("arxiv:{}.{:05}", 2300 + mixed(row, 19) % 99, mixed(row, 20) % 99_999));
    }
    tags
}

fn lists(begin: u64, end: u64, items: &dyn Fn(u64) -> Vec<String>) -> ArrayRef {
    let mut builder = ListBuilder::new(StringBuilder::new());
    for row in begin..end {
        for item in items(row) {
            builder.values().append_value(item);
        }
        builder.append(true);
    }
    Arc::new(builder.finish())
}

fn safetensors(begin: u64, end: u64) -> ArrayRef {
    let count = |row: u64| (row % 3 != 1).then(|| (mixed(row, 21) % 70_000_000_000) as i64);
    let number = |name: &str| Arc::new(Field::new(name, DataType::Int64, true));
    let counts: ArrayRef = Arc::new((begin..end).map(count).collect::<Int64Array>());
    let none: ArrayRef = Arc::new((begin..end).map(|_| None::<i64>).collect::<Int64Array>());
    let by_type = StructArray::from(vec![
        (number("BF16"), Arc::clone(&counts)),
        (number("F32"), Arc::clone(&none)),
        (number("I8"), none),
    ]);
    let nested = Arc::new(Field::new("parameters", by_type.data_type().clone(), true));
    let by_type: ArrayRef = Arc::new(by_type);
    Arc::new(StructArray::from(vec![(nested, by_type), (number("total"), counts)]))
}

/// Mostly a chat template, which no attribute needs.
fn gguf(begin: u64, end: u64) -> ArrayRef {
    let is_gguf = |row: u64| row.is_multiple_of(5);
    let total =
        (begin..end).map(|row| is_gguf(row).then_some(8_030_261_248)).collect::<Int64Array>();
    let template = |row: u64| {
        let line = format!("{{% if message['role'] == '{:x}' %}}", mixed(row, 22));
        is_gguf(row).then(|| line.repeat(20))
    };
    let templates = (begin..end).map(template).collect::<StringArray>();
    let total: ArrayRef = Arc::new(total);
    let templates: ArrayRef = Arc::new(templates);
    Arc::new(StructArray::from(vec![
        (Arc::new(Field::new("total", DataType::Int64, true)), total),
        (Arc::new(Field::new("chat_template", DataType::Utf8, true)), templates),
    ]))
}
