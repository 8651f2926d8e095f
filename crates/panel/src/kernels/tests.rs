use proptest::prelude::*;

use super::*;

proptest! {
    /// Four lanes add up to what one does.
    #[test]
    fn dense_sums_equal_a_plain_loop(cells in prop::collection::vec((0..=255_u8, 0..=u32::MAX), 0..300)) {
        let codes: Vec<u8> = cells.iter().map(|(code, _)| *code).collect();
        let values: Vec<u32> = cells.iter().map(|(_, value)| *value).collect();
        let mut naive = vec![0_u64; 256];
        for (code, value) in &cells {
            naive[usize::from(*code)] += u64::from(*value);
        }
        let mut narrow = vec![0; 256];
        codes.as_slice().add::<true>(&mut narrow, &values);
        prop_assert_eq!(&narrow, &naive);
        let wide: Vec<u32> = codes.iter().map(|code| u32::from(*code)).collect();
        let mut sums = vec![0; 256];
        wide.as_slice().add::<true>(&mut sums, &values);
        prop_assert_eq!(&sums, &naive);
        wide.as_slice().add::<false>(&mut sums, &values);
        codes.as_slice().add::<false>(&mut narrow, &values);
        prop_assert!(sums.iter().chain(&narrow).all(|sum| *sum == 0), "all is taken away again");
        // Every second place: its member has the code of its own number.
        let places: Vec<u32> = (0..values.len() as u32).step_by(2).collect();
        let mut naive = vec![0_u64; 256];
        for (member, place) in places.iter().enumerate() {
            naive[usize::from(codes[member])] += u64::from(values[*place as usize]);
        }
        codes.as_slice().add_listed::<true>(&mut narrow, &values, &places);
        wide.as_slice().add_listed::<true>(&mut sums, &values, &places);
        prop_assert_eq!(&narrow, &naive);
        prop_assert_eq!(&sums, &naive);
    }

    /// In blocks and lanes, of numbers that fit the digits of a float and of others.
    #[test]
    fn moments_equal_a_plain_loop(
        values in prop::collection::vec(prop_oneof![0..1_u64 << 40, 0..1_u64 << 56], 0..3_000),
        bits in 20..57_u32,
    ) {
        let values: Vec<u64> = values.into_iter().map(|value| value % (1 << bits)).collect();
        let squares: u128 = values.iter().map(|value| u128::from(*value).pow(2)).sum();
        let sum: u128 = values.iter().map(|value| u128::from(*value)).sum();
        let fast = moments(&values);
        prop_assert!((fast.squares - squares as f64).abs() <= 1e-12 * squares as f64);
        prop_assert!((fast.sum - sum as f64).abs() <= 1e-12 * sum as f64);
        let largest = values.iter().copied().max().unwrap_or(0) as f64;
        prop_assert_eq!(fast.largest.to_bits(), largest.to_bits());
    }
}
