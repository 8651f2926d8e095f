//! What can go wrong with the server itself; what is wrong with a request is a `Refusal`.

use std::net::SocketAddr;

/// A failure to start or to run the server.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The data directory could not be listed.
    #[error(transparent)]
    Store(#[from] store::Error),
    /// The address could not be listened on.
    #[error("failed to listen on {address}")]
    Listen {
        /// The address as asked for.
        address: SocketAddr,
        /// What the operating system said.
        source: std::io::Error,
    },
    /// The server stopped.
    #[error("failed to answer requests")]
    Serve {
        /// What the operating system said.
        source: std::io::Error,
    },
}

/// The result of starting or running the server.
pub type Result<T> = std::result::Result<T, Error>;
