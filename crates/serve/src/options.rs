//! What the server is told by whoever starts it, and what it tells them.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use schema::Instant;

/// Tells the present.
pub type Clock = Arc<dyn Fn() -> Instant + Send + Sync>;
/// Is told of something, on whichever thread it happens; the server waits until it returns.
pub type Tell<T> = Arc<dyn Fn(&T) + Send + Sync>;

/// What the server is told by whoever starts it.
#[derive(Clone)]
pub struct Options {
    /// The version of the code, as answers and entity tags name it.
    pub code_version: String,
    /// Where the server is reached from outside, as `https://example.org`, for links in what people
    /// take away; without it, as the one who asks knows it.
    pub public_url: Option<String>,
    /// The present.
    pub now: Clock,
    /// How often the data directory is looked at for another release.
    pub look_period: Duration,
    /// How many may listen to the events at the same time.
    pub most_listeners: usize,
    /// What requests and connections may take.
    pub limits: Limits,
    /// Is told what the operator should know.
    pub on_notice: Tell<Notice>,
    /// Is told of every answer.
    pub on_request: Option<Tell<RequestLog>>,
}

/// What requests and connections may take.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// A request that takes longer is refused.
    pub time: Duration,
    /// Requests that compute at the same time.
    pub most_computing: usize,
    /// Requests that wait for their turn to compute; more are refused at once.
    pub most_waiting: usize,
    /// Bytes of the answers that are kept to be given again.
    pub kept_bytes: usize,
    /// Connections at the same time; more wait until one is closed.
    pub most_connections: usize,
    /// A connection is closed that brings no whole head of a request for so long, idle ones too.
    pub head_time: Duration,
    /// A connection is closed that takes nothing of its answer for so long.
    pub write_time: Duration,
}

/// Something that the operator should know; it is told once, not at every look.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Notice {
    /// A release is shown from now on.
    Shown {
        /// The collection.
        collection: String,
        /// The release's id.
        release: String,
        /// Its newest reading.
        data_through: Instant,
    },
    /// A release cannot be loaded; the one before is still shown, if there is one.
    Refused {
        /// The collection.
        collection: String,
        /// Why.
        reason: String,
    },
    /// The data directory cannot be looked at; what was loaded is still shown.
    Unreadable {
        /// Why.
        reason: String,
    },
    /// The standing jobs cannot be read; what was known of them is still shown.
    JobsUnreadable {
        /// Why.
        reason: String,
    },
}

/// One answer, for the log.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RequestLog {
    /// The method, as `GET`.
    pub method: String,
    /// The path, without parameters.
    pub path: String,
    /// The status.
    pub status: u16,
    /// Milliseconds until the answer was ready to be sent.
    pub millis: u64,
    /// Bytes of its body as it is sent; `None` for a stream of events.
    pub bytes: Option<u64>,
}

impl Notice {
    /// Whether something is wrong.
    #[must_use]
    pub const fn is_warning(&self) -> bool {
        !matches!(self, Self::Shown { .. })
    }
}

impl fmt::Display for Notice {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Shown { collection, release, data_through } => {
                write!(f, "{collection}: showing release {release}, data through {data_through}")
            }
            Self::Refused { collection, reason } => {
                write!(f, "the newest release of {collection} is not shown: {reason}")
            }
            Self::Unreadable { reason } => {
                write!(f, "failed to look for new releases: {reason}")
            }
            Self::JobsUnreadable { reason } => {
                write!(f, "failed to read how the standing jobs stand: {reason}")
            }
        }
    }
}
