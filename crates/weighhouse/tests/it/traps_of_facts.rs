//! The traps in what sources say of models, each by its name: see `traps.rs` for those of counters.

use serde_json::{Value, json};

use crate::real_data::real_data;
use crate::support::{Bench, values};

/// A line of radar, with some fields other than usual.
fn line(id: &str, fields: &Value) -> String {
    let mut row = json!({
        "id": id, "author": id.split('/').next(), "created_at": "2026-01-05T00:00:00.000Z",
        "license": null, "pipeline_tag": "text-generation", "library": "transformers",
        "tags": ["transformers"], "likes": 1, "downloads_30d": 10, "parameters": null,
        "base_model": null, "gated": false, "removed": false,
    });
    for (name, value) in fields.as_object().unwrap() {
        row[name] = value.clone();
    }
    format!("{row}\n")
}

/// A snapshot of radar, built.
fn radar(lines: &[String]) -> Bench {
    let bench = Bench::new();
    let path = bench.file("2026-08-19T093631.jsonl", lines.concat().as_bytes());
    assert_eq!(bench.import("radar", &path).code, 0);
    bench.done(&["build"]);
    bench
}

fn value(bench: &Bench, model: &str, attribute: &str) -> Value {
    let asked = bench.done(&["why", model, attribute, "--format", "json"]);
    serde_json::from_str::<Value>(&asked.stdout).unwrap()["attributes"][0]["value"].clone()
}

#[test]
fn base_model_of_radar_holds_several_ids_in_one_string() {
    let bench = radar(&[
        line("acme/both", &json!({"base_model": "Qwen/Qwen3-8B, mistralai/Mistral-7B-v0.1"})),
        line("mistralai/Mistral-7B-v0.1", &json!({})),
    ]);
    let both = json!(["Qwen/Qwen3-8B", "mistralai/Mistral-7B-v0.1"]);
    assert_eq!(value(&bench, "acme/both", "base_models"), both);
    assert_eq!(value(&bench, "acme/both", "family"), "Qwen/Qwen3-8B", "of the first");
    assert_eq!(value(&bench, "mistralai/Mistral-7B-v0.1", "child_count"), 1);
}

/// In the five runs 8 models have the base `None`, `none` or `undefined`.
#[test]
fn words_for_none_in_radar_are_no_family() {
    let none = |id: &str, base: &str| line(id, &json!({"base_model": base}));
    let bench = radar(&[none("acme/one", "None"), none("acme/two", "undefined")]);
    assert_eq!(value(&bench, "acme/one", "base_models"), json!([]));
    assert_eq!(value(&bench, "acme/one", "family"), "acme/one");
    assert_eq!(value(&bench, "acme/two", "family"), "acme/two");
}

#[test]
fn license_of_radar_is_null_unknown_or_other() {
    let of = |id: &str, license: Value| line(id, &json!({"license": license}));
    let bench = radar(&[
        of("acme/null", Value::Null),
        of("acme/unknown", "unknown".into()),
        of("acme/other", "other".into()),
        of("acme/mit", "mit".into()),
    ]);
    let family = |model: &str| value(&bench, model, "license_family");
    assert_eq!(family("acme/null"), Value::Null);
    assert_eq!(family("acme/unknown"), Value::Null, "not known is no family of licences");
    assert_eq!(family("acme/other"), "other");
    assert_eq!(family("acme/mit"), "permissive");
}

#[test]
fn removed_models_of_radar_stay_and_say_so() {
    let bench =
        radar(&[line("acme/gone", &json!({"removed": true})), line("acme/there", &json!({}))]);
    assert_eq!(value(&bench, "acme/gone", "is_removed"), true);
    assert_eq!(value(&bench, "acme/there", "is_removed"), false);
    let sum = "sum --collection radar --measure downloads_30d --group model --top 0";
    assert_eq!(values(&bench.ask(sum), "sum")[0].1, 20.0, "the reference values count them");
}

#[test]
fn gated_of_radar_does_not_say_how() {
    let bench = radar(&[
        line("acme/gated", &json!({"gated": true})),
        line("acme/open", &json!({"gated": false})),
    ]);
    assert_eq!(value(&bench, "acme/gated", "gating"), "yes", "neither auto nor manual");
    assert_eq!(value(&bench, "acme/open", "gating"), "no");
}

/// What the collection covers stands wherever it is listed.
#[test]
fn shares_of_radar_are_shares_of_this_panel() {
    let bench = radar(&[line("acme/one", &json!({}))]);
    let listed = bench.done(&["collections", "--format", "json"]).stdout;
    assert!(listed.contains("shares are shares of this panel, not of the Hub"), "{listed}");
}

/// The tool writes its own recommendation into every entry.
#[test]
fn quantization_of_llmfit_is_not_the_models() {
    let bench = Bench::new();
    let entry = json!([{
        "name": "acme/model-7B", "provider": "acme", "parameter_count": "7B",
        "parameters_raw": 7_000_000_000_i64, "quantization": "Q4_K_M", "context_length": 4096,
        "use_case": "Chat", "architecture": "llama", "hf_downloads": 5, "hf_likes": 1,
    }]);
    let name = "2026-04-15T202509_ac5b1159_llmfit-core.json";
    let path = bench.file(name, entry.to_string().as_bytes());
    assert_eq!(bench.import("llmfit", &path).code, 0);
    bench.done(&["build"]);
    for attribute in ["quantization_method", "quantization_bits", "is_quantized"] {
        assert_eq!(value(&bench, "acme/model-7B", attribute), Value::Null, "{attribute}");
    }
    // `hf_downloads` is the 30-day counter.
    let sum = "sum --collection llmfit --measure downloads_30d --group model --top 0";
    assert_eq!(values(&bench.ask(sum), "sum")[0].1, 5.0);
}

/// A model that is not on a day's list keeps its last reading.
#[test]
fn absence_from_embeddings_trending_is_not_zero() {
    let bench = Bench::new();
    let list = |day: &str, models: &[(&str, i64)]| {
        let rows =
            models.iter().map(|(id, downloads)| format!("0,acme,{downloads},{id},1,{day}\n"));
        let text =
            format!("row,author,downloads,id,likes,mined_date\n{}", rows.collect::<String>());
        bench.file(&format!("transformersjs_{day}.csv"), text.as_bytes())
    };
    let paths = [
        list("08-05-2024", &[("acme/one", 100), ("acme/two", 50)]),
        list("09-05-2024", &[("acme/one", 110)]),
    ];
    for path in paths {
        assert_eq!(bench.import("embeddings-trending", &path).code, 0);
    }
    bench.done(&["build"]);
    let asked = "sum --collection embeddings-trending --measure downloads_30d --group model";
    let answer = bench.ask(&format!("{asked} --as-of 2024-05-09"));
    let two = values(&answer, "sum").into_iter().find(|(id, _)| id.as_deref() == Some("acme/two"));
    assert_eq!(two.map(|(_, sum)| sum), Some(50.0));
}

/// ATOM's `eu` is a bucket for products, ours is a country; its `unknown` was reviewed, and who is
/// not in it is unreviewed: three things that are not one.
#[test]
fn eu_unknown_and_absent_of_atom_are_three_things() {
    let bench = Bench::new();
    let text = "hf_org,region,notes\nmistralai,eu,\nEleutherAI,unknown,\nno-such-owner,us,\n";
    let other = bench.file("atom.csv", text.as_bytes());
    let other = other.to_str().unwrap();
    let told = bench.done(&["registry", "diff", other, "--all", "--format", "csv"]).stdout;
    assert!(told.contains("\nmistralai,region,eu,eu,same,"), "{told}");
    assert!(told.contains("\nEleutherAI,region,us,unknown,alternative,"), "{told}");
    assert!(told.contains("\nno-such-owner,,,,only there,,"), "{told}");
    let of = |id: &str| line(id, &json!({}));
    let bench = radar(&[of("mistralai/a"), of("mradermacher/b"), of("no-such-owner/c")]);
    let groups = "sum --collection radar --measure models --group country";
    let answer = bench.ask(groups);
    let units: Vec<String> = values(&answer, "sum").into_iter().filter_map(|(id, _)| id).collect();
    assert_eq!(units, ["France", "unknown", "unreviewed"]);
}

/// 671 B reported, 685 B in the files.
#[test]
fn parameters_of_atom_are_reported_and_not_counted_in_files() {
    let bench =
        radar(&[line("deepseek-ai/DeepSeek-R1", &json!({"parameters": 684_531_386_000_i64}))]);
    assert_eq!(value(&bench, "deepseek-ai/DeepSeek-R1", "parameters"), 671_000_000_000_i64);
}

#[test]
fn ids_without_a_namespace_are_of_the_owner_they_moved_to() {
    let bench = radar(&[
        line("bert-base-uncased", &json!({})),
        line("acme/tuned", &json!({"base_model": "bert-base-uncased"})),
    ]);
    let bert = "google-bert/bert-base-uncased";
    assert_eq!(value(&bench, "bert-base-uncased", "uploader"), "google-bert");
    assert_eq!(value(&bench, "bert-base-uncased", "developer"), "google");
    assert_eq!(value(&bench, "acme/tuned", "family"), bert);
    assert_eq!(value(&bench, bert, "child_count"), 1);
    let owners = "sum --collection radar --measure models --group uploader";
    let answer = bench.ask(owners);
    let units: Vec<String> = values(&answer, "sum").into_iter().filter_map(|(id, _)| id).collect();
    assert_eq!(units, ["acme", "google-bert"]);
}

/// On the real panel: every model of a family has one role, and roles add up to families.
#[test]
fn roles_of_radar_add_up_to_its_largest_family() {
    let Some(folder) = real_data("roles_of_radar_add_up_to_its_largest_family") else { return };
    let bench = Bench::new();
    assert_eq!(bench.import("radar", &folder.join("radar/2026-08-21T220024.jsonl.gz")).code, 0);
    bench.done(&["build"]);
    let told = bench.done(&["family", "Qwen/Qwen3.8-27B", "--format", "json"]).stdout;
    let family: Value = serde_json::from_str(&told).unwrap();
    let roles = family["roles"].as_array().unwrap();
    let sum = |field: &str| roles.iter().map(|role| role[field].as_i64().unwrap()).sum::<i64>();
    assert_eq!(sum("downloads_30d"), family["downloads_30d"].as_i64().unwrap());
    assert_eq!(sum("models"), family["models"].as_i64().unwrap());
    assert!(sum("models") > 1_000, "{roles:?}");
    // The engine adds up the same.
    let asked = "sum --collection radar --measure downloads_30d --group role --where family=";
    let answer = bench.ask(&format!("{asked}Qwen/Qwen3.8-27B"));
    for (role, sum) in values(&answer, "sum") {
        let expected = match role {
            None => family["downloads_30d"].as_f64(),
            Some(role) => {
                let of_role = roles.iter().find(|row| row["role"] == role.as_str());
                of_role.and_then(|row| row["downloads_30d"].as_f64())
            }
        };
        assert_eq!(Some(sum), expected);
    }
}
