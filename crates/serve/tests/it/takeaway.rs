//! What is taken away is what the view shows: each form is opened again and held against the JSON.

use std::collections::BTreeMap;
use std::io::{Cursor, Read};

use arrow_array::cast::AsArray;
use arrow_array::types::{Date32Type, Float64Type, Int64Type};
use arrow_array::{Array, RecordBatch};
use arrow_ipc::reader::FileReader;
use bytes::Bytes;
use parquet::arrow::arrow_reader::ParquetRecordBatchReaderBuilder;
use resvg::tiny_skia::Pixmap;
use serde_json::Value as Json;

use crate::data::server;
use crate::{ask, get};

/// What every file of these tests is.
const READABLE: &str = "the file can be read";
const QUERY: &str = "collection=tiny&measure=downloads&group=country";

fn parquet(bytes: &[u8]) -> RecordBatch {
    let reader =
        ParquetRecordBatchReaderBuilder::try_new(Bytes::copy_from_slice(bytes)).expect(READABLE);
    // What the file says of itself is with the file, not with each batch.
    let schema = reader.schema().clone();
    let batch = reader.build().expect(READABLE).next().expect(READABLE).expect(READABLE);
    RecordBatch::try_new(schema, batch.columns().to_vec()).expect(READABLE)
}

fn arrow(bytes: &[u8]) -> RecordBatch {
    FileReader::try_new(Cursor::new(bytes), None)
        .expect(READABLE)
        .next()
        .expect(READABLE)
        .expect(READABLE)
}

fn numbers(batch: &RecordBatch, column: &str) -> Vec<Option<f64>> {
    batch.column_by_name(column).expect(READABLE).as_primitive::<Float64Type>().iter().collect()
}

fn texts(batch: &RecordBatch, column: &str) -> Vec<Option<String>> {
    let column = batch.column_by_name(column).expect(READABLE).as_string::<i32>();
    column.iter().map(|text| text.map(str::to_owned)).collect()
}

/// The JSON of these tests is read to within the last digit.
fn assert_same(number: Option<f64>, json: &Json) {
    assert_eq!(number.is_some(), json.is_f64(), "{number:?} {json}");
    if let (Some(number), Some(json)) = (number, json.as_f64()) {
        assert!((number - json).abs() <= 4.0 * f64::EPSILON * json.abs(), "{number} {json}");
    }
}

fn assert_all_same<'a>(numbers: &[Option<f64>], json: impl Iterator<Item = &'a Json>) {
    let json: Vec<&Json> = json.collect();
    assert_eq!(numbers.len(), json.len());
    numbers.iter().zip(json).for_each(|(number, json)| assert_same(*number, json));
}

/// Files of an archive by name.
fn unzipped(bytes: &[u8]) -> BTreeMap<String, Vec<u8>> {
    let archive = rawzip::ZipArchive::from_slice(bytes).expect(READABLE);
    let mut entries = archive.entries();
    let mut files = BTreeMap::new();
    while let Some(entry) = entries.next_entry().expect(READABLE) {
        let name = entry.file_path().try_normalize().expect(READABLE).as_ref().to_owned();
        let entry = archive.get_entry(entry.wayfinder()).expect(READABLE);
        let mut bytes = Vec::new();
        let inflate = flate2::bufread::DeflateDecoder::new(entry.data());
        entry.verifying_reader(inflate).read_to_end(&mut bytes).expect(READABLE);
        files.insert(name, bytes);
    }
    files
}

#[test]
fn parquet_and_arrow_hold_the_numbers_of_the_json_in_their_types() {
    let json = get(&format!("/figure/shares.json?{QUERY}")).json();
    let points: Vec<(&Json, &Json)> = (json["series"].as_array().unwrap().iter())
        .flat_map(|series| {
            let points = series["points"].as_array().unwrap();
            points.iter().map(move |point| (&series["key"], point))
        })
        .collect();
    let files = [
        parquet(&get(&format!("/figure/shares.parquet?{QUERY}")).bytes),
        arrow(&get(&format!("/figure/shares.arrow?{QUERY}")).bytes),
    ];
    for batch in files {
        assert_eq!(batch.num_rows(), points.len());
        let at = batch.column_by_name("at").unwrap().as_primitive::<Date32Type>();
        let n = batch.column_by_name("n").unwrap().as_primitive::<Int64Type>();
        let simulated = batch.column_by_name("simulated").unwrap().as_boolean();
        let (keys, values) = (texts(&batch, "series"), numbers(&batch, "value"));
        let (low, bound_high) = (numbers(&batch, "low"), numbers(&batch, "bound_high"));
        for (row, (key, point)) in points.iter().enumerate() {
            assert_eq!(keys[row].as_deref(), key.as_str());
            let monday = at.value_as_date(row).unwrap().to_string();
            assert_eq!(monday, point["at"].as_str().unwrap());
            assert_same(values[row], &point["value"]);
            assert_same(low[row], &point["low"]);
            assert_same(bound_high[row], &point["bound_high"]);
            assert_eq!(n.value(row), point["n"].as_i64().unwrap());
            assert!(!simulated.value(row));
        }
        assert!(values.iter().any(Option::is_none), "a gap is null, not zero");
        let schema = batch.schema();
        let said = schema.metadata();
        assert_eq!(said["title"], json["title"].as_str().unwrap());
        assert_eq!(said["release"], "tiny-release");
        assert!(said["citation"].contains("release tiny-release"), "{}", said["citation"]);
        assert!(said["query"].starts_with("http://localhost/embed/shares?"), "{}", said["query"]);
        assert!(schema.fields().iter().all(|field| !field.metadata()["description"].is_empty()));
    }
}

#[test]
fn the_csv_has_the_columns_of_the_parquet() {
    let csv = get(&format!("/figure/shares.csv?{QUERY}")).body;
    let batch = parquet(&get(&format!("/figure/shares.parquet?{QUERY}")).bytes);
    let schema = batch.schema();
    let names: Vec<&str> = schema.fields().iter().map(|field| field.name().as_str()).collect();
    assert_eq!(csv.lines().next().unwrap(), names.join(","));
    assert_eq!(csv.lines().count(), batch.num_rows() + 1);
}

#[test]
fn a_picture_has_its_size_and_shows_something() {
    for (size, expected) in [("page", 1200), ("phone", 1170), ("slide", 1920), ("card", 1200)] {
        for theme in ["light", "dark"] {
            let address = format!("/figure/shares.png?{QUERY}&size={size}&theme={theme}");
            let reply = get(&address);
            assert_eq!(reply.header("content-type"), "image/png", "{address}: {}", reply.body);
            let pixels = Pixmap::decode_png(&reply.bytes).unwrap();
            assert_eq!(pixels.width(), expected, "{address}");
            let is_light = pixels.pixel(1, 1).unwrap().red() > 128;
            assert_eq!(is_light, theme == "light", "{address}");
            let mut colours: Vec<[u8; 3]> = (pixels.pixels().iter())
                .map(|pixel| [pixel.red(), pixel.green(), pixel.blue()])
                .collect();
            colours.sort_unstable();
            colours.dedup();
            assert!(colours.len() > 50, "{address}: {} colours", colours.len());
        }
    }
    let card = get(&format!("/figure/shares.svg?{QUERY}&size=card")).body;
    assert!(card.contains("width=\"1200\" height=\"630\""));
    for said in ["Shares of weekly downloads by country", "Source: ", "data through"] {
        assert!(card.contains(said), "a picture says {said}");
    }
}

#[test]
fn an_archive_holds_every_form_and_what_is_to_be_known() {
    let files = unzipped(&get(&format!("/figure/shares.zip?{QUERY}")).bytes);
    let names: Vec<&str> = files.keys().map(String::as_str).collect();
    let name = |extension: &str| format!("weighhouse-shares-country.{extension}");
    for form in ["csv", "json", "parquet", "arrow", "svg", "png"] {
        let alone = get(&format!("/figure/shares.{form}?{QUERY}")).bytes;
        assert_eq!(files[&name(form)], alone, "{form}: {names:?}");
    }
    let readme = String::from_utf8(files["README.md"].clone()).unwrap();
    for said in [
        "# Shares of weekly downloads by country",
        "Release: tiny-release",
        "## Licence",
        "http://localhost/embed/shares?collection=tiny",
        "Covers: Five models that do not exist.",
        "`bound_low` (number)",
    ] {
        assert!(readme.contains(said), "{said}: {readme}");
    }
    let bibtex = String::from_utf8(files["citation.bib"].clone()).unwrap();
    assert!(bibtex.starts_with("@misc{weighhouse-tiny-tiny-release,"), "{bibtex}");
    let csl: Json = serde_json::from_slice(&files["citation.csl.json"]).unwrap();
    assert_eq!(csl[0]["version"], "tiny-release");
}

#[test]
fn the_same_address_gives_the_same_bytes() {
    for form in ["parquet", "arrow", "png", "zip"] {
        let [one, other] = [0, 1].map(|_| get(&format!("/figure/lorenz.{form}?collection=tiny")));
        assert_eq!(one.status, 200, "{form}");
        assert_eq!(one.bytes, other.bytes, "{form}");
        assert_eq!(one.header("etag"), other.header("etag"), "{form}");
        let tag = [("if-none-match", one.header("etag"))];
        let again = ask(server(), &format!("/figure/lorenz.{form}?collection=tiny"), &tag);
        assert_eq!(again.status, 304, "{form}");
    }
}

#[test]
fn simulated_numbers_say_so_in_every_form() {
    let asked = "collection=simulated-tiny";
    for form in ["csv", "json", "parquet", "arrow", "svg", "png", "zip"] {
        let reply = get(&format!("/figure/shares.{form}?{asked}"));
        assert_eq!(reply.header("x-weighhouse-simulated"), "true", "{form}");
    }
    let batch = parquet(&get(&format!("/figure/shares.parquet?{asked}")).bytes);
    assert!(batch.column_by_name("simulated").unwrap().as_boolean().value(0));
    assert!(batch.schema().metadata()["citation"].contains("Simulated data."));
    let files = unzipped(&get(&format!("/figure/shares.zip?{asked}")).bytes);
    assert!(String::from_utf8_lossy(&files["README.md"]).contains("Simulated data"));
}

#[test]
fn a_page_gives_the_files_of_its_first_figure() {
    for (page, figure) in [("power", "shares"), ("models", "attribute-shares")] {
        let view = "collection=tiny&attribution=developer";
        let whole = get(&format!("/figure/{figure}?{view}")).body;
        let address = whole.split_once("data-src=\"").unwrap().1.split_once('"').unwrap().0;
        let query = address.split_once('?').unwrap().1.replace("&amp;", "&");
        for form in ["csv", "json", "parquet", "arrow", "svg", "png", "zip"] {
            let of_page = get(&format!("/{page}.{form}?{view}"));
            let of_figure = get(&format!("/figure/{figure}.{form}?{query}"));
            assert_eq!(of_page.status, 200, "/{page}.{form}: {}", of_page.body);
            assert_eq!(of_page.header("content-type"), of_figure.header("content-type"));
            assert!(of_page.bytes == of_figure.bytes, "/{page}.{form}");
        }
    }
    let card = get("/power.svg?collection=tiny&size=card&theme=dark").body;
    assert!(card.contains("height=\"630\""), "how it is drawn is handed on");
}

#[test]
fn tables_have_files_too() {
    for address in [
        "/attributes.F?collection=tiny",
        "/replication.F?collection=tiny",
        "/results.F?collection=tiny",
        "/whatif.F?collection=tiny&remove=alpha",
        "/api/v1/query.F?collection=tiny&stat=hhi,share",
        "/api/v1/leaderboard.F?collection=tiny",
        "/api/v1/attributes.F?collection=tiny",
        "/api/v1/whatif.F?collection=tiny&remove=alpha",
        "/api/v1/replication.F?collection=tiny",
    ] {
        let of = |form: &str| get(&address.replace(".F", &format!(".{form}")));
        let csv = of("csv");
        assert_eq!(csv.status, 200, "{address}: {}", csv.body);
        let batch = parquet(&of("parquet").bytes);
        assert_eq!(arrow(&of("arrow").bytes), batch, "{address}");
        let json = of("json");
        assert_eq!(json.header("content-type"), "application/json", "{address}");
        assert!(json.json().is_object(), "{address}");
        assert!(csv.body.lines().count() > batch.num_rows(), "{address}");
        assert!(batch.num_rows() > 0, "{address}");
        let releases = texts(&batch, "release");
        assert!(releases.iter().all(|one| one.as_deref() == Some("tiny-release")), "{address}");
        let files = unzipped(&of("zip").bytes);
        assert!(!files.keys().any(|name| name.contains(".png")), "a table has no picture");
        assert_eq!(files.len(), 7, "{address}: {:?}", files.keys());
        let svg = of("svg");
        assert_eq!((svg.status.as_u16(), &svg.json()["code"]), (404, &Json::from("not_found")));
    }
}

#[test]
fn a_file_of_an_answer_is_the_answer() {
    let asked = "collection=tiny&stat=hhi,gini&from=2024-03-04&to=2024-05-26";
    let json = get(&format!("/api/v1/query?{asked}"));
    assert_eq!(get(&format!("/api/v1/query.json?{asked}")).body, json.body);
    let rows = json.json()["rows"].as_array().unwrap().clone();
    let batch = parquet(&get(&format!("/api/v1/query.parquet?{asked}")).bytes);
    assert_all_same(&numbers(&batch, "value"), rows.iter().map(|row| &row["value"]));
    let at = batch.column_by_name("at").unwrap();
    assert_eq!(at.data_type().to_string(), "Date32");
}

#[test]
fn a_claim_is_taken_away_with_its_curve() {
    let address = "/robustness/china-rises";
    let png = get(&format!("{address}.png?collection=tiny&size=card&theme=dark"));
    assert_eq!(Pixmap::decode_png(&png.bytes).unwrap().height(), 630);
    let json = get(&format!("{address}.json?collection=tiny")).json();
    let batch = parquet(&get(&format!("{address}.parquet?collection=tiny")).bytes);
    let definitions = json["definitions"].as_array().unwrap();
    assert_eq!(batch.num_rows(), definitions.len());
    let answers = definitions.iter().map(|row| &row["answer"]["value"]);
    assert_all_same(&numbers(&batch, "value"), answers);
}

#[test]
fn a_result_is_taken_away_with_its_pictures() {
    let lines = get("/api/v1/results/countries?collection=tiny").json()["lines"].clone();
    let lines = lines.as_array().unwrap();
    let whole = parquet(&get("/results/countries.parquet?collection=tiny").bytes);
    assert_all_same(&numbers(&whole, "value"), lines.iter().map(|line| &line["value"]));
    let png = get("/results/countries.png?collection=tiny&size=card&theme=dark");
    assert_eq!(Pixmap::decode_png(&png.bytes).unwrap().height(), 630);
    let files = unzipped(&get("/results/countries.zip?collection=tiny").bytes);
    assert!(files.keys().any(|name| name.contains(".png")), "{:?}", files.keys());

    let page = get("/results/countries?collection=tiny").body;
    for (place, what) in [(1, "share"), (2, "change of share")] {
        let picture = if place == 1 { String::new() } else { format!("&picture={place}") };
        let address = format!("/figure/result/countries.F?collection=tiny{picture}");
        let of = |form: &str| get(&address.replace(".F", form));
        let shown = format!("{address}&layout=part").replace(".F", "").replace('&', "&amp;");
        assert!(page.contains(&format!("data-src=\"{shown}\"")), "{shown}: {page}");
        assert!(of("").body.contains("role=\"img\""));
        let batch = parquet(&of(".parquet").bytes);
        let shown: Vec<&Json> = lines.iter().filter(|line| line["what"] == what).collect();
        assert_all_same(&numbers(&batch, "value"), shown.iter().map(|line| &line["value"]));
        let json = of(".json").json();
        let series = json["series"].as_array().unwrap();
        let points = series.iter().flat_map(|one| {
            let points = one["points"].as_array().unwrap();
            points.iter().map(move |point| (&one["key"], point))
        });
        for (key, point) in points {
            let is_it = |line: &&&Json| {
                let last = line["when"].as_str().unwrap().rsplit(" → ").next().unwrap();
                line["unit"] == *key && point["at"] == last && line["value"] == point["value"]
            };
            assert!(shown.iter().any(|line| is_it(&line)), "{key}: {point}");
        }
        let svg = of(".svg");
        assert_eq!(svg.header("content-type"), "image/svg+xml");
    }
    let none = get("/figure/result/countries?collection=tiny&picture=9");
    assert_eq!(none.status, 404);
    assert!(
        none.json()["detail"].as_str().unwrap().contains("has no picture '9'"),
        "{}",
        none.body
    );
}

#[test]
fn a_result_that_cannot_be_asked_has_an_empty_picture_that_says_why() {
    let reply = get("/figure/result/sizes?collection=tiny");
    assert_eq!(reply.status, 200);
    assert!(reply.body.contains("No data for this question: "), "{}", reply.body);
    let svg = get("/results/sizes.svg?collection=tiny");
    assert_eq!((svg.status.as_u16(), &svg.json()["code"]), (404, &Json::from("not_found")));
}

#[test]
fn a_hidden_series_of_a_result_is_hidden_in_its_page_and_its_picture() {
    for address in [
        "/results/countries?collection=tiny&hide=us",
        "/fragment/result/countries?collection=tiny&hide=us",
        "/figure/result/countries?collection=tiny&hide=us",
    ] {
        let body = get(address).body;
        let button = body.split("data-key=\"us\" aria-pressed=\"").nth(1).unwrap_or_default();
        assert!(button.starts_with("false"), "{address}: {body}");
    }
}

#[test]
fn what_cannot_be_taken_away_says_why() {
    let reply = get("/power.csv?group=nonsense");
    assert_eq!(reply.status, 400);
    let reply = get("/robustness.csv");
    assert_eq!(reply.status, 404);
    assert!(reply.json()["detail"].as_str().unwrap().contains("neither a figure nor a table"));
    let reply = get("/figure/shares.png?size=huge");
    assert_eq!(reply.json()["detail"], "unknown size 'huge'; known are: page, phone, slide, card");
    let reply = get("/api/v1/query.xlsx");
    assert!(reply.json()["detail"].as_str().unwrap().contains("known are: csv, json"));
    assert_eq!(get("/nothing.csv").status, 404);
    let posted = crate::ask_by("POST", server(), "/power.csv", &[]);
    assert_eq!((posted.status.as_u16(), posted.header("allow")), (405, "GET,HEAD,OPTIONS"));
    assert!(get("/nothing").body.contains("<!DOCTYPE html>"), "a page for people");
}

#[test]
fn a_file_is_sent_in_parts_as_data_frames_ask_for_it() {
    let address = format!("/figure/shares.parquet?{QUERY}");
    let whole = get(&address);
    assert_eq!(whole.header("accept-ranges"), "bytes");
    let size = whole.bytes.len();
    let part = |range: &str| ask(server(), &address, &[("range", range)]);
    let end = part("bytes=-8");
    assert_eq!(end.status, 206);
    assert_eq!(end.bytes, whole.bytes[size - 8..]);
    assert_eq!(end.header("content-range"), format!("bytes {}-{}/{size}", size - 8, size - 1));
    assert_eq!(part("bytes=0-3").bytes, b"PAR1");
    let beyond = part(&format!("bytes={size}-"));
    assert_eq!((beyond.status.as_u16(), beyond.bytes.len()), (416, 0));
    assert_eq!(beyond.header("content-range"), format!("bytes */{size}"));
    let tag = whole.header("etag");
    let on_condition = [("range", "bytes=0-3"), ("if-range", tag)];
    assert_eq!(ask(server(), &address, &on_condition).bytes, whole.bytes);
    let page = ask(server(), "/power?collection=tiny", &[("range", "bytes=0-3")]);
    assert_eq!((page.status.as_u16(), page.header("accept-ranges")), (200, ""));
}
