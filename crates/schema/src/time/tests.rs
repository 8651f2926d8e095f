use super::*;

#[test]
fn a_week_is_named_by_its_monday() {
    // 2026-08-19 is a Wednesday; ISO week 34 of 2026 begins on Monday 2026-08-17 (Python's
    // datetime.date(2026, 8, 19).isocalendar() gives (2026, 34, 3)).
    let week = "2026-08-19".parse::<Week>().unwrap();
    assert_eq!(week.to_string(), "2026-08-17");
    assert_eq!("2026-W34".parse::<Week>().unwrap(), week);
    assert_eq!("2026-08-17".parse::<Week>().unwrap(), week);
    assert_eq!("2026-08-16".parse::<Week>().unwrap(), week.plus(-1));
}

#[test]
fn weeks_before_the_epoch_count_downwards() {
    assert_eq!("1969-12-28".parse::<Week>().unwrap().to_string(), "1969-12-22");
    assert_eq!("1969-12-29".parse::<Week>().unwrap().number(), 0);
}

#[test]
fn a_date_means_its_end_and_an_instant_itself() {
    let end = Instant::parse_as_of("2026-08-19").unwrap();
    assert_eq!(end.to_string(), "2026-08-19T23:59:59.999Z");
    let instant = Instant::parse_as_of("2026-08-19T09:36:31+02:00").unwrap();
    assert_eq!(instant.to_string(), "2026-08-19T07:36:31Z");
    assert_eq!(Instant::parse_as_of("2026-08-19T07:36:31").unwrap(), instant);
    assert!(Instant::parse_as_of("yesterday").unwrap_err().to_string().contains("'yesterday'"));
}

#[test]
fn http_dates_round_trip() {
    let text = "Wed, 19 Aug 2026 07:36:31 GMT";
    assert_eq!(Instant::parse_http_date(text).unwrap().to_http_date(), text);
}

#[test]
fn the_last_complete_week_is_over() {
    let monday = Instant::parse("2026-08-17T00:00:00Z").unwrap();
    assert_eq!(Week::last_complete(monday).to_string(), "2026-08-10");
    assert_eq!(Week::last_complete(monday).end(), monday);
    let sunday = Instant::parse("2026-08-16T23:59:59Z").unwrap();
    assert_eq!(Week::last_complete(sunday).to_string(), "2026-08-03");
}

proptest::proptest! {
    #[test]
    fn every_day_lies_in_its_week(days in -200_000_i32..200_000) {
        let day = Day::from_epoch_days(days);
        let week = day.week();
        proptest::prop_assert!(week.monday() <= day && day < week.plus(1).monday());
        proptest::prop_assert_eq!(day.to_string().parse::<Day>().unwrap(), day);
    }
}
