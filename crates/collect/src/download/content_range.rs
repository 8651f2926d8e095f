//! The `Content-Range` header (RFC 9110, section 14.4).

/// Which part of a file an answer holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum ContentRange {
    /// The bytes from `first` on.
    Part {
        /// The place of the first byte, from 0.
        first: u64,
        /// Bytes of the whole file, where they are known.
        bytes_total: Option<u64>,
    },
    /// None, because the file has no such part.
    Unsatisfied {
        /// Bytes of the whole file.
        bytes_total: u64,
    },
}

/// Reads the header; `None` for what makes no sense.
pub(super) fn parse(header: &str) -> Option<ContentRange> {
    let (unit, range) = header.trim().split_once(' ')?;
    let (part, total) = range.trim().split_once('/')?;
    if !unit.eq_ignore_ascii_case("bytes") {
        return None;
    }
    if part == "*" {
        return Some(ContentRange::Unsatisfied { bytes_total: total.parse().ok()? });
    }
    let (first, last) = part.split_once('-')?;
    let (first, last): (u64, u64) = (first.parse().ok()?, last.parse().ok()?);
    let bytes_total = if total == "*" { None } else { Some(total.parse().ok()?) };
    let is_sound = first <= last && bytes_total.is_none_or(|total| last < total);
    is_sound.then_some(ContentRange::Part { first, bytes_total })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The examples of RFC 9110, section 14.4, and what it says is invalid.
    #[test]
    fn ranges_are_read() {
        let part = |first, bytes_total| Some(ContentRange::Part { first, bytes_total });
        assert_eq!(parse("bytes 42-1233/1234"), part(42, Some(1_234)));
        assert_eq!(parse("bytes 42-1233/*"), part(42, None));
        assert_eq!(parse("Bytes  0-0/1 "), part(0, Some(1)));
        assert_eq!(parse("bytes */1234"), Some(ContentRange::Unsatisfied { bytes_total: 1_234 }));
        for invalid in [
            "",
            "bytes",
            "bytes 5-4/10",
            "bytes 5-10/10",
            "bytes 5/10",
            "bytes -5/10",
            "bytes */*",
            "lines 0-1/2",
            "bytes 0-99999999999999999999/*",
        ] {
            assert_eq!(parse(invalid), None, "{invalid}");
        }
    }
}
