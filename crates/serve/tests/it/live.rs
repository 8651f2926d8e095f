//! One data directory, another release in it, and a server that goes on answering.

use std::collections::BTreeMap;
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, Ordering};

use serde_json::json;
use serve::{Notice, Options, RequestLog};
use store::{Layer, RawDescription, Release};

use crate::ask;
use crate::data::{self, Directory, options};

fn shown(collection: &str, release: &str) -> Notice {
    Notice::Shown {
        collection: collection.to_owned(),
        release: release.to_owned(),
        data_through: schema::Instant::parse("2024-05-27T00:00:00Z").expect("an instant"),
    }
}

/// A server that shows the tiny release, of which it told.
fn tiny() -> Directory {
    let directory = Directory::new();
    directory.write("tiny");
    directory.live.look();
    assert_eq!(directory.told(), [shown("tiny", "tiny-release")]);
    directory
}

#[test]
fn an_empty_directory_fills_by_itself() {
    let directory = Directory::new();
    for page in ["/power", "/models", "/data"] {
        let reply = directory.get(page);
        assert!(reply.body.contains("There is no data to show yet"), "{page}");
        assert!(reply.body.contains("data-follows=\"*\""), "{page} shows the first release");
    }
    let empty = directory.get("/power");
    directory.write("tiny");
    directory.live.look();
    let filled = directory.get("/power");
    assert_ne!(empty.header("etag"), filled.header("etag"));
    assert!(filled.body.contains("data-follows=\"tiny\" data-release=\"tiny-release\""));
    assert_eq!(directory.get("/api/v1/query?stat=hhi").json()["release"], "tiny-release");
}

#[test]
fn what_is_known_is_sent_again_after_a_switch_and_not_before() {
    const ADDRESSES: [&str; 5] =
        ["/power", "/data", "/figure/shares.json", "/figure/lorenz.csv", "/api/v1/query?stat=hhi"];
    let directory = tiny();
    let again = |address: &str, tag: &str| {
        ask(serve::router(&directory.live), address, &[("if-none-match", tag)])
    };
    let tags = ADDRESSES.map(|address| directory.get(address).header("etag").to_owned());
    directory.live.look();
    for (address, tag) in ADDRESSES.iter().zip(&tags) {
        assert_eq!(again(address, tag).status, 304, "{address}");
    }
    directory.publish("tiny", "second");
    for (address, tag) in ADDRESSES.iter().zip(&tags) {
        assert_eq!(again(address, tag).status, 304, "{address}: nobody has looked yet");
    }
    directory.live.look();
    for (address, tag) in ADDRESSES.iter().zip(&tags) {
        let reply = again(address, tag);
        assert_eq!(reply.status, 200, "{address}");
        assert!(reply.body.contains("second"), "{address}");
    }
    assert_eq!(directory.told(), [shown("tiny", "second")], "once");
}

#[test]
fn another_collection_appears_and_one_goes() {
    let directory = tiny();
    directory.write("other");
    directory.live.look();
    assert_eq!(directory.told(), [shown("other", "other-release")]);
    assert_eq!(directory.get("/power?collection=other").status, 200);
    std::fs::remove_dir_all(directory.path().join("raw/other")).unwrap();
    directory.live.look();
    assert_eq!(directory.get("/power?collection=other").status, 404);
    assert_eq!(directory.get("/power?collection=tiny").status, 200);
}

#[test]
fn a_collection_is_seen_before_it_is_built_and_when_it_is() {
    let directory = Directory::new();
    data::raw(&directory.store, "tiny");
    directory.live.look();
    let state = |directory: &Directory| {
        directory.get("/api/v1/status").json()["collections"][0]["state"].clone()
    };
    assert_eq!(state(&directory), "not_built");
    directory.write("tiny");
    directory.live.look();
    assert_eq!(state(&directory), "ready");
}

#[test]
fn a_release_that_cannot_be_loaded_leaves_the_one_before_in_place() {
    let directory = tiny();
    let broken = Release {
        id: "broken".to_owned(),
        attributes: "gone".to_owned(),
        ..data::release("tiny", false)
    };
    directory.store.publish(&broken).unwrap();
    directory.live.look();
    directory.live.look();
    directory.live.look_closely();
    let told = directory.told();
    let [Notice::Refused { collection, reason }] = told.as_slice() else { panic!("{told:?}") };
    assert_eq!(collection, "tiny");
    assert!(reason.contains("gone"), "{reason}");

    let answer = directory.get("/api/v1/query?stat=hhi");
    assert_eq!((answer.status.as_u16(), &answer.json()["release"]), (200, &json!("tiny-release")));
    let page = directory.get("/data").body;
    assert!(page.contains("its newest release could not be loaded"), "{page}");
    assert!(!page.contains("gone"), "the reason is for the operator alone");
    let status = &directory.get("/api/v1/status").json()["collections"][0];
    assert_eq!(
        (&status["state"], &status["release"], &status["refused_release"]),
        (&json!("ready"), &json!("tiny-release"), &json!("broken"))
    );

    directory.publish("tiny", "mended");
    directory.live.look();
    assert_eq!(directory.told(), [shown("tiny", "mended")]);
    assert!(!directory.get("/data").body.contains("could not be loaded"));
}

#[test]
fn a_close_look_tries_a_broken_release_once_more() {
    let directory = tiny();
    let late = Release {
        id: "late".to_owned(),
        attributes: "late".to_owned(),
        ..data::release("tiny", false)
    };
    directory.store.publish(&late).unwrap();
    directory.live.look();
    assert_eq!(directory.told().len(), 1);
    data::attributes(&directory.store, "tiny", "late");
    directory.live.look();
    assert_eq!(directory.told(), [], "not at every look");
    directory.live.look_closely();
    assert_eq!(directory.told(), [shown("tiny", "late")]);
}

#[test]
fn a_file_of_a_release_that_is_torn_is_told_once_and_mended() {
    let directory = tiny();
    let path = directory.path().join("releases/tiny.json");
    let whole = std::fs::read(&path).unwrap();
    std::fs::write(&path, &whole[..10]).unwrap();
    directory.live.look();
    directory.live.look();
    assert!(matches!(directory.told().as_slice(), [Notice::Refused { .. }]));
    assert_eq!(directory.get("/power").status, 200);
    std::fs::write(&path, whole).unwrap();
    directory.live.look();
    assert_eq!(directory.told(), [shown("tiny", "tiny-release")]);
}

#[test]
fn a_directory_that_cannot_be_listed_is_told_once_and_changes_nothing() {
    let directory = tiny();
    let (raw, aside) = (directory.path().join("raw"), directory.path().join("aside"));
    std::fs::rename(&raw, &aside).unwrap();
    std::fs::write(&raw, b"").unwrap();
    directory.live.look();
    directory.live.look();
    let told = directory.told();
    assert!(matches!(told.as_slice(), [Notice::Unreadable { .. }]), "{told:?}");
    assert!(told[0].is_warning() && !shown("tiny", "x").is_warning());
    assert_eq!(directory.get("/power").status, 200);
    std::fs::remove_file(&raw).unwrap();
    std::fs::rename(&aside, &raw).unwrap();
    directory.live.look();
    assert_eq!(directory.told(), []);
}

/// Whoever asks while releases change is answered from one of them, wholly: numbers and tag.
#[test]
fn requests_during_switches_are_answered_each_from_one_release() {
    const SWITCHES: usize = 15;
    let directory = tiny();
    let is_over = AtomicBool::new(false);
    let seen: Mutex<BTreeMap<String, String>> = Mutex::default();
    std::thread::scope(|scope| {
        let asking: Vec<_> = (0..2)
            .map(|_| {
                scope.spawn(|| {
                    while !is_over.load(Ordering::SeqCst) {
                        let reply = directory.get("/figure/concentration-hhi.json");
                        assert_eq!(reply.status, 200);
                        let release = reply.json()["release"].as_str().unwrap().to_owned();
                        let tag = reply.header("etag").to_owned();
                        let before = seen.lock().unwrap().insert(tag, release.clone());
                        assert!(before.is_none_or(|before| before == release));
                    }
                })
            })
            .collect();
        for switch in 0..SWITCHES {
            directory.publish("tiny", &format!("release-{switch}"));
            directory.live.look();
            let reply = directory.get("/figure/concentration-hhi.json");
            assert_eq!(reply.json()["release"], format!("release-{switch}"), "at once");
        }
        is_over.store(true, Ordering::SeqCst);
        for one in asking {
            one.join().unwrap();
        }
    });
    assert_eq!(directory.told().len(), SWITCHES);
}

#[test]
fn what_was_held_back_or_broke_off_is_named_with_the_reasons() {
    let directory = tiny();
    let received = |name: &str, is_complete: bool, held_back: &[&str]| {
        let mut draft = directory.store.draft(Layer::Raw, "tiny", name).unwrap();
        draft.describe_raw(RawDescription {
            source: "hub".to_owned(),
            file: format!("listing {name}"),
            received_sha256: String::new(),
            received_at: "2024-05-27T02:00:00Z".to_owned(),
            read_at: None,
            is_simulated: false,
            row_limit: None,
            is_complete,
            is_partial: false,
            census: None,
            held_back: held_back.iter().map(|&reason| reason.to_owned()).collect(),
        });
        draft.commit().unwrap();
    };
    received("sound", true, &[]);
    received("short", true, &["40 % of the models vanished", "likes fell by half"]);
    received("torn", false, &[]);
    assert!(!directory.get("/data").body.contains("Received and not shown"));
    directory.live.look_closely();
    let page = directory.get("/data").body;
    let section =
        page.split("id=\"set-aside\"").nth(1).unwrap().split("</section>").next().unwrap();
    assert!(section.contains("The newest 2 of 2."), "{section}");
    for words in [
        "listing short",
        "held back",
        "40 % of the models vanished",
        "likes fell by half",
        "listing torn",
        "incomplete",
        "broke off before its end",
        "27\u{a0}May\u{a0}2024\u{a0}02:00",
    ] {
        assert!(section.contains(words), "{words}: {section}");
    }
    assert!(!section.contains("listing sound"));
    let status = directory.get("/api/v1/status").json();
    assert_eq!(status["collections"][0]["set_aside_count"], 2);
    directory.publish("tiny", "second");
    directory.live.look();
    let status = directory.get("/api/v1/status").json();
    assert_eq!(status["collections"][0]["set_aside_count"], 2, "kept over a switch");
}

#[test]
fn every_answer_is_told_to_the_log() {
    let lines: std::sync::Arc<Mutex<Vec<RequestLog>>> = std::sync::Arc::default();
    let told = std::sync::Arc::clone(&lines);
    let on_request = move |line: &RequestLog| told.lock().unwrap().push(line.clone());
    let options = Options { on_request: Some(std::sync::Arc::new(on_request)), ..options() };
    let directory = Directory::with(options);
    let found = directory.get("/assets/favicon.svg?secret=1");
    directory.get("/nowhere");
    let lines = lines.lock().unwrap();
    assert_eq!(
        lines[0],
        RequestLog {
            method: "GET".to_owned(),
            path: "/assets/favicon.svg".to_owned(),
            status: 200,
            // The clock of the test stands still.
            millis: 0,
            bytes: Some(found.body.len() as u64),
        }
    );
    assert_eq!((lines[1].path.as_str(), lines[1].status), ("/nowhere", 404));
}
