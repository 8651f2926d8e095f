//! The order of models within their first week.

use crate::grouping::Grouping;

/// Numbers in whose order models lie by the units of the first grouping, within these by those of
/// the second, and so on.
///
/// Groupings that no number has room for are left out.
pub(super) fn keys(groupings: &[&Grouping], models: usize) -> Vec<u64> {
    let mut keys = vec![0_u64; models];
    let mut room = u64::MAX;
    for grouping in groupings {
        assert_eq!(grouping.model_count(), models, "groupings are of the same models");
        let units = grouping.unit_count().max(1) as u64;
        if units > room {
            break;
        }
        room /= units;
        for (model, key) in keys.iter_mut().enumerate() {
            *key = *key * units + u64::from(grouping.code(model));
        }
    }
    keys
}

#[cfg(test)]
mod tests {
    use super::*;

    fn grouping(values: &[&str]) -> Grouping {
        let values: Vec<_> = values.iter().map(|value| Some((*value).to_owned())).collect();
        Grouping::by_value(&values, "?", "?")
    }

    #[test]
    fn keys_are_in_the_order_of_the_first_grouping_and_then_the_second() {
        let first = grouping(&["b", "a", "b", "a"]);
        let second = grouping(&["x", "z", "w", "y"]);
        assert_eq!(keys(&[&first, &second], 4), [5, 3, 4, 2]);
        assert_eq!(keys(&[], 4), [0; 4]);
        // 2⁶⁴ has room for 64 pairs of units and no more.
        assert_eq!(keys(&[&first; 70], 4), [u64::MAX >> 1, 0, u64::MAX >> 1, 0]);
    }
}
