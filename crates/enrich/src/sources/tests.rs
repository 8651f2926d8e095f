mod bad_input;
mod enormous;
mod parquet;

use insta::assert_snapshot;
use schema::Instant;

use super::*;
use crate::Record;

fn now() -> Instant {
    Instant::parse("2026-09-01T00:00:00Z").unwrap()
}

fn parse_faulty(source: Source, file: &str, bytes: &[u8], fault: Option<&str>) -> Parsed {
    source.parse(Input { file, bytes, fault, now: now(), read_at: Some(now()) })
}

fn parse(source: Source, file: &str, bytes: &[u8]) -> Parsed {
    parse_faulty(source, file, bytes, None)
}

fn show(parsed: &Parsed) -> String {
    let row = |r: &Record| {
        let Record { line, model_id, at, counters, .. } = r;
        format!(
            "{line} {model_id} {at} {:?} {:?}",
            counters.downloads_30d, counters.downloads_all_time
        )
    };
    let problems = parsed.problems.iter().map(ToString::to_string);
    parsed.records.iter().map(row).chain(problems).collect::<Vec<_>>().join("\n")
}

const RADAR: &str = "2026-08-19T093631.jsonl.gz";

#[test]
fn radar_takes_what_is_sound_and_names_the_rest() {
    let bytes = b"\xef\xbb\xbf{\"id\":\"a/b\",\"downloads_30d\":5,\"created_at\":\"2999-01-01T00:00:00Z\"}\n\
        {\"author\":\"no id\"}\n\
        {\"id\":\"a/c\",\"downloads_30d\":-3}\n\
        not json\n\
        \n\
        {\"id\":\"a/b\",\"downloads_30d\":6}\n\
        {\"id\":\"\xff\"}\n\
        [1]\n\
        {\"id\":\"a/d\",\"downloads_30d\":null,\"removed\":true}\n";
    assert_snapshot!(show(&parse(Source::Radar, RADAR, bytes)), @r"
    1 a/b 2026-08-19T07:36:31Z Some(5) None
    3 a/c 2026-08-19T07:36:31Z None None
    9 a/d 2026-08-19T07:36:31Z None None
    2026-08-19T093631.jsonl.gz:1: a/b: created_at: 2999-01-01T00:00:00Z lies in the future (field left out)
    2026-08-19T093631.jsonl.gz:2: id: the row has no model id (row left out)
    2026-08-19T093631.jsonl.gz:3: a/c: downloads_30d: it cannot be negative: -3 (field left out)
    2026-08-19T093631.jsonl.gz:4: the line is not JSON: expected ident at line 1 column 2 (row left out)
    2026-08-19T093631.jsonl.gz:6: a/b: the model was read before at the same time (row left out)
    2026-08-19T093631.jsonl.gz:7: the line is not UTF-8 (row left out)
    2026-08-19T093631.jsonl.gz:8: the line is JSON but not an object (row left out)
    ");
}

#[test]
fn a_file_that_breaks_off_yields_its_whole_lines() {
    let bytes = b"{\"id\":\"a/b\",\"downloads_30d\":5}\n{\"id\":\"a/c\",\"down";
    let parsed =
        parse_faulty(Source::Radar, RADAR, bytes, Some("truncated gzip: the file breaks off"));
    assert_snapshot!(show(&parsed), @r"
    1 a/b 2026-08-19T07:36:31Z Some(5) None
    2026-08-19T093631.jsonl.gz: truncated gzip: the file breaks off (rest of the file left out)
    ");
}

#[test]
fn a_name_without_a_date_and_one_in_the_future_are_refused() {
    let row = b"{\"id\":\"a/b\",\"downloads_30d\":5}\n";
    assert_snapshot!(show(&parse(Source::Radar, "models.jsonl", row)), @"models.jsonl: the file's name does not say when it was read; expected as 2026-08-19T093631… (rest of the file left out)");
    assert_snapshot!(show(&parse(Source::Radar, "2999-01-01T000000.jsonl", row)), @"2999-01-01T000000.jsonl: the date in its name: 2998-12-31T22:00:00Z lies in the future (rest of the file left out)");
}

#[test]
fn another_encoding_is_named() {
    let utf_16: Vec<u8> =
        "\u{feff}{\"id\":\"a/b\"}\n".encode_utf16().flat_map(u16::to_le_bytes).collect();
    assert_snapshot!(show(&parse(Source::Radar, RADAR, &utf_16)), @"2026-08-19T093631.jsonl.gz:1: the file is UTF-16; expected UTF-8 (rest of the file left out)");
}

#[test]
fn several_base_models_in_one_string_are_told_apart() {
    let bytes =
        b"{\"id\":\"a/b\",\"base_model\":\"x/y, z/w\"}\n{\"id\":\"a/c\",\"base_model\":null}\n";
    let parsed = parse(Source::Radar, RADAR, bytes);
    let bases: Vec<_> =
        parsed.records.iter().map(|r| r.facts.base_models.clone().unwrap()).collect();
    assert_eq!(bases, [vec!["x/y".to_owned(), "z/w".to_owned()], vec![]]);
}

const LLMFIT: &str = "2026-02-15T161048_855ad3d3_data.json";

#[test]
fn llmfit_zeros_that_stand_for_unknown_are_unknown() {
    let bytes = br#"[
  {"name": "a/hand-written", "hf_downloads": 0, "hf_likes": 0, "quantization": "Q4_K_M"},
  {"name": "a/read", "hf_downloads": 7, "hf_likes": 0, "pipeline_tag": "unknown"},
  {"name": 5},
  7
]"#;
    let parsed = parse(Source::LlmFit, LLMFIT, bytes);
    assert_snapshot!(show(&parsed), @r"
    2 a/hand-written 2026-02-15T16:10:48Z None None
    3 a/read 2026-02-15T16:10:48Z Some(7) None
    2026-02-15T161048_855ad3d3_data.json:4: name: a model id is text, not 5 (row left out)
    2026-02-15T161048_855ad3d3_data.json:5: the line is JSON but not an object (row left out)
    ");
    assert_eq!(parsed.records[0].facts.quantization_method, None, "the tool's own default");
    assert_eq!(parsed.records[1].facts.task, None);
}

#[test]
fn an_array_that_breaks_off_yields_its_whole_elements() {
    let bytes = b"[\n{\"name\": \"a/b\", \"hf_downloads\": 7},\n{\"name\": \"a/c\", \"hf_do";
    assert_snapshot!(show(&parse(Source::LlmFit, LLMFIT, bytes)), @r"
    2 a/b 2026-02-15T16:10:48Z Some(7) None
    2026-02-15T161048_855ad3d3_data.json:3: not a JSON array: EOF while parsing a string at line 3 column 22 (rest of the file left out)
    ");
    let object = parse(Source::LlmFit, LLMFIT, b"{\"error\":\"no\"}");
    assert_snapshot!(show(&object), @"2026-02-15T161048_855ad3d3_data.json:1: not a JSON array: invalid type: map, expected an array of models at line 1 column 0 (rest of the file left out)");
}

const TRENDING: &str = "transformersjs_08-05-2024.csv";

#[test]
fn embeddings_dates_are_day_first_and_columns_come_and_go() {
    let bytes = b"row,author,downloads,gated,id,numParameters,mined_date,authorType\n\
        0,a,12,False,a/b,335141888.0,08-05-2024,org\n\
        1,a,x,auto,a/c,,08-05-2024,user\n\
        2,a,5,False,a/d\n\
        3,a,5,False,a/e,,2024-05-08,user\n\
        4,a,5,False,a/f,,,user\n";
    let parsed = parse(Source::EmbeddingsTrending, TRENDING, bytes);
    assert_snapshot!(show(&parsed), @r#"
    2 a/b 2024-05-08T12:00:00Z Some(12) None
    3 a/c 2024-05-08T12:00:00Z None None
    6 a/f 2024-05-08T12:00:00Z Some(5) None
    transformersjs_08-05-2024.csv:3: a/c: downloads: expected a whole number, found "x" (field left out)
    transformersjs_08-05-2024.csv:4: the row has 5 fields, the header 8 (row left out)
    transformersjs_08-05-2024.csv:5: a/e: mined_date: '2024-05-08' is not a date written as 19-08-2026 (row left out)
    "#);
    assert_eq!(parsed.records[0].facts.parameters, Some(335_141_888));
    assert_eq!(parsed.records[1].facts.gating.as_deref(), Some("auto"));
}

#[test]
fn a_file_of_another_kind_is_refused() {
    let picture = parse(Source::EmbeddingsTrending, TRENDING, b"\x89PNG\r\n\x1a\n");
    assert!(picture.records.is_empty());
    assert!(show(&picture).contains(":1: not a CSV"), "{}", show(&picture));
    let other = parse(Source::EmbeddingsTrending, TRENDING, b"a,b\n1,2\n");
    assert_snapshot!(show(&other), @"transformersjs_08-05-2024.csv:1: it has no column 'id'; its columns are: a, b (rest of the file left out)");
    let parquet = parse(Source::HubStats, "models.parquet", b"id,downloads\na/b,5\n");
    assert!(parquet.records.is_empty());
    assert!(show(&parquet).contains("not a Parquet file"), "{}", show(&parquet));
}

#[test]
fn recorded_answers_hold_models_and_redirects_hold_none() {
    let line = |code: u16, body: &str| {
        let body = serde_json::Value::from(body).to_string();
        format!(
            "{{\"status\":{{\"code\":{code}}},\"date\":\"Thu, 13 Feb 2025 15:49:23 GMT\",\"body\":{body}}}\n"
        )
    };
    let model = r#"{"_id":"65d505951e2597ff935d1be2","id":"a/b","downloads":7,"downloadsAllTime":90,
        "gated":"auto","config":{"model_type":"bert","quantization_config":{"load_in_4bit":true}},
        "baseModels":{"relation":"quantized","models":[{"_id":"1","id":"x/y"}]},
        "cardData":{"base_model":"old-y","license":["mit"],"language":["en",false]},
        "safetensors":{"parameters":{"F16":10},"total":10},"siblings":[{"rfilename":"README.md"}]}"#;
    let text = line(307, "Temporary Redirect. Redirecting to /x")
        + &line(200, model)
        + &line(200, "<html>");
    let parsed = parse(Source::HubDetails, "details.jsonl", text.as_bytes());
    assert_snapshot!(show(&parsed), @r"
    2 a/b 2025-02-13T15:49:23Z Some(7) Some(90)
    details.jsonl:3: body: the line is not JSON: expected value at line 1 column 1 (row left out)
    ");
    let facts = &parsed.records[0].facts;
    assert_eq!(
        facts.base_models.as_deref(),
        Some(&["x/y".to_owned()][..]),
        "resolved, not as typed"
    );
    assert_eq!(facts.languages.as_deref(), Some(&["en".to_owned(), "no".to_owned()][..]));
    assert_eq!(facts.quantization_method.as_deref(), Some("bitsandbytes"));
    assert_eq!((facts.parameters, facts.license.as_deref()), (Some(10), Some("mit")));
}

/// A dump decodes only the fields that are named as read, so each that is read must be named.
#[test]
fn the_fields_that_are_read_are_those_that_are_named() {
    let entry = serde_json::json!({
        "_id": "6f", "id": "a/b", "author": "a", "sha": "0a", "private": false, "disabled": true,
        "createdAt": "2025-01-01", "lastModified": "2025-02-01", "downloads": 1, "likes": 2,
        "downloadsAllTime": 3, "trendingScore": 4, "pipeline_tag": "fill-mask", "gated": "auto",
        "library_name": "x", "tags": ["t"], "siblings": ["f"], "usedStorage": 5,
        "evalResults": [{}], "inferenceProviderMapping": [{"provider": "p"}], "safetensors": {"total": 6},
        "gguf": {"architecture": "llama"}, "cardData": {"license": "mit"},
        "baseModels": {"relation": "merge", "models": [{"id": "x/y"}]},
        "config": {"model_type": "llama"}, "mask_token": "m", "spaces": ["s"],
        "inference": "warm", "transformersInfo": {"auto_model": "AutoModel"},
        "childrenModelCount": {"merge": 1},
        "securityRepoStatus": {"scansDone": true, "filesWithIssues": []},
    });
    let read = |keys: &dyn Fn(&str) -> bool| {
        let kept = entry.as_object().unwrap().iter().filter(|(key, _)| keys(key));
        let kept: serde_json::Map<_, _> = kept.map(|(k, v)| (k.clone(), v.clone())).collect();
        let page = serde_json::Value::from(vec![kept]).to_string();
        parse(Source::HubListing, "page.json", page.as_bytes()).records
    };
    let whole = read(&|_| true);
    assert_eq!(read(&|key| hub_model::FIELDS.contains(&key)), whole);
    for field in hub_model::FIELDS {
        // Where there are no `evalResults`, the results of `model-index` are counted.
        if field != "model-index" {
            assert_ne!(read(&|key| key != field), whole, "{field} is not read");
        }
    }
}

#[test]
fn sources_are_named_and_the_known_ones_listed() {
    for source in Source::IMPORTABLE {
        assert_eq!(source.name().parse::<Source>().unwrap(), source);
    }
    let refused = "rader".parse::<Source>().unwrap_err().to_string();
    assert!(refused.contains("'rader'") && refused.contains("radar, llmfit"), "{refused}");
}

proptest::proptest! {
    /// No parser panics, whatever it is given.
    #[test]
    fn parsers_never_panic(bytes: Vec<u8>, text in "\\PC*") {
        for source in Source::IMPORTABLE.into_iter().chain([Source::HubListing]) {
            for file in [RADAR, LLMFIT, TRENDING, "x/2026-01-01/models.parquet", ""] {
                let _ = parse(source, file, &bytes);
                let _ = parse(source, file, text.as_bytes());
            }
        }
    }
}
