use super::*;
use proptest::prelude::*;

/// The test vectors of RFC 4648 §10.
#[test]
fn agrees_with_the_rfc() {
    for (bytes, text) in [
        ("", ""),
        ("f", "Zg=="),
        ("fo", "Zm8="),
        ("foo", "Zm9v"),
        ("foob", "Zm9vYg=="),
        ("fooba", "Zm9vYmE="),
        ("foobar", "Zm9vYmFy"),
    ] {
        assert_eq!(encode(bytes.as_bytes()), text);
        assert_eq!(decode(text).as_deref(), Some(bytes.as_bytes()));
    }
}

#[test]
fn refuses_what_is_not_base64() {
    for text in ["Zg=", "Z===", "Zm9 ", "Zm-v", "é==="] {
        assert_eq!(decode(text), None, "{text}");
    }
}

proptest! {
    #[test]
    fn round_trips(bytes: Vec<u8>) {
        prop_assert_eq!(decode(&encode(&bytes)), Some(bytes));
    }
}
