use axum::http::Uri;
use proptest::prelude::*;

use super::Parameters;

#[test]
fn reads_what_a_form_sends_and_drops_what_it_left_empty() {
    let uri: Uri = "/power?group=country&from=&hide=a&hide=b%26c".parse().unwrap();
    let parameters = Parameters::read(&uri, &["group", "from", "hide"]).unwrap();
    assert_eq!(parameters.get("group"), Some("country"));
    assert_eq!(parameters.get("from"), None);
    assert_eq!(parameters.all("hide").collect::<Vec<_>>(), ["a", "b&c"]);
}

#[test]
fn refuses_unknown_and_repeated_names() {
    let uri: Uri = "/power?gruop=country".parse().unwrap();
    let refusal = Parameters::read(&uri, &["group", "from"]).unwrap_err();
    assert_eq!(refusal.detail, "unknown parameter 'gruop'; known are: group, from");
    let uri: Uri = "/power?group=a&group=b".parse().unwrap();
    assert_eq!(Parameters::read(&uri, &["group"]).unwrap_err().code, "contradiction");
}

proptest! {
    #[test]
    fn what_is_written_is_read(value in "\\PC{1,20}") {
        prop_assume!(!value.trim().is_empty());
        let written = Parameters::default().with("where", &value).address("/power");
        let uri: Uri = written.parse().unwrap();
        let read = Parameters::read(&uri, &["where"]).unwrap();
        prop_assert_eq!(read.get("where"), Some(value.as_str()));
    }
}
