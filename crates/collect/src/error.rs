//! What can go wrong between us and the Hub.

use std::io::ErrorKind;

/// Why the collection stopped.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The endpoint is no address of a Hub.
    #[error("cannot use '{endpoint}' as an endpoint: expected http:// or https:// and a host")]
    Endpoint {
        /// The endpoint as given.
        endpoint: String,
    },
    /// The token cannot be sent in a header; it is not repeated here.
    #[error("cannot use the token: expected visible ASCII characters without spaces")]
    Token,
    /// A request did not succeed, or not within the retries allowed.
    #[error("gave up on {url} (attempts: {attempts}, pages received: {pages})")]
    Request {
        /// The address that was asked.
        url: String,
        /// How often it was asked.
        attempts: u32,
        /// How many pages had been received before.
        pages: u32,
        /// What happened the last time.
        #[source]
        failure: Failure,
    },
    /// The address is none that can be asked.
    #[error("cannot use '{url}' as an address: expected http:// or https:// and a host")]
    Url {
        /// The address as given.
        url: String,
    },
    /// A file could not be downloaded, or not within the retries allowed.
    #[error("gave up on {url} (attempts without progress: {attempts}, bytes received: {received})")]
    Download {
        /// The address that was asked first.
        url: String,
        /// How often it was asked since the last progress.
        attempts: u32,
        /// How many bytes have been received; the next download goes on after them.
        received: u64,
        /// What happened the last time.
        #[source]
        failure: Failure,
    },
    /// The next page would be on another host, which is not told our token nor trusted.
    #[error("refused to follow {url} to another host: {link}")]
    ForeignLink {
        /// The page that named the link.
        url: String,
        /// The link.
        link: String,
    },
    /// The Hub no longer knows the next page, and no way to it.
    #[error("the Hub no longer knows {url}, the way on after {pages} pages")]
    Expired {
        /// The page that would have been next.
        url: String,
        /// How many pages had been received.
        pages: u32,
        /// What the Hub says.
        #[source]
        failure: Failure,
    },
    /// The listing did not end where it must have.
    #[error("stopped at {url}: the listing goes on after {pages} pages")]
    TooManyPages {
        /// The page that would have been next.
        url: String,
        /// How many pages were received, which is all that are allowed.
        pages: u32,
    },
    /// Whoever was handed a page could not take it.
    #[error("cannot keep page {number}")]
    Page {
        /// The page's number, from 1.
        number: u32,
        /// What went wrong there.
        #[source]
        source: crate::PageError,
    },
}

/// Why one request did not succeed.
#[derive(Debug, thiserror::Error)]
pub enum Failure {
    /// The Hub answered, but not with what was asked for.
    #[error("the answer was {status}: {said}")]
    Status {
        /// HTTP status.
        status: u16,
        /// The reason that the answer gives.
        said: String,
    },
    /// There was no answer, or not the whole of it.
    #[error("no whole answer came")]
    Transport(#[source] Box<dyn std::error::Error + Send + Sync>),
    /// The answer is shorter than it says itself.
    #[error("the answer has {received} of {expected} bytes")]
    Truncated {
        /// Bytes announced.
        expected: u64,
        /// Bytes received.
        received: u64,
    },
    /// The address that the Hub had led to was good for a while only.
    #[error("the address of the file has expired: {said}")]
    Expired {
        /// The reason that the answer gives.
        said: String,
    },
    /// The answer is said to be a success, but is no list of entries.
    #[error("the answer is no list of models: {said}")]
    NotAList {
        /// What it is instead.
        said: String,
    },
    /// The answer is said to be a success, but is neither a model nor the text of a card.
    #[error("the answer is not what was asked for: {said}")]
    Unexpected {
        /// What it is instead.
        said: String,
    },
    /// The answer is the page before once more, and so there would be no end.
    #[error("the answer is the page before once more")]
    Repeated,
    /// The answer is said to be a success, but is no list of files.
    #[error("the answer is no list of files: {said}")]
    NotATree {
        /// What it is instead.
        said: String,
    },
    /// The answer is said to be a success, but is a page or a message in the place of the file.
    #[error("the answer is not the file: {said}")]
    NotTheFile {
        /// What it is instead.
        said: String,
    },
    /// The answer is not the part of the file that was asked for.
    #[error("asked for the bytes from {asked} on, and was sent '{said}'")]
    WrongRange {
        /// The place of the first byte asked for.
        asked: u64,
        /// What the answer says to be.
        said: String,
    },
    /// The file is not the one of which the beginning was received.
    #[error("the file changed while it was downloaded")]
    Changed,
    /// The whole file is not the one that was announced.
    #[error("its SHA-256 is {received}, and {expected} was announced")]
    Checksum {
        /// SHA-256 announced.
        expected: String,
        /// SHA-256 received.
        received: String,
    },
    /// What was received could not be kept.
    #[error("what was received could not be kept")]
    Keep(#[source] store::Error),
    /// The answer is larger than is accepted.
    #[error("the answer is larger than {max_bytes} bytes")]
    TooLarge {
        /// The bound.
        max_bytes: u64,
    },
    /// The answer leads elsewhere, and not to where we follow.
    #[error("refused to follow a redirect to '{location}'")]
    Redirect {
        /// Where it leads; empty where it does not say.
        location: String,
    },
}

impl Error {
    /// Whether there is nobody at the address, or it is none: asking again at once is no use.
    pub(crate) fn is_nobody_there(&self) -> bool {
        let failure = match self {
            Self::Request { failure: Failure::Transport(failure), .. } => failure,
            Self::Request { .. } => return false,
            _ => return true,
        };
        match failure.downcast_ref() {
            // Whoever breaks a connection off was there; a name that cannot be looked up or a port
            // that is closed has an error of its own, without a kind on some systems.
            Some(ureq::Error::Io(error)) => !matches!(
                error.kind(),
                ErrorKind::ConnectionReset
                    | ErrorKind::ConnectionAborted
                    | ErrorKind::BrokenPipe
                    | ErrorKind::UnexpectedEof
                    | ErrorKind::TimedOut
                    | ErrorKind::WouldBlock
                    | ErrorKind::InvalidData
            ),
            Some(ureq::Error::HostNotFound | ureq::Error::ConnectionFailed) => true,
            _ => false,
        }
    }
}

impl Failure {
    /// Whether the same request may succeed a little later.
    #[must_use]
    pub const fn is_transient(&self) -> bool {
        match self {
            Self::Status { status, .. } => {
                // Whatever stands between us and the Hub has numbers of its own above 504.
                matches!(status, 408 | 425 | 429 | 500 | 502..=504 | 506..=599)
            }
            // A success that holds no list has been seen when the Hub throttles.
            Self::Transport(_)
            | Self::Truncated { .. }
            | Self::Expired { .. }
            | Self::Repeated
            | Self::Unexpected { .. }
            | Self::NotAList { .. }
            | Self::NotATree { .. }
            | Self::NotTheFile { .. }
            | Self::WrongRange { .. }
            | Self::Changed => true,
            Self::Checksum { .. }
            | Self::Keep(_)
            | Self::TooLarge { .. }
            | Self::Redirect { .. } => false,
        }
    }
}

/// The result of asking the Hub.
pub type Result<T> = std::result::Result<T, Error>;
