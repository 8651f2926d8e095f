use super::*;

#[test]
fn a_token_shows_itself_nowhere() {
    let token = Token::new(" hf_secret\n").unwrap();
    assert!(!format!("{token:?} {token}").contains("secret"));
    assert_eq!(token.to_header(), "Bearer hf_secret");
    for unusable in ["", " ", "hf_ab cd", "hf_ä", "hf_a\nHost: elsewhere"] {
        let error = Token::new(unusable).unwrap_err();
        assert!(matches!(error, Error::Token));
    }
}

#[test]
fn sorts_are_read_by_their_names() {
    for sort in Sort::ALL {
        assert_eq!(sort.name().parse::<Sort>(), Ok(sort));
    }
    assert_eq!(
        "stars".parse::<Sort>().unwrap_err().to_string(),
        "unknown sort 'stars'; known are: downloads, trendingScore, likes, createdAt, lastModified"
    );
}
