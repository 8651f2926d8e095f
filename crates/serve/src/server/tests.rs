use std::io::ErrorKind;
use std::sync::Arc;
use std::time::Duration;

use schema::Instant;
use store::Store;
use tokio::net::TcpStream;
use tokio::runtime::Runtime;
use tokio::sync::oneshot;
use tokio::time::timeout;

use super::{listen, serve};
use crate::{Error, Limits, Live, Options};

/// Nothing in these tests takes longer, on however busy a machine.
const LONG: Duration = Duration::from_mins(1);
/// What a slow client is allowed here.
const SHORT: Duration = Duration::from_millis(300);

const QUESTION: &[u8] = b"GET /api/v1/collections HTTP/1.1\r\nhost: test\r\n\r\n";

fn runtime() -> Runtime {
    tokio::runtime::Builder::new_current_thread().enable_all().build().expect("it works here")
}

/// A server with so many places for connections, until the sender is dropped.
async fn server(most_connections: usize) -> (std::net::SocketAddr, oneshot::Sender<()>) {
    let folder = tempfile::tempdir().expect("it works here");
    let limits = Limits {
        time: LONG,
        most_computing: 2,
        most_waiting: 10,
        kept_bytes: 0,
        most_connections,
        head_time: SHORT,
        write_time: SHORT,
    };
    let options = Options {
        code_version: "test".to_owned(),
        public_url: None,
        now: Arc::new(|| Instant::from_millis(0)),
        look_period: Duration::from_hours(1),
        most_listeners: 1,
        limits,
        on_notice: Arc::new(|_| {}),
        on_request: None,
    };
    let live = Live::open(Store::create(folder.path()).expect("it works here"), options)
        .expect("it works here");
    let listener =
        listen("127.0.0.1:0".parse().expect("it works here")).await.expect("it works here");
    let address = listener.local_addr().expect("it works here");
    let (going_on, ended) = oneshot::channel::<()>();
    tokio::spawn(async move {
        let _folder = folder;
        serve(&live, listener, async { drop(ended.await) }).await.expect("it works here");
    });
    (address, going_on)
}

/// Sends bytes, as many as the other end takes before it closes; whether that were all.
async fn sent(stream: &TcpStream, mut bytes: &[u8]) -> bool {
    while !bytes.is_empty() {
        if stream.writable().await.is_err() {
            return false;
        }
        match stream.try_write(bytes) {
            Ok(length) => bytes = &bytes[length..],
            Err(fault) if fault.kind() == ErrorKind::WouldBlock => {}
            Err(_) => return false,
        }
    }
    true
}

/// What comes next; nothing where the other end has closed.
async fn received(stream: &TcpStream) -> Vec<u8> {
    let mut buffer = vec![0; 64 << 10];
    loop {
        if stream.readable().await.is_err() {
            return Vec::new();
        }
        match stream.try_read(&mut buffer) {
            Ok(length) => return buffer[..length].to_vec(),
            Err(fault) if fault.kind() == ErrorKind::WouldBlock => {}
            Err(_) => return Vec::new(),
        }
    }
}

/// The beginning of the answer to a question on a connection.
async fn asked(stream: &TcpStream, question: &[u8]) -> String {
    assert!(sent(stream, question).await);
    let answer = timeout(LONG, received(stream)).await.expect("it works here");
    String::from_utf8_lossy(&answer).chars().take(12).collect()
}

/// All that comes until the other end closes the connection.
async fn until_closed(stream: &TcpStream) -> Vec<u8> {
    let mut all = Vec::new();
    let reading = async {
        loop {
            let part = received(stream).await;
            if part.is_empty() {
                return;
            }
            all.extend(part);
        }
    };
    assert!(timeout(LONG, reading).await.is_ok(), "it is not closed");
    all
}

#[test]
fn takes_a_free_port_and_says_which_is_taken() {
    runtime().block_on(async {
        let listener = listen("127.0.0.1:0".parse().unwrap()).await.unwrap();
        let taken = listener.local_addr().unwrap();
        assert_ne!(taken.port(), 0);
        let again = listen(taken).await;
        let Err(Error::Listen { address, .. }) = again else { panic!("the port is taken") };
        assert_eq!(address, taken);
    });
}

#[test]
fn who_sends_the_head_of_a_request_slowly_loses_the_connection() {
    runtime().block_on(async {
        let (address, _going_on) = server(100).await;
        // All places are taken by those who say a little and then nothing.
        let mut slow = Vec::new();
        for said in [&b""[..], b"GET / HT", b"GET /power HTTP/1.1\r\nhost: test\r\nx-slow: "] {
            let stream = TcpStream::connect(address).await.unwrap();
            assert!(sent(&stream, said).await);
            slow.push(stream);
        }
        for stream in &slow {
            until_closed(stream).await;
        }
    });
}

#[test]
fn slow_clients_hold_no_place_for_long() {
    runtime().block_on(async {
        let (address, _going_on) = server(2).await;
        let mut slow = Vec::new();
        for _ in 0..2 {
            let stream = TcpStream::connect(address).await.unwrap();
            assert!(sent(&stream, b"GET /api/v1/collections HTTP/1.1\r\n").await);
            slow.push(stream);
        }
        // The third waits at the door until the first two are sent away.
        let sound = TcpStream::connect(address).await.unwrap();
        assert_eq!(asked(&sound, QUESTION).await, "HTTP/1.1 200");
    });
}

#[test]
fn a_connection_that_says_nothing_between_requests_is_closed() {
    runtime().block_on(async {
        let (address, _going_on) = server(100).await;
        let stream = TcpStream::connect(address).await.unwrap();
        assert_eq!(asked(&stream, QUESTION).await, "HTTP/1.1 200");
        until_closed(&stream).await;
    });
}

#[test]
fn who_takes_nothing_of_the_answer_loses_the_connection() {
    runtime().block_on(async {
        let (address, _going_on) = server(1).await;
        let stream = TcpStream::connect(address).await.unwrap();
        // Questions without end whose answers nobody reads: the system's buffers fill up.
        let document = b"GET /api/v1/openapi.json HTTP/1.1\r\nhost: test\r\n\r\n";
        let asking = async { while sent(&stream, document).await {} };
        assert!(timeout(LONG, asking).await.is_ok(), "the server waits without end");
        // The only place is free again.
        let sound = TcpStream::connect(address).await.unwrap();
        assert_eq!(asked(&sound, QUESTION).await, "HTTP/1.1 200");
    });
}

#[test]
fn a_head_that_is_too_large_is_refused() {
    runtime().block_on(async {
        let (address, _going_on) = server(100).await;
        let lines = "x-more: and more\r\n".repeat(200);
        let many = format!("GET /api/v1/collections HTTP/1.1\r\nhost: test\r\n{lines}\r\n");
        let long = format!("GET / HTTP/1.1\r\nx-long: {}\r\n\r\n", "x".repeat(70_000));
        for head in [many, long] {
            let stream = TcpStream::connect(address).await.unwrap();
            // It may be refused before all of it is sent.
            sent(&stream, head.as_bytes()).await;
            let answer = until_closed(&stream).await;
            let answer = String::from_utf8_lossy(&answer);
            assert!(answer.is_empty() || answer.starts_with("HTTP/1.1 431"), "{answer}");
        }
        let sound = TcpStream::connect(address).await.unwrap();
        assert_eq!(asked(&sound, QUESTION).await, "HTTP/1.1 200");
    });
}

#[test]
fn the_server_stops_when_it_is_told_though_connections_are_open() {
    runtime().block_on(async {
        let (address, going_on) = server(100).await;
        let idle = TcpStream::connect(address).await.unwrap();
        assert_eq!(asked(&idle, QUESTION).await, "HTTP/1.1 200");
        drop(going_on);
        until_closed(&idle).await;
        let refused = timeout(LONG, async {
            while TcpStream::connect(address).await.is_ok() {
                tokio::time::sleep(Duration::from_millis(10)).await;
            }
        });
        assert!(refused.await.is_ok());
    });
}
