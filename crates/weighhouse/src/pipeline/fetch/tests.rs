use std::cell::RefCell;
use std::net::Ipv4Addr;
use std::sync::Arc;

use schema::Instant;
use simulate::{Faults, Hub};
use store::checksum;

use super::*;

/// A clock on which waiting takes no time.
struct Patient;

impl Clock for Patient {
    fn now(&self) -> Instant {
        Instant::parse("2026-02-01T00:00:00Z").unwrap()
    }

    fn sleep(&self, _: Duration) {}
}

/// A simulated Hub with weekly snapshots, and a data directory.
struct Bench {
    folder: tempfile::TempDir,
    store: Store,
    endpoint: String,
    known: BTreeSet<String>,
    _runtime: tokio::runtime::Runtime,
}

const WEEKS: [&str; 3] = ["2026-01-05", "2026-01-12", "2026-01-19"];

fn snapshot(week: &str) -> Vec<u8> {
    week.repeat(20_000).into_bytes()
}

impl Bench {
    fn new(faults: Faults) -> Self {
        let at = Instant::parse("2026-02-01T00:00:00Z").unwrap();
        let world = simulate::world(&simulate::Options { models: 1, seed: 1, at });
        let mut hub = Hub::new(world, at, None).without_limits();
        let root = "datasets/hfmlsoc/hub_weekly_snapshots/resolve/main";
        for week in WEEKS {
            hub = hub.with_file(&format!("{root}/models/{week}/models.parquet"), snapshot(week));
            hub = hub.with_file(&format!("{root}/models/{week}/notes.txt"), b"odd".to_vec());
            hub = hub.with_file(&format!("{root}/models-of-old/{week}/models.parquet"), week);
        }
        hub.set_faults(faults);
        let runtime = tokio::runtime::Runtime::new().unwrap();
        let listener =
            runtime.block_on(tokio::net::TcpListener::bind((Ipv4Addr::LOCALHOST, 0))).unwrap();
        let endpoint = format!("http://{}", listener.local_addr().unwrap());
        runtime.spawn(simulate::serve(Arc::new(hub), listener, std::future::pending()));
        let folder = tempfile::tempdir().unwrap();
        let store = Store::create(folder.path()).unwrap();
        Self { folder, store, endpoint, known: BTreeSet::new(), _runtime: runtime }
    }

    /// Fetches what is asked for between two days. Returns the files by name, and those known.
    fn fetch(&self, text: &str, between: [Option<&str>; 2]) -> anyhow::Result<Came> {
        let address = Address::parse(text, &self.endpoint)?.unwrap();
        let [from, until] = between.map(|day| day.map(|day| day.parse().unwrap()));
        let request = Request {
            address: &address,
            is_wanted: &|path| path.ends_with("models.parquet"),
            name: &last_two,
            from,
            until,
            known: &self.known,
            endpoint: &self.endpoint,
            token: None,
        };
        let came = RefCell::new(Came::default());
        let mut name = String::new();
        let count = each(
            &self.store,
            &request,
            &Patient,
            &mut |event| match event {
                Event::Begun { name: begun, .. } => begun.clone_into(&mut name),
                Event::Received(_) => {}
                Event::Known => came.borrow_mut().known.push(name.clone()),
            },
            &mut |file| {
                assert_eq!(self.left(), 1, "one at a time");
                let bytes = store::input::read(file.path)?;
                came.borrow_mut().files.push((file.name.to_owned(), bytes));
                Ok(())
            },
        )?;
        let came = came.into_inner();
        assert_eq!(count, came.files.len() + came.known.len());
        assert_eq!(self.left(), 0, "what was taken is removed");
        Ok(came)
    }

    /// Files that are being downloaded.
    fn left(&self) -> usize {
        std::fs::read_dir(self.folder.path().join("downloads")).map_or(0, Iterator::count)
    }
}

#[derive(Debug, Default, PartialEq, Eq)]
struct Came {
    files: Vec<(String, Vec<u8>)>,
    known: Vec<String>,
}

/// The end of a path.
fn last_two(path: &Path) -> String {
    let parts: Vec<_> = path.iter().map(|part| part.to_str().unwrap()).collect();
    parts[parts.len().saturating_sub(2)..].join("/")
}

fn weeks(weeks: &[&str]) -> Vec<(String, Vec<u8>)> {
    weeks.iter().map(|week| (format!("{week}/models.parquet"), snapshot(week))).collect()
}

const SNAPSHOTS: &str = "hf://datasets/hfmlsoc/hub_weekly_snapshots";

#[test]
fn the_files_of_a_folder_come_one_by_one_in_order() {
    let bench = Bench::new(Faults::none());
    let came = bench.fetch(&format!("{SNAPSHOTS}/models"), [None, None]).unwrap();
    assert_eq!(came, Came { files: weeks(&WEEKS), known: Vec::new() });
    let all =
        bench.fetch("https://huggingface.co/datasets/hfmlsoc/hub_weekly_snapshots", [None; 2]);
    assert_eq!(all.unwrap().files.len(), 6, "the older ones as well");
}

#[test]
fn faults_on_the_way_change_nothing() {
    for seed in 0..20 {
        let faults = Faults::by_rate(seed, 0.3).holding(Duration::from_millis(20));
        let bench = Bench::new(faults);
        let came = bench.fetch(&format!("{SNAPSHOTS}/models"), [None, None]).unwrap();
        assert_eq!(came.files, weeks(&WEEKS), "seed {seed}");
    }
}

#[test]
fn a_file_is_fetched_by_any_of_its_addresses() {
    let bench = Bench::new(Faults::none());
    let path = "models/2026-01-12/models.parquet";
    for address in [
        format!("{SNAPSHOTS}/{path}"),
        format!("https://huggingface.co/datasets/hfmlsoc/hub_weekly_snapshots/resolve/main/{path}"),
        format!("https://hf.co/datasets/hfmlsoc/hub_weekly_snapshots/blob/main/{path}"),
    ] {
        let came = bench.fetch(&address, [None, None]).unwrap();
        assert_eq!(came.files, weeks(&["2026-01-12"]), "{address}");
    }
    let notes = format!("{SNAPSHOTS}/models/2026-01-12/notes.txt");
    let came = bench.fetch(&notes, [None, None]).unwrap();
    assert_eq!(came.files[0].1, b"odd", "what is asked for by its name is wanted");
}

#[test]
fn limits_hold_for_the_date_in_the_path() {
    let bench = Bench::new(Faults::none());
    let folder = format!("{SNAPSHOTS}/models");
    let check = |from, until, expected: &[&str]| {
        assert_eq!(bench.fetch(&folder, [from, until]).unwrap().files, weeks(expected));
    };
    check(Some("2026-01-12"), None, &WEEKS[1..]);
    check(None, Some("2026-01-12"), &WEEKS[..2]);
    check(Some("2026-01-06"), Some("2026-01-18"), &WEEKS[1..2]);
    let error = bench.fetch(&folder, [Some("2027-01-01"), None]).unwrap_err().to_string();
    assert!(error.contains("has a date in its path that is within the limits"), "{error}");
}

#[test]
fn what_is_known_is_not_fetched_again() {
    let mut bench = Bench::new(Faults::none());
    bench.known.insert(checksum(&snapshot("2026-01-12")));
    let folder = bench.fetch(&format!("{SNAPSHOTS}/models"), [None, None]).unwrap();
    assert_eq!(folder.files, weeks(&["2026-01-05", "2026-01-19"]));
    assert_eq!(folder.known, ["2026-01-12/models.parquet"]);
    let address = "https://huggingface.co/datasets/hfmlsoc/hub_weekly_snapshots/resolve/main/\
        models/2026-01-12/models.parquet";
    let file = bench.fetch(address, [None, None]).unwrap();
    assert_eq!((file.files.len(), file.known.len()), (0, 1), "the Hub names it on the way");
}

#[test]
fn what_is_not_there_is_said() {
    let bench = Bench::new(Faults::none());
    let said = |address: &str| format!("{:#}", bench.fetch(address, [None, None]).unwrap_err());
    let error = said(&format!("{SNAPSHOTS}/model"));
    assert_eq!(error, "there is no file of this source in hfmlsoc/hub_weekly_snapshots@main/model");
    let error = said("https://huggingface.co/datasets/hfmlsoc/hub_weekly_snapshots/resolve/main/x");
    assert!(error.starts_with("failed to fetch x: gave up on http://"), "{error}");
    assert!(error.ends_with("the answer was 404: Entry not found"), "{error}");
}

#[test]
fn a_file_that_could_not_be_taken_stays_for_the_next_time() {
    let bench = Bench::new(Faults::none());
    let address = Address::parse(&format!("{SNAPSHOTS}/models"), &bench.endpoint).unwrap().unwrap();
    let request = Request {
        address: &address,
        is_wanted: &|path| path.ends_with("models.parquet"),
        name: &last_two,
        from: None,
        until: None,
        known: &bench.known,
        endpoint: &bench.endpoint,
        token: None,
    };
    let mut refuse = |_: Fetched<'_>| bail!("the disk is full");
    let error = each(&bench.store, &request, &Patient, &mut |_| {}, &mut refuse).unwrap_err();
    assert_eq!(format!("{error:#}"), "failed to fetch 2026-01-05/models.parquet: the disk is full");
    assert_eq!(bench.left(), 1);
    let mut received = 0;
    let count_bytes = &mut |event: Event<'_>| {
        received += usize::from(matches!(event, Event::Received(Transfer { bytes: 1.., .. })));
    };
    let mut names = Vec::new();
    let mut take = |file: Fetched<'_>| {
        names.push(store::input::read(file.path)?);
        Ok(())
    };
    each(&bench.store, &request, &Patient, count_bytes, &mut take).unwrap();
    assert_eq!(names, WEEKS.map(snapshot));
    assert_eq!(bench.left(), 0);
}

#[test]
fn the_last_date_in_a_path_counts() {
    let date = |path: &str| date_in(path).map(|day| day.to_string());
    let dated = Some("2026-01-05".to_owned());
    assert_eq!(date("models/2026-01-05/models.parquet"), dated);
    assert_eq!(date("2025-12-29/models-2026-01-05.parquet"), dated);
    assert_eq!(date("2026-01-05"), dated);
    for none in ["", "models.parquet", "12026-01-05", "2026-01-055", "2026-13-05", "é-01-05-é"] {
        assert_eq!(date(none), None, "{none}");
    }
}
