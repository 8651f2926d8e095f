//! Half-widths of intervals as 16-bit floats.
//!
//! Eleven bits of digits and five of exponent: exact up to 2,047 parts of a download, and above
//! that good to a thousandth, rounded up, so that no interval is narrower than it was.

const DIGITS: u32 = 11;
const MOST: u64 = ((1 << DIGITS) - 1) << 31;

/// Packs a half-width; what is beyond the range is the largest there is.
pub(crate) fn encode(parts: u64) -> u16 {
    let parts = parts.min(MOST);
    let length = u64::BITS - parts.leading_zeros();
    if length <= DIGITS {
        return parts as u16;
    }
    let exponent = length - DIGITS;
    let digits = parts.div_ceil(1 << exponent);
    // Rounding up may need one digit more.
    if digits >> DIGITS == 0 {
        (exponent << DIGITS) as u16 | digits as u16
    } else {
        ((exponent + 1) << DIGITS) as u16 | (digits >> 1) as u16
    }
}

/// Unpacks a half-width, in parts of a download.
pub(crate) fn decode(width: u16) -> u64 {
    u64::from(width & ((1 << DIGITS) - 1)) << (width >> DIGITS)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn small_widths_are_exact_and_large_ones_rounded_up_by_a_thousandth() {
        for parts in 0..2_048 {
            assert_eq!(decode(encode(parts)), parts);
        }
        for parts in (2_048..1 << 40).step_by(999_999_937) {
            let kept = decode(encode(parts));
            assert!(kept >= parts && (kept - parts) as f64 <= parts as f64 * 0.001, "{parts}");
        }
        assert_eq!(decode(encode(4_095)), 4_096, "a digit more");
        assert_eq!(decode(encode(u64::MAX)), MOST);
    }
}
