//! The tiny collection with a lineage: alpha's second model and beta's and gamma's are made from
//! alpha's first; of the last model nothing is known.

use schema::{Value, ValueType};
use store::{Column, Layer, Release, batch_of_values};

use super::{ColumnOf, Directory, HOSTILE, release};

const ENTRY: &str = "kin";

/// A server's directory with the collection `tiny`, whose models have a lineage.
pub(crate) fn directory() -> Directory {
    let directory = Directory::new();
    directory.write("tiny");
    write(&directory);
    let release = Release { attributes: ENTRY.to_owned(), ..release("tiny", false) };
    directory.store.publish(&release).expect("a release");
    directory.live.look();
    directory
}

/// Name, title, unit, and the text of each model.
type TextRow = (&'static str, &'static str, [Option<&'static str>; 5]);

const TEXTS: [TextRow; 8] = [
    (
        "uploader",
        "Uploader",
        [Some("alpha"), Some("alpha"), Some("beta"), Some("gamma"), Some(HOSTILE)],
    ),
    (
        "developer",
        "Developer",
        [Some("alpha"), Some("alpha"), Some("alpha"), Some("alpha"), Some(HOSTILE)],
    ),
    ("country_group", "Country group", [Some("us"), Some("us"), Some("china"), None, None]),
    (
        "family",
        "Family",
        [Some("alpha/one"), Some("alpha/one"), Some("alpha/one"), Some("alpha/one"), None],
    ),
    (
        "role",
        "Role",
        [Some("originator"), Some("originator"), Some("quantizer"), Some("finetuner"), None],
    ),
    (
        "license_family",
        "Licence family",
        [Some("permissive"), Some("permissive"), Some("vendor terms"), None, None],
    ),
    (
        "openness_class",
        "Openness",
        [Some("open source"), Some("open weights"), Some("restricted"), None, None],
    ),
    ("library", "Library", [Some("one"), Some("one"), Some("one"), Some("two"), Some("two")]),
];
const PARAMETERS: [Option<i64>; 5] =
    [Some(1_000_000_000), Some(1_000_000_000), Some(4_000_000_000), Some(4_000_000_000), None];

fn write(directory: &Directory) {
    let mut draft = directory.store.draft(Layer::Attributes, "tiny", ENTRY).expect("a draft");
    let mut columns: Vec<Column> =
        TEXTS.iter().map(|row| Column { name: row.0, value_type: ValueType::Text }).collect();
    let mut values: Vec<Vec<Value>> =
        TEXTS.iter().map(|row| row.2.map(Value::from).to_vec()).collect();
    columns.push(Column { name: "parameters", value_type: ValueType::Integer });
    values.push(PARAMETERS.map(|known| known.map_or(Value::Null, Value::from)).to_vec());
    draft
        .write_table("attributes.parquet", &[batch_of_values(&columns, &values)])
        .expect("a table");
    super::write_columns(&mut draft, "catalogue.parquet", &catalogue());
    draft.commit().expect("a commit");
}

fn catalogue() -> [ColumnOf; 15] {
    let count = TEXTS.len() + 1;
    let each = |of_text: &dyn Fn(&TextRow) -> Value, of_number: Value| {
        TEXTS.iter().map(of_text).chain([of_number]).collect::<Vec<Value>>()
    };
    let same = |text: &str| vec![Value::from(text); count];
    let known = |values: &[Option<&str>]| values.iter().flatten().count() as i64;
    let one = |is: bool| Value::from(i64::from(is));
    [
        ("name", ValueType::Text, each(&|row| row.0.into(), "parameters".into())),
        ("type", ValueType::Text, each(&|_| "text".into(), "integer".into())),
        ("unit", ValueType::Text, each(&|_| "".into(), "parameters".into())),
        ("title", ValueType::Text, each(&|row| row.1.into(), "Parameters".into())),
        ("meaning", ValueType::Text, same("What the test says.")),
        ("source", ValueType::Text, same("the test")),
        ("method", ValueType::Text, same("as written down")),
        ("family", ValueType::Text, same("test")),
        ("version", ValueType::Integer, vec![one(true); count]),
        ("inputs", ValueType::Text, same("model_id")),
        ("confidence", ValueType::Text, same("derived")),
        ("example", ValueType::Text, same("an example")),
        ("is_groupable", ValueType::Integer, each(&|_| one(true), one(false))),
        ("is_ordered", ValueType::Integer, vec![one(false); count]),
        ("known_count", ValueType::Integer, each(&|row| known(&row.2).into(), 4_i64.into())),
    ]
}
