//! Which models a question is about.

use super::Grouping;

/// Which models a question is about, in the order of the cells.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Filter {
    model_count: usize,
    /// The places that are kept, ascending; `None` where all are.
    places: Option<Vec<u32>>,
}

impl Filter {
    /// All models.
    #[must_use]
    pub fn all(model_count: usize) -> Self {
        Self { model_count, places: None }
    }

    /// Keeps only models whose unit is one of `codes`.
    pub fn keep(&mut self, grouping: &Grouping, codes: &[u32]) {
        let mut is_wanted = vec![false; grouping.unit_count()];
        for code in codes {
            is_wanted[*code as usize] = true;
        }
        let is_kept = |place: &u32| is_wanted[grouping.code(*place as usize) as usize];
        match &mut self.places {
            Some(places) => places.retain(is_kept),
            None => {
                self.places = Some((0..self.model_count as u32).filter(is_kept).collect());
            }
        }
    }

    /// The places that are kept, ascending; `None` where all are.
    #[must_use]
    pub(crate) fn places(&self) -> Option<&[u32]> {
        self.places.as_deref()
    }

    /// How many models are kept.
    #[must_use]
    pub fn kept_count(&self) -> usize {
        self.places.as_ref().map_or(self.model_count, Vec::len)
    }
}
