//! Connections that can be made to break.

use std::io::{self, ErrorKind};
use std::net::SocketAddr;
use std::pin::Pin;
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Context, Poll};

use axum::extract::connect_info::Connected;
use axum::serve::{IncomingStream, Listener};
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::{TcpListener, TcpStream};

/// What ends the head of an HTTP/1.1 response.
const END_OF_HEAD: [u8; 4] = *b"\r\n\r\n";

/// The handle by which a handler breaks the connection that its answer goes out on.
#[derive(Debug, Clone, Default)]
pub(crate) struct Line(Arc<Mutex<State>>);

/// How much a connection still carries.
#[derive(Debug, Clone, Copy, Default)]
enum State {
    /// Everything.
    #[default]
    Sound,
    /// The rest of a head, of whose end so many bytes are written, and then so much of a body.
    Cut { end_seen: usize, body_left: usize },
    /// Nothing: the connection is reset.
    Reset,
}

impl Line {
    /// Lets the next answer pass up to so many bytes of its body.
    pub(crate) fn cut_after(&self, body_bytes: usize) {
        self.set(State::Cut { end_seen: 0, body_left: body_bytes });
    }

    /// Resets the connection instead of the next answer.
    pub(crate) fn reset(&self) {
        self.set(State::Reset);
    }

    fn set(&self, state: State) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = state;
    }

    fn state(&self) -> State {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl State {
    /// How many of the next bytes may pass, and what is left then.
    fn admit(self, bytes: &[u8]) -> (usize, Self) {
        let Self::Cut { mut end_seen, body_left } = self else {
            return (if matches!(self, Self::Sound) { bytes.len() } else { 0 }, self);
        };
        let mut head = 0;
        while end_seen < END_OF_HEAD.len() && head < bytes.len() {
            let byte = bytes[head];
            head += 1;
            end_seen = if byte == END_OF_HEAD[end_seen] {
                end_seen + 1
            } else {
                usize::from(byte == END_OF_HEAD[0])
            };
        }
        let body =
            if end_seen == END_OF_HEAD.len() { body_left.min(bytes.len() - head) } else { 0 };
        (head + body, Self::Cut { end_seen, body_left: body_left - body })
    }
}

impl Connected<IncomingStream<'_, Lines>> for Line {
    fn connect_info(stream: IncomingStream<'_, Lines>) -> Self {
        stream.io().line.clone()
    }
}

/// A listener whose connections can be made to break.
pub(crate) struct Lines(pub(crate) TcpListener);

impl Listener for Lines {
    type Io = Connection;
    type Addr = SocketAddr;

    async fn accept(&mut self) -> (Connection, SocketAddr) {
        // The inner listener waits and tries again when the system has no more to give.
        let (stream, address) = Listener::accept(&mut self.0).await;
        // A page goes out in a few large writes, none of which should wait for the client.
        let _ = stream.set_nodelay(true);
        (Connection { stream, line: Line::default() }, address)
    }

    fn local_addr(&self) -> io::Result<SocketAddr> {
        self.0.local_addr()
    }
}

/// A connection that can be made to break.
pub(crate) struct Connection {
    stream: TcpStream,
    line: Line,
}

impl Connection {
    fn broken(&self) -> io::Error {
        if matches!(self.line.state(), State::Reset) {
            // Without it the client would see an orderly end; with it, a reset.
            let _ = self.stream.set_zero_linger();
        }
        io::Error::new(ErrorKind::ConnectionReset, "the connection is broken on purpose")
    }
}

impl AsyncRead for Connection {
    fn poll_read(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_read(cx, buffer)
    }
}

impl AsyncWrite for Connection {
    fn poll_write(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        let (admitted, _) = self.line.state().admit(bytes);
        if admitted == 0 && !bytes.is_empty() {
            return Poll::Ready(Err(self.broken()));
        }
        let written = Pin::new(&mut self.stream).poll_write(cx, &bytes[..admitted]);
        if let Poll::Ready(Ok(count)) = &written {
            let (_, left) = self.line.state().admit(&bytes[..*count]);
            self.line.set(left);
        }
        written
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_flush(cx)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_shutdown(cx)
    }

    // Vectored writes are not offered: what may pass is decided for one piece at a time.
}

#[cfg(test)]
mod tests;
