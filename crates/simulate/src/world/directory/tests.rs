use super::*;

fn seconds(seconds: u32) -> Instant {
    Instant::from_millis(i64::from(seconds) * 1_000)
}

#[test]
fn a_name_leads_to_who_took_it_last() {
    let mut directory = Directory::default();
    directory.claim("Acme/Tiny", 100, 0);
    directory.claim("acme/tiny", 200, 7);
    directory.claim("ACME/TINY", 300, 9);
    let find = |at: u32| directory.find("acme/Tiny", seconds(at));
    assert_eq!(find(99), None, "nobody has it yet");
    assert_eq!([find(100), find(199)], [Some(0); 2]);
    assert_eq!([find(200), find(299)], [Some(7); 2]);
    assert_eq!([find(300), find(9_999)], [Some(9); 2]);
    assert_eq!(directory.find("acme/tin", seconds(300)), None);
}

#[test]
fn a_claim_if_free_takes_nothing_from_anyone() {
    let mut directory = Directory::default();
    directory.claim_if_free("tiny", 100, 1);
    directory.claim_if_free("Tiny", 200, 2);
    assert_eq!(directory.find("tiny", seconds(300)), Some(1));
}
