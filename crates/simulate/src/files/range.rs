//! Parts of files.

use bytes::Bytes;

use crate::answer::Answer;
use crate::request::Request;

/// The bytes, or the part of them that the request asks for.
pub(crate) fn ranged(bytes: Bytes, content_type: &str, request: &Request) -> Answer {
    let length = bytes.len();
    let answer = match request.range.as_deref().and_then(asked) {
        None => Answer::of(200, content_type, bytes),
        Some(asked) => match asked.within(length) {
            Some((first, last)) => {
                let part = bytes.slice(first..=last);
                let place = format!("bytes {first}-{last}/{length}");
                Answer::of(206, content_type, part).with("content-range", &place)
            }
            None => Answer::refusal(416, "the range lies outside of the file")
                .with("content-range", &format!("bytes */{length}")),
        },
    };
    answer.with("accept-ranges", "bytes")
}

/// A range as it is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Asked {
    /// From a byte to another, or to the end.
    From(usize, Option<usize>),
    /// The last so many bytes.
    Last(usize),
}

/// Reads `bytes=A-B`, `bytes=A-` or `bytes=-N`; anything else, as several ranges at once, is
/// not understood, and the whole file is sent (RFC 9110 §14.2).
fn asked(header: &str) -> Option<Asked> {
    let (first, last) = header.trim().strip_prefix("bytes=")?.split_once('-')?;
    if first.is_empty() {
        return Some(Asked::Last(last.parse().ok()?));
    }
    let first = first.parse().ok()?;
    if last.is_empty() {
        return Some(Asked::From(first, None));
    }
    let last = last.parse().ok()?;
    (first <= last).then_some(Asked::From(first, Some(last)))
}

impl Asked {
    /// The first and the last byte of a file of this length; `None` where there is none.
    fn within(self, length: usize) -> Option<(usize, usize)> {
        let end = length.checked_sub(1)?;
        match self {
            Self::From(first, last) => {
                (first <= end).then(|| (first, last.map_or(end, |last| last.min(end))))
            }
            Self::Last(0) => None,
            Self::Last(count) => Some((length.saturating_sub(count), end)),
        }
    }
}
