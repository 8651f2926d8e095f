//! Whose sums are asked for, of which models.

use std::borrow::Cow;

use super::{Codes, Filter, Grouping, UNUSED};

/// The units of a grouping, as far as the models that a filter keeps have them.
///
/// A question about few models is a question about few units: those that none of the models has
/// get no code, and so cost nothing.
#[derive(Debug, Clone)]
pub struct Scope<'a> {
    /// By *member*: the models that are kept, one after another.
    units: Cow<'a, Grouping>,
    places: Option<&'a [u32]>,
}

impl<'a> Scope<'a> {
    /// The units of the models that are kept; both are arranged in the order of the cells.
    #[must_use]
    pub fn new(grouping: &'a Grouping, filter: &'a Filter) -> Self {
        match filter.places() {
            None => Self { units: Cow::Borrowed(grouping), places: None },
            Some(places) => {
                Self { units: Cow::Owned(grouping.among(places)), places: Some(places) }
            }
        }
    }

    /// The units, by the codes that sums over this scope have.
    #[must_use]
    pub fn units(&self) -> &Grouping {
        &self.units
    }

    /// How many models are kept.
    pub(crate) fn member_count(&self) -> usize {
        self.units.model_count()
    }

    /// The place of each member, ascending; `None` where all models are kept.
    pub(crate) fn places(&self) -> Option<&'a [u32]> {
        self.places
    }
}

impl Grouping {
    /// The units that the models at some places have, in the same order as before.
    fn among(&self, places: &[u32]) -> Self {
        if let Codes::Itself(_) = self.codes {
            let named = places.iter().map(|place| self.place_of_name(*place)).collect();
            return Self {
                codes: Codes::Itself(places.len()),
                labels: self.labels.clone(),
                named: Some(named),
                units: places.len(),
                unattributed: Vec::new(),
            };
        }
        let codes = self.codes.pick(places);
        let mut new_of = vec![UNUSED; self.units];
        for code in &codes {
            new_of[*code as usize] = 0;
        }
        let mut used = Vec::new();
        for (code, new) in new_of.iter_mut().enumerate().filter(|(_, new)| **new != UNUSED) {
            *new = used.len() as u32;
            used.push(code as u32);
        }
        let codes = codes.into_iter().map(|code| new_of[code as usize]).collect();
        let unattributed = self.unattributed.iter().map(|code| new_of[*code as usize]);
        Self {
            codes: Codes::pack(codes, used.len()),
            labels: self.labels.clone(),
            units: used.len(),
            unattributed: unattributed.filter(|code| *code != UNUSED).collect(),
            named: Some(used.into_iter().map(|code| self.place_of_name(code)).collect()),
        }
    }
}

impl Codes {
    /// The codes of the models at some places.
    pub(super) fn pick(&self, places: &[u32]) -> Vec<u32> {
        fn pick<T: Copy + Into<u32>>(codes: &[T], places: &[u32]) -> Vec<u32> {
            places.iter().map(|place| codes[*place as usize].into()).collect()
        }
        match self {
            Self::Itself(_) => places.to_vec(),
            Self::Narrow(codes) => pick(codes, places),
            Self::Middle(codes) => pick(codes, places),
            Self::Wide(codes) => pick(codes, places),
        }
    }
}
