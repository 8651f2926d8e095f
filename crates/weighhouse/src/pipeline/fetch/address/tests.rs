use super::*;

const HUB: &str = "https://huggingface.co";

fn parse(text: &str) -> Option<Address> {
    Address::parse(text, HUB).unwrap()
}

fn place(dataset: &str, revision: &str, path: &str) -> DatasetPath {
    DatasetPath {
        dataset: dataset.to_owned(),
        revision: revision.to_owned(),
        path: path.to_owned(),
    }
}

#[test]
fn addresses_of_the_hub_are_read() {
    let stats = "cfahlgren1/hub-stats";
    let file = |revision: &str, path: &str| Some(Address::HubFile(place(stats, revision, path)));
    let folder = |revision: &str, path: &str| Some(Address::Hub(place(stats, revision, path)));
    let check = |rest: &str, expected: Option<Address>| {
        assert_eq!(parse(&format!("{HUB}/datasets/{stats}{rest}")), expected, "{rest}");
    };
    check("/resolve/main/models.parquet", file("main", "models.parquet"));
    check("/resolve/0f0f/a/b%20c.parquet?download=true", file("0f0f", "a/b c.parquet"));
    check("/blob/main/models.parquet#L1", file("main", "models.parquet"));
    check("/raw/main/README.md", file("main", "README.md"));
    check("", folder("main", ""));
    check("/", folder("main", ""));
    check("/tree/main", folder("main", ""));
    check("/tree/refs%2Fconvert%2Fparquet/models/", folder("refs/convert/parquet", "models"));
    assert_eq!(parse("https://hf.co/datasets/cfahlgren1/hub-stats/tree/x"), folder("x", ""));
}

#[test]
fn the_short_form_is_read() {
    let paper = "mmpr/open_model_evolution_data";
    let check = |text: &str, revision: &str, path: &str| {
        assert_eq!(parse(text), Some(Address::Hub(place(paper, revision, path))), "{text}");
    };
    check("hf://datasets/mmpr/open_model_evolution_data", "main", "");
    check("hf://datasets/mmpr/open_model_evolution_data/a/b.parquet", "main", "a/b.parquet");
    check("hf://datasets/mmpr/open_model_evolution_data@v1/tree/b", "v1", "tree/b");
    check("hf://datasets/mmpr/open_model_evolution_data@refs%2Fpr%2F1", "refs/pr/1", "");
}

#[test]
fn a_mirror_is_the_hub() {
    let mirror = "http://127.0.0.1:8080/";
    let text = "http://127.0.0.1:8080/datasets/a/b/resolve/main/c";
    assert_eq!(
        Address::parse(text, mirror).unwrap(),
        Some(Address::HubFile(place("a/b", "main", "c")))
    );
    assert!(Address::parse("http://127.0.0.1:80801/datasets/a/b", mirror).is_err());
}

#[test]
fn other_addresses_are_files() {
    let other =
        |url: &str, path: &str| Some(Address::Other { url: url.to_owned(), path: path.to_owned() });
    for (url, path) in [
        ("https://data.test/a/2026-01-05%20b.csv?x=1", "a/2026-01-05 b.csv"),
        ("https://huggingface.co.test/datasets/a/b", "datasets/a/b"),
        (
            "https://huggingface.co/api/datasets/a/b/parquet/x/train/0.parquet",
            "api/datasets/a/b/parquet/x/train/0.parquet",
        ),
    ] {
        assert_eq!(parse(url), other(url, path));
    }
}

#[test]
fn what_is_no_address_is_a_path_or_refused() {
    for path in ["data.parquet", "/data/x.csv", "C:\\data", "https:/x", ""] {
        assert_eq!(parse(path), None, "{path}");
    }
    for refused in [
        "http://data.test/a.csv",
        "ftp://data.test/a.csv",
        "s3://bucket/a.csv",
        "https://data.test",
        "https://data.test/folder/",
        "hf://models/a/b",
        "hf://datasets/a",
        "https://huggingface.co/datasets/a",
        "https://huggingface.co/datasets/a/b/resolve/main",
        "https://huggingface.co/datasets/a/b/discussions/1",
        "https://huggingface.co/datasets/a/b/resolve/main/%zz",
    ] {
        let error = Address::parse(refused, HUB).unwrap_err().to_string();
        assert!(error.starts_with(&format!("cannot fetch '{refused}': expected ")), "{error}");
    }
}
