//! What can go wrong with the simulated Hub.

/// A failure of the server; what a client does wrong is answered to the client instead.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The server could not go on listening.
    #[error("cannot serve the simulated hub")]
    Serve(#[source] std::io::Error),
}

/// The result of serving.
pub type Result<T> = std::result::Result<T, Error>;
