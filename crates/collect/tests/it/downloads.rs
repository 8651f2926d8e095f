//! Files, and the way to them.

mod broken_off;

use std::time::Duration;

use collect::{Download, Downloaded, Error, Failure, Listener, Token, Transfer, download};
use store::{Partial, Store, checksum};

use crate::chain;
use crate::clock::TestClock;
use crate::depot::{Depot, linked, redirect, serve, unmeasured};
use crate::replay::answer;

const PATH: &str = "/datasets/a/b/resolve/main/c.parquet";
const ETAG: &str = "\"v1\"";
/// Enough to count as progress.
const STEP: usize = 70_000;

/// A place on disk, and how a file is fetched to it.
struct Place {
    folder: tempfile::TempDir,
    clock: TestClock,
    progress: Vec<Transfer>,
}

impl Place {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        Self { folder, clock: TestClock::default(), progress: Vec::new() }
    }

    fn partial(&self, url: &str) -> Partial {
        Store::create(self.folder.path()).unwrap().partial(url).unwrap()
    }

    fn fetch(&mut self, file: &Download) -> collect::Result<(Downloaded, Partial)> {
        let mut partial = self.partial(&file.url);
        let on_progress = &mut |transfer| self.progress.push(transfer);
        let mut listener = Listener { on_progress, is_known: &|_| false };
        let ended = download(file, &mut partial, &self.clock, &mut listener)?;
        Ok((ended, partial))
    }

    /// Fetches the file whole and reads it.
    fn whole(&mut self, file: &Download) -> Vec<u8> {
        let (ended, partial) = self.fetch(file).unwrap();
        assert_eq!(ended, Downloaded::Whole);
        let whole = partial.finish().unwrap();
        let bytes = store::input::read(whole.path()).unwrap();
        assert_eq!(whole.sha256(), checksum(&bytes));
        bytes
    }

    fn error(&mut self, file: &Download) -> Error {
        self.fetch(file).unwrap_err()
    }
}

/// A file of the Hub, for which `hub` stands in.
fn on_hub(hub: &Depot) -> Download {
    Download {
        url: format!("https://huggingface.co{PATH}"),
        endpoint: hub.endpoint.clone(),
        token: Some(Token::new("hf_secret").unwrap()),
        sha256: None,
        max_bytes: 100 << 20,
        timeout: Duration::from_secs(20),
        max_retries: 2,
        user_agent: "weighhouse-test".to_owned(),
    }
}

/// A file of some other server.
fn elsewhere(server: &Depot) -> Download {
    Download {
        url: format!("{}/c.parquet", server.endpoint),
        endpoint: "https://huggingface.co".to_owned(),
        ..on_hub(server)
    }
}

/// Contents of which no part looks like another.
fn contents(length: usize) -> Vec<u8> {
    let mut state = 1_u32;
    let byte = |_| {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        (state >> 24) as u8
    };
    (0..length).map(byte).collect()
}

fn failure(error: &Error) -> &Failure {
    let Error::Download { failure, .. } = error else { panic!("{error}") };
    failure
}

#[test]
fn the_token_goes_to_no_other_host() {
    let storage = Depot::start(|asked| serve(asked, b"PAR1", "\"of the storage\""));
    let location = format!("{}/bridge/c?X-Amz-Expires=3600", storage.endpoint);
    let hub = Depot::start(move |asked| {
        // As hub-reference.md §6 and §7: renamed, and then large and elsewhere.
        match asked.nth {
            0 => answer(307, &[("Location", "/datasets/a/new/resolve/main/c.parquet")], ""),
            _ => redirect(&location, &linked(&checksum(b"PAR1"), 4)),
        }
    });
    assert_eq!(Place::new().whole(&on_hub(&hub)), b"PAR1");
    let targets: Vec<String> = hub.asked().into_iter().map(|asked| asked.target).collect();
    assert_eq!(targets, [PATH, "/datasets/a/new/resolve/main/c.parquet"]);
    assert!(hub.asked().iter().all(|asked| asked.has_token));
    assert_eq!(storage.asked().len(), 1);
    assert_eq!(storage.asked()[0].target, "/bridge/c?X-Amz-Expires=3600");
    assert!(!storage.asked()[0].has_token);
    Place::new().whole(&elsewhere(&storage));
    assert!(!storage.asked()[1].has_token, "nor when it is asked first");
}

#[test]
fn a_refusal_of_the_hub_itself_is_final() {
    let hub = Depot::start(|_| answer(403, &[], r#"{"error":"Access is restricted."}"#));
    let error = Place::new().error(&on_hub(&hub));
    assert!(chain(&error).ends_with("403: Access is restricted."), "{}", chain(&error));
    assert_eq!(hub.asked().len(), 1);
}

#[test]
fn a_page_in_the_place_of_the_file_is_not_taken() {
    let server = Depot::start(|asked| match asked.nth {
        0 => answer(200, &[("Content-Type", "text/html; charset=utf-8")], "<p>Back soon</p>"),
        1 => answer(200, &[("Content-Type", "application/json")], r#"{"error":"slow down"}"#),
        _ => serve(asked, b"PAR1", ETAG),
    });
    assert_eq!(Place::new().whole(&elsewhere(&server)), b"PAR1");
    let error = Place::new().error(&Download {
        max_retries: 0,
        ..elsewhere(&Depot::start(|_| {
            answer(200, &[("Content-Type", "application/json")], r#"{"error":"slow down"}"#)
        }))
    });
    assert!(chain(&error).ends_with("the answer is not the file: slow down"), "{}", chain(&error));
    let json = [("Content-Type", "application/json")];
    let server = Depot::start(move |_| answer(200, &json, r#"{"a":1}"#));
    let file = Download { url: format!("{}/c.jsonl", server.endpoint), ..elsewhere(&server) };
    assert_eq!(Place::new().whole(&file), br#"{"a":1}"#);
}

#[test]
fn a_signature_expires_on_the_same_host_as_well() {
    let hub = Depot::start(|asked| match asked.nth {
        1 => answer(403, &[], "Request has expired"),
        0 | 2 => redirect("/signed", &linked(&checksum(b"PAR1"), 4)),
        _ => serve(asked, b"PAR1", ETAG),
    });
    assert_eq!(Place::new().whole(&on_hub(&hub)), b"PAR1");
}

#[test]
fn the_wait_is_the_one_that_is_asked_for() {
    let storage = Depot::start(|asked| match asked.nth {
        0 => answer(503, &[("Retry-After", "7")], "slow down"),
        _ => serve(asked, b"PAR1", ETAG),
    });
    let location = format!("{}/c", storage.endpoint);
    let hub = Depot::start(move |asked| match asked.nth {
        0 => answer(429, &[("RateLimit", "\"resolvers\";r=0;t=40")], "{}"),
        _ => redirect(&location, &linked(&checksum(b"PAR1"), 4)),
    });
    let mut place = Place::new();
    assert_eq!(place.whole(&on_hub(&hub)), b"PAR1");
    assert_eq!(place.clock.slept_seconds(), [41, 7]);
}

#[test]
fn a_file_of_another_checksum_is_fetched_once_more() {
    let storage = Depot::start(|asked| match asked.nth {
        0 => serve(asked, b"PAR2", ETAG),
        _ => serve(asked, b"PAR1", ETAG),
    });
    assert_eq!(Place::new().whole(&on_hub(&Depot::hub(&storage, b"PAR1"))), b"PAR1");
    assert_eq!(storage.ranges(), [None, None]);

    let storage = Depot::start(|asked| serve(asked, b"PAR2", ETAG));
    let mut place = Place::new();
    let error = place.error(&on_hub(&Depot::hub(&storage, b"PAR1")));
    let expected = format!(
        "gave up on {}{PATH} (attempts without progress: 2, bytes received: 4): \
         its SHA-256 is {}, and {} was announced",
        "ENDPOINT",
        checksum(b"PAR2"),
        checksum(b"PAR1")
    );
    let said = chain(&error);
    let (start, end) = (said.find("http://").unwrap(), said.find("/datasets").unwrap());
    assert_eq!(said.replace(&said[start..end], "ENDPOINT"), expected);
    assert_eq!(storage.asked().len(), 2);
    assert_eq!(place.partial(&format!("https://huggingface.co{PATH}")).received(), 0);
}

#[test]
fn a_checksum_that_is_known_beforehand_is_held_against_the_file() {
    let server = Depot::start(|asked| serve(asked, b"PAR2", ETAG));
    let file = Download { sha256: Some(checksum(b"PAR1")), ..elsewhere(&server) };
    let error = Place::new().error(&file);
    assert!(matches!(failure(&error), Failure::Checksum { .. }), "{}", chain(&error));
    let file = Download { sha256: Some(checksum(b"PAR2")), ..elsewhere(&server) };
    assert_eq!(Place::new().whole(&file), b"PAR2");
}

#[test]
fn a_file_of_another_length_is_fetched_again() {
    let hub = Depot::start(|asked| {
        let sized = [("X-Linked-Size", "4")];
        match asked.nth {
            0 => answer(200, &sized, "PA"),
            1 => answer(200, &sized, "PAR12"),
            _ => answer(200, &sized, "PAR1"),
        }
    });
    let mut place = Place::new();
    assert_eq!(place.whole(&on_hub(&hub)), b"PAR1");
    assert_eq!(place.clock.slept_seconds().len(), 2);
}

#[test]
fn a_file_that_is_there_already_is_not_fetched() {
    let storage = Depot::start(|asked| serve(asked, b"PAR1", ETAG));
    let hub = Depot::hub(&storage, b"PAR1");
    let place = Place::new();
    let file = on_hub(&hub);
    let mut partial = place.partial(&file.url);
    let is_known = |sha256: &str| sha256 == checksum(b"PAR1");
    let mut listener = Listener { on_progress: &mut |_| (), is_known: &is_known };
    let ended = download(&file, &mut partial, &place.clock, &mut listener).unwrap();
    assert_eq!(ended, Downloaded::Known { sha256: checksum(b"PAR1") });
    assert_eq!(storage.asked(), []);
}

#[test]
fn a_file_too_large_is_refused() {
    let small = |server: &Depot| Download { max_bytes: 1_000, ..elsewhere(server) };
    let is_too_large = |error: &Error| {
        assert!(chain(error).ends_with("the answer is larger than 1000 bytes"), "{}", chain(error));
    };
    // By its announcement, without one, and by what the Hub says on the way.
    let announced = Depot::start(|_| answer(200, &[], vec![0; 1_001]));
    is_too_large(&Place::new().error(&small(&announced)));
    let unannounced = Depot::start(|_| unmeasured(&[0; 1_001]));
    is_too_large(&Place::new().error(&small(&unannounced)));
    let storage = Depot::start(|asked| serve(asked, &[0; 1_001], ETAG));
    let hub = Depot::hub(&storage, &[0; 1_001]);
    is_too_large(&Place::new().error(&Download { max_bytes: 1_000, ..on_hub(&hub) }));
    assert_eq!(storage.asked(), []);
    let fits = Depot::start(|_| unmeasured(&[0; 1_000]));
    assert_eq!(Place::new().whole(&small(&fits)).len(), 1_000);
}

#[test]
fn a_missing_file_is_not_asked_for_again() {
    let hub = Depot::start(|_| answer(404, &[], r#"{"error":"Entry not found"}"#));
    let error = Place::new().error(&on_hub(&hub));
    let expected = format!(
        "gave up on {}{PATH} (attempts without progress: 1, bytes received: 0): \
         the answer was 404: Entry not found",
        hub.endpoint
    );
    assert_eq!(chain(&error), expected);
    assert_eq!(hub.asked().len(), 1);
}

#[test]
fn redirects_are_followed_only_so_far() {
    let hub = Depot::start(|_| answer(302, &[("Location", "/again")], ""));
    let error = Place::new().error(&on_hub(&hub));
    assert!(matches!(failure(&error), Failure::Redirect { .. }), "{}", chain(&error));
    assert_eq!(hub.asked().len(), 11);
    for location in ["", "relative", "//elsewhere/x", "file:///etc/passwd"] {
        let hub = Depot::start(move |_| answer(302, &[("Location", location)], ""));
        let error = Place::new().error(&on_hub(&hub));
        let expected = format!("a redirect to '{location}'");
        assert!(chain(&error).ends_with(&expected), "{}", chain(&error));
    }
}

#[test]
fn an_address_that_is_none_is_refused() {
    let hub = Depot::start(|_| answer(200, &[], ""));
    for url in ["", "c.parquet", "ftp://huggingface.co/c", "https://user@huggingface.co/c"] {
        let error = Place::new().error(&Download { url: url.to_owned(), ..on_hub(&hub) });
        assert!(matches!(error, Error::Url { .. }), "{url}: {}", chain(&error));
    }
    assert_eq!(hub.asked(), []);
}
