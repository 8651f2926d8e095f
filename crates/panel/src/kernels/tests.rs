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
    }

    #[test]
    fn squares_and_sum_equal_a_plain_loop(values in prop::collection::vec(0..1_u64 << 40, 0..200)) {
        let squares: f64 = values.iter().map(|value| (*value as f64).powi(2)).sum();
        let sum: f64 = values.iter().map(|value| *value as f64).sum();
        let (fast_squares, fast_sum) = squares_and_sum(&values);
        prop_assert!((fast_squares - squares).abs() <= 1e-12 * squares);
        prop_assert!((fast_sum - sum).abs() <= 1e-12 * sum);
    }
}
