//! Which models are of one family, family by family.

use crate::Lineage;

/// Of no family.
const NONE: u32 = u32::MAX;

/// The models of each family, one family after another, so that all are added up in one go.
#[derive(Debug, Clone, Default)]
pub(super) struct Members {
    /// The number of each model's family; `u32::MAX` where nothing is known of bases.
    pub family_of: Vec<u32>,
    /// The place of each family's root; `u32::MAX` for one outside the collection.
    pub roots: Vec<u32>,
    /// Where the models of each family begin, and where the last ones end.
    starts: Vec<u32>,
    places: Vec<u32>,
}

impl Members {
    /// Numbers the families in the order of their roots, those outside the collection last.
    pub(super) fn of(lineage: &Lineage) -> Self {
        let mut counts = vec![0_u32; lineage.family_bound()];
        for family in (0..lineage.len()).filter_map(|place| lineage.family(place)) {
            counts[family] += 1;
        }
        let mut found = Self::default();
        let mut numbers = vec![NONE; counts.len()];
        let mut start = 0;
        for (family, count) in counts.into_iter().enumerate().filter(|(_, count)| *count > 0) {
            numbers[family] = found.roots.len() as u32;
            found.roots.push(if family < lineage.len() { family as u32 } else { NONE });
            found.starts.push(start);
            start += count;
        }
        found.starts.push(start);
        let mut next = found.starts.clone();
        found.places = vec![0; start as usize];
        for place in 0..lineage.len() {
            let number = lineage.family(place).map_or(NONE, |family| numbers[family]);
            found.family_of.push(number);
            if let Some(at) = next.get_mut(number as usize) {
                found.places[*at as usize] = place as u32;
                *at += 1;
            }
        }
        found
    }

    /// How many families there are.
    pub(super) fn count(&self) -> usize {
        self.roots.len()
    }

    /// The places of a family's models, in order.
    pub(super) fn of_family(&self, number: usize) -> &[u32] {
        &self.places[self.starts[number] as usize..self.starts[number + 1] as usize]
    }
}
