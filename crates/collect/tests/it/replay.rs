//! A server that gives the answers it was given, one to a connection, in order.

use std::io::{Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::thread;

/// A server that replays; it stops listening after its last answer.
pub(crate) struct Replay {
    pub(crate) endpoint: String,
    requests: Arc<Mutex<Vec<String>>>,
}

/// Starts a server whose answers, whole as on the wire, may name its endpoint.
pub(crate) fn replay(answers: impl FnOnce(&str) -> Vec<Vec<u8>>) -> Replay {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let endpoint = format!("http://{}", listener.local_addr().unwrap());
    let answers = answers(&endpoint);
    let requests = Arc::new(Mutex::new(Vec::new()));
    let seen = Arc::clone(&requests);
    thread::spawn(move || {
        for answer in answers {
            let (mut connection, _) = listener.accept().unwrap();
            let head = request_head(&mut connection);
            seen.lock().unwrap().push(head);
            // A client that has had enough may be gone before the end.
            let _ = connection.write_all(&answer);
        }
    });
    Replay { endpoint, requests }
}

impl Replay {
    /// The heads of the requests so far, in lower case but for the first line.
    pub(crate) fn heads(&self) -> Vec<String> {
        self.requests.lock().unwrap().clone()
    }

    /// Path and query of the requests so far.
    pub(crate) fn targets(&self) -> Vec<String> {
        let target = |head: &String| head.split(' ').nth(1).unwrap().to_owned();
        self.heads().iter().map(target).collect()
    }
}

/// An answer of this status, with these headers besides those that every answer needs.
pub(crate) fn answer(status: u16, headers: &[(&str, &str)], body: impl AsRef<[u8]>) -> Vec<u8> {
    let body = body.as_ref();
    announced(status, headers, body, body.len())
}

/// An answer that announces another length than it has.
pub(crate) fn announced(
    status: u16,
    headers: &[(&str, &str)],
    body: &[u8],
    length: usize,
) -> Vec<u8> {
    let mut text =
        format!("HTTP/1.1 {status} x\r\nconnection: close\r\ncontent-length: {length}\r\n");
    for (name, value) in headers {
        text.push_str(name);
        text.push_str(": ");
        text.push_str(value);
        text.push_str("\r\n");
    }
    text.push_str("\r\n");
    [text.as_bytes(), body].concat()
}

/// The header that leads to the next page.
pub(crate) fn link(url: &str) -> String {
    format!("<{url}>; rel=\"next\"")
}

fn request_head(connection: &mut TcpStream) -> String {
    let mut head = Vec::new();
    let mut byte = [0];
    while !head.ends_with(b"\r\n\r\n") && connection.read(&mut byte).unwrap() == 1 {
        head.push(byte[0]);
    }
    let head = String::from_utf8(head).unwrap();
    let (first, rest) = head.split_once("\r\n").unwrap();
    format!("{first}\n{}", rest.to_ascii_lowercase())
}
