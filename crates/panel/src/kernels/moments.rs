//! The sum, the sum of squares and the largest of many sums.

/// What concentration needs to know of the units of a market.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Moments {
    /// All values together.
    pub sum: f64,
    /// The sum of their squares.
    pub squares: f64,
    /// The largest of them.
    pub largest: f64,
}

impl Moments {
    /// Those of both together.
    #[must_use]
    pub fn joined(self, other: Self) -> Self {
        Self {
            sum: self.sum + other.sum,
            squares: self.squares + other.squares,
            largest: self.largest.max(other.largest),
        }
    }
}

const LANES: usize = 8;
/// So many values are added before their sum is added to that of others, which keeps its digits.
const BLOCK: usize = 1 << 10;
/// A number below 2⁵² written into the digits of 2⁵² is that number above it.
const DIGITS: u32 = 52;

/// The moments of values; the sum is exact up to 2⁵³, the squares to 12 digits.
#[must_use]
pub fn moments(values: &[u64]) -> Moments {
    values.chunks(BLOCK).map(of_block).fold(Moments::default(), Moments::joined)
}

fn of_block(values: &[u64]) -> Moments {
    let above = f64::from_bits((f64::MAX_EXP as u64 - 1 + u64::from(DIGITS)) << DIGITS);
    let (moments, bits) = in_lanes(values, |value| f64::from_bits(value | above.to_bits()) - above);
    // Whether all were below 2⁵² is known only now; that one was not is rare.
    if bits >> DIGITS == 0 { moments } else { in_lanes(values, |value| value as f64).0 }
}

/// The moments of values, and all bits that any of them has.
fn in_lanes(values: &[u64], float: impl Fn(u64) -> f64) -> (Moments, u64) {
    let mut lanes = [[0.0_f64; LANES]; 3];
    let mut bits = [0; LANES];
    let [sums, squares, largest] = &mut lanes;
    let (chunks, last) = values.as_chunks::<LANES>();
    for chunk in chunks {
        for lane in 0..LANES {
            bits[lane] |= chunk[lane];
            let value = float(chunk[lane]);
            sums[lane] += value;
            squares[lane] += value * value;
            largest[lane] = if value > largest[lane] { value } else { largest[lane] };
        }
    }
    for (lane, value) in last.iter().enumerate() {
        bits[lane] |= *value;
        let value = float(*value);
        sums[lane] += value;
        squares[lane] += value * value;
        largest[lane] = largest[lane].max(value);
    }
    let moments = Moments {
        sum: sums.iter().sum(),
        squares: squares.iter().sum(),
        largest: largest.iter().copied().fold(0.0, f64::max),
    };
    (moments, bits.iter().fold(0, |all, bits| all | bits))
}
