//! The only crate on the network: the Hub client and its pages.
//!
//! [`listing`] reads the Hub's list of models page by page and hands each page over as it was
//! received; [`download`] fetches one file; [`is_reachable`] asks whether there is a Hub at all.
//!
//! What the pages mean is not this crate's business: it must not know the fields of an entry
//! beyond its id, nor any attribute, week or indicator.
//! It reads no clock and no environment: [`Clock`], token, endpoint and limits are handed in.

mod clock;
mod download;
mod entries;
mod error;
mod http;
mod link;
mod listing;
mod options;
mod origin;
mod rate;
mod retry;

pub use clock::Clock;
pub use download::{Download, download};
pub use error::{Error, Failure, Result};
pub use listing::{Page, PageError, Progress, Summary, is_reachable, listing};
pub use options::{EXPANDED_PAGE_SIZE, FIELDS, Options, Sort, Token, USER_AGENT};
