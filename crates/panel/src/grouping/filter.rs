//! Which models a question is about.

use super::{Codes, Grouping};

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
        match grouping.codes() {
            Codes::Itself(_) => self.retain(|place| is_wanted[place]),
            Codes::Narrow(codes) => self.retain(|place| is_wanted[usize::from(codes[place])]),
            Codes::Middle(codes) => self.retain(|place| is_wanted[usize::from(codes[place])]),
            Codes::Wide(codes) => self.retain(|place| is_wanted[codes[place] as usize]),
        }
    }

    fn retain(&mut self, is_kept: impl Fn(usize) -> bool) {
        if let Some(places) = &mut self.places {
            places.retain(|place| is_kept(*place as usize));
            return;
        }
        // Written first and kept afterwards, so that there is nothing to guess.
        let mut places = vec![0; self.model_count];
        let mut count = 0;
        for place in 0..self.model_count {
            places[count] = place as u32;
            count += usize::from(is_kept(place));
        }
        places.truncate(count);
        places.shrink_to_fit();
        self.places = Some(places);
    }

    /// The places that are kept, ascending; `None` where all are.
    #[must_use]
    pub(crate) fn places(&self) -> Option<&[u32]> {
        self.places.as_deref()
    }

    /// Whether the model at a place is kept.
    #[must_use]
    pub fn keeps(&self, place: u32) -> bool {
        self.places().is_none_or(|places| places.binary_search(&place).is_ok())
    }

    /// How many models are kept.
    #[must_use]
    pub fn kept_count(&self) -> usize {
        self.places.as_ref().map_or(self.model_count, Vec::len)
    }
}
