//! Any value can be asked for its reasons.

use std::io::Read;

use serde_json::Value;

use crate::support::{Bench, Run, Server, gzip};

/// Two snapshots: the second names a licence and has no tags.
fn bench() -> Bench {
    let bench = Bench::new();
    let first = concat!(
        "{\"id\":\"google-bert/base\",\"downloads_30d\":1,\"license\":\"mit\",\"base_model\":\"\"}\n",
        "{\"id\":\"acme/tuned-7B\",\"downloads_30d\":5,\"base_model\":\"google-bert/base\",\"tags\":[\"x\"]}\n",
    );
    let second = "{\"id\":\"acme/tuned-7B\",\"downloads_30d\":6,\"license\":\"apache-2.0\",\"base_model\":\"google-bert/base\"}\n";
    for (name, text) in
        [("2026-02-02T010000.jsonl.gz", first), ("2026-02-09T010000.jsonl.gz", second)]
    {
        let run = bench.import("radar", &bench.file(name, &gzip(text.as_bytes())));
        assert_eq!(run.code, 0, "{}", run.stderr);
    }
    bench.done(&["build"]);
    bench
}

fn json(run: &Run) -> Value {
    serde_json::from_str(&run.stdout).unwrap()
}

#[test]
fn each_fact_is_of_the_reading_that_told_it_last() {
    let bench = bench();
    let run = bench.done(&["why", "acme/tuned-7b", "license", "--format", "json"]);
    let license = &json(&run)["attributes"][0];
    assert_eq!(license["value"], "apache-2.0");
    // The second file's only line; the tags were told by the second line of the first.
    assert_eq!(license["evidence"]["license"]["says"], "apache-2.0");
    assert_eq!(license["evidence"]["license"]["file"], "2026-02-09T010000.jsonl.gz");
    assert_eq!(license["evidence"]["license"]["line"], 1);
    assert_eq!(license["evidence"]["tags"]["file"], "2026-02-02T010000.jsonl.gz");
    assert_eq!(license["evidence"]["tags"]["line"], 2);
}

/// Evidence is structured: the row of the registry, and who declared which base where.
#[test]
fn the_registry_and_the_models_above_are_evidence_with_file_and_line() {
    let bench = bench();
    let third = "{\"id\":\"x/tuned-GGUF\",\"downloads_30d\":6,\"base_model\":\"acme/tuned-7B\"}\n";
    let file = bench.file("2026-02-16T010000.jsonl.gz", &gzip(third.as_bytes()));
    assert_eq!(bench.import("radar", &file).code, 0);
    bench.done(&["build"]);
    let run = bench.done(&["why", "x/tuned-GGUF", "developer_country", "--format", "json"]);
    let evidence = &json(&run)["attributes"][0]["evidence"];
    let row = &evidence["registry: google-bert"];
    assert_eq!(row["file"], "registry/owners/g.csv");
    let line = row["line"].as_u64().unwrap() as usize;
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../registry/owners/g.csv");
    let text = std::fs::read_to_string(path).unwrap();
    let written = text.lines().nth(line - 1).unwrap();
    assert!(written.starts_with("google-bert,"), "{written}");
    assert!(written.contains(row["says"].as_str().unwrap()), "{written}");
    // Nobody reviewed this owner, which is said.
    assert_eq!(evidence["registry: x"]["says"], Value::Null);
    let ancestry = ["x/tuned-GGUF", "acme/tuned-7B", "google-bert/base"];
    assert_eq!(evidence["lineage"]["says"], serde_json::json!(ancestry));
    let above = &evidence["base_models of acme/tuned-7B"];
    assert_eq!(above["says"], serde_json::json!(["google-bert/base"]));
    assert_eq!((&above["file"], &above["line"]), (&"2026-02-09T010000.jsonl.gz".into(), &1.into()));
}

/// An answer of the API without how far it can be relied on, which a terminal is told elsewhere.
fn answer(server: &Server, address: &str) -> Value {
    let mut answer = server.json(address);
    let quality = answer.as_object_mut().and_then(|answer| answer.remove("quality"));
    assert!(quality.is_some_and(|quality| quality["level"].is_string()), "{answer}");
    answer
}

#[test]
fn a_family_adds_up_by_role_on_the_command_line_and_in_the_api() {
    let bench = bench();
    let table = bench.done(&["family", "acme/tuned-7B", "--format", "csv"]).stdout;
    let lines: Vec<&str> = table.lines().collect();
    assert_eq!(lines[0], "role,models,counted,downloads_30d,share");
    assert_eq!(lines[1], "originator,1,1,1,0.1429");
    assert_eq!(lines.last(), Some(&"family,2,2,7,1.0000"));
    let run = bench.done(&["family", "acme/tuned-7B", "--top", "1", "--format", "csv"]);
    assert!(run.stdout.contains("\nacme/tuned-7B,"), "{}", run.stdout);
    assert!(run.stderr.contains("acme/tuned-7B ← google-bert/base; captured 0.8571"));
    let asked = bench.done(&["family", "acme/tuned-7B", "--format", "json"]);
    let server = Server::start(&bench);
    assert_eq!(answer(&server, "/api/v1/family?model=acme/tuned-7B"), json(&asked));
    let unknown = bench.run(&["family", "acme/tuned-8B"]);
    assert_eq!(unknown.code, 2);
    assert!(unknown.stderr.contains("near it are: acme/tuned-7B"), "{}", unknown.stderr);
}

#[test]
fn all_that_is_known_is_listed_with_how() {
    let bench = bench();
    let all = bench.done(&["why", "acme/tuned-7B", "--all", "--format", "json"]);
    let attributes = json(&all)["attributes"].as_array().unwrap().clone();
    let of = |name: &str| attributes.iter().find(|row| row["attribute"] == name).unwrap().clone();
    assert_eq!(of("parameters")["value"], 7_000_000_000_i64);
    assert_eq!(of("parameters")["confidence"], "inferred");
    assert_eq!(of("context_length")["value"], Value::Null);
    assert_eq!(of("context_length")["confidence"], Value::Null);
    let known = bench.done(&["why", "acme/tuned-7B"]).stdout;
    assert!(known.contains("parameters ") && !known.contains("context_length"), "{known}");
    assert!(attributes.len() > known.lines().count());
}

#[test]
fn owners_come_with_what_was_found_out_about_them() {
    let bench = bench();
    let page = bench.done(&["why", "google-bert/base", "country"]).stdout;
    assert!(page.contains("value    United States"), "{page}");
    assert!(page.contains("because  google-bert is ") && page.contains("reviewed on 20"), "{page}");
    let page = bench.done(&["why", "acme/tuned-7B", "developer_country"]).stdout;
    assert!(page.contains("the lineage begins with google-bert/base"), "{page}");
    let page = bench.done(&["why", "acme/tuned-7B", "country"]).stdout;
    assert!(page.contains("value    not known"), "{page}");
    assert!(page.contains("nobody has reviewed who acme is"), "{page}");
}

#[test]
fn unknown_names_are_refused_with_what_is_near() {
    let bench = bench();
    let run = bench.run(&["why", "acme/tuned-8B"]);
    assert_eq!(run.code, 2);
    assert!(
        run.stderr.contains("radar has no model 'acme/tuned-8B'; near it are: acme/tuned-7B"),
        "{}",
        run.stderr
    );
    let run = bench.run(&["why", "acme/tuned-7B", "licence"]);
    assert_eq!(run.code, 2);
    assert!(run.stderr.contains("no attribute 'licence'; near it are: license"), "{}", run.stderr);
    let empty = Bench::new();
    assert_eq!(empty.run(&["why", "a/b"]).code, 2);
}

#[test]
fn the_dashboard_and_its_api_say_the_same() {
    let bench = bench();
    let asked = bench.done(&["why", "acme/tuned-7B", "license", "--format", "json"]);
    let server = Server::start(&bench);
    let told = answer(&server, "/api/v1/why?model=acme/tuned-7B&attribute=license");
    assert_eq!(told, json(&asked));
    let page = |address: &str| {
        let mut page = String::new();
        server.open(address).read_to_string(&mut page).unwrap();
        page
    };
    let model = page("/model?model=acme/tuned-7B&collection=radar");
    for expected in [
        "<h1>acme/tuned-7B</h1>",
        "Its family, by role",
        "85.7 %",
        "7,000,000,000",
        "2026-02-09T010000.jsonl.gz",
        "apache-2.0",
    ] {
        assert!(model.contains(expected), "{expected}: {model}");
    }
    let picture = page("/model.svg?model=acme/tuned-7B&collection=radar");
    assert!(picture.contains("image/svg+xml") && picture.contains("<svg"), "{picture}");
    // Without a model there is a form, and with another one what is near.
    assert!(page("/model").contains("<h1>One model</h1>"));
    let unknown = page("/model?model=acme/tuned-8B");
    assert!(unknown.starts_with("HTTP/1.1 404"), "{unknown}");
    assert!(unknown.contains("near it are: acme/tuned-7B"), "{unknown}");
}

/// What is said of one model is read from the rows of those above it alone; the lineage of all models
/// together is the reference.
#[test]
fn the_lineage_of_one_model_is_its_lineage_among_all() {
    let bench = Bench::new();
    bench.done(&["simulate-history", "--weeks", "4", "--models", "400", "--seed", "7"]);
    bench.done(&["build"]);
    let store = store::Store::open(&bench.data()).unwrap();
    let name = store.collections().unwrap().remove(0);
    let release = store.release(&name).unwrap().unwrap();
    let lineage = why::read_lineage(&store, &release).unwrap();
    let models = why::Models::of(&store, &release);
    let mut deepest = 0;
    for place in 0..lineage.len() {
        let id = &lineage.relative(place).unwrap().id;
        let told = why::why(&models, id, Some("family")).unwrap();
        let [finding] = &told.findings[..] else { panic!("one attribute was asked for") };
        let said = finding.evidence.iter().find(|one| one.name == "lineage").unwrap();
        let among_all: Vec<String> =
            lineage.ancestry(place).into_iter().map(str::to_owned).collect();
        deepest = deepest.max(among_all.len());
        assert_eq!(said.value, schema::Value::TextList(among_all.clone()), "{id}");
        assert_eq!(why::kinship(&models, id).unwrap().ancestry, among_all, "{id}");
    }
    assert!(deepest > 2, "some models are made from what is made from others");
}
