//! Who listens hears what changes, and is let go when the server stops.

use std::time::Duration;

use axum::body::{Body, BodyDataStream};
use axum::http::{Request, Response};
use futures_util::StreamExt;
use serde_json::{Value as Json, json};
use serve::Options;
use store::Job;
use tokio::net::TcpStream;
use tokio::time::timeout;
use tower::ServiceExt;

use crate::data::{Directory, options};

/// What takes longer never comes.
const PATIENCE: Duration = Duration::from_secs(20);

/// One event as it was sent.
#[derive(Debug, PartialEq)]
struct Heard {
    kind: String,
    id: Option<String>,
    data: Json,
}

/// A stream of events that is being read.
struct Stream {
    body: BodyDataStream,
    text: String,
}

impl Stream {
    /// The next event that says something.
    async fn next(&mut self) -> Option<Heard> {
        loop {
            while let Some((block, rest)) = self.text.split_once("\n\n") {
                let (heard, rest) = (heard(block), rest.to_owned());
                self.text = rest;
                if heard.is_some() {
                    return heard;
                }
            }
            let chunk = timeout(PATIENCE, self.body.next()).await.expect("something comes")?;
            self.text +=
                std::str::from_utf8(&chunk.expect("the stream is sound")).expect("events are text");
        }
    }
}

fn heard(block: &str) -> Option<Heard> {
    let field = |name: &str| {
        let mut lines = block.lines();
        lines.find_map(|line| line.strip_prefix(name)?.strip_prefix(": ").map(str::to_owned))
    };
    let data = serde_json::from_str(&field("data")?).expect("data are JSON");
    Some(Heard { kind: field("event")?, id: field("id"), data })
}

async fn ask(directory: &Directory, headers: &[(&str, &str)]) -> Response<Body> {
    let mut request = Request::builder().uri("/api/v1/events");
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    let request = request.body(Body::empty()).expect("the address is one");
    serve::router(&directory.live).oneshot(request).await.expect("a router cannot fail")
}

async fn listen(directory: &Directory, headers: &[(&str, &str)]) -> Stream {
    let response = ask(directory, headers).await;
    assert_eq!(response.status(), 200);
    Stream { body: response.into_body().into_data_stream(), text: String::new() }
}

fn run(future: impl Future<Output = ()>) {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    runtime.expect("a runtime starts").block_on(future);
}

fn tiny() -> Directory {
    let directory = Directory::new();
    directory.write("tiny");
    directory.live.look();
    directory
}

fn release(id: &str) -> Json {
    json!({
        "collection": "tiny", "release": id, "data_through": "2024-05-27T00:00:00Z",
        "simulated": false
    })
}

#[test]
fn first_comes_the_state_and_then_what_changes() {
    run(async {
        let directory = tiny();
        let mut stream = listen(&directory, &[]).await;
        let first = stream.next().await.unwrap();
        assert_eq!((first.kind.as_str(), first.data), ("release", release("tiny-release")));
        assert_eq!(first.id, None, "more of the state follows");
        let jobs = stream.next().await.unwrap();
        assert_eq!((jobs.kind.as_str(), &jobs.data["health"]), ("jobs", &json!(null)));
        assert!(jobs.id.is_some());

        directory.publish("tiny", "second");
        directory.live.look();
        let change = stream.next().await.unwrap();
        assert_eq!((change.kind.as_str(), change.data), ("release", release("second")));
        assert!(change.id.is_some() && change.id != jobs.id);
    });
}

#[test]
fn one_who_comes_back_is_told_the_state_if_it_changed() {
    run(async {
        let directory = tiny();
        let mut stream = listen(&directory, &[]).await;
        stream.next().await.unwrap();
        let known = stream.next().await.unwrap().id.unwrap();

        let mut same = listen(&directory, &[("last-event-id", &known)]).await;
        directory.publish("tiny", "second");
        directory.live.look();
        let next = same.next().await.unwrap();
        assert_eq!(next.data, release("second"), "the state that is known is not told again");

        let mut late = listen(&directory, &[("last-event-id", &known)]).await;
        assert_eq!(late.next().await.unwrap().data, release("second"));
        let newest = late.next().await.unwrap().id;
        assert_eq!(newest, next.id, "both are where the server is");
    });
}

#[test]
fn a_change_of_health_is_heard_though_no_file_changed() {
    run(async {
        let directory = tiny();
        let job = Job {
            name: "new".to_owned(),
            title: "New models".to_owned(),
            collection: None,
            period_seconds: 3600,
            is_on_demand: false,
            due_at: Some("2024-05-27T04:00:00Z".to_owned()),
            started_at: None,
            succeeded_at: None,
            failure_count: 0,
            outcome: None,
            is_running: false,
        };
        directory.store.write_jobs(&[job]).unwrap();
        directory.live.look();
        let mut stream = listen(&directory, &[]).await;
        stream.next().await.unwrap();
        assert_eq!(stream.next().await.unwrap().data["health"], "on time");
        // At 03:00; then an hour is allowed from 04:00 on: 05:00 is on time, 06:00 is late.
        directory.wait_hours(2);
        directory.live.look();
        directory.wait_hours(1);
        directory.live.look();
        let late = stream.next().await.unwrap();
        assert_eq!(late.data["health"], "late");
        assert_eq!(
            late.data["jobs"],
            json!([{ "name": "new", "health": "late", "running": false }])
        );
    });
}

#[test]
fn the_stream_is_neither_tagged_nor_compressed() {
    run(async {
        let directory = tiny();
        let response = ask(&directory, &[("accept-encoding", "br, gzip")]).await;
        let headers = response.headers();
        assert_eq!(headers["content-type"], "text/event-stream");
        assert_eq!(headers["cache-control"], "no-cache");
        assert!(!headers.contains_key("etag") && !headers.contains_key("content-encoding"));
        let mut body = response.into_body().into_data_stream();
        let hello = timeout(PATIENCE, body.next()).await.unwrap().unwrap().unwrap();
        assert!(hello.starts_with(b"retry: 5000\n"), "{hello:?}");
    });
}

#[test]
fn there_is_room_for_so_many_listeners() {
    run(async {
        let directory = Directory::with(Options { most_listeners: 2, ..options() });
        let first = listen(&directory, &[]).await;
        let _second = listen(&directory, &[]).await;
        let refused = ask(&directory, &[]).await;
        assert_eq!(refused.status(), 503);
        assert_eq!(refused.headers()["content-type"], "application/problem+json");
        assert_eq!(refused.headers()["retry-after"], "60");
        drop(first);
        listen(&directory, &[]).await;
    });
}

/// Connects to a server that listens on a socket and reads until the text holds the words.
async fn connect(address: std::net::SocketAddr, until: &str) -> TcpStream {
    const REQUEST: &[u8] = b"GET /api/v1/events HTTP/1.1\r\nHost: test\r\n\r\n";
    let stream = TcpStream::connect(address).await.expect("the server listens");
    stream.writable().await.expect("the server reads");
    assert_eq!(stream.try_write(REQUEST).expect("a request is short"), REQUEST.len());
    read_until(&stream, until).await;
    stream
}

/// Reads until the text read holds the words, and returns it; fails where the stream ends before.
async fn read_until(stream: &TcpStream, words: &str) {
    let mut text = String::new();
    while !text.contains(words) {
        let more = read(stream).await;
        assert_ne!(more, "", "the stream ended without {words}: {text}");
        text += &more;
    }
}

/// What comes next; nothing at the end.
async fn read(stream: &TcpStream) -> String {
    let mut buffer = [0; 4096];
    loop {
        timeout(PATIENCE, stream.readable())
            .await
            .expect("something comes")
            .expect("it is readable");
        match stream.try_read(&mut buffer) {
            Ok(count) => return String::from_utf8_lossy(&buffer[..count]).into_owned(),
            Err(error) if error.kind() == std::io::ErrorKind::WouldBlock => {}
            Err(error) => panic!("the stream is torn: {error}"),
        }
    }
}

#[test]
fn a_server_looks_by_itself_and_stops_at_once_though_some_listen() {
    run(async {
        let look_period = Duration::from_millis(5);
        let directory = Directory::with(Options { look_period, ..options() });
        let listener = serve::listen("127.0.0.1:0".parse().unwrap()).await.unwrap();
        let address = listener.local_addr().unwrap();
        let (stop, stopped) = tokio::sync::oneshot::channel::<()>();
        let live = directory.live.clone();
        let server = tokio::spawn(async move {
            let shutdown = async {
                let _ = stopped.await;
            };
            serve::serve(&live, listener, shutdown).await
        });
        let early = connect(address, "event: jobs").await;
        directory.write("tiny");
        read_until(&early, "tiny-release").await;
        let _late = connect(address, "tiny-release").await;

        stop.send(()).unwrap();
        let ended = timeout(Duration::from_secs(1), server).await;
        ended.expect("the server stops within a second").unwrap().unwrap();
        read_until(&early, "0\r\n\r\n").await;
        assert_eq!(read(&early).await, "", "the stream ends and is not torn");
    });
}
