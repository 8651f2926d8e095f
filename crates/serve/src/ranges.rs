//! Parts of files: Polars and DuckDB read the end of a Parquet file first (RFC 9110 §14).

use std::ops::Range;

use axum::body::{Body, HttpBody, to_bytes};
use axum::http::{HeaderValue, Request, StatusCode, header};
use axum::response::{IntoResponse, Response};

use crate::refusal::Refusal;

const BYTES: HeaderValue = HeaderValue::from_static("bytes");

/// What a request says of parts.
#[derive(Debug, Clone)]
pub(crate) struct Wanted(Option<String>);

impl Wanted {
    /// Reads the part that a request wants. A part on the condition that nothing changed is not
    /// given: the whole is, which is right in any case. Parts are of the file as it is, so that one
    /// who wants them gets nothing compressed.
    pub(crate) fn of<B>(request: &mut Request<B>) -> Self {
        if request.headers().contains_key(header::RANGE) {
            request.headers_mut().remove(header::ACCEPT_ENCODING);
        }
        let headers = request.headers();
        let is_plain = !headers.contains_key(header::IF_RANGE);
        let wanted = headers.get(header::RANGE).filter(|_| is_plain);
        Self(wanted.and_then(|wanted| wanted.to_str().ok()).map(str::to_owned))
    }

    /// The wanted part of a file; anything else is sent as it is.
    pub(crate) async fn cut(&self, mut response: Response) -> Response {
        let is_file = response.headers().contains_key(header::CONTENT_DISPOSITION);
        if !is_file || response.status() != StatusCode::OK {
            return response;
        }
        response.headers_mut().insert(header::ACCEPT_RANGES, BYTES);
        let (Some(wanted), Some(size)) = (&self.0, response.body().size_hint().exact()) else {
            return response;
        };
        match read(wanted, size) {
            Part::Whole => response,
            Part::None => {
                let mut refused = StatusCode::RANGE_NOT_SATISFIABLE.into_response();
                told(&mut refused, &format!("bytes */{size}"));
                refused
            }
            Part::Of(range) => part(response, range, size).await,
        }
    }
}

async fn part(response: Response, range: Range<u64>, size: u64) -> Response {
    let (mut parts, body) = response.into_parts();
    let Ok(bytes) = to_bytes(body, usize::MAX).await else {
        return Refusal::internal().into_problem();
    };
    let told_range = format!("bytes {}-{}/{size}", range.start, range.end - 1);
    let bytes = bytes.slice(range.start as usize..range.end as usize);
    parts.status = StatusCode::PARTIAL_CONTENT;
    parts.headers.remove(header::CONTENT_LENGTH);
    let mut response = Response::from_parts(parts, Body::from(bytes));
    told(&mut response, &told_range);
    response
}

fn told(response: &mut Response, range: &str) {
    let range = HeaderValue::from_str(range).expect("digits are visible ASCII");
    response.headers_mut().insert(header::CONTENT_RANGE, range);
}

/// Which part is meant.
#[derive(Debug, PartialEq, Eq)]
enum Part {
    Whole,
    None,
    Of(Range<u64>),
}

/// One range of bytes; several at once, and what cannot be read, mean the whole.
fn read(wanted: &str, size: u64) -> Part {
    let Some((first, last)) =
        wanted.strip_prefix("bytes=").and_then(|range| range.trim().split_once('-'))
    else {
        return Part::Whole;
    };
    let number = |text: &str| text.parse::<u64>().ok();
    let range = match (number(first), number(last)) {
        (None, Some(count)) if first.is_empty() => size.saturating_sub(count)..size,
        (Some(first), None) if last.is_empty() => first..size,
        (Some(first), Some(last)) if first <= last => first..last.saturating_add(1).min(size),
        _ => return Part::Whole,
    };
    if range.start >= range.end { Part::None } else { Part::Of(range) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_range_is_read_as_the_standard_says() {
        for (wanted, expected) in [
            ("bytes=0-3", Part::Of(0..4)),
            ("bytes=4-", Part::Of(4..10)),
            ("bytes=-3", Part::Of(7..10)),
            ("bytes=-300", Part::Of(0..10)),
            ("bytes=8-300", Part::Of(8..10)),
            ("bytes=10-", Part::None),
            ("bytes=-0", Part::None),
            ("bytes=0-1,4-5", Part::Whole),
            ("bytes=5-2", Part::Whole),
            ("lines=0-1", Part::Whole),
            ("bytes=", Part::Whole),
            ("bytes=99999999999999999999-", Part::Whole),
        ] {
            assert_eq!(read(wanted, 10), expected, "{wanted}");
        }
    }
}
