//! Units of a market as dense codes, and filters over models.
//!
//! A grouping is made in the order of the models table and [arranged](Grouping::arranged) in the
//! order of the cells; all questions take arranged ones.

mod filter;
mod labels;
mod scope;

use std::collections::HashMap;
use std::sync::Arc;

pub use filter::Filter;
pub(crate) use labels::Labels;
pub use scope::Scope;

/// Which unit each model belongs to.
#[derive(Debug, Clone, Default)]
pub struct Grouping {
    codes: Codes,
    /// Names, of more units than these where `named` says which are whose.
    labels: Arc<Labels>,
    /// The place of each unit's name; `None` where it is the unit's code.
    named: Option<Vec<u32>>,
    units: usize,
    /// The codes of mass that belongs to no unit, ascending.
    unattributed: Vec<u32>,
}

/// The new code of units that have none yet.
const UNUSED: u32 = u32::MAX;

/// The code of each model's unit, in as few bytes as they need.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Codes {
    /// Each model is its own unit: so many models.
    Itself(usize),
    Narrow(Vec<u8>),
    Middle(Vec<u16>),
    Wide(Vec<u32>),
}

impl Default for Codes {
    fn default() -> Self {
        Self::Itself(0)
    }
}

impl Codes {
    pub(crate) fn pack(codes: Vec<u32>, units: usize) -> Self {
        if units <= 1 << 8 {
            Self::Narrow(codes.into_iter().map(|code| code as u8).collect())
        } else if units <= 1 << 16 {
            Self::Middle(codes.into_iter().map(|code| code as u16).collect())
        } else {
            Self::Wide(codes)
        }
    }

    pub(crate) fn len(&self) -> usize {
        match self {
            Self::Itself(count) => *count,
            Self::Narrow(codes) => codes.len(),
            Self::Middle(codes) => codes.len(),
            Self::Wide(codes) => codes.len(),
        }
    }

    pub(crate) fn get(&self, place: usize) -> u32 {
        match self {
            Self::Itself(_) => place as u32,
            Self::Narrow(codes) => u32::from(codes[place]),
            Self::Middle(codes) => u32::from(codes[place]),
            Self::Wide(codes) => codes[place],
        }
    }
}

impl Grouping {
    /// Each model is a unit of its own.
    #[must_use]
    pub fn by_model<T: AsRef<str>>(ids: impl IntoIterator<Item = T>) -> Self {
        let labels = Labels::new(ids);
        let count = labels.len();
        Self {
            codes: Codes::Itself(count),
            labels: Arc::new(labels),
            units: count,
            ..Self::default()
        }
    }

    /// Groups models by a value each. Mass whose value is null, or `unknown`, is not attributed
    /// to any unit: it is kept under `null_label` and `unknown`.
    #[must_use]
    pub fn by_value(values: &[Option<String>], null_label: &str, unknown: &str) -> Self {
        let mut names: Vec<&str> = Vec::new();
        let mut codes: HashMap<&str, u32> = HashMap::new();
        let keys = values.iter().map(|value| {
            let name = value.as_deref()?;
            Some(*codes.entry(name).or_insert_with(|| {
                names.push(name);
                names.len() as u32 - 1
            }))
        });
        let keys: Vec<Option<u32>> = keys.collect();
        Self::by_key(&keys, &names, null_label, unknown)
    }

    /// Groups models by the place of their value in a list of names, in which none occurs twice.
    ///
    /// Names that no model has are left out, and units are sorted by name.
    #[must_use]
    pub fn by_key<T: AsRef<str>>(
        keys: &[Option<u32>],
        names: &[T],
        null_label: &str,
        unknown: &str,
    ) -> Self {
        let mut is_used = vec![false; names.len()];
        keys.iter().flatten().for_each(|key| is_used[*key as usize] = true);
        let mut used: Vec<u32> = (0..names.len() as u32).collect();
        used.retain(|key| is_used[*key as usize]);
        used.sort_unstable_by_key(|key| names[*key as usize].as_ref());
        let name = |key: &u32| names[*key as usize].as_ref();
        let mut code_of = vec![0_u32; names.len()];
        used.iter().enumerate().for_each(|(code, key)| code_of[*key as usize] = code as u32);
        let mut labels: Vec<&str> = used.iter().map(name).collect();
        let known_as_null =
            labels.binary_search(&null_label).ok().filter(|_| null_label == unknown);
        let null_code = known_as_null.unwrap_or(labels.len()) as u32;
        if null_code as usize == labels.len() && keys.iter().any(Option::is_none) {
            labels.push(null_label);
        }
        let is_unattributed = |code: &u32| labels[*code as usize] == unknown || *code == null_code;
        let unattributed = (0..labels.len() as u32).filter(is_unattributed).collect();
        let codes = keys.iter().map(|key| key.map_or(null_code, |key| code_of[key as usize]));
        Self {
            unattributed,
            codes: Codes::pack(codes.collect(), labels.len()),
            units: labels.len(),
            labels: Arc::new(Labels::new(labels)),
            named: None,
        }
    }

    /// The same units, for models in another order: `order` has the model at each place.
    ///
    /// Units get new codes: first the mass that belongs to none, then each as it is met, so that
    /// sums by code lie in the order in which they are added to.
    #[must_use]
    pub fn arranged(self, order: &[u32]) -> Self {
        if let Codes::Itself(_) = self.codes {
            let named = order.iter().map(|model| self.place_of_name(*model)).collect();
            return Self { named: Some(named), ..self };
        }
        let mut old_of = self.unattributed.clone();
        let mut new_of = vec![UNUSED; self.units];
        (0..).zip(&old_of).for_each(|(new, old)| new_of[*old as usize] = new);
        let mut codes = self.codes.pick(order);
        for code in &mut codes {
            let new = &mut new_of[*code as usize];
            if *new == UNUSED {
                *new = old_of.len() as u32;
                old_of.push(*code);
            }
            *code = *new;
        }
        Self {
            codes: Codes::pack(codes, self.units),
            named: Some(old_of.iter().map(|code| self.place_of_name(*code)).collect()),
            unattributed: (0..self.unattributed.len() as u32).collect(),
            labels: self.labels,
            units: self.units,
        }
    }

    /// The units of two groupings together, as far as models have them.
    ///
    /// Returns, for each unit of the result, its units in the one and the other.
    #[must_use]
    pub fn crossed(&self, other: &Self) -> (Self, Vec<(u32, u32)>) {
        let pairs = (0..self.model_count()).map(|place| (self.code(place), other.code(place)));
        let mut units: Vec<(u32, u32)> = pairs.clone().collect();
        units.sort_unstable();
        units.dedup();
        let code = |pair| units.binary_search(&pair).expect("every pair was listed") as u32;
        let codes = Codes::pack(pairs.map(code).collect(), units.len());
        let crossed = Self { codes, units: units.len(), ..Self::default() };
        (crossed, units)
    }

    /// The code of a model's unit.
    #[must_use]
    pub fn code(&self, place: usize) -> u32 {
        self.codes.get(place)
    }

    pub(crate) fn codes(&self) -> &Codes {
        &self.codes
    }

    /// How many models are grouped.
    #[must_use]
    pub fn model_count(&self) -> usize {
        self.codes.len()
    }

    /// How many units there are, unattributed ones included.
    #[must_use]
    pub fn unit_count(&self) -> usize {
        self.units
    }

    /// Whether each model is a unit of its own.
    #[must_use]
    pub fn is_by_model(&self) -> bool {
        matches!(self.codes, Codes::Itself(_))
    }

    /// A unit's name.
    #[must_use]
    pub fn label(&self, code: u32) -> &str {
        self.labels.get(self.place_of_name(code))
    }

    /// Where a unit's name stands among all names, by which units are put in order that nothing
    /// else does.
    #[must_use]
    pub fn place_of_name(&self, code: u32) -> u32 {
        self.named.as_ref().map_or(code, |named| named[code as usize])
    }

    /// Whether a code is a unit, rather than mass that belongs to none.
    #[must_use]
    pub fn is_attributed(&self, code: u32) -> bool {
        self.unattributed.binary_search(&code).is_err()
    }

    /// The codes of mass that belongs to no unit, ascending: two at most.
    #[must_use]
    pub fn unattributed(&self) -> &[u32] {
        &self.unattributed
    }

    /// The code of a unit by name.
    #[must_use]
    pub fn find(&self, label: &str) -> Option<u32> {
        let place = self.labels.find(label)?;
        match &self.named {
            None => Some(place),
            Some(named) => named.iter().position(|of| *of == place).map(|code| code as u32),
        }
    }
}

#[cfg(test)]
mod tests;
