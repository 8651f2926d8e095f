use proptest::prelude::*;

use panel::UnitSum;

use super::*;

fn unit(value: f64, spread: f64) -> UnitSum {
    UnitSum { value, below: spread, above: spread, model_count: 1, ..UnitSum::default() }
}

const MARKET_WIDE: [Statistic; 9] = [
    Statistic::Hhi,
    Statistic::HhiNormalized,
    Statistic::EffectiveNumber,
    Statistic::Cr1,
    Statistic::Cr4,
    Statistic::Cr10,
    Statistic::Gini,
    Statistic::Entropy,
    Statistic::Theil,
];

#[test]
fn a_census_read_exactly_has_a_zero_width_interval() {
    let sums = Sums::of(&[unit(3.0, 0.0), unit(1.0, 0.0)]);
    let standings = Standings::new(&sums, MeasureKind::AsOf, &[]);
    for statistic in MARKET_WIDE {
        let estimate = standings.statistic(statistic);
        assert_eq!((estimate.low, estimate.high), (estimate.value, estimate.value), "{statistic}");
        assert_eq!(estimate.bound_low, estimate.value, "{statistic}");
    }
    let hhi = standings.statistic(Statistic::Hhi).value.unwrap();
    assert!((hhi - 6250.0).abs() < 1e-9, "{hhi}");
}

#[test]
fn an_empty_market_has_no_index() {
    let sums = Sums::default();
    let standings = Standings::new(&sums, MeasureKind::Flow, &[]);
    for statistic in MARKET_WIDE {
        assert_eq!(standings.statistic(statistic).value, None, "{statistic}");
    }
}

/// `design.md` §3: low = Σ s_k², high = (s_max + u)² + Σ of the others.
#[test]
fn unattributed_mass_widens_the_bounds_and_nothing_else() {
    let sums = Sums::of(&[unit(50.0, 0.0), unit(30.0, 0.0), unit(20.0, 0.0)]);
    let standings = Standings::new(&sums, MeasureKind::AsOf, &[2]);
    let hhi = standings.statistic(Statistic::Hhi);
    assert_eq!(hhi.n, 2);
    let close = |given: Option<f64>, expected: f64| (given.unwrap() - expected).abs() < 1e-9;
    assert!(close(hhi.value, 10_000.0 * (0.625_f64.powi(2) + 0.375_f64.powi(2))));
    assert!(close(hhi.bound_low, 10_000.0 * (0.25 + 0.09)));
    assert!(close(hhi.bound_high, 10_000.0 * (0.49 + 0.09)));
    let share = standings.share_of(0);
    assert!(close(share.value, 0.5) && close(share.bound_low, 0.5) && close(share.bound_high, 0.7));
}

/// By hand: x = 60 (−6, +0) and 40 (−0, +0). Low: (1 − .6)·6 / 100 below .6; high: only the unit's
/// own fall moves the other's share up, by .4·6 / 100.
#[test]
fn a_share_falls_with_its_unit_and_rises_with_the_fall_of_others() {
    let falling = UnitSum { below: 6.0, ..unit(60.0, 0.0) };
    let sums = Sums::of(&[falling, unit(40.0, 0.0)]);
    let standings = Standings::new(&sums, MeasureKind::Flow, &[]);
    let ends = |code: u32| {
        let share = standings.share_of(code);
        (share.low.unwrap(), share.high.unwrap())
    };
    let close =
        |(a, b): (f64, f64), (c, d): (f64, f64)| (a - c).abs() < 1e-12 && (b - d).abs() < 1e-12;
    assert!(close(ends(0), (0.576, 0.6)), "{:?}", ends(0));
    assert!(close(ends(1), (0.4, 0.424)), "{:?}", ends(1));
}

proptest! {
    /// The slopes equal a numerical derivative.
    #[test]
    fn slopes_equal_numerical_derivatives(
        mut values in prop::collection::vec(1.0..1e4_f64, 2..20),
        chosen in 0..20_usize,
    ) {
        values.sort_by(|a, b| b.total_cmp(a));
        values.dedup_by(|a, b| (*b - *a).abs() < 1e-2);
        prop_assume!(values.len() > 1);
        let rank = chosen % values.len();
        let known: f64 = values.iter().sum();
        let of = |statistic: Statistic, values: &[f64]| {
            let mut ascending = values.to_vec();
            ascending.sort_by(f64::total_cmp);
            let runs = ascending.into_iter().map(|value| Run { value, count: 1 });
            value_of_runs(statistic, &Runs::new(runs.collect())).unwrap()
        };
        for statistic in MARKET_WIDE {
            let value = of(statistic, &values);
            let step = 1e-4;
            let mut moved = values.clone();
            moved[rank] += step;
            let up = of(statistic, &moved);
            moved[rank] -= 2.0 * step;
            let down = of(statistic, &moved);
            let numerical = (up - down) / (2.0 * step);
            let market = Market::new(values.len() as f64, known, of(Statistic::Hhi, &values) / 10_000.0, value);
            let rank_of = Rank { smaller: (values.len() - 1 - rank) as f64, equal: 1.0 };
            let slope = slope_of(statistic, &market, values[rank], rank_of);
            let scale = value.abs() / known + numerical.abs();
            prop_assert!((slope - numerical).abs() <= 1e-4 * scale + 1e-9, "{}: {} {}", statistic, slope, numerical);
        }
    }

    /// Named units, all others and what belongs to none add up to everything.
    #[test]
    fn others_are_what_is_left(
        rows in prop::collection::vec((0..1_000_000_u32, 0..3_u32, any::<bool>(), any::<bool>()), 0..20),
    ) {
        let unit = |(sum, models, ..): &(u32, u32, bool, bool)| UnitSum {
            // Of what no model has nothing is known.
            value: if *models == 0 { 0.0 } else { f64::from(*sum) },
            model_count: *models,
            estimated: if *models == 0 { 0.0 } else { f64::from(*sum / 2) },
            missing: sum % 3,
            ..UnitSum::default()
        };
        let sums = Sums::of(&rows.iter().map(unit).collect::<Vec<_>>());
        let codes = || 0..rows.len() as u32;
        let unattributed: Vec<u32> = codes().filter(|code| !rows[*code as usize].2).collect();
        let is_named = |code: &u32| rows[*code as usize].2 && rows[*code as usize].3;
        let named: Vec<u32> = codes().filter(is_named).collect();
        let others: Vec<_> = rows.iter().filter(|row| row.2 && !row.3 && row.1 > 0).collect();
        let standings = Standings::new(&sums, MeasureKind::Flow, &unattributed);
        let given = standings.others(&named, Statistic::Sum);
        prop_assert_eq!(given.is_some(), !others.is_empty());
        let Some(given) = given else { return Ok(()) };
        let sum: u32 = others.iter().map(|row| row.0).sum();
        let half: u32 = others.iter().map(|row| row.0 / 2).sum();
        let models: u32 = others.iter().map(|row| row.1).sum();
        prop_assert_eq!((given.value, given.n), (Some(f64::from(sum)), u64::from(models)));
        prop_assert_eq!((given.low, given.high, given.bound_low, given.bound_high), (None, None, None, None));
        let share = if sum == 0 { 0.0 } else { f64::from(half) / f64::from(sum) };
        prop_assert_eq!(given.estimated_share, Some(share));
        let parts = standings.largest_of(&named, usize::MAX, |code| code).into_iter().chain(standings.unattributed.clone());
        let shares: f64 = parts.filter_map(|code| standings.share_of(code).value).sum();
        if let Some(others) = standings.others(&named, Statistic::Share) {
            prop_assert!((shares + others.value.unwrap() - 1.0).abs() < 1e-9);
        }
    }

    #[test]
    fn intervals_and_bounds_hold_the_value(
        rows in prop::collection::vec((0.0..1e6_f64, 0.0..1e5_f64, any::<bool>()), 0..20),
    ) {
        let units: Vec<UnitSum> = rows.iter().map(|row| unit(row.0, row.1)).collect();
        let sums = Sums::of(&units);
        let unattributed = (0..rows.len() as u32).filter(|code| !rows[*code as usize].2);
        let unattributed: Vec<u32> = unattributed.collect();
        let standings = Standings::new(&sums, MeasureKind::Flow, &unattributed);
        let mut estimates: Vec<Estimate> = MARKET_WIDE.map(|s| standings.statistic(s)).to_vec();
        estimates.extend((0..rows.len() as u32).flat_map(|code| [standings.sum_of(code), standings.share_of(code)]));
        estimates.push(standings.total());
        for estimate in estimates {
            let Some(value) = estimate.value else { continue };
            let slack = 1e-9 * value.abs().max(1.0);
            prop_assert!(estimate.low.unwrap() <= value + slack && value <= estimate.high.unwrap() + slack);
            prop_assert!(estimate.bound_low.unwrap() <= value + slack, "{estimate:?}");
            prop_assert!(value <= estimate.bound_high.unwrap() + slack, "{estimate:?}");
        }
    }
}

/// By hand: of 5, 3, 3, 1 and 0 the threes have two smaller and are two, so that of a hundred
/// (2 + 2/2)/5 = 60; as SciPy 1.13's `percentileofscore([5, 3, 3, 1, 0], 3, "mean")`.
#[test]
fn ranks_and_percentiles_of_a_small_market() {
    let sums = Sums::of(&[5.0, 3.0, 3.0, 1.0, 0.0, 7.0].map(|value| unit(value, 0.0)));
    let standings = Standings::new(&sums, MeasureKind::AsOf, &[5]);
    let ranks = [0, 1, 2, 3, 4].map(|code| standings.rank_of(code).value.unwrap());
    assert_eq!(ranks.map(|rank| rank as u32), [1, 2, 2, 4, 5]);
    let percentiles = [0, 1, 2, 3, 4].map(|code| standings.percentile_of(code).value.unwrap());
    for (found, expected) in percentiles.into_iter().zip([90.0, 60.0, 60.0, 30.0, 10.0]) {
        assert!((found - expected).abs() < 1e-9, "{percentiles:?}");
    }
    let rank = standings.rank_of(1);
    assert_eq!((rank.low, rank.high), (Some(2.0), Some(2.0)));
    assert_eq!((rank.bound_low, rank.bound_high), (None, None), "seven belong to nobody known");
}

/// 3 may be anything from 1 to 5: alone in its size it would be first, or third of three.
#[test]
fn a_place_is_as_sure_as_the_sum() {
    let sums = Sums::of(&[unit(4.0, 0.0), unit(3.0, 2.0), unit(2.0, 0.0)]);
    let standings = Standings::new(&sums, MeasureKind::Flow, &[]);
    let rank = standings.rank_of(1);
    assert_eq!((rank.value, rank.low, rank.high), (Some(2.0), Some(1.0), Some(3.0)));
    let percentile = standings.percentile_of(1);
    let close = |given: Option<f64>, expected: f64| (given.unwrap() - expected).abs() < 1e-9;
    assert!(close(percentile.low, 100.0 / 6.0) && close(percentile.high, 500.0 / 6.0));
}

proptest! {
    /// A plain loop over all units.
    #[test]
    fn places_equal_a_plain_loop(
        units in prop::collection::vec((0..12_u32, 0..5_u32), 1..30),
        place in 0..30_usize,
    ) {
        let values: Vec<(f64, f64)> =
            units.iter().map(|(value, width)| (f64::from(*value), f64::from(*width))).collect();
        let place = place % values.len();
        let sums = Sums::of(&values.iter().map(|(value, width)| unit(*value, *width)).collect::<Vec<_>>());
        let standings = Standings::new(&sums, MeasureKind::Flow, &[]);
        let others = || {
            values.iter().enumerate().filter(|(other, _)| *other != place).map(|(_, (value, _))| *value)
        };
        let (value, width) = values[place];
        let rank = |own: f64| 1.0 + others().filter(|other| *other > own).count() as f64;
        let percentile = |own: f64| {
            let smaller = others().filter(|other| *other < own).count() as f64;
            let equal = 1.0 + others().filter(|other| other.total_cmp(&own).is_eq()).count() as f64;
            100.0 * (smaller + equal / 2.0) / values.len() as f64
        };
        let close = |given: Option<f64>, expected: f64| (given.unwrap() - expected).abs() < 1e-9;
        let (low, high) = ((value - width).max(0.0), value + width);
        let found = standings.rank_of(place as u32);
        prop_assert!(close(found.value, rank(value)), "{found:?}");
        prop_assert!(close(found.low, rank(high)) && close(found.high, rank(low)), "{found:?}");
        let found = standings.percentile_of(place as u32);
        prop_assert!(close(found.value, percentile(value)), "{found:?}");
        prop_assert!(close(found.low, percentile(low)) && close(found.high, percentile(high)), "{found:?}");
    }
}
