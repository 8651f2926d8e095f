use super::quoted;

#[test]
fn quotes_what_csv_reserves() {
    assert_eq!(quoted("plain name"), "plain name");
    assert_eq!(quoted("a, \"b\"\nc"), "\"a, \"\"b\"\"\nc\"");
}
