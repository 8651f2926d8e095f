use super::*;
use crate::anomaly::THRESHOLDS;

fn downloads(values: &[u32]) -> Vec<u32> {
    values.iter().map(|value| value * ONE).collect()
}

/// `numpy.log1p` of the middle value; for an even number the mean of those of the two.
#[test]
fn levels_are_medians_of_logarithms() {
    assert!((level(&downloads(&[5, 1, 100])) - 6.0_f32.ln()).abs() < 1e-6);
    let even = f32::midpoint(3.0_f32.ln(), 6.0_f32.ln());
    assert!((level(&downloads(&[5, 1, 100, 2])) - even).abs() < 1e-6);
    assert!(level(&[]).abs() < f32::EPSILON);
}

/// One download and one more is 2, three is 4, seven is 8: the logarithms are 1, 2 and 3 times
/// that of 2, so the distances from the middle one are ln 2, 0 and ln 2, and their median ln 2.
#[test]
fn spreads_are_medians_of_distances() {
    let values = downloads(&[1, 3, 7]);
    let expected = 1.4826 * 2.0_f32.ln();
    assert!((spread(&values, level(&values)) - expected).abs() < 1e-5);
    // Two wild values of five carry nothing away: the distances are 0, 0, 0, large, large.
    let values = downloads(&[10, 10, 10, 1_000_000, 0]);
    assert!(spread(&values, level(&values)).abs() < f32::EPSILON);
}

#[test]
fn a_history_is_recent_and_begins_after_the_last_shift() {
    let thresholds = &THRESHOLDS.series;
    let known = Known {
        places: (0..20).chain(50..60).collect(),
        values: (0..30).map(|value| value * ONE).collect(),
    };
    assert_eq!(known.history(7, 0, thresholds), None, "seven weeks are too few");
    assert_eq!(known.history(8, 0, thresholds), Some(&known.values[..8]));
    assert_eq!(known.history(20 - 1, 0, thresholds), Some(&known.values[6..19]));
    assert_eq!(known.history(15, 9, thresholds), None);
    // What lies more than half a year back is past, so ten weeks after a long gap have seven.
    assert_eq!(known.history(27, 0, thresholds), None);
    assert_eq!(known.history(29, 0, thresholds), Some(&known.values[20..29]));
    assert_eq!(known.tellable(thresholds), 8..60);
}
