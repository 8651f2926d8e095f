use schema::Instant;

use super::last_of_weeks;

#[test]
fn keeps_the_last_reading_of_each_week() {
    // 2024-03-04 is a Monday.
    let texts = [
        "2024-03-03T10:00:00Z",
        "2024-03-04T00:00:00Z",
        "2024-03-10T23:59:59Z",
        "2024-03-11T00:00:00Z",
    ];
    let instants = texts.map(|text| Instant::parse(text).unwrap());
    assert_eq!(last_of_weeks(&instants), [instants[0], instants[2], instants[3]]);
}
