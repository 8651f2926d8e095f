use super::{Sum, sum};

#[test]
fn a_small_value_survives_between_large_ones() {
    assert_eq!(Some(sum([1e16, 1.0, -1e16])), Some(1.0), "a plain sum gives 0");
}

#[test]
fn a_million_tenths_are_a_hundred_thousand() {
    // 0.1 as stored is 0.1000000000000000055511151231257827 exactly, so the true sum of a
    // million is 100000.0000000000055…, which rounds to 100000; a plain sum is off by 1e-6.
    let tenths = vec![0.1_f64; 1_000_000];
    assert_eq!(Some(sum(tenths.iter().copied())), Some(100_000.0));
    assert!((tenths.iter().sum::<f64>() - 100_000.0).abs() > 1e-7, "the plain sum is worse");
}

#[test]
fn integers_up_to_two_to_the_53_are_added_exactly() {
    let units = [(1_u64 << 52) - 3, 1 << 51, 7, 1, (1 << 51) - 6, 1];
    let exact: u64 = units.iter().sum();
    assert_eq!(exact, 1 << 53);
    assert_eq!(sum(units.map(|unit| unit as f64)) as u64, exact);
}

#[test]
fn nothing_is_zero() {
    assert_eq!(Some(Sum::default().value()), Some(0.0));
}
