//! On a history with nothing planted nothing is found beyond the nominal rate.

use analyze::results::What;
use simulate::Scenario;

use crate::histories::Known;

#[test]
fn probe() {
    let (mut tests, mut rejected, mut false_discoveries, mut crossings, mut rises, mut knots) =
        (0, 0, 0, 0, 0, 0);
    let worlds: u64 = std::env::var("WORLDS").map_or(12, |w| w.parse().unwrap());
    let mut by = std::collections::BTreeMap::<String, (u32, u32, u32)>::new();
    for seed in 0..worlds {
        let known = Known::new(100 + seed, 400, Scenario::Null);
        for name in [
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
        ] {
            let found = known.found(name, 300);
            let entry = by.entry(name.to_owned()).or_default();
            let mut any = false;
            for test in found.lines.iter().filter_map(|line| line.test) {
                entry.0 += 1;
                entry.1 += u32::from(test.p <= 0.05);
                any |= test.adjusted <= 0.05;
                tests += 1;
                rejected += u32::from(test.p <= 0.05);
            }
            entry.2 += u32::from(any);
            false_discoveries += u32::from(any);
        }
        for name in ["overtaking", "openness-crossing"] {
            crossings += known.found(name, 300).sentences.iter().filter(|s| s.is_finding).count();
        }
        let c = known.found("consolidation", 300);
        rises += c.sentences.iter().filter(|s| s.is_finding).count();
        let e = known.found("eras", 300);
        knots += e.lines.iter().filter(|line| line.what == What::Date("a new era from")).count();
    }
    panic!(
        "worlds {worlds} tests {tests} rejected {rejected} results with any {false_discoveries} crossings {crossings} consolidation {rises} eras {knots} {by:#?}"
    );
}
