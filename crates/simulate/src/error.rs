//! What can go wrong with the simulated Hub.

/// A failure of the server; what a client does wrong is answered to the client instead.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The server could not go on listening.
    #[error("cannot serve the simulated hub")]
    Serve(#[source] std::io::Error),
    /// A text that says what should go wrong makes no sense.
    #[error("cannot read faults at `{given}`: {reason}")]
    Faults {
        /// The part of the text that was not understood.
        given: String,
        /// What is wrong with it.
        reason: String,
    },
}

/// The result of serving.
pub type Result<T> = std::result::Result<T, Error>;
