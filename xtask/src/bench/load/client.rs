//! The least of an HTTP client: one connection that is kept, one request at a time.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail, ensure};

/// No answer takes longer: the server refuses before.
const PATIENCE: Duration = Duration::from_secs(30);
/// A connection that was idle for longer may be closed by the server by the time it is used.
const MOST_IDLE: Duration = Duration::from_secs(10);
/// No answer is larger.
const MOST_BYTES: u64 = 64 << 20;

/// A client with its connection.
pub(in crate::bench) struct Client {
    address: SocketAddr,
    open: Option<(BufReader<TcpStream>, Instant)>,
}

impl Client {
    pub(in crate::bench) fn new(address: SocketAddr) -> Self {
        Self { address, open: None }
    }

    /// Asks, reads the answer to its end, and tells its status.
    pub(in crate::bench) fn get(&mut self, path: &str) -> Result<u16> {
        let open = self.open.take().filter(|(_, used)| used.elapsed() < MOST_IDLE);
        let mut stream = match open {
            Some((stream, _)) => stream,
            None => self.connect()?,
        };
        write!(
            stream.get_mut(),
            "GET {path} HTTP/1.1\r\nhost: {}\r\naccept-encoding: br, gzip\r\n\r\n",
            self.address
        )?;
        let (status, is_kept) = answer(&mut stream)?;
        if is_kept {
            self.open = Some((stream, Instant::now()));
        }
        Ok(status)
    }

    fn connect(&self) -> Result<BufReader<TcpStream>> {
        let stream = TcpStream::connect(self.address).context("failed to connect")?;
        stream.set_read_timeout(Some(PATIENCE))?;
        stream.set_write_timeout(Some(PATIENCE))?;
        stream.set_nodelay(true)?;
        Ok(BufReader::new(stream))
    }
}

/// Reads an answer; tells its status, and whether the connection goes on.
fn answer(stream: &mut impl BufRead) -> Result<(u16, bool)> {
    let first = line(stream)?;
    let status = first.split(' ').nth(1).and_then(|word| word.parse().ok());
    let status = status.with_context(|| format!("no status in '{first}'"))?;
    let (mut length, mut is_chunked, mut is_kept) = (0, false, true);
    loop {
        let head = line(stream)?.to_ascii_lowercase();
        if head.is_empty() {
            break;
        }
        match head.split_once(':').map(|(name, value)| (name, value.trim())) {
            Some(("content-length", value)) => length = value.parse()?,
            Some(("transfer-encoding", value)) => is_chunked = value == "chunked",
            Some(("connection", value)) => is_kept = value != "close",
            _ => {}
        }
    }
    if !is_chunked {
        skip(stream, length)?;
        return Ok((status, is_kept));
    }
    loop {
        let size = u64::from_str_radix(&line(stream)?, 16)?;
        skip(stream, size)?;
        line(stream)?;
        if size == 0 {
            return Ok((status, is_kept));
        }
    }
}

fn line(stream: &mut impl BufRead) -> Result<String> {
    let mut line = String::new();
    if stream.read_line(&mut line)? == 0 {
        bail!("the connection was closed");
    }
    Ok(line.trim_end().to_owned())
}

fn skip(stream: &mut impl BufRead, bytes: u64) -> Result<()> {
    ensure!(bytes <= MOST_BYTES, "an answer of {bytes} bytes");
    let read = std::io::copy(&mut stream.take(bytes), &mut std::io::sink())?;
    ensure!(read == bytes, "the answer broke off");
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, status: u16, is_kept: bool, rest: &str) {
        let mut stream = text.as_bytes();
        assert_eq!(answer(&mut stream).unwrap(), (status, is_kept));
        assert_eq!(stream, rest.as_bytes());
    }

    #[test]
    fn an_answer_is_read_to_its_end() {
        check("HTTP/1.1 200 OK\r\ncontent-length: 3\r\n\r\nabcHTTP", 200, true, "HTTP");
        check("HTTP/1.1 304 Not Modified\r\netag: x\r\n\r\n", 304, true, "");
        let chunked = "HTTP/1.1 503 S\r\ntransfer-encoding: chunked\r\nConnection: close\r\n\r\n";
        check(&format!("{chunked}2\r\nab\r\na\r\n0123456789\r\n0\r\n\r\nrest"), 503, false, "rest");
        assert!(answer(&mut &b"HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\nab"[..]).is_err());
    }
}
