use super::*;
use crate::anomaly::THRESHOLDS;

const LIMITS: SynchronousThresholds = THRESHOLDS.synchronous;

/// A model of 100 tellable weeks from week 0 that jumps up at these.
fn track(owner: u32, model: u32, jumps: &[u32]) -> Track {
    let jumps = jumps.iter().map(|place| Jump { place: *place, is_up: true }).collect();
    Track { owner, model, first: 0, tellable: 0..100, jumps }
}

/// Eight of eight models jump in one week in a hundred, so 0.08 are expected: the Poisson chance
/// of eight is 4e-14, far below the threshold.
#[test]
fn models_that_jump_in_one_week_only_jump_together() {
    let tracks: Vec<_> = (0..8).map(|model| track(7, model, &[50])).collect();
    let found = shared(tracks, &LIMITS);
    assert_eq!(found, (0..8).map(|model| (model, 50)).collect::<Vec<_>>());
}

#[test]
fn jumps_of_other_weeks_other_owners_and_the_other_direction_do_not_add_up() {
    let spread = (0..8).map(|model| track(7, model, &[50 + model])).collect();
    assert!(shared(spread, &LIMITS).is_empty());
    let strangers = (0..8).map(|model| track(model, model, &[50])).collect();
    assert!(shared(strangers, &LIMITS).is_empty());
    let mut opposed: Vec<_> = (0..8).map(|model| track(7, model, &[50])).collect();
    opposed.iter_mut().step_by(2).for_each(|track| track.jumps[0].is_up = false);
    assert!(shared(opposed, &LIMITS).is_empty(), "four up and four down");
}

/// Each of these jumps in every fifth week: of eight, 1.6 are expected in any week, and the
/// chance of six is a hundredth.
#[test]
fn restless_models_meet_by_chance() {
    let every_fifth = |model: u32| (0..20).map(|turn| turn * 5 + model % 5).collect::<Vec<_>>();
    let mut tracks: Vec<_> = (0..8).map(|model| track(7, model, &every_fifth(0))).collect();
    tracks[6] = track(7, 6, &every_fifth(1));
    tracks[7] = track(7, 7, &every_fifth(2));
    assert!(shared(tracks, &LIMITS).is_empty());
}

/// When the whole market jumps, an owner's models jump with it and not with each other.
#[test]
fn a_week_in_which_everyone_jumps_is_nobodys() {
    let mut tracks: Vec<_> = (0..8).map(|model| track(7, model, &[50])).collect();
    tracks.extend((0..400).map(|other| track(100 + other, 8 + other, &[50])));
    assert!(shared(tracks.clone(), &LIMITS).is_empty());
    // In another week of the same market they are as odd as before.
    tracks[..8].iter_mut().for_each(|track| track.jumps[0].place = 60);
    assert_eq!(shared(tracks, &LIMITS).len(), 8);
}

/// Five of forty are fewer than a quarter, however unlikely: 0.05 are expected.
#[test]
fn a_few_of_many_models_do_not_speak_for_the_owner() {
    let tracks = (0..40).map(|model| track(7, model, if model < 5 { &[50] } else { &[] }));
    assert!(shared(tracks.collect(), &LIMITS).is_empty());
}
