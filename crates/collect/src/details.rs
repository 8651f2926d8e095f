//! Models one by one: what the listing does not show.

use std::time::Duration;

use schema::Instant;
use serde::Deserialize;

use crate::client::{Client, Manner};
use crate::clock::Clock;
use crate::error::{Failure, Result};
use crate::http::Reply;
use crate::listing::PageError;
use crate::options::Token;
use crate::retry::Failed;

/// What only the detail route knows, and the counters, so that they are of the same moment.
const EXPANDED: [&str; 9] = [
    "baseModels",
    "childrenModelCount",
    "downloads",
    "downloadsAllTime",
    "evalResults",
    "inferenceProviderMapping",
    "likes",
    "spaces",
    "usedStorage",
];
/// Flags of the first request: sizes of files, and what the security scan says of them. The Hub's
/// own clients send them without any field to expand.
const FLAGS: &str = "blobs=true&securityStatus=true";
/// Requests of the API for one model; its card is a third one, of another budget.
const REQUESTS_PER_MODEL: u64 = 2;

/// Who asks, and how patiently.
#[derive(Debug, Clone)]
pub struct DetailOptions {
    /// The Hub, as `https://huggingface.co`.
    pub endpoint: String,
    /// Who asks, where that is not to be anonymous.
    pub token: Option<Token>,
    /// The longest time for one request, from connecting to the last byte.
    pub timeout: Duration,
    /// How often a request is repeated.
    pub max_retries: u32,
    /// The name under which requests are made.
    pub user_agent: String,
}

/// One answer about one model.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DetailAnswer {
    /// The address that was asked.
    pub url: String,
    /// The status: 200, or one that says that there is nothing for us.
    pub status: u16,
    /// When the Hub sent it, by its own clock; by ours where it does not say.
    pub received_at: Instant,
    /// The body as received, without the transfer's compression.
    pub body: Vec<u8>,
}

/// What was answered about one model.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ModelDetails {
    /// The model with the sizes of its files and the result of its security scan.
    pub model: DetailAnswer,
    /// The fields that are shown only when they are asked for.
    pub expanded: DetailAnswer,
    /// The text of its card.
    pub card: DetailAnswer,
}

/// Asks for models: files with sizes and scan, children and storage, and the text of the card.
///
/// Hands over what was answered for each, in the order of `ids`. A model that is gone or closed is
/// answered as such, and is no failure; a renamed one is followed to its name.
pub fn details(
    options: &DetailOptions,
    ids: &[String],
    clock: &dyn Clock,
    on_model: &mut dyn FnMut(ModelDetails) -> std::result::Result<(), PageError>,
) -> Result<()> {
    let manner = Manner {
        endpoint: &options.endpoint,
        token: options.token.as_ref(),
        timeout: options.timeout,
        max_retries: options.max_retries,
        user_agent: &options.user_agent,
    };
    // The Hub counts requests of its API and of its files apart.
    let (mut api, mut files) = (Client::new(manner, clock)?, Client::new(manner, clock)?);
    let endpoint = options.endpoint.trim_end_matches('/');
    let expanded: Vec<String> = EXPANDED.iter().map(|field| format!("expand[]={field}")).collect();
    for (index, id) in ids.iter().enumerate() {
        let to_come = (ids.len() - index) as u64;
        let ask = |client: &mut Client<'_>, url: String, to_come: u64| {
            let is_good = if url.contains("/api/") { is_model } else { is_card };
            let reply = client.ask(&url, Some(to_come), |reply| judge(reply, is_good));
            let reply = reply.map_err(|gave_up| gave_up.into_error(&url, 0))?;
            Ok(DetailAnswer {
                url,
                status: reply.status,
                received_at: reply.sent_at().unwrap_or_else(|| clock.now()),
                body: reply.body,
            })
        };
        let model = format!("{endpoint}/api/models/{id}");
        let of_api = to_come * REQUESTS_PER_MODEL;
        let found = ModelDetails {
            model: ask(&mut api, format!("{model}?{FLAGS}"), of_api)?,
            expanded: ask(&mut api, format!("{model}?{}", expanded.join("&")), of_api)?,
            card: ask(&mut files, format!("{endpoint}/{id}/resolve/main/README.md"), to_come)?,
        };
        on_model(found)
            .map_err(|source| crate::Error::Page { number: index as u32 + 1, source })?;
    }
    Ok(())
}

/// Whether an answer is one that can be kept: there is such a model, or there is none for us.
fn judge(reply: Reply, is_good: fn(&Reply) -> bool) -> std::result::Result<Reply, Failed> {
    match reply.status {
        200 if is_good(&reply) => Ok(reply),
        200 => Err(Failed::with(Failure::Unexpected { said: reply.said() }, reply)),
        401 | 403 | 404 | 410 => Ok(reply),
        _ => Err(Failed::with(reply.to_failure(), reply)),
    }
}

fn is_model(reply: &Reply) -> bool {
    #[derive(Deserialize)]
    struct Model {
        #[serde(rename = "_id")]
        _id: String,
    }
    serde_json::from_slice::<Model>(&reply.body).is_ok()
}

/// Cards are plain text; pages of a gateway and refusals are not.
fn is_card(reply: &Reply) -> bool {
    let kind = reply.header("content-type").unwrap_or("text/plain");
    !kind.starts_with("text/html") && !kind.starts_with("application/json")
}

/// Whether a model's id can stand in an address as it is.
#[must_use]
pub fn is_plain_id(id: &str) -> bool {
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-._/".contains(&byte);
    !id.is_empty() && id.bytes().all(is_plain) && !id.contains("..")
}
