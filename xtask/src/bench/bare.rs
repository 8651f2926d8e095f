//! A reader that does nothing but read: what a server alone allows.

use std::io::{BufRead, BufReader, Read, Write, copy, sink};
use std::net::TcpStream;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};

/// What the head of an answer says that a reader of pages needs.
#[derive(Default)]
struct Head {
    length: u64,
    next: Option<String>,
}

/// Follows the pages from `path` to the end and throws them away; returns the time and the pages.
pub(crate) fn read_all(endpoint: &str, path: &str) -> Result<(Duration, u32)> {
    let host = endpoint.strip_prefix("http://").context("expected http://")?;
    let begun = Instant::now();
    let connection = TcpStream::connect(host)?;
    connection.set_nodelay(true)?;
    let mut connection = BufReader::new(connection);
    let mut next = Some(path.to_owned());
    let mut pages = 0;
    while let Some(path) = next {
        // In one piece: a request in several waits for the other side's acknowledgements.
        let request = format!("GET {path} HTTP/1.1\r\nhost: {host}\r\n\r\n");
        connection.get_mut().write_all(request.as_bytes())?;
        let head = read_head(&mut connection).with_context(|| format!("page {}", pages + 1))?;
        copy(&mut connection.by_ref().take(head.length), &mut sink())?;
        next = head.next.and_then(|url| url.strip_prefix(endpoint).map(str::to_owned));
        pages += 1;
    }
    Ok((begun.elapsed(), pages))
}

fn read_head(connection: &mut impl BufRead) -> Result<Head> {
    let mut line = String::new();
    connection.read_line(&mut line)?;
    if !line.starts_with("HTTP/1.1 200") {
        bail!("the answer was {line}");
    }
    let mut head = Head::default();
    loop {
        line.clear();
        connection.read_line(&mut line)?;
        let Some((name, value)) = line.trim_end().split_once(": ") else { return Ok(head) };
        match name.to_ascii_lowercase().as_str() {
            "content-length" => head.length = value.parse().context("content-length")?,
            "link" => {
                let url = value.strip_prefix('<').and_then(|link| link.split_once('>'));
                head.next = url.map(|(url, _)| url.to_owned());
            }
            _ => {}
        }
    }
}
