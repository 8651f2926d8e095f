//! A report says nothing that was not asked: every number in its prose is held against the answer
//! that it names, asked again beside it.

mod page;

use std::collections::{BTreeMap, BTreeSet};

use analyze::Market;
use analyze::claims::{Asker, CLAIMS, check};
use analyze::results::{Context, End, Found, Options, RESULTS};
use schema::Measure;
use store::Store;

use self::page::Page;
use crate::support::{Bench, radar};

const MEASURE: Measure = Measure::Downloads30d;
const DRAWS: usize = 200;
const OWNERS: i64 = 24;

/// Every owner's small model loses what its large one gains, so that the mean size rises; the
/// owners' names have digits, as those of models have.
fn bench() -> Bench {
    let bench = Bench::new();
    for (day, small, large) in [("2026-08-19", 900, 100), ("2026-09-02", 300, 700)] {
        let names: Vec<(String, i64)> = (0..OWNERS)
            .flat_map(|owner| {
                let name = |size| format!("lab-{owner}/net-{size}B");
                [(name(1), small + owner), (name(8), large + 3 * owner)]
            })
            .collect();
        let rows: Vec<(&str, i64)> =
            names.iter().map(|(name, downloads)| (name.as_str(), *downloads)).collect();
        let path = bench.file(&format!("{day}T093631.jsonl"), &radar(&rows));
        assert_eq!(bench.import("radar", &path).code, 0);
    }
    bench.done(&["build"]);
    bench
}

/// The report of the bench.
fn report(bench: &Bench) -> String {
    let path = bench.file_path("report.html");
    let draws = DRAWS.to_string();
    let run = bench.done(&[
        "report",
        "--collection",
        "radar",
        "--measure",
        MEASURE.name(),
        "--draws",
        &draws,
        "-o",
        path.to_str().unwrap(),
    ]);
    assert!(run.stderr.contains("report.html written"), "{}", run.stderr);
    std::fs::read_to_string(path).unwrap()
}

/// What the paths in a report lead to, asked anew.
#[derive(Default)]
struct Asked {
    /// Numbers, with how they are written.
    numbers: BTreeMap<String, (f64, String)>,
    texts: BTreeMap<String, String>,
    findings: usize,
}

impl Asked {
    fn of(bench: &Bench) -> Self {
        let store = Store::open(&bench.data()).unwrap();
        let market = Market::load(&store, "radar").unwrap();
        let mut draws = analyze::usual_draws();
        draws.replicates = DRAWS;
        let context = Context::new(
            &store,
            &market,
            Options { measure: Some(MEASURE), draws: Some(draws), ..Options::default() },
        );
        let mut asked = Self::default();
        for described in RESULTS {
            match described.answer(&context).unwrap().found {
                Ok(found) => asked.add_result(described.name, &found),
                Err(reason) => {
                    drop(asked.texts.insert(format!("{}/reason", described.name), reason));
                }
            }
        }
        asked.add_market(&market);
        asked.texts.insert("measure/title".to_owned(), context.measure.title().to_owned());
        asked
            .texts
            .insert("measure/definition".to_owned(), context.measure.definition().to_owned());
        let claims = Asker::new(&store, &market);
        for claim in CLAIMS {
            let path = format!("claims/{}", check(&claims, claim).unwrap().status.name());
            let before = asked.numbers.get(&path).map_or(0.0, |(count, _)| *count);
            asked.add(path, before + 1.0);
        }
        asked
    }

    fn add(&mut self, path: String, number: f64) {
        self.numbers.insert(path, (number, format!("{number}")));
    }

    fn add_result(&mut self, name: &str, found: &Found) {
        for (place, line) in found.lines.iter().enumerate() {
            for end in End::ALL {
                let Some(value) = end.of(line) else { continue };
                let written = (value, line.form.write(value));
                self.numbers.insert(format!("{name}/{place}/{}", end.name()), written);
            }
        }
        for (place, sentence) in found.sentences.iter().enumerate() {
            self.texts.insert(format!("{name}/sentence/{place}"), sentence.text(&found.lines));
            self.findings += usize::from(sentence.is_finding);
        }
        for (place, note) in found.notes.iter().enumerate() {
            self.texts.insert(format!("{name}/note/{place}"), note.clone());
        }
    }

    /// By hand: two snapshots with two models of each owner, all of them sound.
    fn add_market(&mut self, market: &Market) {
        let models = 2.0 * OWNERS as f64;
        for (what, count) in
            [("models", models), ("snapshots", 2.0), ("rows", 2.0 * models), ("problems", 0.0)]
        {
            self.add(format!("market/{what}"), count);
        }
        let [observed, estimated, missing] = market.state_counts();
        let counted = [
            ("observed", observed),
            ("estimated", estimated),
            ("missing", missing),
            ("flagged", market.flagged_count()),
            ("unknown_ages", market.unknown_age_count() as u64),
            ("events", market.events.len() as u64),
        ];
        for (what, count) in counted {
            self.add(format!("market/{what}"), count as f64);
        }
        let about = &market.collection;
        self.texts.insert("collection/covers".to_owned(), about.covers.clone());
        self.texts.insert("collection/source".to_owned(), about.source.clone());
    }
}

#[test]
fn every_number_in_prose_is_one_that_was_asked() {
    let bench = bench();
    let asked = Asked::of(&bench);
    let page = Page::read(&report(&bench));
    assert_eq!(page.stray_digits, [""; 0], "numbers that say not where they are from");

    for data in page.all("data") {
        let from = data.get("data-from").unwrap_or_else(|| panic!("from where: {}", data.text));
        let value: f64 = data.get("value").unwrap().parse().unwrap();
        let zero = (0.0, "0".to_owned());
        let of_claims = from.starts_with("claims/").then_some(&zero);
        let (number, written) =
            asked.numbers.get(from).or(of_claims).unwrap_or_else(|| panic!("{from}"));
        assert_eq!((from, value), (from, *number));
        assert_eq!(data.text, *written, "{from}");
    }
    let quoted = page.elements.iter().filter(|element| element.name == "span");
    for span in quoted {
        let Some(from) = span.get("data-from") else { continue };
        assert_eq!(asked.texts.get(from), Some(&span.text), "{from}");
    }
    assert_eq!(page.all("time").filter(|time| time.get("datetime").is_none()).count(), 0);

    // The report has something to be held against: numbers of results, and findings.
    let of_results = page.all("data").filter(|data| {
        let of = data.get("data-from").unwrap().split('/').next().unwrap();
        RESULTS.iter().any(|result| result.name == of)
    });
    assert!(of_results.count() > 10);
    assert!(asked.findings > 0);
    let told = page.elements.iter().filter(|one| one.get("class") == Some("sentence"));
    let sentences = asked.texts.keys().filter(|path| path.contains("/sentence/")).count();
    assert_eq!(told.count(), sentences + asked.findings, "findings are told in the summary, too");
}

#[test]
fn a_report_is_one_file_that_everybody_can_read() {
    let bench = bench();
    let html = report(&bench);
    for outside in ["<script", "<link", " src=", "url(", "@import"] {
        assert!(!html.contains(outside), "nothing from elsewhere: {outside}");
    }
    let page = Page::read(&html);
    let levels = page.elements.iter().filter_map(|one| one.name.strip_prefix('h')?.parse().ok());
    let mut last: u32 = 0;
    for level in levels {
        assert!(level <= last + 1, "a heading of level {level} after one of {last}");
        last = level;
    }
    assert_eq!(page.all("h1").count(), 1);
    assert_eq!(page.all("table").count(), page.all("caption").count());
    assert!(page.all("table").count() > 3);
    assert!(page.all("th").all(|th| matches!(th.get("scope"), Some("col" | "row"))));
    assert!(page.all("svg").count() > 3);
    assert!(page.all("svg").all(|svg| svg.get("role") == Some("img")));
    let described = page.all("desc").filter(|desc| !desc.text.is_empty()).count();
    assert_eq!(described, page.all("svg").count());

    let ids: Vec<&str> = page.elements.iter().filter_map(|one| one.get("id")).collect();
    let unique: BTreeSet<&str> = ids.iter().copied().collect();
    assert_eq!(ids.len(), unique.len(), "an id is given once");
    let to: Vec<&str> = page.all("a").filter_map(|a| a.get("href")?.strip_prefix('#')).collect();
    assert!(to.len() > 10);
    assert!(to.iter().all(|id| unique.contains(id)), "{to:?}");

    let command = page.all("pre").next().unwrap().text.clone();
    let again = bench.file_path("again.html");
    let mut words: Vec<&str> = command.split(' ').skip(1).collect();
    words.extend(["-o", again.to_str().unwrap()]);
    bench.done(&words);
    assert_eq!(std::fs::read_to_string(again).unwrap(), html, "{command}");
}

#[test]
fn without_chromium_a_report_has_no_pdf_and_says_so() {
    let bench = bench();
    let path = bench.file_path("report.html");
    let nowhere = bench.file_path("no-chromium");
    let run = bench.run(&[
        "report",
        "--collection",
        "radar",
        "--draws",
        "100",
        "--pdf",
        "--chromium",
        nowhere.to_str().unwrap(),
        "-o",
        path.to_str().unwrap(),
    ]);
    assert_eq!(run.code, 1);
    assert!(run.stderr.contains("no PDF: Chromium is not found as"), "{}", run.stderr);
    assert!(run.stderr.contains("no-chromium") && run.stderr.contains("--chromium"));
    assert!(path.is_file() && !path.with_extension("pdf").exists());
}
