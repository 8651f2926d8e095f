//! The elements in files, type by type.

use std::cmp::Reverse;

use crate::tables::Model;

/// Bits of the types of elements, by the specification of safetensors.
const BITS: [(&str, i64); 22] = [
    ("BOOL", 8),
    ("F4", 4),
    ("F6_E2M3", 6),
    ("F6_E3M2", 6),
    ("U8", 8),
    ("I8", 8),
    ("F8_E5M2", 8),
    ("F8_E4M3", 8),
    ("F8_E8M0", 8),
    ("F8_E4M3FNUZ", 8),
    ("F8_E5M2FNUZ", 8),
    ("I16", 16),
    ("U16", 16),
    ("F16", 16),
    ("BF16", 16),
    ("I32", 32),
    ("U32", 32),
    ("F32", 32),
    ("C64", 64),
    ("F64", 64),
    ("I64", 64),
    ("U64", 64),
];
/// Types that hold several smaller weights each.
const PACKING: [&str; 4] = ["U8", "I32", "U32", "I64"];
/// A type that takes less is of scales or of positions.
const LEAST_SHARE: f64 = 0.01;

/// The types of a model's elements with the bits that they take, those of most bits first.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Elements<'a> {
    types: Vec<(&'a str, i128)>,
    /// Whether the bits of every type are known.
    is_whole: bool,
}

impl<'a> Elements<'a> {
    /// Reads facts such as `BF16:8030261248`; `None` where there are none.
    pub(super) fn of(model: &'a Model) -> Option<Self> {
        let mut elements = Self { types: Vec::new(), is_whole: true };
        for entry in model.facts.weight_types.as_ref()? {
            let Some((name, count)) = entry.split_once(':') else { continue };
            let count = count.parse::<i64>().ok().filter(|count| *count > 0);
            let Some(count) = count.filter(|_| !name.is_empty()) else { continue };
            match bits_of(name) {
                Some(bits) => elements.types.push((name, i128::from(count) * i128::from(bits))),
                None => elements.is_whole = false,
            }
        }
        elements.types.sort_by_key(|(name, bits)| (Reverse(*bits), *name));
        (!elements.types.is_empty()).then_some(elements)
    }

    /// The type of most bytes.
    pub(super) fn main(&self) -> Option<&'a str> {
        self.types.first().map(|(name, _)| *name)
    }

    /// The types, those of most bytes first.
    pub(super) fn names(&self) -> Vec<String> {
        self.types.iter().map(|(name, _)| (*name).to_owned()).collect()
    }

    /// The share of the main type.
    pub(super) fn main_share(&self) -> Option<f64> {
        self.types.first().map(|(_, bits)| *bits as f64 / self.all_bits() as f64)
    }

    /// Whether two types or more are more than an addition.
    pub(super) fn is_mixed(&self) -> bool {
        let all = self.all_bits() as f64;
        self.types.iter().filter(|(_, bits)| *bits as f64 >= LEAST_SHARE * all).count() > 1
    }

    /// Whether most bytes are of numbers that hold several weights.
    pub(super) fn is_packed(&self) -> bool {
        self.main().is_some_and(|main| PACKING.contains(&main))
    }

    /// The bytes of all; `None` where the bits of a type are not known.
    pub(super) fn bytes(&self) -> Option<i64> {
        let bytes = i64::try_from(self.all_bits() / 8).ok();
        bytes.filter(|_| self.is_whole)
    }

    fn all_bits(&self) -> i128 {
        self.types.iter().map(|(_, bits)| bits).sum()
    }
}

/// Bits of an element of a type.
pub(super) fn bits_of(name: &str) -> Option<i64> {
    BITS.iter().find(|(known, _)| *known == name).map(|(_, bits)| *bits)
}
