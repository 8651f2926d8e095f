//! On a history with nothing planted nothing is found beyond the nominal rate.

use analyze::results::{Form, What};
use simulate::Scenario;

use crate::histories::Known;

const DRAWS: usize = 300;
/// Results with tests of changes.
const TESTED: [&str; 10] = [
    "countries",
    "sectors",
    "concentration",
    "concentration-of-countries",
    "sizes",
    "experts",
    "quantized",
    "openness",
    "training-data",
    "roles",
];
/// Results that tell of dates, with what a date in them is called.
const DATED: [(&str, &str); 4] = [
    ("overtaking", "week from which it was ahead"),
    ("openness-crossing", "week from which it was ahead"),
    ("consolidation", "concentration"),
    ("eras", "a new era from"),
];

/// What was found in some worlds where nothing is.
#[derive(Debug, Default)]
struct FalseFinds {
    tests: usize,
    /// With an uncorrected p-value of at most 0.05.
    rejected: usize,
    results: usize,
    /// With any corrected p-value of at most 0.05.
    discoveries: usize,
    /// Dates that a sentence calls a finding.
    dates: usize,
}

impl FalseFinds {
    fn of(worlds: std::ops::Range<u64>) -> Self {
        let mut finds = Self::default();
        for seed in worlds {
            let known = Known::new(seed, 400, Scenario::Null);
            for name in TESTED {
                let found = known.found(name, DRAWS);
                let tests: Vec<_> = found.lines.iter().filter_map(|line| line.test).collect();
                finds.results += 1;
                finds.tests += tests.len();
                finds.rejected += tests.iter().filter(|test| test.p <= 0.05).count();
                finds.discoveries += usize::from(tests.iter().any(|test| test.adjusted <= 0.05));
            }
            for (name, date) in DATED {
                let found = known.found(name, DRAWS);
                let dates = found.lines.iter().filter(|line| line.form == Form::Week);
                let is_it = |what: What| what.name().starts_with(date);
                let has_any = dates.filter(|line| is_it(line.what)).count() > 0;
                let is_called = found.sentences.iter().any(|sentence| sentence.is_finding);
                // The era that is the whole record has slopes, and no date.
                finds.dates += usize::from(has_any && is_called);
            }
        }
        finds
    }
}

/// Six worlds, of four years and 400 owners each; `docs/methods/results.md` has the rates of more.
#[test]
fn nothing_is_found_where_nothing_is() {
    let finds = FalseFinds::of(100..106);
    assert!(finds.tests > 200, "{finds:?}");
    assert!(finds.rejected * 100 <= finds.tests * 8, "{finds:?}");
    assert!(finds.discoveries * 100 <= finds.results * 8, "{finds:?}");
    assert!(finds.dates <= 2, "{finds:?}");
}

/// The rates that `docs/methods/results.md` tells, which take minutes: with SLOW_TESTS=1.
#[test]
#[expect(
    clippy::disallowed_methods,
    reason = "whoever runs tests says whether slow ones are wanted"
)]
fn rates_of_forty_worlds() {
    if std::env::var_os("SLOW_TESTS").is_none() {
        return;
    }
    let finds = FalseFinds::of(100..140);
    assert!(finds.rejected * 100 <= finds.tests * 7, "{finds:?}");
    assert!(finds.discoveries * 100 <= finds.results * 7, "{finds:?}");
    assert!(finds.dates * 100 <= 40 * DATED.len() * 7, "{finds:?}");
}
