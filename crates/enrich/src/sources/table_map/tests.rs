use insta::assert_snapshot;
use schema::Instant;

use super::*;
use crate::sources::{Input, Summary};
use crate::{Record, WindowCount};

const ABOUT: &str = "collection = \"x\"\ntitle = \"X\"\ncovers = \"some\"\nsource = \"me\"\n";

fn now() -> Instant {
    Instant::parse("2026-09-01T00:00:00Z").unwrap()
}

fn map(rest: &str) -> TableMap {
    TableMap::parse(&format!("{ABOUT}{rest}")).unwrap()
}

fn refused(rest: &str) -> String {
    TableMap::parse(&format!("{ABOUT}{rest}")).unwrap_err().to_string()
}

fn read(map: &TableMap, file: &str, bytes: &[u8]) -> (Vec<Record>, Summary) {
    let input = Input { file, bytes, fault: None, now: now(), read_at: None };
    let mut records = Vec::new();
    let summary = input.open(|opened| map.read(opened, &mut |record| records.push(record)));
    (records, summary)
}

fn show((records, summary): &(Vec<Record>, Summary)) -> String {
    let row =
        |r: &Record| format!("{} {} {} {:?}", r.line, r.model_id, r.at, r.counters.downloads_30d);
    let problems = summary.problems.iter().map(ToString::to_string);
    records.iter().map(row).chain(problems).collect::<Vec<_>>().join("\n")
}

const DATED: &str =
    "[read_at]\ncolumn = \"day\"\n[columns]\nmodel_id = \"id\"\ndownloads_30d = \"n\"\n";

#[test]
fn rows_have_their_own_dates_in_several_writings() {
    let csv =
        b"id,n,day\na/b,1,2026-01-05\na/c,2,2026-01-05T10:00:00+02:00\na/d,3,2026-01-05 10:00:00\n\
        a/e,4,soon\na/f,5,\na/g,6,2999-01-01\n";
    assert_snapshot!(show(&read(&map(DATED), "t.csv", csv)), @r"
    2 a/b 2026-01-05T00:00:00Z Some(1)
    3 a/c 2026-01-05T08:00:00Z Some(2)
    4 a/d 2026-01-05T10:00:00Z Some(3)
    t.csv:5: a/e: day: 'soon' is not a date (row left out)
    t.csv:6: a/f: day: the row does not say when it was read (row left out)
    t.csv:7: a/g: day: 2999-01-01T00:00:00Z lies in the future (row left out)
    ");
    let clock = DATED.replace("[columns]", "time = \"12:00\"\nutc_offset = \"-05:00\"\n[columns]");
    let (records, _) = read(&map(&clock), "t.csv", csv);
    let at: Vec<_> = records.iter().map(|record| record.at.to_string()).collect();
    // Noon at five hours behind UTC is 17:00; what names its offset keeps it.
    assert_eq!(at, ["2026-01-05T17:00:00Z", "2026-01-05T08:00:00Z", "2026-01-05T15:00:00Z"]);
}

// 2026-01-05 is 20,458 days after 1970-01-01: 1,767,571,200 seconds.
#[test]
fn numbers_are_dates_only_by_their_unit() {
    let json = b"{\"id\":\"a/b\",\"n\":1,\"day\":1767571200}\n{\"id\":\"a/c\",\"n\":2,\"day\":\"1767571200\"}\n{\"id\":\"a/d\",\"day\":true}\n";
    assert_snapshot!(show(&read(&map(DATED), "t.jsonl", json)), @r"
    t.jsonl:1: a/b: day: 1767571200 is a number; the map must say its unit: seconds or milliseconds (row left out)
    t.jsonl:2: a/c: day: '1767571200' is not a date (row left out)
    t.jsonl:3: a/d: day: expected a date, found true (row left out)
    ");
    let seconds = map(&DATED.replace("[columns]", "unit = \"seconds\"\n[columns]"));
    assert_snapshot!(show(&read(&seconds, "t.jsonl", json)), @r"
    1 a/b 2026-01-05T00:00:00Z Some(1)
    2 a/c 2026-01-05T00:00:00Z Some(2)
    t.jsonl:3: a/d: day: true is no time since 1970 (row left out)
    ");
}

#[test]
fn facts_and_counters_of_every_kind_are_read() {
    let map =
        map("hub_tags = true\n[read_at]\nat = \"2026-01-05\"\n[columns]\nmodel_id = \"id\"\n\
        hub_id = \"_id\"\nlikes = \"l\"\ndownloads_all_time = \"all\"\ndownloads_window = \"w\"\n\
        created_at = \"c\"\nis_moe = \"m\"\nparameters = \"p\"\ngating = \"g\"\ntags = \"t\"\n\
        datasets = \"d\"\nlicense = \"card.license\"\nlanguages = \"la\"\n\
        [separators]\ndatasets = \";|\"\n[unknown]\nlicense = [\"n/a\"]\nlanguages = [\"un*\"]\n\
        [window]\ndays = 7\n");
    let json = br#"{"id":"a/b","_id":"6f","l":1,"all":9,"w":3,"c":"2025-01-01","m":false,"p":7,"g":true,"t":["base_model:x/y","base_model:merge:x/y"],"d":"o/p; q/r |","card":{"license":"mit"},"la":["en","unknown"],"other":1}
{"id":"a/c","card":{"license":"n/a"},"d":"[\"o/p\"]","g":"auto","card.license":null}
"#;
    let (records, summary) = read(&map, "t.jsonl", json);
    assert_eq!(summary.problems, []);
    assert_eq!(summary.read_at.unwrap().to_string(), "2026-01-05T00:00:00Z");
    assert_eq!(summary.unmapped_columns.into_iter().collect::<Vec<_>>(), ["other"]);
    let Record { hub_id, counters, facts, .. } = &records[0];
    assert_eq!(hub_id.as_deref(), Some("6f"));
    assert_eq!((counters.likes, counters.downloads_all_time), (Some(1), Some(9)));
    assert_eq!(counters.downloads_window, Some(WindowCount { downloads: 3, days: 7 }));
    assert_eq!(facts.created_at.unwrap().to_string(), "2025-01-01T00:00:00Z");
    assert_eq!(
        (facts.is_moe, facts.parameters, facts.gating.as_deref()),
        (Some(false), Some(7), Some("yes"))
    );
    assert_eq!(facts.parameters_origin.as_deref(), Some("source"));
    assert_eq!(facts.license.as_deref(), Some("mit"));
    let list =
        |items: &[&str]| Some(items.iter().map(|item| (*item).to_owned()).collect::<Vec<_>>());
    assert_eq!(facts.datasets, list(&["o/p", "q/r"]));
    assert_eq!(facts.languages, list(&["en"]));
    assert_eq!(
        (facts.base_models.clone(), facts.base_relation.as_deref()),
        (list(&["x/y"]), Some("merge"))
    );
    let facts = &records[1].facts;
    assert_eq!((facts.license.as_deref(), facts.gating.as_deref()), (None, Some("auto")));
    assert_eq!((facts.datasets.clone(), facts.base_models.clone()), (list(&["o/p"]), list(&[])));
}

#[test]
fn a_window_that_begins_with_its_date_is_read_at_its_end() {
    let by_start = map("[read_at]\nfile_name = \"{date}.csv\"\n[columns]\nmodel_id = \"id\"\n\
        downloads_window = \"w\"\n[window]\ndays = 7\ndated_by = \"start\"\n");
    let (records, _) = read(&by_start, "2026-01-05.csv", b"id,w\na/b,3\n");
    assert_eq!(records[0].at.to_string(), "2026-01-12T00:00:00Z");
    // A window that is not over says nothing yet.
    let open = read(&by_start, "2026-08-31.csv", b"id,w\na/b,3\n");
    assert_snapshot!(show(&open), @"2026-08-31.csv:2: a/b: 2026-09-07T00:00:00Z lies in the future (row left out)");
}

#[test]
fn csv_of_other_shapes_is_read_or_named() {
    let semicolons = map(&format!("delimiter = \";\"\n{DATED}"));
    let marked = "\u{feff}id;n;day\n\"a/b\";1;2026-01-05\n".as_bytes();
    assert_snapshot!(show(&read(&semicolons, "t.csv", marked)), @"2 a/b 2026-01-05T00:00:00Z Some(1)");
    assert_snapshot!(show(&read(&map(DATED), "t.csv", marked)), @"t.csv:1: it has no column 'day'; its columns are: id;n;day (rest of the file left out)");
    assert_snapshot!(show(&read(&map(DATED), "t.csv", b"id,n,day\na/\xff,1,2026-01-05\na/b,1\n")), @r"
    t.csv:2: the row is not UTF-8 (row left out)
    t.csv:3: the row has 2 fields, the header 3 (row left out)
    ");
    assert_snapshot!(show(&read(&map(DATED), "t.parquet", b"id,n,day\n")), @"t.parquet: not a Parquet file: it does not begin as one (rest of the file left out)");
    assert_snapshot!(show(&read(&map(DATED), "t.csv", b"PAR1")), @"t.csv:1: the file is Parquet; expected text (rest of the file left out)");
    assert_snapshot!(show(&read(&map(DATED), "t.txt", b"")), @"t.txt: neither its name nor the map says its format; known are: csv, json-lines, parquet (rest of the file left out)");
}

#[test]
fn a_quotation_mark_that_is_never_closed_does_not_fill_the_memory() {
    let endless = std::iter::repeat_n(b"a/c,2,2026-01-05\n".as_slice(), 5 << 20);
    let csv =
        [b"id,n,day\na/b,1,2026-01-05\n\"", &endless.collect::<Vec<_>>().concat()[..]].concat();
    let shown = show(&read(&map(DATED), "t.csv", &csv));
    assert!(shown.starts_with("2 a/b "), "{shown}");
    assert!(shown.contains("a row is longer than 64 MiB"), "{shown}");
}

#[test]
fn problems_beyond_the_first_ten_thousand_are_counted() {
    let csv = "id,n,day\n".to_owned() + &"a/b,x,2026-01-05\n".repeat(12_000);
    let (records, summary) = read(&map(DATED), "t.csv", csv.as_bytes());
    // Each row has a counter that is none, and all but the first repeat the model.
    assert_eq!((records.len(), summary.rows, summary.problem_count), (1, 1, 23_999));
    assert_eq!(summary.problems.len(), 10_000);
}

#[test]
fn maps_that_mean_nothing_are_refused_with_what_is_known() {
    let message =
        refused("colums = 1\n[read_at]\nat = \"2026-01-05\"\n[columns]\nmodel_id = \"id\"\n");
    assert!(
        message.contains("unknown field `colums`, expected one of `collection`, `title`"),
        "{message}"
    );
    let at = "[read_at]\nat = \"2026-01-05\"\n";
    assert_snapshot!(refused(&format!("{at}[columns]\nmodel_id = \"id\"\ncolour = \"c\"\n"))[..91], @"the map's columns: unknown 'colour'; known are: model_id, hub_id, downloads_30d, downloads_");
    assert_snapshot!(refused(&format!("{at}[columns]\nlikes = \"l\"\n")), @"the map's columns: it does not say which column is the 'model_id'");
    let id = "[columns]\nmodel_id = \"id\"\n";
    assert_snapshot!(refused(&format!("[read_at]\n{id}")), @"the map's read_at: write either 'at', or 'column', 'file_name' or both");
    assert_snapshot!(refused(&format!("{at}column = \"c\"\n{id}")), @"the map's read_at: write either 'at', or 'column', 'file_name' or both");
    assert_snapshot!(refused(&format!("{at}unit = \"seconds\"\n{id}")), @"the map's read_at: 'pattern' and 'unit' say how a 'column' is written; there is none");
    assert_snapshot!(refused(&format!("[read_at]\ncolumn = \"c\"\nunit = \"days\"\n{id}")), @"the map's read_at.unit: unknown 'days'; known are: seconds, milliseconds");
    assert_snapshot!(refused(&format!("[read_at]\nfile_name = \"x.csv\"\n{id}")), @"the map's read_at.file_name: 'x.csv' must say year, month and day, each once");
    assert_snapshot!(refused(&format!("[read_at]\nat = \"soon\"\n{id}")), @"the map's read_at.at: 'soon' is no date; write it as 2026-01-05");
    assert_snapshot!(refused(&format!("{at}{id}downloads_window = \"w\"\n")), @"the map's columns: 'downloads_window' needs a table [window] with 'days'");
    assert_snapshot!(refused(&format!("{at}{id}[window]\ndays = 7\n")), @"the map's window: no column is the 'downloads_window'");
    assert_snapshot!(refused(&format!("{at}{id}downloads_window = \"w\"\n[window]\ndays = 0\n")), @"the map's window.days: 0 is not between 1 and 366");
    assert_snapshot!(refused(&format!("{at}{id}[separators]\ntags = \",\"\n")), @"the map's separators: 'tags' is not in [columns]");
    assert!(
        refused(&format!("{at}{id}[separators]\nlicense = \",\"\n"))
            .contains("separators: unknown 'license'; known are: languages, tags")
    );
    assert_snapshot!(refused(&format!("format = \"xls\"\n{at}{id}")), @"the map's format: unknown 'xls'; known are: csv, json-lines, parquet");
}

#[test]
fn names_of_collections_are_plain_and_not_taken() {
    let named = |name: &str| {
        let text = format!("{ABOUT}{DATED}").replace("\"x\"", &format!("\"{name}\""));
        TableMap::parse(&text).map(|map| map.collection().name).map_err(|error| error.to_string())
    };
    assert_eq!(named("my-panel-2").unwrap(), "my-panel-2");
    for name in ["", "My", "-a", "a-", "a/b", "..", "é"] {
        assert!(named(name).unwrap_err().contains("is no name"), "{name}");
    }
    for name in ["radar", "hub", "hub-top-likes-5", "simulated-x", "table"] {
        assert!(named(name).unwrap_err().contains("is kept for a built-in source"), "{name}");
    }
}

#[test]
fn columns_are_looked_for_in_all_files_before_any_is_read() {
    let map = map(DATED);
    let look = |files: &[(&str, &[u8])]| {
        let mut search = ColumnSearch::new(&map);
        for (file, bytes) in files {
            let input = Input { file, bytes, fault: None, now: now(), read_at: None };
            input.open(|opened| search.look_at(&map, opened));
        }
        search.absent().map(|(absent, seen)| format!("{absent:?} {seen:?}"))
    };
    assert_eq!(look(&[("a.csv", b"id,day\n"), ("b.csv", b"id,n\n")]), None);
    assert_eq!(look(&[("a.jsonl", b"{\"id\":1}\n{\"n\":1,\"day\":2}\n")]), None);
    let told = look(&[("a.csv", b"id,when\n"), ("b.jsonl", b"{\"n\":1}\nnot json\n")]);
    assert_eq!(told.as_deref(), Some("[\"day\"] [\"id\", \"n\", \"when\"]"));
    assert_eq!(look(&[("a.parquet", b"none")]), None, "reading it says what is wrong");
}

proptest::proptest! {
    /// No map makes a parser panic, whatever it is given.
    #[test]
    fn reading_by_a_map_never_panics(bytes: Vec<u8>, text in "\\PC*") {
        for file in ["t.csv", "t.jsonl", "t.parquet", "t"] {
            let _ = read(&map(DATED), file, &bytes);
            let _ = read(&map(DATED), file, text.as_bytes());
        }
        let _ = TableMap::parse(&text);
    }
}
