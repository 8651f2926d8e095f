//! Where models stand among all others.

/// Where a model stands among all whose number is known.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Standing {
    /// Its place, from 1; those with equal numbers share the best of their places.
    pub rank: u32,
    /// The share of the others that have less, 0 to 1; 1 where there are no others.
    pub share_below: f64,
    /// Its share of the sum of all; `None` where that is nothing.
    pub share: Option<f64>,
}

/// The places of all models.
#[derive(Debug, Clone, Default)]
pub(super) struct Ranks(Vec<Option<Standing>>);

impl Ranks {
    pub(super) fn new(values: impl Iterator<Item = Option<i64>>) -> Self {
        let values: Vec<Option<i64>> = values.collect();
        let mut order: Vec<(i64, u32)> = (0_u32..)
            .zip(&values)
            .filter_map(|(place, value)| Some((value.filter(|value| *value >= 0)?, place)))
            .collect();
        order.sort_unstable_by_key(|(value, place)| (std::cmp::Reverse(*value), *place));
        let total: i128 = order.iter().map(|(value, _)| i128::from(*value)).sum();
        let mut standings = vec![None; values.len()];
        let mut first = 0;
        for equal in order.chunk_by(|(a, _), (b, _)| a == b) {
            let below = order.len() - first - equal.len();
            let others = order.len() - 1;
            for (value, place) in equal {
                standings[*place as usize] = Some(Standing {
                    rank: first as u32 + 1,
                    share_below: if others == 0 { 1.0 } else { below as f64 / others as f64 },
                    share: (total > 0).then(|| *value as f64 / total as f64),
                });
            }
            first += equal.len();
        }
        Self(standings)
    }

    pub(super) fn of(&self, place: usize) -> Option<Standing> {
        self.0.get(place).copied().flatten()
    }
}
