use panel::UnitSum;
use proptest::prelude::*;
use schema::{Instant, MeasureKind};

use super::economy::{Holding, Label, Names};
use super::*;
use crate::At;
use std::sync::OnceLock;

/// One owner: country, sector, downloads and half-width.
type Owner = (u32, u32, u32, f64);

/// Country 0 and sector 0 are unreviewed.
fn economy(owners: &[Owner]) -> Economy {
    let names = |prefix: &str, count: usize, unattributed: &[u32]| {
        let names = (0..count).map(|code| format!("{prefix}{code}")).collect();
        Names::new(names, unattributed.to_vec())
    };
    let label = |short: &'static str| Label {
        short,
        group: short.to_owned(),
        names: names(&short[..1], 4, &[0]),
    };
    let holding = |(id, owner): (usize, &Owner)| Holding {
        id: id as u32,
        owner: id as u32,
        labels: [owner.0, owner.1],
        sum: UnitSum {
            value: f64::from(owner.2),
            below: owner.3,
            above: owner.3,
            model_count: 1,
            ..UnitSum::default()
        },
    };
    Economy {
        at: At::Instant(Instant::from_millis(0)),
        group: "uploader".to_owned(),
        kind: MeasureKind::AsOf,
        owners: names("o", owners.len(), &[]),
        labels: [label("country"), label("sector")],
        holdings: owners.iter().enumerate().map(holding).collect(),
        indices: OnceLock::new(),
    }
}

fn effects(owners: &[Owner], changes: &[Change]) -> Vec<Effect> {
    let before = economy(owners);
    before.effects(&before.changed(changes).unwrap())
}

fn moved(effects: &[Effect], unit: Option<&str>, statistic: Statistic) -> [f64; 3] {
    let is_it = |effect: &&Effect| effect.unit.as_deref() == unit && effect.statistic == statistic;
    let effect = effects.iter().find(is_it).unwrap();
    [&effect.before, &effect.after, &effect.difference].map(|estimate| estimate.value.unwrap())
}

fn close(given: [f64; 3], expected: [f64; 3]) {
    for (given, expected) in given.iter().zip(expected) {
        assert!((given - expected).abs() < 1e-9, "{given} {expected}");
    }
}

/// By hand: shares .5, .3 and .2 give 3,800; merged, .8 and .2 give 6,800: 2·.5·.3·10,000 more.
#[test]
fn a_merger_adds_twice_the_product_of_the_shares() {
    let merge = Change::parse_merge("o0,o1=both").unwrap();
    let effects = effects(&[(1, 1, 50, 0.0), (2, 1, 30, 0.0), (2, 1, 20, 0.0)], &[merge]);
    close(moved(&effects, None, Statistic::Hhi), [3_800.0, 6_800.0, 3_000.0]);
    close(moved(&effects, None, Statistic::Cr1), [0.5, 0.8, 0.3]);
    // Models stay where they are.
    close(moved(&effects, Some("c2"), Statistic::Share), [0.5, 0.5, 0.0]);
}

/// By hand: without the half, the others are .6 and .4: 3,600 + 1,600.
#[test]
fn without_an_owner_or_a_country_the_others_share_what_is_left() {
    let owners = [(1, 1, 50, 0.0), (2, 1, 30, 0.0), (3, 1, 20, 0.0)];
    for removed in ["o0", "country=c1"] {
        let effects = effects(&owners, &[Change::parse_remove(removed)]);
        close(moved(&effects, None, Statistic::Hhi), [3_800.0, 5_200.0, 1_400.0]);
        close(moved(&effects, Some("c1"), Statistic::Share), [0.5, 0.0, -0.5]);
        close(moved(&effects, Some("c2"), Statistic::Share), [0.3, 0.6, 0.3]);
    }
}

/// By hand: of 100 downloads 40 are of nobody's country; 30 of these turn out to be c1's, so c1
/// has 50 + 30. Before it had 50 to 90 of 100 and after it has 80 to 90, so it gains 0 to 30.
#[test]
fn what_is_known_of_an_unreviewed_owner_narrows_the_bounds() {
    let owners = [(1, 1, 50, 0.0), (0, 1, 30, 0.0), (0, 1, 10, 0.0), (2, 1, 10, 0.0)];
    let change = Change::parse_reclassify("o1=country:c1").unwrap();
    let effects = effects(&owners, &[change]);
    let is_it = |effect: &&Effect| effect.unit.as_deref() == Some("c1");
    let effect = effects.iter().find(is_it).unwrap();
    close(moved(&effects, Some("c1"), Statistic::Share), [0.5, 0.8, 0.3]);
    let bounds = |estimate: &Estimate| [estimate.bound_low.unwrap(), estimate.bound_high.unwrap()];
    let [low, high] = bounds(&effect.difference);
    close([low, high, 0.0], [0.0, 0.3, 0.0]);
}

/// By hand: of x = 60 ± 6 and 40, merged with nothing, the shares do not move at all.
#[test]
fn what_is_not_sure_about_both_alike_is_not_in_the_difference() {
    let change = Change::parse_reclassify("o1=sector:new").unwrap();
    let effects = effects(&[(1, 1, 60, 6.0), (2, 1, 40, 0.0)], &[change]);
    let hhi = effects.iter().find(|effect| effect.statistic == Statistic::Hhi).unwrap();
    assert!(hhi.before.high > hhi.before.value, "the index itself is not sure");
    assert_eq!((hhi.difference.low, hhi.difference.high), (Some(0.0), Some(0.0)));
}

#[test]
fn a_name_that_is_not_there_is_refused_with_those_near_it() {
    let economy = economy(&[(1, 1, 50, 0.0), (2, 1, 30, 0.0)]);
    let refused = |change| economy.changed(&[change]).unwrap_err().to_string();
    let text = refused(Change::parse_merge("o0,oo=x").unwrap());
    assert_eq!(text, "no model has uploader 'oo'");
    let text = refused(Change::parse_remove("county=c1"));
    assert_eq!(text, "unknown place of an owner 'county'; known are: country, sector");
    for text in ["a=b", "a,=b", "a,b", "a,b="] {
        assert!(Change::parse_merge(text).is_err(), "{text}");
    }
    for text in ["a", "a=country", "a=country:", "=country:x"] {
        assert!(Change::parse_reclassify(text).is_err(), "{text}");
    }
}

/// The same by plain loops over a list of owners.
fn naive_hhi(holders: &[(String, f64)]) -> Option<f64> {
    let total: f64 = holders.iter().map(|(_, held)| held).sum();
    let mut names: Vec<&str> = holders.iter().map(|(name, _)| name.as_str()).collect();
    names.sort_unstable();
    names.dedup();
    let held = |name: &str| -> f64 {
        holders.iter().filter(|(of, _)| of == name).map(|(_, held)| held).sum()
    };
    (total > 0.0).then(|| names.iter().map(|name| (100.0 * held(name) / total).powi(2)).sum())
}

proptest! {
    /// Changes on sums of units equal the same changes made to a list of owners.
    #[test]
    fn effects_equal_a_plain_loop_over_owners(
        owners in prop::collection::vec((0..4_u32, 0..4_u32, 0..1_000_u32), 2..12),
        merged in (0..12_usize, 0..12_usize),
        removed in prop::option::of(1..4_u32),
    ) {
        let (one, other) = (merged.0 % owners.len(), merged.1 % owners.len());
        let owners: Vec<Owner> = owners.into_iter().map(|(c, s, x)| (c, s, x, 0.0)).collect();
        let text = format!("o{one},o{other}=new");
        let mut changes = vec![Change::parse_merge(&text).unwrap()];
        changes.extend(removed.map(|code| Change::parse_remove(&format!("country=c{code}"))));
        let effects = effects(&owners, &changes);
        let named = |is_after: bool| -> Vec<(String, f64)> {
            let kept = owners.iter().enumerate().filter(|(_, owner)| {
                !is_after || Some(owner.0) != removed
            });
            kept.map(|(place, owner)| {
                let is_new = is_after && (place == one || place == other);
                let name = if is_new { "new".to_owned() } else { format!("o{place}") };
                (name, f64::from(owner.2))
            }).collect()
        };
        let hhi = effects.iter().find(|effect| effect.statistic == Statistic::Hhi).unwrap();
        for (given, expected) in [(&hhi.before, naive_hhi(&named(false))), (&hhi.after, naive_hhi(&named(true)))] {
            prop_assert_eq!(given.value.is_some(), expected.is_some());
            let Some((given, expected)) = given.value.zip(expected) else { continue };
            prop_assert!((given - expected).abs() < 1e-6, "{} {}", given, expected);
        }
        // The shares of countries add up to one, before and after.
        for of in [|effect: &Effect| effect.before.value, |effect: &Effect| effect.after.value] {
            let shares: Vec<f64> = effects.iter().filter(|e| e.group == "country").filter_map(of).collect();
            let sum: f64 = shares.iter().sum();
            prop_assert!(shares.is_empty() || (sum - 1.0).abs() < 1e-9, "{}", sum);
        }
        for effect in &effects {
            let Some(value) = effect.difference.value else { continue };
            if let (Some(low), Some(high)) = (effect.difference.bound_low, effect.difference.bound_high) {
                prop_assert!(low <= value + 1e-9 && value <= high + 1e-9, "{:?}", effect);
            }
        }
    }

    /// Wherever the unreviewed are, the difference of a share lies within its bounds.
    #[test]
    fn bounds_hold_wherever_the_unreviewed_belong(
        owners in prop::collection::vec((0..3_u32, 1..1_000_u32, 1..3_u32), 2..10),
        removed in 0..10_usize,
        is_moved in any::<bool>(),
    ) {
        let change = |of: &str| if is_moved {
            Change::parse_reclassify(&format!("{of}=country:c1")).unwrap()
        } else {
            Change::parse_remove(of)
        };
        let changes = [change(&format!("o{}", removed % owners.len()))];
        let given: Vec<Owner> = owners.iter().map(|(c, x, _)| (*c, 1, *x, 0.0)).collect();
        // As it is in truth.
        let true_of = |(c, x, truth): &(u32, u32, u32)| (if *c == 0 { *truth } else { *c }, 1, *x, 0.0);
        let truth: Vec<Owner> = owners.iter().map(true_of).collect();
        let find = |effects: &[Effect]| effects.iter().find(|e| e.unit.as_deref() == Some("c1")).cloned();
        let (bounded, true_one) = (find(&effects(&given, &changes)), find(&effects(&truth, &changes)));
        let (Some(bounded), Some(true_one)) = (bounded, true_one) else { return Ok(()) };
        let Some(value) = true_one.difference.value else { return Ok(()) };
        let (low, high) = (bounded.difference.bound_low.unwrap(), bounded.difference.bound_high.unwrap());
        prop_assert!(low - 1e-9 <= value && value <= high + 1e-9, "{} {} {}", low, value, high);
    }
}
