//! The simulated Hub over real HTTP, as any client meets it.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod events;
mod faults;
mod files;

use std::sync::Arc;
use std::thread;
use std::time::Duration;

use schema::Instant;
use simulate::{Budget, Clock, Hub, Options, Timer, world};

/// The date at which the Hubs of these tests are shown.
const AT: &str = "2026-09-07T06:00:00Z";

/// A Hub that listens on this machine until it is dropped.
struct Served {
    endpoint: String,
    clock: Clock,
    hub: Arc<Hub>,
    stop: Option<tokio::sync::oneshot::Sender<()>>,
    thread: Option<thread::JoinHandle<simulate::Result<()>>>,
}

fn served(models: u64) -> Served {
    let at = Instant::parse(AT).unwrap();
    serve(Hub::new(world(&Options { models, seed: 1, at }), at, None))
}

fn serve(hub: Hub) -> Served {
    let hub = Arc::new(hub);
    let clock = hub.clock();
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let listener = runtime.block_on(tokio::net::TcpListener::bind("127.0.0.1:0")).unwrap();
    let endpoint = format!("http://{}", listener.local_addr().unwrap());
    let (stop, stopped) = tokio::sync::oneshot::channel();
    let shown = Arc::clone(&hub);
    let thread = thread::spawn(move || {
        runtime.block_on(simulate::serve(shown, listener, async {
            let _ = stopped.await;
        }))
    });
    Served { endpoint, clock, hub, stop: Some(stop), thread: Some(thread) }
}

impl Drop for Served {
    fn drop(&mut self) {
        drop(self.stop.take());
        let thread = self.thread.take().expect("it is taken here only");
        thread.join().expect("the server does not panic").expect("the server does not fail");
    }
}

fn agent() -> ureq::Agent {
    ureq::Agent::config_builder()
        .http_status_as_error(false)
        .max_redirects(0)
        .max_redirects_will_error(false)
        .proxy(None)
        .timeout_global(Some(Duration::from_mins(1)))
        .build()
        .new_agent()
}

fn get(url: &str) -> ureq::http::Response<ureq::Body> {
    agent().get(url).header("connection", "close").call().unwrap()
}

/// Status and body.
fn read(url: &str) -> (u16, String) {
    let mut response = get(url);
    (response.status().as_u16(), response.body_mut().read_to_string().unwrap())
}

/// The entries of a whole listing and how many pages they came on, following links.
fn crawl(url: &str) -> (Vec<serde_json::Value>, usize) {
    let mut entries = Vec::new();
    let mut pages = 0;
    let mut next = Some(url.to_owned());
    while let Some(url) = next {
        let mut response = get(&url);
        assert_eq!(response.status(), 200, "{url}");
        next = next_url(&response);
        let body = response.body_mut().read_to_string().unwrap();
        entries.extend(serde_json::from_str::<Vec<serde_json::Value>>(&body).unwrap());
        pages += 1;
        assert!(pages <= 1_000, "the listing has no end");
    }
    (entries, pages)
}

fn next_url(response: &ureq::http::Response<ureq::Body>) -> Option<String> {
    let link = *header(response, "link").first()?;
    Some(link.strip_prefix('<')?.strip_suffix(">; rel=\"next\"")?.to_owned())
}

fn header<'a>(response: &'a ureq::http::Response<ureq::Body>, name: &str) -> Vec<&'a str> {
    response.headers().get_all(name).iter().map(|value| value.to_str().unwrap()).collect()
}

#[test]
fn the_listing_is_served_with_the_headers_of_the_hub() {
    let hub = served(50);
    let mut response = get(&format!("{}/api/models?limit=20&expand[]=likes", hub.endpoint));
    assert_eq!(response.status(), 200);
    assert_eq!(header(&response, "content-type"), ["application/json; charset=utf-8"]);
    assert_eq!(header(&response, "x-weighhouse-simulated"), ["true"]);
    // Once: the simulated date takes the place of the server's own.
    assert_eq!(header(&response, "date"), ["Mon, 07 Sep 2026 06:00:00 GMT"]);
    assert_eq!(header(&response, "ratelimit-policy"), ["\"fixed window\";\"api\";q=500;w=300"]);
    let link = header(&response, "link")[0].to_owned();
    assert!(
        link.starts_with(&format!("<{}/api/models?limit=20&expand=likes&cursor=", hub.endpoint))
    );
    let body: serde_json::Value =
        serde_json::from_str(&response.body_mut().read_to_string().unwrap()).unwrap();
    assert_eq!(body.as_array().unwrap().len(), 20);

    hub.clock.set(Instant::parse("2026-09-14T06:00:00Z").unwrap());
    let later = get(&format!("{}/api/models?limit=1", hub.endpoint));
    assert_eq!(header(&later, "date"), ["Mon, 14 Sep 2026 06:00:00 GMT"]);
}

#[test]
fn what_is_missing_or_unknown_is_refused() {
    let hub = served(20);
    let mut missing = get(&format!("{}/api/models/no/such", hub.endpoint));
    assert_eq!(missing.status(), 401);
    let body = missing.body_mut().read_to_string().unwrap();
    assert_eq!(body, r#"{"error":"Invalid username or password."}"#);
    let elsewhere = get(&format!("{}/elsewhere", hub.endpoint));
    assert_eq!(elsewhere.status(), 404);
    assert_eq!(header(&elsewhere, "content-type"), ["text/html; charset=utf-8"]);
    let (status, body) = read(&format!("{}/api/elsewhere", hub.endpoint));
    assert_eq!(status, 404);
    assert!(body.starts_with("{\"error\":"), "{body}");
    assert_eq!(get(&format!("{}/api/models?expand=nonsense", hub.endpoint)).status(), 400);
}

/// hub-reference.md §1: length in hexadecimal digits, then 27 characters of base64 SHA-1.
#[test]
fn bodies_can_be_verified_and_requests_named() {
    let hub = served(20);
    let url = format!("{}/api/models/no/such", hub.endpoint);
    let (first, second) = (get(&url), get(&url));
    // By hashlib.sha1 and base64 of Python from the body, which is 41 bytes long.
    assert_eq!(header(&first, "etag"), ["W/\"29-dEMcHWfJi78ZR1aqzb1ELAhp3Us\""]);
    let id = header(&first, "x-request-id")[0];
    assert!(id.starts_with("Root=1-") && id.len() == 7 + 8 + 1 + 24 + 1 + 36, "{id}");
    assert_eq!([id], *header(&second, "x-request-id"), "the same for the same request");
    let other = get(&format!("{url}?a=b"));
    assert_ne!([id], *header(&other, "x-request-id"));
}

#[test]
fn a_head_has_the_headers_and_no_body() {
    let hub = served(20);
    let url = format!("{}/api/models?limit=5&expand=likes", hub.endpoint);
    let (whole, body) = (get(&url), read(&url).1);
    let mut head = agent().head(&url).header("connection", "close").call().unwrap();
    assert_eq!(head.status(), 200);
    for name in ["etag", "link", "ratelimit"] {
        assert_eq!(header(&head, name), header(&whole, name), "{name}");
    }
    assert_eq!(header(&head, "content-length"), [body.len().to_string()]);
    assert_eq!(head.body_mut().read_to_string().unwrap(), "");
    let wrong = agent().delete(&url).header("connection", "close").call().unwrap();
    assert_eq!(wrong.status(), 405);
}

/// A window is measured by the timer that is handed in, here one that a test moves.
#[test]
fn a_budget_can_be_kept_on_another_clock() {
    let at = Instant::parse(AT).unwrap();
    let seconds = Arc::new(std::sync::atomic::AtomicU64::new(1_000));
    let elapsed = Arc::clone(&seconds);
    let timer =
        Timer::new(move || Duration::from_secs(elapsed.load(std::sync::atomic::Ordering::SeqCst)));
    let budget = Budget { quota: 1, window_seconds: 30 };
    let world = world(&Options { models: 20, seed: 1, at });
    let hub = serve(Hub::new(world, at, Some(budget)).with_timer(timer));
    let ask = || {
        let response = get(&format!("{}/api/models?limit=1", hub.endpoint));
        (response.status().as_u16(), header(&response, "ratelimit")[0].to_owned())
    };
    // A thousand seconds are ten seconds into the thirty-fourth window.
    assert_eq!(ask(), (200, "\"api\";r=0;t=20".to_owned()));
    hub.clock.set(Instant::parse("2026-10-07T06:00:00Z").unwrap());
    assert_eq!(ask(), (429, "\"api\";r=0;t=20".to_owned()));
    seconds.store(1_020, std::sync::atomic::Ordering::SeqCst);
    assert_eq!(ask(), (200, "\"api\";r=0;t=30".to_owned()));
    // What is found nowhere and what only leads on counts as well, in its own bucket.
    let page = get(&format!("{}/nowhere", hub.endpoint));
    assert_eq!(header(&page, "ratelimit"), ["\"pages\";r=0;t=30"]);
    let page = get(&format!("{}/nowhere", hub.endpoint));
    assert_eq!(page.status(), 429);
}

#[test]
fn the_date_can_be_moved_over_http() {
    let hub = served(20);
    let put = |body: &str| {
        let url = format!("{}/simulated/at", hub.endpoint);
        agent().put(&url).header("connection", "close").send(body).unwrap().status().as_u16()
    };
    assert_eq!(put("2026-09-14T06:00:00Z"), 204);
    let later = get(&format!("{}/api/models?limit=1", hub.endpoint));
    assert_eq!(header(&later, "date"), ["Mon, 14 Sep 2026 06:00:00 GMT"]);
    assert_eq!(put("some day"), 400);
}

#[test]
fn every_answer_waits_for_the_latency() {
    let at = Instant::parse(AT).unwrap();
    let world = world(&Options { models: 5, seed: 1, at });
    let hub = serve(Hub::new(world, at, None).with_latency(Duration::from_millis(200)));
    let url = format!("{}/api/models?limit=1", hub.endpoint);
    let hurry = ureq::Agent::config_builder()
        .proxy(None)
        .timeout_global(Some(Duration::from_millis(50)))
        .build()
        .new_agent();
    assert!(hurry.get(&url).call().is_err());
    assert_eq!(read(&url).0, 200);
}
