//! What goes wrong on purpose, so that a client can be seen to bear it.
//!
//! Which answers are faulty is decided by the number of the request and by nothing else: requests
//! are counted from the moment at which the faults are switched on, beginning with 1, and a
//! faulty answer leaves no trace in what the same request gets the next time.
//!
//! As text, [`Faults`] are `none`, a rate or a script, each with an optional time for `timeout`:
//!
//! ```text
//! none
//! rate 0.2 seed 7
//! rate 0.2 seed 7 of 429,500,early-end hold 2
//! script 3:429,5-7:reset,deep:504,deep*2:502,~/overview:404 hold 2
//! ```

mod apply;
mod read;
mod switch;

use std::time::Duration;

pub(crate) use apply::{Delivery, Reply, instead, turn};
pub(crate) use switch::Switch;

/// Seconds to the end of the window that a [`Fault::TooMany`] claims.
pub const WINDOW_LEFT_SECONDS: u64 = 2;
/// Seconds that a [`Fault::TooManyRetryAfter`] asks for.
pub const RETRY_AFTER_SECONDS: u64 = 3;
/// How long an answer is withheld unless the faults say otherwise.
const HOLD: Duration = Duration::from_secs(5);

/// One way in which an answer goes wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fault {
    /// 429, with `RateLimit: r=0` and [`WINDOW_LEFT_SECONDS`].
    TooMany,
    /// 429, with budget left and `Retry-After` of [`RETRY_AFTER_SECONDS`].
    TooManyRetryAfter,
    /// 429 with nothing that says how long.
    TooManyBare,
    /// 500, as JSON.
    InternalError,
    /// 502, as a page of a gateway.
    BadGateway,
    /// 503, as a page of a gateway.
    Unavailable,
    /// 504, as a page of a gateway.
    GatewayTimeout,
    /// No answer at all; the connection is closed after a while.
    Timeout,
    /// The connection is reset before a byte is sent.
    Reset,
    /// The body ends, and the connection with it, before the length that was announced.
    Truncated,
    /// The body ends early and the length that is announced agrees.
    CutJson,
    /// 200 with a page instead of data.
    Html,
    /// 200 with `{"error": …}`.
    ErrorObject,
    /// The page before the one asked for, with the link that it had. Listings only.
    Repeat,
    /// 400, the cursor is said to be no good. Listings only.
    ExpiredCursor,
    /// 307 to the same place by a detour, which works.
    Detour,
    /// A page without a link to the next. Listings only.
    EarlyEnd,
    /// 403, as for a signature that is too old. Signed addresses only.
    ExpiredSignature,
    /// 404 for what is there.
    NotFound,
}

impl Fault {
    /// Every fault by its name in texts.
    pub const ALL: [(Self, &'static str); 19] = [
        (Self::TooMany, "429"),
        (Self::TooManyRetryAfter, "429-retry-after"),
        (Self::TooManyBare, "429-bare"),
        (Self::InternalError, "500"),
        (Self::BadGateway, "502"),
        (Self::Unavailable, "503"),
        (Self::GatewayTimeout, "504"),
        (Self::Timeout, "timeout"),
        (Self::Reset, "reset"),
        (Self::Truncated, "truncated"),
        (Self::CutJson, "cut-json"),
        (Self::Html, "html"),
        (Self::ErrorObject, "error-object"),
        (Self::Repeat, "repeat"),
        (Self::ExpiredCursor, "expired-cursor"),
        (Self::Detour, "detour"),
        (Self::EarlyEnd, "early-end"),
        (Self::ExpiredSignature, "expired-signature"),
        (Self::NotFound, "404"),
    ];

    /// Its name in texts.
    #[must_use]
    pub fn name(self) -> &'static str {
        Self::ALL.iter().find(|(fault, _)| *fault == self).map_or("", |(_, name)| name)
    }

    /// Whether a rate draws it unasked.
    ///
    /// A listing that ends early looks like one that ended and a 404 like something that is gone:
    /// no repetition helps a client that believes them, so they come only by name.
    fn is_passing(self) -> bool {
        !matches!(self, Self::EarlyEnd | Self::NotFound)
    }
}

/// Which requests of a script get a fault.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Matcher {
    /// Where it applies.
    pub place: Place,
    /// How often it applies to one address at most; without, always.
    pub times: Option<u32>,
}

/// Where a fault of a script applies.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Place {
    /// The requests with these numbers, first and last included; the first request is number 1.
    Numbers(u64, u64),
    /// Every page of a listing but the first.
    Deep,
    /// Every address that holds this text.
    Holds(String),
    /// Every request.
    Everywhere,
}

/// What goes wrong, and when.
#[derive(Debug, Clone, PartialEq)]
pub struct Faults {
    plan: Plan,
    hold: Duration,
}

#[derive(Debug, Clone, PartialEq)]
enum Plan {
    /// Each answer with this probability, never the same address more than three times in a row.
    Rate { seed: u64, share: f64, kinds: Vec<Fault> },
    /// What the first entry that matches says; nothing goes wrong elsewhere.
    Script(Vec<(Matcher, Fault)>),
}

impl Default for Faults {
    fn default() -> Self {
        Self::none()
    }
}

impl Faults {
    /// Nothing goes wrong.
    #[must_use]
    pub const fn none() -> Self {
        Self::script(Vec::new())
    }

    /// Each answer goes wrong with probability `share`, in a way that is drawn from those that
    /// pass; never the same address more than three times in a row.
    #[must_use]
    pub fn by_rate(seed: u64, share: f64) -> Self {
        let kinds = Fault::ALL.map(|(fault, _)| fault).into_iter().filter(|kind| kind.is_passing());
        Self::by_rate_of(seed, share, kinds.collect())
    }

    /// The same with the kinds of faults chosen by the caller.
    #[must_use]
    pub const fn by_rate_of(seed: u64, share: f64, kinds: Vec<Fault>) -> Self {
        Self { plan: Plan::Rate { seed, share, kinds }, hold: HOLD }
    }

    /// What goes wrong is said one by one; the first entry that matches counts.
    #[must_use]
    pub const fn script(entries: Vec<(Matcher, Fault)>) -> Self {
        Self { plan: Plan::Script(entries), hold: HOLD }
    }

    /// Changes how long answers are withheld by [`Fault::Timeout`]; the default is 5 seconds.
    #[must_use]
    pub fn holding(mut self, hold: Duration) -> Self {
        self.hold = hold;
        self
    }

    /// Whether nothing goes wrong.
    fn is_none(&self) -> bool {
        matches!(&self.plan, Plan::Script(entries) if entries.is_empty())
    }
}

#[cfg(test)]
mod tests;
