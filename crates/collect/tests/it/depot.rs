//! A server of files that keeps to the rules of ranges, but for what a test has it do.

use std::io::{Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::thread;

use crate::replay::{announced, answer};

/// A request, as far as files need it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Asked {
    /// How many requests came before it.
    pub(crate) nth: usize,
    /// Path and query.
    pub(crate) target: String,
    /// The first byte asked for, where not all are.
    pub(crate) from: Option<usize>,
    /// The value of `If-Range`.
    pub(crate) if_range: Option<String>,
    pub(crate) has_token: bool,
}

/// What is sent.
pub(crate) struct Reaction {
    pub(crate) bytes: Vec<u8>,
    /// What follows, and how many times.
    pub(crate) body: (Vec<u8>, usize),
    /// Whether the connection is then held open until the client leaves.
    pub(crate) stalls: bool,
}

impl From<Vec<u8>> for Reaction {
    fn from(bytes: Vec<u8>) -> Self {
        Self { bytes, body: (Vec::new(), 0), stalls: false }
    }
}

/// A server that answers as it is told, one request to a connection, until the test ends.
pub(crate) struct Depot {
    pub(crate) endpoint: String,
    asked: Arc<Mutex<Vec<Asked>>>,
}

impl Depot {
    pub(crate) fn start<R: Into<Reaction>>(
        mut react: impl FnMut(&Asked) -> R + Send + 'static,
    ) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let endpoint = format!("http://{}", listener.local_addr().unwrap());
        let asked = Arc::new(Mutex::new(Vec::new()));
        let seen = Arc::clone(&asked);
        thread::spawn(move || {
            for (nth, connection) in listener.incoming().enumerate() {
                let mut connection = connection.unwrap();
                let request = read(&mut connection, nth);
                seen.lock().unwrap().push(request.clone());
                let reaction: Reaction = react(&request).into();
                // A client that has had enough may be gone before the end.
                let _ = connection.write_all(&reaction.bytes);
                let (piece, times) = reaction.body;
                for _ in 0..times {
                    let _ = connection.write_all(&piece);
                }
                if reaction.stalls {
                    let _ = connection.read(&mut [0]);
                }
            }
        });
        Self { endpoint, asked }
    }

    /// The Hub on the way to a file of these contents, which lies elsewhere.
    pub(crate) fn hub(storage: &Self, contents: &[u8]) -> Self {
        let head = linked(&store::checksum(contents), contents.len());
        let location = format!("{}/bridge/c?X-Amz-Expires=3600", storage.endpoint);
        Self::start(move |_| redirect(&location, &head))
    }

    /// The requests so far.
    pub(crate) fn asked(&self) -> Vec<Asked> {
        self.asked.lock().unwrap().clone()
    }

    /// The first byte asked for in each request so far.
    pub(crate) fn ranges(&self) -> Vec<Option<usize>> {
        self.asked().iter().map(|asked| asked.from).collect()
    }
}

/// What the Hub says of a large file on the way to it (hub-reference.md §6).
pub(crate) fn linked(sha256: &str, bytes: usize) -> Vec<(&'static str, String)> {
    vec![("X-Linked-Size", bytes.to_string()), ("X-Linked-Etag", format!("\"{sha256}\""))]
}

pub(crate) fn redirect(location: &str, headers: &[(&str, String)]) -> Vec<u8> {
    let mut all = vec![("Location", location)];
    all.extend(headers.iter().map(|(name, value)| (*name, value.as_str())));
    answer(302, &all, "")
}

/// The answer that the rules want: the part asked for, unless `If-Range` names other contents.
pub(crate) fn serve(asked: &Asked, contents: &[u8], etag: &str) -> Vec<u8> {
    let is_other = asked.if_range.as_ref().is_some_and(|named| named != etag);
    match asked.from.filter(|_| !is_other) {
        None => answer(200, &[("ETag", etag)], contents),
        Some(from) if from >= contents.len() => {
            let range = format!("bytes */{}", contents.len());
            answer(416, &[("Content-Range", &range)], "")
        }
        Some(from) => {
            let range = format!("bytes {from}-{}/{}", contents.len() - 1, contents.len());
            answer(206, &[("ETag", etag), ("Content-Range", &range)], &contents[from..])
        }
    }
}

/// The same, broken off after so many bytes of the part.
pub(crate) fn broken(asked: &Asked, contents: &[u8], etag: &str, after: usize) -> Vec<u8> {
    let from = asked.from.unwrap_or(0);
    let whole = serve(asked, contents, etag);
    let left = (contents.len() - from).saturating_sub(after);
    whole[..whole.len() - left].to_vec()
}

/// A whole answer without a length, that ends with the connection.
pub(crate) fn unmeasured(contents: &[u8]) -> Vec<u8> {
    let whole = announced(200, &[], contents, 0);
    let text = "content-length: 0\r\n";
    let at = whole.windows(text.len()).position(|window| window == text.as_bytes()).unwrap();
    [&whole[..at], &whole[at + text.len()..]].concat()
}

fn read(connection: &mut TcpStream, nth: usize) -> Asked {
    let mut head = Vec::new();
    let mut byte = [0];
    while !head.ends_with(b"\r\n\r\n") && connection.read(&mut byte).unwrap() == 1 {
        head.push(byte[0]);
    }
    let head = String::from_utf8(head).unwrap();
    let header = |name: &str| {
        let mut lines = head.lines().filter_map(|line| line.split_once(": "));
        lines.find(|(found, _)| found.eq_ignore_ascii_case(name)).map(|(_, value)| value)
    };
    let from = header("range").map(|range| {
        let from = range.strip_prefix("bytes=").unwrap().strip_suffix('-').unwrap();
        from.parse().unwrap()
    });
    assert_eq!(header("accept-encoding"), Some("identity"), "bytes as they lie there");
    Asked {
        nth,
        target: head.split(' ').nth(1).unwrap().to_owned(),
        from,
        if_range: header("if-range").map(str::to_owned),
        has_token: header("authorization") == Some("Bearer hf_secret"),
    }
}
