//! The simulated Hub over real HTTP, as any client meets it.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use std::sync::Arc;
use std::thread;

use schema::Instant;
use simulate::{Clock, Hub, Options, world};

/// A Hub that listens on this machine until it is dropped.
struct Served {
    endpoint: String,
    clock: Clock,
    stop: Option<tokio::sync::oneshot::Sender<()>>,
    thread: Option<thread::JoinHandle<simulate::Result<()>>>,
}

fn served(models: u64) -> Served {
    let at = Instant::parse("2026-09-07T06:00:00Z").unwrap();
    let hub = Arc::new(Hub::new(world(&Options { models, seed: 1, at }), at, None));
    let clock = hub.clock();
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let listener = runtime.block_on(tokio::net::TcpListener::bind("127.0.0.1:0")).unwrap();
    let endpoint = format!("http://{}", listener.local_addr().unwrap());
    let (stop, stopped) = tokio::sync::oneshot::channel();
    let thread = thread::spawn(move || {
        runtime.block_on(simulate::serve(hub, listener, async {
            let _ = stopped.await;
        }))
    });
    Served { endpoint, clock, stop: Some(stop), thread: Some(thread) }
}

impl Drop for Served {
    fn drop(&mut self) {
        drop(self.stop.take());
        let thread = self.thread.take().expect("it is taken here only");
        thread.join().expect("the server does not panic").expect("the server does not fail");
    }
}

fn get(url: &str) -> ureq::http::Response<ureq::Body> {
    let config = ureq::Agent::config_builder()
        .http_status_as_error(false)
        .max_redirects(0)
        .max_redirects_will_error(false)
        .proxy(None)
        .build();
    config.new_agent().get(url).header("connection", "close").call().unwrap()
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
    assert_eq!(get(&format!("{}/elsewhere", hub.endpoint)).status(), 404);
    assert_eq!(get(&format!("{}/api/models?expand=nonsense", hub.endpoint)).status(), 400);
}
