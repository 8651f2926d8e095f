use super::*;

fn address_of(url: &str, endpoint: &str) -> String {
    address(&Download {
        url: url.to_owned(),
        endpoint: endpoint.to_owned(),
        token: None,
        sha256: None,
        max_bytes: 0,
        timeout: Duration::ZERO,
        max_retries: 0,
        user_agent: String::new(),
    })
}

#[test]
fn a_mirror_stands_in_for_the_hub_and_for_nobody_else() {
    let path = "/datasets/a/b/resolve/main/c%20d.parquet?download=true";
    let at = |host: &str| format!("{host}{path}");
    for hub in ["https://huggingface.co", "https://hf.co", "https://HuggingFace.co:443"] {
        assert_eq!(address_of(&at(hub), "http://mirror.test/hub/"), at("http://mirror.test/hub"));
    }
    assert_eq!(
        address_of(&at("https://huggingface.co"), "https://huggingface.co"),
        at("https://huggingface.co")
    );
    for other in ["https://other.test", "http://huggingface.co", "https://huggingface.co.test"] {
        assert_eq!(address_of(&at(other), "https://mirror.test"), at(other));
    }
}
