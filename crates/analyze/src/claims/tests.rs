use schema::Estimate;

use super::verdict::judge;
use super::*;

fn ours(low: f64, value: f64, high: f64, bounds: (f64, f64)) -> Estimate {
    Estimate {
        value: Some(value),
        low: Some(low),
        high: Some(high),
        bound_low: Some(bounds.0),
        bound_high: Some(bounds.1),
        ..Estimate::undefined(9)
    }
}

#[test]
fn a_value_is_reproduced_only_where_interval_and_bounds_hold_it_and_little_else() {
    let judge = |estimate: &Estimate| judge(Expected::Value(0.37, 0.005), estimate).0;
    assert_eq!(judge(&ours(0.36, 0.365, 0.37, (0.36, 0.38))), Status::Reproduced);
    // As exactly as it is written.
    assert_eq!(judge(&Estimate::exact(0.374, 9)), Status::Reproduced);
    assert_eq!(judge(&Estimate::exact(0.376, 9)), Status::Differs);
    assert_eq!(judge(&ours(0.36, 0.365, 0.37, (0.2, 0.6))), Status::Open, "anything could be");
    assert_eq!(judge(&ours(0.1, 0.2, 0.3, (0.15, 0.25))), Status::Differs);
    assert_eq!(judge(&Estimate::undefined(0)), Status::Open);
}

#[test]
fn a_direction_is_reproduced_only_where_no_change_is_ruled_out() {
    let judge = |expected, low, high| judge(expected, &ours(low, 0.05, high, (low, high))).0;
    assert_eq!(judge(Expected::Rise, 0.01, 0.1), Status::Reproduced);
    assert_eq!(judge(Expected::Fall, 0.01, 0.1), Status::Differs);
    assert_eq!(judge(Expected::Rise, -0.01, 0.1), Status::Open);
    assert_eq!(judge(Expected::Fall, -0.1, -0.01), Status::Reproduced);
    assert_eq!(judge(Expected::Rise, -0.1, -0.01), Status::Differs);
}

#[test]
fn every_claim_has_a_name_of_its_own_and_says_what_it_is() {
    let mut names: Vec<&str> = CLAIMS.iter().map(|claim| claim.name).collect();
    names.sort_unstable();
    names.dedup();
    assert_eq!(names.len(), CLAIMS.len());
    for claim in CLAIMS {
        assert!((1..=9).contains(&claim.number) && claim.text.ends_with('.'), "{}", claim.name);
        let is_short = claim.name.len() < 40 && !claim.name.contains(' ');
        assert!(is_short, "{}", claim.name);
    }
    // Each of the paper's claims is there.
    assert!((1..=9).all(|number| CLAIMS.iter().any(|claim| claim.number == number)));
}
