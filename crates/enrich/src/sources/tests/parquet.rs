//! Parquet of other people's making, in the shapes that are known of it.

use std::sync::Arc;

use arrow_array::builder::{ListBuilder, StringBuilder};
use arrow_array::{
    Array as _, ArrayRef, Float64Array, Int64Array, RecordBatch, StringArray, StructArray,
    TimestampMicrosecondArray, TimestampNanosecondArray,
};
use parquet::arrow::ArrowWriter;

use super::{parse, show};
use crate::sources::Source;

fn parquet(columns: Vec<(&str, ArrayRef)>) -> Vec<u8> {
    let batch = RecordBatch::try_from_iter_with_nullable(
        columns.into_iter().map(|(name, array)| (name, array, true)),
    )
    .unwrap();
    let mut writer = ArrowWriter::try_new(Vec::new(), batch.schema(), None).unwrap();
    writer.write(&batch).unwrap();
    writer.into_inner().unwrap()
}

fn lists(rows: &[Option<&[&str]>]) -> ArrayRef {
    let mut builder = ListBuilder::new(StringBuilder::new());
    for row in rows {
        match row {
            None => builder.append_null(),
            Some(items) => {
                for item in *items {
                    builder.values().append_value(item);
                }
                builder.append(true);
            }
        }
    }
    Arc::new(builder.finish())
}

/// The schema of the paper's released data; values invented.
#[test]
fn the_paper_s_data_holds_many_readings_of_each_model() {
    let day_ns = 86_400_000_000_000;
    let bytes = parquet(vec![
        ("_id", Arc::new(StringArray::from(vec!["6f", "6f", "70"]))),
        ("model", Arc::new(StringArray::from(vec!["old/name", "new/name", "x/derived"]))),
        (
            "time",
            Arc::new(TimestampNanosecondArray::from(vec![
                20_200 * day_ns,
                20_207 * day_ns,
                20_207 * day_ns,
            ])),
        ),
        (
            "created",
            Arc::new(
                TimestampMicrosecondArray::from(vec![Some(1_646_263_744_000_000); 3])
                    .with_timezone("UTC"),
            ),
        ),
        ("downloadsAllTime", Arc::new(Int64Array::from(vec![Some(10), Some(25), None]))),
        ("annotator", Arc::new(Float64Array::from(vec![Some(1.0), None, None]))),
        ("derived_author", Arc::new(StringArray::from(vec!["new", "new", "new"]))),
        ("merged_derived_from", lists(&[Some(&[]), Some(&["No"]), Some(&["new/name"])])),
        ("merged_languages", lists(&[Some(&["English"]), None, Some(&["Unknown"])])),
        (
            "merged_modality",
            Arc::new(StringArray::from(vec![
                "Text --> Text",
                "Text --> Text",
                "Undocumented --> Undocumented",
            ])),
        ),
    ]);
    let parsed =
        parse(Source::OpenModelEvolution, "all_downloads_with_annotations.parquet", &bytes);
    insta::assert_snapshot!(show(&parsed), @r"
    1 old/name 2025-04-22T00:00:00Z None Some(10)
    2 new/name 2025-04-29T00:00:00Z None Some(25)
    3 x/derived 2025-04-29T00:00:00Z None None
    ");
    let facts = |row: usize| &parsed.records[row].facts;
    assert_eq!(facts(1).base_models, Some(vec![]), "'No' means an original");
    assert_eq!(facts(2).base_models, Some(vec!["new/name".to_owned()]));
    assert_eq!(facts(2).annotated_modality, None, "undocumented is unknown");
    assert_eq!(facts(2).languages, Some(vec![]));
    assert_eq!(facts(0).created_at.unwrap().to_string(), "2022-03-02T23:29:04Z");
    assert_eq!(facts(0).annotated_developer.as_deref(), Some("new"));
}

/// The columns that are reported of hub-stats; values invented.
#[test]
fn a_dump_is_dated_by_its_newest_commit() {
    let total: ArrayRef = Arc::new(Int64Array::from(vec![Some(7), None]));
    let field = arrow_schema::Field::new("total", arrow_schema::DataType::Int64, true);
    let safetensors = StructArray::from(vec![(Arc::new(field), total)]);
    let bytes = parquet(vec![
        ("_id", Arc::new(StringArray::from(vec!["6f", "70"]))),
        ("id", Arc::new(StringArray::from(vec!["a/b", "a/c"]))),
        ("downloads", Arc::new(Int64Array::from(vec![5, 6]))),
        ("downloadsAllTime", Arc::new(Int64Array::from(vec![Some(50), None]))),
        ("likes", Arc::new(Int64Array::from(vec![1, 0]))),
        (
            "lastModified",
            Arc::new(
                TimestampMicrosecondArray::from(vec![1_741_046_400_000_000, 1_741_132_800_000_000])
                    .with_timezone("UTC"),
            ),
        ),
        (
            "tags",
            lists(&[
                Some(&["license:mit", "base_model:x/y", "base_model:finetune:x/y"]),
                Some(&[]),
            ]),
        ),
        (
            "cardData",
            Arc::new(StringArray::from(vec![
                Some("{\"license\":\"mit\",\"language\":\"en\"}"),
                Some("not json"),
            ])),
        ),
        ("safetensors", Arc::new(safetensors)),
    ]);
    let parsed = parse(Source::HubStats, "2025-03-03/models.parquet", &bytes);
    insta::assert_snapshot!(show(&parsed), @r"
    1 a/b 2025-03-05T00:00:00Z Some(5) Some(50)
    2 a/c 2025-03-05T00:00:00Z Some(6) None
    2025-03-03/models.parquet:2: a/c: cardData: the text is not JSON: expected ident at line 1 column 2 (field left out)
    ");
    let facts = &parsed.records[0].facts;
    assert_eq!((facts.license.as_deref(), facts.parameters), (Some("mit"), Some(7)));
    assert_eq!(facts.base_models, Some(vec!["x/y".to_owned()]));
    assert_eq!(facts.base_relation.as_deref(), Some("finetune"));
    assert_eq!(parsed.records[1].facts.base_models, Some(vec![]));
}

/// Heavy parts of columns are not decoded, and what is read beside them is.
#[test]
fn the_light_parts_of_heavy_columns_are_read() {
    let text = |value: &str| -> ArrayRef { Arc::new(StringArray::from(vec![value])) };
    let field = |name: &str, array: &ArrayRef| {
        Arc::new(arrow_schema::Field::new(name, array.data_type().clone(), true))
    };
    let object = |fields: &[(&str, ArrayRef)]| -> ArrayRef {
        let fields = fields.iter().map(|(name, array)| (field(name, array), Arc::clone(array)));
        Arc::new(StructArray::from(fields.collect::<Vec<_>>()))
    };
    let total: ArrayRef = Arc::new(Int64Array::from(vec![9]));
    let bytes = parquet(vec![
        ("id", text("a/b")),
        ("author", text("a")),
        ("gguf", object(&[("chat_template", text("long")), ("total", total)])),
        ("config", object(&[("tokenizer_config", text("long")), ("model_type", text("llama"))])),
        ("siblings", lists(&[Some(&["README.md", "model.gguf"])])),
    ]);
    let parsed = parse(Source::HubStats, "2026-01-05/models.parquet", &bytes);
    insta::assert_snapshot!(show(&parsed), @"1 a/b 2026-01-05T00:00:00Z None None");
    let facts = &parsed.records[0].facts;
    assert_eq!((facts.parameters, facts.parameters_origin.as_deref()), (Some(9), Some("gguf")));
    assert_eq!(facts.model_type.as_deref(), Some("llama"));
    assert_eq!(facts.file_paths.as_ref().map(Vec::len), Some(2));
}

#[test]
fn a_parquet_file_that_breaks_off_is_refused() {
    let bytes = parquet(vec![("id", Arc::new(StringArray::from(vec!["a/b"])))]);
    let parsed = parse(Source::HubStats, "models.parquet", &bytes[..bytes.len() / 2]);
    assert!(parsed.records.is_empty());
    assert!(show(&parsed).contains("not a Parquet file"), "{}", show(&parsed));
}
