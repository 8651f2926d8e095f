//! Every planted fact is found, with the right sign, date and size within its interval.
//!
//! The truth is what the simulation planted and what it counted, by its own plain loops
//! (`simulate::Facts`). Values are those that were counted; intervals are to hold what was planted,
//! of which the drawn owners and models are a sample.

use std::sync::OnceLock;

use analyze::results::{End, Found, What};
use simulate::{Change, Overtaking, Scenario, Trait};

use crate::histories::{Known, line};

const DRAWS: usize = 400;
const DAYS_A_BLOCK: f64 = 28.0;

struct Case {
    size: Found,
    experts: Found,
    available: Found,
    quantized: Found,
    countries: Found,
    openness: Found,
    consolidation: Found,
    eras: Found,
    facts: simulate::Facts,
    dates: Vec<f64>,
}

/// One history for all tests; results come from a thread that keeps the market to itself.
fn case() -> &'static Case {
    static CASE: OnceLock<Case> = OnceLock::new();
    CASE.get_or_init(|| {
        let known = Known::new(11, 600, Scenario::Planted);
        let found = |name: &str| known.found(name, DRAWS);
        Case {
            size: found("sizes"),
            experts: found("experts"),
            available: found("training-data"),
            quantized: found("quantized"),
            countries: found("overtaking"),
            openness: found("openness-crossing"),
            consolidation: found("consolidation"),
            eras: found("eras"),
            facts: known.history.facts.clone(),
            dates: (0..known.history.options.weeks).map(|week| known.monday(week)).collect(),
        }
    })
}

fn change(of: Trait) -> &'static Change {
    case().facts.changes.iter().find(|change| change.of == of).expect("it is planted")
}

/// The line has the counted value, and its sampling interval the planted one.
fn holds(found: &Found, (what, unit): (&str, Option<&str>), counted: f64, planted: f64) {
    let estimate = &line(found, what, unit).estimate;
    let value = estimate.value.expect("it is defined");
    assert!((value / counted - 1.0).abs() < 1e-6, "{what}: {value}, not {counted}");
    let (low, high) = estimate.sampling_low.zip(estimate.sampling_high).expect("it was drawn");
    assert!((low..=high).contains(&planted), "{what}: {low} … {high} without {planted}");
}

/// Size × 17 between 2022 and 2025: by download the mean of total parameters.
#[test]
fn sizes_grow_as_planted() {
    let change = change(Trait::Size);
    assert!((change.planted.ratio() / 17.0 - 1.0).abs() < 0.01, "{:?}", change.planted);
    let what = ("ratio of mean of total parameters by download", None);
    holds(&case().size, what, change.realised.ratio(), change.planted.ratio());
    let test = line(&case().size, what.0, None).test.expect("it is tested");
    assert!(test.adjusted <= 0.05, "{test:?}");
    assert!(case().size.sentences[0].is_finding);
}

/// Experts × 7 between 2023 and 2025: shares of each year, and their ratio by hand.
#[test]
fn experts_grow_as_planted() {
    let change = change(Trait::Experts);
    assert!((change.planted.ratio() / 7.0 - 1.0).abs() < 0.01, "{:?}", change.planted);
    let shares = case().experts.lines.iter().filter(|line| line.what == What::Share);
    let of = |year: &str| shares.clone().find(|line| line.when == year).expect("it is told");
    for (year, counted, planted) in [
        ("2023", change.realised.before, change.planted.before),
        ("2025", change.realised.after, change.planted.after),
    ] {
        let estimate = &of(year).estimate;
        assert!((estimate.value.unwrap() / counted - 1.0).abs() < 1e-6, "{year}");
        let ends = estimate.sampling_low.unwrap()..=estimate.sampling_high.unwrap();
        assert!(ends.contains(&planted), "{year}: {ends:?} without {planted}");
    }
    let grown = line(&case().experts, "change of share", Some("yes")).test.expect("it is tested");
    assert!(grown.adjusted <= 0.05, "{grown:?}");
}

#[test]
fn disclosure_falls_and_quantizers_rise_as_planted() {
    let (fell, rose) = (change(Trait::Available), change(Trait::Quantized));
    let (before, after) = (fell.realised, fell.planted);
    let what = ("change of share", Some("available"));
    holds(&case().available, what, before.after - before.before, after.after - after.before);
    let (before, after) = (rose.realised, rose.planted);
    let what = ("change of share", Some("yes"));
    holds(&case().quantized, what, before.after - before.before, after.after - after.before);
    for (found, word) in [(&case().available, " fell from "), (&case().quantized, " rose from ")] {
        let texts: Vec<String> = found.sentences.iter().map(|one| one.text(&found.lines)).collect();
        assert!(texts.iter().any(|text| text.contains(word)), "{texts:?}");
        assert!(found.sentences.iter().any(|sentence| sentence.is_finding));
    }
}

/// The date is at most a block from the counted crossing, and its range has the planted one.
#[test]
fn overtakings_are_dated_as_planted() {
    for (found, of) in
        [(&case().countries, &case().facts.country), (&case().openness, &case().facts.openness)]
    {
        let Overtaking { rising, falling, planted, realised, .. } = of;
        let name = format!("{rising} over {falling}");
        let date = &line(found, "week from which it was ahead", Some(&name)).estimate;
        let monday = |week: &Option<u32>| case().dates[week.expect("it crosses") as usize];
        let (counted, planted) = (monday(realised), monday(planted));
        assert!(
            (date.value.unwrap() - counted).abs() <= DAYS_A_BLOCK,
            "{name}: {date:?} {counted}"
        );
        let ends = date.sampling_low.unwrap()..=date.sampling_high.unwrap();
        // Of a block any day may be the one.
        let near = ends.start() - DAYS_A_BLOCK..=ends.end() + DAYS_A_BLOCK;
        assert!(near.contains(&planted), "{name}: {ends:?} without {planted}");
        assert!(found.sentences.iter().any(|sentence| sentence.is_finding), "{name}");
    }
}

/// Two rounds, each from its planted week to its height, driven by one of those who gain.
#[test]
fn both_rounds_of_consolidation_are_found() {
    let found = &case().consolidation;
    let rises: Vec<usize> = (0..found.lines.len())
        .filter(|line| found.lines[*line].what.name().starts_with("concentration rises from"))
        .collect();
    let rounds = &case().facts.rounds;
    assert_eq!(rises.len(), rounds.len(), "{found:#?}");
    for (first, round) in rises.into_iter().zip(rounds) {
        let begin = &found.lines[first].estimate;
        let near = |low: f64, high: f64, [from, to]: [f64; 2]| {
            low - DAYS_A_BLOCK <= to && from <= high + DAYS_A_BLOCK
        };
        let week = |week: u32| case().dates[week as usize];
        let rises_from = week(round.rises_from);
        let (low, high) = (begin.sampling_low.unwrap(), begin.sampling_high.unwrap());
        assert!(near(low, high, [rises_from; 2]), "{low} … {high} without {rises_from}");
        if let (Some([falls_from, _]), Some(low), Some(high)) = (
            round.falls,
            End::SamplingLow.of(&found.lines[first + 1]),
            End::SamplingHigh.of(&found.lines[first + 1]),
        ) {
            let height = [week(round.peaks_from), week(falls_from)];
            assert!(near(low, high, height), "{low} … {high} without {height:?}");
        }
        let rise = &found.lines[first + 2];
        assert!(rise.estimate.sampling_low.unwrap() > 0.0, "{rise:?}");
        assert!(rise.test.expect("it is tested").adjusted <= 0.05, "{rise:?}");
        let driver = found.lines[first + 3].unit.clone().expect("an owner drives it");
        let drivers = drivers_of(&round.drivers);
        assert!(drivers.contains(&driver), "{driver} is not of {drivers:?}");
    }
}

fn drivers_of(numbers: &[u32]) -> Vec<String> {
    let known =
        simulate::history(&simulate::HistoryOptions::four_years(11, 600, Scenario::Planted));
    numbers.iter().map(|owner| known.owners[*owner as usize].name.clone()).collect()
}

/// Of the dates of new eras each is one at which concentration turns, within a block of when it
/// stands still between a rise and a fall.
#[test]
fn eras_begin_where_the_history_turns() {
    let found = &case().eras;
    let dates = found.lines.iter().filter(|line| line.what == What::Date("a new era from"));
    let dates: Vec<_> = dates.map(|line| &line.estimate).collect();
    let week = |week: u32| case().dates[week as usize];
    let [first, second] = &case().facts.rounds[..] else { panic!("two rounds are planted") };
    let [falls, has_fallen] = first.falls.expect("the first round ends");
    let turns =
        [[week(first.peaks_from), week(falls)], [week(has_fallen), week(second.rises_from)]];
    assert_eq!(dates.len(), turns.len(), "{dates:#?}");
    for (date, [from, to]) in dates.into_iter().zip(turns) {
        let (low, high) = (date.sampling_low.unwrap(), date.sampling_high.unwrap());
        let is_near = low - DAYS_A_BLOCK <= to && from <= high + DAYS_A_BLOCK;
        assert!(is_near, "{low} … {high} without {from} … {to}");
    }
}

/// Nothing that is planted comes back every year.
#[test]
fn no_season_is_told_of_a_history_without_one() {
    let found = Known::new(11, 600, Scenario::Planted).found("season", DRAWS);
    assert!(found.lines.is_empty(), "{found:#?}");
    let told: Vec<String> = found.sentences.iter().map(|one| one.text(&found.lines)).collect();
    assert!(told[0].starts_with("No season"), "{told:?}");
}
