//! A tiny made-up release, written as the layers on disk.
//!
//! Five models of four owners over twelve weeks from 2024-03-04. Every week the models are
//! downloaded 500, 100, 200, 150 and 50 times, but for the sixth week, of which nothing is known.
//! The ninth week is estimated, within a tenth, and in the eighth beta's model has a flag.

pub(crate) mod kin;
mod panel;

use std::path::Path;
use std::sync::atomic::{AtomicI64, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use ::panel::CounterReading;
use axum::Router;
use schema::{Instant, Value, ValueType, Week};
use serve::{Limits, Live, Notice, Options};
use store::{Column, Draft, Layer, Release, Store, batch_of_values};

/// A unit name that would be a script if it were not escaped.
pub(crate) const HOSTILE: &str = "<script>alert(1)</script>";
pub(crate) const WEEKS: i32 = 12;

const ENTRY: &str = "entry";
const MODELS: [(&str, &str, Option<&str>); 5] = [
    ("alpha/one", "alpha", Some("us")),
    ("alpha/two", "alpha", Some("us")),
    ("beta/one", "beta", Some("china")),
    ("gamma/one", "gamma", Some("france")),
    ("<script>alert(1)</script>/x", HOSTILE, None),
];
const DOWNLOADS: [f64; 5] = [500.0, 100.0, 200.0, 150.0, 50.0];
const MS_PER_HOUR: i64 = 3_600_000;

/// Name, type, values.
type ColumnOf = (&'static str, ValueType, Vec<Value>);

/// Name, title, source, known for how many, values.
type AttributeRow = (&'static str, &'static str, &'static str, i64, Vec<Value>);

thread_local! {
    /// Of each test its own, since its files have to be there as long as it asks, and no longer.
    static LIVE: (Live, tempfile::TempDir) = opened();
}

fn opened() -> (Live, tempfile::TempDir) {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let store = Store::create(folder.path()).expect("a store");
    write(&store, "tiny", false);
    write(&store, "simulated-tiny", true);
    raw(&store, "unbuilt");
    raw(&store, "damaged");
    let release = Release { attributes: "gone".to_owned(), ..release("damaged", false) };
    store.publish(&release).expect("a release");
    (Live::open(store, options()).expect("the store is listed"), folder)
}

/// A server over two sound collections, one that is not built, and one that is damaged.
pub(crate) fn server() -> Router {
    LIVE.with(|(live, _)| serve::router(live))
}

/// What that server shows.
pub(crate) fn live() -> Live {
    LIVE.with(|(live, _)| live.clone())
}

/// A server over an empty data directory.
pub(crate) fn empty_server() -> Router {
    serve::router(&Directory::new().live)
}

/// Enough for what the tests ask.
pub(crate) const LIMITS: Limits = Limits {
    time: Duration::from_secs(10),
    most_computing: 8,
    most_waiting: 64,
    kept_bytes: 4 << 20,
    most_connections: 100,
    head_time: Duration::from_secs(10),
    write_time: Duration::from_secs(10),
};

/// What a server is told that nothing happens to; it is Monday, three hours after the last reading.
pub(crate) fn options() -> Options {
    let now = Instant::from_millis(newest().millis() + 3 * MS_PER_HOUR);
    Options {
        code_version: "test".to_owned(),
        now: Arc::new(move || now),
        look_period: Duration::from_hours(1),
        public_url: None,
        most_listeners: 10,
        limits: LIMITS,
        on_notice: Arc::new(|_| {}),
        on_request: None,
    }
}

/// A data directory of a test's own, with a server on it, a clock, and what the server tells.
pub(crate) struct Directory {
    folder: tempfile::TempDir,
    pub(crate) store: Store,
    pub(crate) live: Live,
    millis: Arc<AtomicI64>,
    notices: Arc<Mutex<Vec<Notice>>>,
}

impl Directory {
    /// With nothing in it.
    pub(crate) fn new() -> Self {
        Self::with(options())
    }

    /// With nothing in it, and a server that is told so.
    pub(crate) fn with(options: Options) -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let store = Store::create(folder.path()).expect("a store");
        let millis = Arc::new(AtomicI64::new((options.now)().millis()));
        let notices = Arc::new(Mutex::new(Vec::new()));
        let clock = Arc::clone(&millis);
        let told = Arc::clone(&notices);
        let options = Options {
            now: Arc::new(move || Instant::from_millis(clock.load(Ordering::SeqCst))),
            on_notice: Arc::new(move |notice| {
                told.lock().expect("nobody panicked").push(notice.clone());
            }),
            ..options
        };
        let live = Live::open(store.clone(), options).expect("the store is listed");
        Self { folder, store, live, millis, notices }
    }

    /// Asks the server.
    pub(crate) fn get(&self, address: &str) -> crate::Reply {
        crate::ask(serve::router(&self.live), address, &[])
    }

    /// Writes the layers of a collection and makes them its release.
    pub(crate) fn write(&self, collection: &str) {
        write(&self.store, collection, false);
    }

    /// Makes another release of a collection, of the same layers, the current one.
    pub(crate) fn publish(&self, collection: &str, id: &str) {
        let release = Release { id: id.to_owned(), ..release(collection, false) };
        self.store.publish(&release).expect("a release");
    }

    /// Puts the server's clock so many hours on.
    pub(crate) fn wait_hours(&self, hours: i64) {
        self.millis.fetch_add(hours * MS_PER_HOUR, Ordering::SeqCst);
    }

    /// What the server told since the last time.
    pub(crate) fn told(&self) -> Vec<Notice> {
        std::mem::take(&mut self.notices.lock().expect("nobody panicked"))
    }

    /// Where it is.
    pub(crate) fn path(&self) -> &Path {
        self.folder.path()
    }
}

fn write(store: &Store, collection: &str, is_simulated: bool) {
    raw(store, collection);
    tables(store, collection);
    attributes(store, collection, ENTRY);
    let mut draft = store.draft(Layer::Panel, collection, ENTRY).expect("a draft");
    panel::write(&mut draft);
    draft.commit().expect("a commit");
    store.publish(&release(collection, is_simulated)).expect("a release");
}

fn write_columns(draft: &mut Draft, name: &str, columns: &[ColumnOf]) {
    let described: Vec<Column> = columns
        .iter()
        .map(|(name, value_type, _)| Column { name, value_type: *value_type })
        .collect();
    let values: Vec<Vec<Value>> = columns.iter().map(|(_, _, values)| values.clone()).collect();
    draft.write_table(name, &[batch_of_values(&described, &values)]).expect("a table");
}

/// The release of a collection's layers.
pub(crate) fn release(collection: &str, is_simulated: bool) -> Release {
    Release {
        id: format!("{collection}-release"),
        collection: collection.to_owned(),
        raw: vec![ENTRY.to_owned()],
        tables: ENTRY.to_owned(),
        attributes: ENTRY.to_owned(),
        panel: ENTRY.to_owned(),
        indicators: ENTRY.to_owned(),
        data_through: newest().to_string(),
        is_simulated,
    }
}

/// Writes an entry as received.
pub(crate) fn raw(store: &Store, collection: &str) {
    let mut draft = store.draft(Layer::Raw, collection, ENTRY).expect("a draft");
    draft.write_received("readings.json", b"[]").expect("a file");
    draft.commit().expect("a commit");
}

fn tables(store: &Store, collection: &str) {
    let mut draft = store.draft(Layer::Tables, collection, ENTRY).expect("a draft");
    let mut table = |name: &str, columns: &[ColumnOf]| write_columns(&mut draft, name, columns);
    let text = |text: &str| vec![Value::from(text)];
    table(
        "collection.parquet",
        &[
            ("name", ValueType::Text, text(collection)),
            ("title", ValueType::Text, text("Tiny & made up")),
            ("covers", ValueType::Text, text("Five models that do not exist.")),
            ("source", ValueType::Text, text("nobody, CC0")),
        ],
    );
    table(
        "models.parquet",
        &[
            ("model_id", ValueType::Text, MODELS.map(|(id, _, _)| Value::from(id)).to_vec()),
            ("created_at", ValueType::Instant, created_at()),
        ],
    );
    let instants: Vec<Instant> = readings_at().collect();
    let each = |value: &dyn Fn(&Instant) -> Value| instants.iter().map(value).collect::<Vec<_>>();
    table(
        "snapshots.parquet",
        &[
            ("name", ValueType::Text, each(&|at| Value::from(at.to_stamp()))),
            ("file", ValueType::Text, each(&|at| Value::from(format!("{}.json", at.day())))),
            ("read_at", ValueType::Instant, each(&|at| Value::from(*at))),
            ("row_count", ValueType::Integer, each(&|_| Value::from(5_i64))),
            ("problem_count", ValueType::Integer, each(&|_| Value::from(2_i64))),
        ],
    );
    let (rows, snapshots) = readings();
    let batch = analyze::panel_columns::readings_batch(&rows, &snapshots);
    draft.write_table("readings.parquet", &[batch]).expect("a table");
    draft.commit().expect("a commit");
}

/// Writes the attributes layer as an entry of this name.
pub(crate) fn attributes(store: &Store, collection: &str, entry: &str) {
    let mut draft = store.draft(Layer::Attributes, collection, entry).expect("a draft");
    let owners = MODELS.map(|(_, owner, _)| Value::from(owner)).to_vec();
    let countries = MODELS.map(|(_, _, country)| Value::from(country)).to_vec();
    let bands = [Some("small"), Some("small"), None, Some("large"), Some("large")];
    let bands = bands.map(Value::from).to_vec();
    let registry = "registry/owners";
    let rules = ["gguf", "gguf", "default", "default", "default"].map(Value::from).to_vec();
    let catalogue: [AttributeRow; 10] = [
        ("uploader", "Uploader", "model id", 5, owners.clone()),
        ("developer", "Original developer", "base models", 5, owners),
        ("country", "Country", registry, 4, countries.clone()),
        ("country_group", "Country group", registry, 4, countries.clone()),
        ("sector", "Sector", registry, 4, countries.clone()),
        ("developer_country", "Developer's country", registry, 4, countries.clone()),
        ("developer_country_group", "Developer's country group", registry, 4, countries.clone()),
        ("developer_sector", "Developer's sector", registry, 4, countries),
        ("size_band", "Size band", "parameters", 4, bands),
        ("counting_rule", "Counting rule", "library", 5, rules),
    ];
    let columns =
        catalogue.each_ref().map(|(name, ..)| Column { name, value_type: ValueType::Text });
    let values = catalogue.each_ref().map(|(.., values)| values.clone());
    draft
        .write_table("attributes.parquet", &[batch_of_values(&columns, &values)])
        .expect("a table");

    let said = |value: fn(&AttributeRow) -> Value| catalogue.iter().map(value).collect::<Vec<_>>();
    let texts = |text: &str| vec![Value::from(text); catalogue.len()];
    let described: [(&'static str, ValueType, Vec<Value>); 15] = [
        ("name", ValueType::Text, said(|row| row.0.into())),
        ("type", ValueType::Text, texts("text")),
        ("unit", ValueType::Text, texts("")),
        ("title", ValueType::Text, said(|row| row.1.into())),
        ("meaning", ValueType::Text, texts("What the test says.")),
        ("source", ValueType::Text, said(|row| row.2.into())),
        ("method", ValueType::Text, texts("as written down")),
        ("family", ValueType::Text, texts("test")),
        ("version", ValueType::Integer, vec![Value::from(1_i64); catalogue.len()]),
        ("inputs", ValueType::Text, texts("model_id registry")),
        ("confidence", ValueType::Text, texts("derived")),
        ("example", ValueType::Text, texts("us")),
        ("is_groupable", ValueType::Integer, vec![Value::from(1_i64); catalogue.len()]),
        ("is_ordered", ValueType::Integer, vec![Value::from(0_i64); catalogue.len()]),
        ("known_count", ValueType::Integer, said(|row| row.3.into())),
    ];
    let columns =
        described.each_ref().map(|(name, value_type, _)| Column { name, value_type: *value_type });
    let values = described.map(|(_, _, values)| values);
    draft.write_table("catalogue.parquet", &[batch_of_values(&columns, &values)]).expect("a table");
    draft.commit().expect("a commit");
}

/// When each model came to be, before the first week; of the last one nobody knows.
fn created_at() -> Vec<Value> {
    let born = Instant::parse("2024-01-01T00:00:00Z").expect("an instant");
    let known = std::iter::repeat_n(Value::from(born), MODELS.len() - 1);
    known.chain([Value::Null]).collect()
}

/// Each model at each instant: the 30-day counter is four weeks of downloads.
fn readings() -> (Vec<(u32, CounterReading)>, Vec<u32>) {
    let mut rows = Vec::new();
    let mut snapshots = Vec::new();
    for (model, downloads) in DOWNLOADS.iter().enumerate() {
        for (snapshot, at) in readings_at().enumerate() {
            let counter = CounterReading {
                at,
                downloads_30d: Some((downloads * 4.0) as i64),
                downloads_all_time: None,
                likes: None,
            };
            rows.push((model as u32, counter));
            snapshots.push(snapshot as u32);
        }
    }
    (rows, snapshots)
}

fn readings_at() -> impl Iterator<Item = Instant> {
    (0..=WEEKS).map(|after| first_week().plus(after).start())
}

fn newest() -> Instant {
    first_week().plus(WEEKS).start()
}

fn first_week() -> Week {
    "2024-03-04".parse().expect("a week")
}
