//! The only crate on the network: the Hub client and its pages.
//!
//! [`listing`] reads the Hub's list of models page by page and hands each page over as it was
//! received; [`download`] fetches one file, and [`tree`] lists those of a data set; [`probe`] asks
//! whether there is a Hub at all.
//!
//! What the pages mean is not this crate's business: it must not know the fields of an entry
//! beyond its id, nor any attribute, week or indicator.
//! It reads no clock and no environment: [`Clock`], token, endpoint and limits are handed in.

mod census;
mod client;
mod clock;
mod completeness;
mod details;
mod download;
mod entries;
mod error;
mod http;
mod link;
mod listing;
mod options;
mod origin;
mod page;
mod probe;
mod rate;
mod retry;
mod tree;

pub use census::Tally;
pub use clock::Clock;
pub use completeness::{Comparison, findings};
pub use details::{DetailAnswer, DetailOptions, ModelDetails, details, is_plain_id};
pub use download::{Download, Downloaded, Listener, Transfer, download};
pub use error::{Error, Failure, Result};
pub use listing::{PageError, listing};
pub use options::{FIELDS, Options, PAGE_SIZE_MAX, Sort, Token, USER_AGENT};
pub use page::{Page, Position, Progress, Summary};
pub use probe::{Probe, probe};
pub use rate::Allowance;
pub use tree::{Asking, DatasetPath, TreeFile, tree};
