use super::*;

const DOWNLOADS: Unit = Unit::Count("downloads");
const HHI: Unit = Unit::Index { max: 10_000.0, name: "HHI" };
const GINI: Unit = Unit::Index { max: 1.0, name: "Gini" };

#[test]
fn short_values() {
    let check = |unit: &Unit, value: f64, expect: &str| {
        assert_eq!(format_value(unit, value), expect, "{value}");
    };
    check(&DOWNLOADS, 839_913_650.0, "840 M");
    check(&DOWNLOADS, 0.0, "0");
    check(&DOWNLOADS, -0.0, "0");
    check(&DOWNLOADS, 999.0, "999");
    check(&DOWNLOADS, 1234.0, "1,234");
    check(&DOWNLOADS, 12_345.0, "12.3 k");
    check(&DOWNLOADS, 999_499.0, "999 k");
    check(&DOWNLOADS, 999_950.0, "1 M");
    check(&DOWNLOADS, 1_230_000_000.0, "1.23 B");
    check(&DOWNLOADS, 2e18, "2.00e18");
    check(&DOWNLOADS, -12_345.0, "−12.3 k");
    check(&Unit::Number("days"), 0.001_234, "0.00123");
    check(&Unit::Share, 0.1234, "12.3 %");
    check(&Unit::Share, 1.0, "100 %");
    check(&Unit::Share, 0.0001, "<0.1 %");
    check(&Unit::Share, 0.0, "0 %");
    check(&HHI, 1834.4, "1,834");
    check(&GINI, 0.853_21, "0.853");
    check(&GINI, f64::NAN, "not defined");
}

#[test]
fn exact_values() {
    assert_eq!(format_exact(&DOWNLOADS, 839_913_650.0), "839,913,650");
    assert_eq!(format_exact(&DOWNLOADS, 12.5), "12.5");
    assert_eq!(format_exact(&Unit::Share, 0.123_456), "12.35 %");
    assert_eq!(format_exact(&HHI, 1834.44), "1,834.4");
    assert_eq!(format_exact(&GINI, -0.00001), "0.0000");
    assert_eq!(format_exact(&DOWNLOADS, f64::INFINITY), "not defined");
}

#[test]
fn ticks_are_told_apart() {
    assert_eq!(tick_labels(&Unit::Share, &[0.0, 0.005, 0.01], 0.005), ["0", "0.5 %", "1.0 %"]);
    assert_eq!(tick_labels(&DOWNLOADS, &[0.0, 2e7, 4e7], 2e7), ["0", "20 M", "40 M"]);
    // A number that hardly changes: an axis far from zero.
    let close = [999_500.0, 1_000_000.0, 1_000_500.0];
    assert_eq!(tick_labels(&DOWNLOADS, &close, 500.0), ["0.9995 M", "1 M", "1.0005 M"]);
    assert_eq!(tick_labels(&GINI, &[0.0, 0.25, 0.5], 0.25), ["0", "0.25", "0.50"]);
    assert_eq!(tick_labels(&Unit::Number("days"), &[-0.2, 0.0, 0.2], 0.2), ["−0.2", "0", "0.2"]);
}

#[test]
fn dates() {
    assert_eq!(day_text(Day::from_ymd(2024, 3, 4).unwrap()), "4 Mar 2024");
}

#[test]
fn differences_of_shares_are_told_in_points() {
    assert_eq!(format_value(&Unit::Points, 0.1469), "14.7 points");
    assert_eq!(format_value(&Unit::Points, -0.158), "−15.8 points");
    assert_eq!(format_exact(&Unit::Points, 0.00004), "<0.01 points");
    assert_eq!(tick_labels(&Unit::Points, &[-0.2, 0.0, 0.2], 0.2), ["−20", "0", "20"]);
}
