use super::*;

fn dataset_path(revision: &str, path: &str) -> DatasetPath {
    DatasetPath {
        dataset: "cfahlgren1/hub-stats".to_owned(),
        revision: revision.to_owned(),
        path: path.to_owned(),
    }
}

/// The forms of hub-reference.md §5.1, §5.2 and §6.
#[test]
fn addresses_are_as_the_hub_has_them() {
    let hub = "https://huggingface.co";
    assert_eq!(
        dataset_path("main", "models.parquet").file_url(hub),
        "https://huggingface.co/datasets/cfahlgren1/hub-stats/resolve/main/models.parquet"
    );
    assert_eq!(
        dataset_path("refs/convert/parquet", "a/0000.parquet").file_url("http://mirror.test/"),
        "http://mirror.test/datasets/cfahlgren1/hub-stats/resolve/refs%2Fconvert%2Fparquet/a/0000.parquet"
    );
    assert_eq!(
        dataset_path("main", "a b/100%#é?.csv").file_url(hub),
        "https://huggingface.co/datasets/cfahlgren1/hub-stats/resolve/main/a%20b/100%25%23%C3%A9%3F.csv"
    );
    assert_eq!(
        dataset_path("main", "").tree_url(hub),
        "https://huggingface.co/api/datasets/cfahlgren1/hub-stats/tree/main?recursive=true"
    );
    assert_eq!(
        dataset_path("main", "models").tree_url(hub),
        "https://huggingface.co/api/datasets/cfahlgren1/hub-stats/tree/main/models?recursive=true"
    );
}
