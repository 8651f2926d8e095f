use super::*;

#[test]
fn endpoints_are_checked() {
    for endpoint in
        ["huggingface.co", "ftp://hub.test", "https://", "https://hub.test?x", "https://a@hub.test"]
    {
        let error = endpoint_origin(endpoint).unwrap_err();
        assert!(matches!(error, Error::Endpoint { .. }), "{endpoint}");
    }
    assert!(endpoint_origin("http://127.0.0.1:8080/mirror").is_ok());
}
