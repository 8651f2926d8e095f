use super::*;
use crate::anomaly::{Flags, Series, SeriesSource, THRESHOLDS};

/// Knows a week by its mark.
struct OneModel;

impl SeriesSource for OneModel {
    type Mark = bool;

    fn is_known(mark: bool) -> bool {
        mark
    }
    fn model_count(&self) -> usize {
        0
    }
    fn owner(&self, _: usize) -> u32 {
        0
    }
    fn series(&self, _: usize) -> Option<Series<'_, bool>> {
        None
    }
    fn set(&mut self, _: usize, _: usize, _: Flags) {}
}

/// Flags with their weeks.
type FlagsAt = Vec<(usize, Flag)>;
/// Jumps with their weeks, and whether they go up.
type JumpsAt = Vec<(u32, bool)>;

/// Flags and jumps in weekly downloads, of which `None` is missing.
fn look(downloads: &[Option<u32>]) -> (FlagsAt, JumpsAt) {
    let values: Vec<u32> = downloads.iter().map(|value| value.unwrap_or(0) * ONE).collect();
    let marks: Vec<bool> = downloads.iter().map(Option::is_some).collect();
    let mut known = Known::default();
    let first = schema::Week::from_number(2_800);
    known.fill::<OneModel>(&Series { first, values: &values, marks: &marks });
    let mut scanned = Scanned::default();
    let scales = Scales::unmeasured(&THRESHOLDS.series);
    scan(&known, &scales, &THRESHOLDS, &mut scanned);
    (scanned.flags, scanned.jumps.iter().map(|jump| (jump.place, jump.is_up)).collect())
}

/// Twenty weeks about 1,000, whose logarithms lie within 0.05 of each other: their scale is the
/// least of all, near 0.15, so a week is odd beyond a factor of e^0.9, which is 2.5.
fn calm() -> Vec<Option<u32>> {
    (0..20).map(|week| Some(1_000 + 25 * (week % 3))).collect()
}

fn with(more: &[u32]) -> Vec<Option<u32>> {
    calm().into_iter().chain(more.iter().map(|value| Some(*value))).collect()
}

#[test]
fn a_calm_model_has_no_flags() {
    let (flags, jumps) = look(&with(&[1_000; 10]));
    assert!(flags.is_empty() && jumps.is_empty());
}

#[test]
fn a_week_that_comes_back_is_a_spike() {
    for odd in [4_000, 200] {
        let (flags, jumps) = look(&with(&[odd, 1_000, 1_020, 990, 1_010, 1_000]));
        assert_eq!(flags, [(20, Flag::Spike)], "{odd}");
        assert_eq!(jumps, [(20, odd > 1_000)], "{odd}");
    }
}

/// Every week until the level is back is part of the spike.
#[test]
fn a_spike_may_last_three_weeks_and_begin_late_in_the_first() {
    let (flags, _) = look(&with(&[1_900, 9_000, 8_000, 5_000, 1_100, 1_000, 1_000, 1_000]));
    let spike = |place| (place, Flag::Spike);
    assert_eq!(flags, [spike(21), spike(22), spike(23)], "1,900 is within 2.5 times the level");
}

#[test]
fn a_level_that_stays_is_a_shift_in_its_first_week_alone() {
    for level in [5_000, 100] {
        let (flags, _) = look(&with(&[level; 30]));
        assert_eq!(flags, [(20, Flag::Shift)], "{level}");
    }
}

/// After a shift the history begins anew, so that a second one is seen.
#[test]
fn a_shift_back_is_a_second_shift() {
    let (flags, _) = look(&with(&[[5_000; 20], [1_000; 20]].concat()));
    assert_eq!(flags, [(20, Flag::Shift), (40, Flag::Shift)]);
}

/// It rises in a week and has lost more than a quarter of its height, on the logarithm, after
/// twelve: 8,000 falls by a tenth each week.
#[test]
fn a_wave_that_fades_is_neither() {
    let wave: Vec<u32> = (0..20).map(|week| (8_000.0 * 0.9_f64.powi(week)) as u32).collect();
    let (flags, jumps) = look(&with(&wave));
    assert!(flags.is_empty(), "{flags:?}");
    assert_eq!(jumps, [(20, true)]);
}

#[test]
fn a_jump_too_new_to_tell_is_a_spike_until_more_is_known() {
    let (flags, _) = look(&with(&[5_000]));
    assert_eq!(flags, [(20, Flag::Spike)]);
}

/// A third more each week is growth, however far it leads from the past.
#[test]
fn steady_growth_is_no_jump() {
    let growth: Vec<u32> = (1..30).map(|week| (1_000.0 * 1.33_f64.powi(week)) as u32).collect();
    let (flags, _) = look(&with(&growth));
    assert!(flags.is_empty(), "{flags:?}");
}

#[test]
fn a_gap_is_never_a_spike() {
    // Weeks that are missing, and are 0 in memory, come before and after the same level.
    let mut weeks = calm();
    weeks.extend([None, None, None]);
    weeks.extend([Some(1_000); 10]);
    assert_eq!(look(&weeks), (Vec::new(), Vec::new()));
    // A level that changed during a long gap did so at no known week.
    let mut weeks = calm();
    weeks.extend([None; 8]);
    weeks.extend([Some(9_000); 10]);
    assert_eq!(look(&weeks), (Vec::new(), Vec::new()));
}

/// A few downloads vary by themselves, and no history tells what is usual for a newborn.
#[test]
fn small_and_newborn_models_are_not_judged() {
    let small: Vec<Option<u32>> =
        (0..40).map(|week| Some(if week == 30 { 45 } else { 1 })).collect();
    assert_eq!(look(&small), (Vec::new(), Vec::new()));
    let launch: Vec<Option<u32>> =
        [0, 3, 20, 9_000, 8_000, 7_500, 7_000].into_iter().map(Some).collect();
    assert_eq!(look(&launch), (Vec::new(), Vec::new()));
}

/// The same jump is odd for a calm model and usual for one that varies by a factor of ten.
#[test]
fn a_restless_model_is_judged_by_its_own_history() {
    let restless: Vec<Option<u32>> =
        (0..30).map(|week| Some([300, 3_000, 900, 1_500][week % 4])).collect();
    assert!(look(&restless).0.is_empty());
}
