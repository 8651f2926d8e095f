//! A release that is damaged, replaced or deleted under a running server never gives a wrong
//! number: what was loaded goes on, and the status says why.

use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use serde_json::{Value as Json, json};
use serve::{Live, Notice};
use store::Release;

use crate::data::{self, Directory, options};
use crate::{ask, ask_by};

fn tiny() -> Directory {
    let directory = Directory::new();
    directory.write("tiny");
    directory.live.look();
    directory.told();
    directory
}

/// Every file that the release of `tiny` is shown from, with the manifests.
fn files(directory: &Directory) -> Vec<PathBuf> {
    let mut files = Vec::new();
    for layer in ["tables", "attributes", "panel"] {
        let folder = directory.path().join(layer).join("tiny/entry");
        let found = fs::read_dir(folder).expect("a folder");
        files.extend(found.map(|entry| entry.expect("a file").path()));
    }
    files.sort();
    assert!(files.len() > 8, "{files:?}");
    files
}

/// What can be done to a file.
#[derive(Debug, Clone, Copy)]
enum Fault {
    /// One bit of one byte, at so many hundredths of the file.
    Flipped(usize),
    /// All that is behind so many hundredths is missing.
    Cut(usize),
    Gone,
}

impl Fault {
    const ALL: [Self; 8] = [
        Self::Flipped(3),
        Self::Flipped(30),
        Self::Flipped(60),
        Self::Flipped(97),
        Self::Cut(0),
        Self::Cut(50),
        Self::Cut(99),
        Self::Gone,
    ];

    fn strike(self, path: &Path) {
        let mut bytes = fs::read(path).expect("a file");
        match self {
            Self::Flipped(hundredths) => {
                let at = bytes.len() * hundredths / 100;
                bytes[at] ^= 4;
            }
            Self::Cut(hundredths) => bytes.truncate(bytes.len() * hundredths / 100),
            Self::Gone => {
                fs::remove_file(path).expect("a file");
                return;
            }
        }
        fs::write(path, bytes).expect("a file");
        changed(path);
    }
}

/// Some file systems tell times so coarsely that a test is over before they move on.
fn changed(path: &Path) {
    let file = File::options().write(true).open(path).expect("a file");
    file.set_modified(SystemTime::UNIX_EPOCH).expect("a time");
}

/// The numbers of an answer, without what is said about them.
fn numbers(directory: &Directory) -> Json {
    let reply = directory.get("/api/v1/query?stat=hhi,sum,gini&group=country&from=2024-03-18");
    assert_eq!(reply.status, 200);
    reply.json()["rows"].clone()
}

#[test]
fn whatever_happens_to_a_file_the_numbers_are_those_that_were_loaded() {
    for fault in Fault::ALL {
        let directory = tiny();
        let before = numbers(&directory);
        for path in files(&directory) {
            let whole = fs::read(&path).unwrap();
            fault.strike(&path);
            directory.live.look();
            let what = format!("{fault:?} {}", path.display());
            let told = directory.told();
            assert!(matches!(told.as_slice(), [Notice::Refused { .. }]), "{what}: {told:?}");
            assert_eq!(numbers(&directory), before, "{what}");
            let status = &directory.get("/api/v1/status").json()["collections"][0];
            assert_eq!(status["state"], "ready", "{what}");
            assert_eq!(status["refused_release"], "tiny-release", "{what}");
            let answer = directory.get("/api/v1/query?stat=hhi").json();
            assert_eq!(answer["quality"]["reasons"][0]["code"], "older_release", "{what}");
            fs::write(&path, whole).unwrap();
            directory.live.look_closely();
            assert!(matches!(directory.told().as_slice(), [Notice::Shown { .. }]), "{what}");
        }
    }
}

/// A server that starts on a damaged release has nothing to show, and shows nothing wrong.
#[test]
fn a_release_that_is_damaged_before_it_is_loaded_is_not_shown() {
    let directory = tiny();
    for path in files(&directory) {
        let whole = fs::read(&path).unwrap();
        for fault in Fault::ALL {
            fault.strike(&path);
            let live = Live::open(directory.store.clone(), options()).unwrap();
            let asked = |address| ask(serve::router(&live), address, &[]);
            let what = format!("{fault:?} {}", path.display());
            let answer = asked("/api/v1/query?stat=hhi&collection=tiny");
            assert_eq!(answer.status, 200, "{what}");
            assert_eq!(answer.json()["quality"]["level"], "blocked", "{what}");
            assert!(answer.json().get("rows").is_none(), "{what}");
            let status = asked("/api/v1/status").json();
            assert_eq!(status["collections"][0]["state"], "failed", "{what}");
            fs::write(&path, &whole).unwrap();
        }
    }
}

#[test]
fn what_is_read_later_is_blocked_at_once_and_not_read_from_other_bytes() {
    let directory = tiny();
    let path = directory.path().join("attributes/tiny/entry/attributes.parquet");
    assert!(path.is_file());
    for address in [
        "/api/v1/why?model=alpha/one",
        "/api/v1/family?model=alpha/one",
        "/api/v1/averages?of=parameters",
        "/api/v1/query?stat=hhi&sampling=yes",
        "/api/v1/results/countries",
    ] {
        let whole = fs::read(&path).unwrap();
        Fault::Flipped(50).strike(&path);
        // Nobody has looked yet.
        let answer = directory.get(address);
        assert_eq!(answer.status, 200, "{address}");
        let quality = &answer.json()["quality"];
        assert_eq!(quality["level"], "blocked", "{address}: {}", answer.body);
        assert_eq!(quality["reasons"][0]["code"], "collection_failed", "{address}");
        fs::write(&path, whole).unwrap();
    }
    changed(&path);
    let page = directory.get("/model?model=alpha/one");
    assert_eq!((page.status.as_u16(), page.header("retry-after")), (503, "10"));
}

#[test]
fn a_release_whose_name_is_gone_goes_on() {
    let directory = tiny();
    let before = numbers(&directory);
    let path = directory.path().join("releases/tiny.json");
    let whole = fs::read(&path).unwrap();
    fs::remove_file(&path).unwrap();
    directory.live.look();
    directory.live.look();
    directory.live.look_closely();
    let told = directory.told();
    let [Notice::Refused { reason, .. }] = told.as_slice() else { panic!("{told:?}") };
    assert!(reason.contains("is gone"), "{reason}");
    assert_eq!(numbers(&directory), before);
    for length in [0, whole.len() / 2] {
        fs::write(&path, &whole[..length]).unwrap();
        directory.live.look();
        assert_eq!(numbers(&directory), before, "half written");
    }
    fs::write(&path, whole).unwrap();
    directory.live.look();
    assert_eq!(numbers(&directory), before);
    let status = directory.get("/api/v1/status").json();
    assert_eq!(status["collections"][0]["refused_release"], Json::Null);
}

/// Files that are written in place of others, with bytes that are as sound, are another release's.
#[test]
fn files_that_were_changed_for_other_sound_ones_are_not_shown() {
    let directory = tiny();
    let before = numbers(&directory);
    let entry = directory.path().join("panel/tiny/entry");
    let cells = entry.join("cells.panel");
    let other = Directory::new();
    other.write("other");
    let mut bytes = fs::read(other.path().join("panel/other/entry/cells.panel")).unwrap();
    let last = bytes.len() - 1;
    bytes[last] ^= 1;
    fs::write(&cells, bytes).unwrap();
    changed(&cells);
    let second = Release { id: "second".to_owned(), ..data::release("tiny", false) };
    directory.store.publish(&second).unwrap();
    directory.live.look();
    assert!(matches!(directory.told().as_slice(), [Notice::Refused { .. }]));
    assert_eq!(numbers(&directory), before);
    let answer = directory.get("/api/v1/query?stat=hhi").json();
    assert_eq!(answer["release"], "tiny-release");
}

#[test]
fn a_clock_that_goes_backward_changes_no_number() {
    let directory = tiny();
    let before = numbers(&directory);
    let page = directory.get("/power").body;
    directory.wait_hours(-24 * 365);
    directory.live.look();
    assert_eq!(numbers(&directory), before);
    assert_eq!(directory.get("/power").body, page);
    let status = directory.get("/api/v1/status");
    assert_eq!((status.status.as_u16(), &status.json()["health"]), (200, &json!(null)));
    assert_eq!(ask_by("HEAD", serve::router(&directory.live), "/data", &[]).status, 200);
}
