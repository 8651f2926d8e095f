//! How often the range of a planted fact has it, over twenty histories.

use analyze::results::{Found, Line, What};
use simulate::{Overtaking, Scenario, Trait, Values};

use crate::histories::{Known, line};

const DRAWS: usize = 400;
const DAYS_A_BLOCK: f64 = 28.0;
const SEEDS: std::ops::Range<u64> = 20..40;

/// How often something was as it should be, of how many.
#[derive(Debug, Clone, Copy, Default)]
struct Count {
    held: u32,
    of: u32,
}

impl Count {
    fn add(&mut self, is_held: bool) {
        self.held += u32::from(is_held);
        self.of += 1;
    }

    /// Whether so many or fewer would be rarer than one time in a thousand, were each as likely as
    /// promised: a binomial sum.
    fn is_below(self, promised: f64) -> bool {
        let mut chance = (1.0 - promised).powi(self.of as i32);
        let mut up_to = chance;
        for held in 0..self.held {
            chance *= f64::from(self.of - held) / f64::from(held + 1) * promised / (1.0 - promised);
            up_to += chance;
        }
        up_to < 0.001
    }
}

/// What was counted over the histories.
#[derive(Debug, Default)]
struct Counts {
    size: Count,
    experts: Count,
    available: Count,
    quantized: Count,
    overtakings: Count,
    two_rounds: Count,
    begins: Count,
    ends: Count,
    /// Dates of new eras that are a planted turn.
    eras: Count,
    /// The two greatest planted turns that are a date of a new era.
    turns: Count,
}

impl Counts {
    fn add(&mut self, known: &Known) {
        let facts = &known.history.facts;
        let change = |of: Trait| {
            let change = facts.changes.iter().find(|change| change.of == of);
            change.expect("it is planted").planted
        };
        let sizes = known.found("sizes", DRAWS);
        let ratio = line(&sizes, "ratio of mean of total parameters by download", None);
        self.size.add(has(ratio, change(Trait::Size).ratio()));
        let Values { before, after } = change(Trait::Experts);
        let experts = known.found("experts", DRAWS);
        for (year, planted) in [("2023", before), ("2025", after)] {
            let is_it = |line: &&Line| line.what == What::Share && line.when == year;
            let share = experts.lines.iter().find(is_it).expect("it is told");
            self.experts.add(has(share, planted));
        }
        for (name, unit, of, count) in [
            ("training-data", "available", Trait::Available, &mut self.available),
            ("quantized", "yes", Trait::Quantized, &mut self.quantized),
        ] {
            let Values { before, after } = change(of);
            let found = known.found(name, DRAWS);
            count.add(has(line(&found, "change of share", Some(unit)), after - before));
        }
        for (name, of) in [("overtaking", facts.country), ("openness-crossing", facts.openness)] {
            let Overtaking { rising, falling, planted, .. } = of;
            let found = known.found(name, DRAWS);
            let name = format!("{rising} over {falling}");
            let date = line(&found, "week from which it was ahead", Some(&name));
            let planted = known.monday(planted.expect("it is planted"));
            self.overtakings.add(is_near(date, [planted; 2]));
        }
        self.add_rounds(known);
        self.add_eras(known);
    }

    fn add_rounds(&mut self, known: &Known) {
        let found = known.found("consolidation", DRAWS);
        let rounds = &known.history.facts.rounds;
        let begins = dates(&found, "concentration rises from");
        self.two_rounds.add(begins.len() == rounds.len());
        for (at, round) in begins.iter().zip(rounds) {
            let [begin, end] = [&found.lines[*at], &found.lines[*at + 1]];
            let from = known.monday(round.rises_from);
            self.begins.add(is_near(begin, [from; 2]));
            if let Some([falls, _]) = round.falls {
                let height = [round.peaks_from, falls].map(|week| known.monday(week));
                self.ends.add(is_near(end, height));
            }
        }
    }

    fn add_eras(&mut self, known: &Known) {
        let found = known.found("eras", DRAWS);
        let [first, second] = &known.history.facts.rounds[..] else { panic!("two are planted") };
        let [falls, has_fallen] = first.falls.expect("the first round ends");
        let turns = [
            [first.rises_from; 2],
            [first.peaks_from, falls],
            [has_fallen, second.rises_from],
            [second.peaks_from; 2],
        ]
        .map(|turn| turn.map(|week| known.monday(week)));
        let eras: Vec<&Line> =
            dates(&found, "a new era from").iter().map(|at| &found.lines[*at]).collect();
        for era in &eras {
            self.eras.add(turns.iter().any(|turn| is_near(era, *turn)));
        }
        for turn in &turns[1..3] {
            self.turns.add(eras.iter().any(|era| is_near(era, *turn)));
        }
    }
}

/// The places of the lines of dates that are called so.
fn dates(found: &Found, name: &str) -> Vec<usize> {
    let is_it = |at: &usize| found.lines[*at].what.name().starts_with(name);
    (0..found.lines.len()).filter(is_it).collect()
}

/// Whether the sampling interval has a number.
fn has(line: &Line, planted: f64) -> bool {
    let ends = line.estimate.sampling_low.zip(line.estimate.sampling_high);
    ends.is_some_and(|(low, high)| (low..=high).contains(&planted))
}

/// Whether the range of a date, give or take a block, of which any day may be the one, reaches into
/// a stretch. A date at an end of the record has no range, and is where it says.
fn is_near(date: &Line, [from, to]: [f64; 2]) -> bool {
    let at = date.estimate.value.expect("a date is known");
    let low = date.estimate.sampling_low.unwrap_or(at);
    let high = date.estimate.sampling_high.unwrap_or(at);
    low - DAYS_A_BLOCK <= to && from <= high + DAYS_A_BLOCK
}

/// The table of `docs/methods/results.md`, which takes a minute: with SLOW_TESTS=1.
#[test]
#[expect(
    clippy::disallowed_methods,
    reason = "whoever runs tests says whether slow ones are wanted"
)]
#[expect(clippy::print_stderr, reason = "the table of the methods page is made from it")]
fn ranges_have_what_was_planted_in_twenty_histories() {
    if std::env::var_os("SLOW_TESTS").is_none() {
        return;
    }
    let mut counts = Counts::default();
    SEEDS.for_each(|seed| counts.add(&Known::new(seed, 600, Scenario::Planted)));
    eprintln!("{counts:#?}");
    let Counts { size, experts, available, quantized, overtakings, begins, ends, .. } = counts;
    for count in [size, experts, available, quantized, overtakings, begins, ends] {
        assert!(!count.is_below(0.95), "{counts:#?}");
    }
    for count in [counts.two_rounds, counts.eras, counts.turns] {
        assert!(!count.is_below(0.95), "{counts:#?}");
    }
}
