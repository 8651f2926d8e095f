//! What to collect, from where, and how patiently.

use std::fmt;
use std::str::FromStr;
use std::time::Duration;

use schema::Instant;

use crate::{Error, Result};

/// The name under which requests are made unless the caller has a better one.
pub const USER_AGENT: &str =
    concat!("weighhouse/", env!("CARGO_PKG_VERSION"), "; observatory of the open model economy");

/// The longest page that the Hub is known to honour.
///
/// A crawl of the whole Hub costs one request of the budget a page, so that longer pages are a
/// shorter crawl.
pub const PAGE_SIZE_MAX: u32 = 1_000;

/// The fields that are asked for: all that attributes are made of.
///
/// `spaces` is not among them: the listing takes the name but never holds the field.
pub const FIELDS: [&str; 25] = [
    "author",
    "baseModels",
    "cardData",
    "config",
    "createdAt",
    "disabled",
    "downloads",
    "downloadsAllTime",
    "evalResults",
    "gated",
    "gguf",
    "inference",
    "lastModified",
    "library_name",
    "likes",
    "model-index",
    "pipeline_tag",
    "private",
    "safetensors",
    "sha",
    "siblings",
    "tags",
    "transformersInfo",
    "trendingScore",
    "xetEnabled",
];

/// How to read the listing.
#[derive(Debug, Clone)]
pub struct Options {
    /// The Hub, as `https://huggingface.co`.
    pub endpoint: String,
    /// Who asks, where that is not to be anonymous.
    pub token: Option<Token>,
    /// The order of the listing.
    pub sort: Sort,
    /// How many models to read from the beginning of that order; all of them where it is `None`.
    pub limit: Option<u64>,
    /// Where to stop: at the first model that was last changed before this instant. It needs
    /// [`Sort::LastModified`], and is left out of account in any other order.
    pub since: Option<Instant>,
    /// How many models to ask for at once, 1 to [`PAGE_SIZE_MAX`].
    pub page_size: u32,
    /// How many models are likely to be read, as the last listing had: it tells when the budget
    /// need not be spread.
    pub expected_models: Option<u64>,
    /// How often the last page is asked for again, to see that it is the last: a page without a
    /// link ends the listing, and a Hub in trouble has been seen to leave it out.
    pub end_confirmations: u32,
    /// The longest time for one request, from connecting to the last byte.
    pub timeout: Duration,
    /// How often a request is repeated before the collection stops.
    pub max_retries: u32,
    /// The name under which requests are made.
    pub user_agent: String,
}

/// The order of the listing, always descending.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Sort {
    /// Downloads of the last 30 days.
    Downloads,
    /// The Hub's own measure of what is new and visited; its default.
    TrendingScore,
    /// Likes.
    Likes,
    /// Creation; the only order in which nothing moves while it is read.
    CreatedAt,
    /// Last commit.
    LastModified,
}

impl Sort {
    /// Every order, in the order in which lists show them.
    pub const ALL: [Self; 5] =
        [Self::Downloads, Self::TrendingScore, Self::Likes, Self::CreatedAt, Self::LastModified];

    /// The Hub's name for it.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Downloads => "downloads",
            Self::TrendingScore => "trendingScore",
            Self::Likes => "likes",
            Self::CreatedAt => "createdAt",
            Self::LastModified => "lastModified",
        }
    }
}

impl fmt::Display for Sort {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl FromStr for Sort {
    type Err = schema::Error;

    fn from_str(text: &str) -> std::result::Result<Self, schema::Error> {
        Self::ALL.into_iter().find(|sort| sort.name() == text).ok_or_else(|| {
            schema::Error::UnknownName {
                what: "sort",
                given: text.to_owned(),
                known: Self::ALL.map(|sort| sort.name().to_owned()).into(),
            }
        })
    }
}

/// An access token, which shows itself to nobody but the endpoint.
#[derive(Clone, PartialEq, Eq)]
pub struct Token(String);

impl Token {
    /// Takes a token; fails for one that no header can carry.
    pub fn new(token: &str) -> Result<Self> {
        let token = token.trim();
        if token.is_empty() || !token.bytes().all(|byte| byte.is_ascii_graphic()) {
            return Err(Error::Token);
        }
        Ok(Self(token.to_owned()))
    }

    /// The value of the header that carries it.
    pub(crate) fn to_header(&self) -> String {
        format!("Bearer {}", self.0)
    }
}

impl fmt::Debug for Token {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Token(…)")
    }
}

impl fmt::Display for Token {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("…")
    }
}

#[cfg(test)]
mod tests;
