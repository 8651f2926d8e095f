use super::*;

#[test]
fn repeated_and_bracketed_names_are_read() {
    let read: Vec<_> = parameters("expand[]=likes&expand%5B%5D=model-index&search=a+b%2Fc&full")
        .into_iter()
        .map(|parameter| (parameter.name, parameter.value))
        .collect();
    let expected =
        [("expand", "likes"), ("expand", "model-index"), ("search", "a b/c"), ("full", "")];
    assert_eq!(read, expected.map(|(name, value)| (name.to_owned(), value.to_owned())));
}

#[test]
fn a_broken_escape_stands_for_itself() {
    assert_eq!(decode("100%"), "100%");
    assert_eq!(decode("%zz%4"), "%zz%4");
}

#[test]
fn encoding_is_undone_by_decoding() {
    assert_eq!(encode("eyI=+/ é"), "eyI%3D%2B%2F%20%C3%A9");
    assert_eq!(decode(&encode("eyI=+/ é")), "eyI=+/ é");
}

#[test]
fn a_plus_is_a_space_in_a_query_and_a_plus_in_a_path() {
    assert_eq!(decode("a+b%2Bc"), "a b+c");
    assert_eq!(decode_path("a+b%2Bc%20d"), "a+b+c d");
}
