use super::*;

fn sample() -> Badge {
    Badge {
        label: "Share of <alpha>".to_owned(),
        value: "12.3 %".to_owned(),
        interval: "11.9 % to 12.8 %".to_owned(),
        data_through: "26 May 2024".to_owned(),
        simulated: false,
        values: vec![Some(1.0), Some(3.0), None, Some(2.0), None, Some(2.5), Some(2.0)],
    }
}

#[test]
fn a_badge_says_what_how_much_and_how_sure() {
    let svg = badge(&sample(), Theme::Light);
    let said = "Share of &lt;alpha&gt;: 12.3 %, between 11.9 % to 12.8 %, data through 26 May 2024";
    assert!(svg.contains(&format!("<title id=\"badge-title\">{said}</title>")), "{svg}");
    assert!(svg.contains(">(11.9 % to 12.8 %)</text>"), "{svg}");
    assert!(!svg.contains("var(") && !svg.contains("NaN") && !svg.contains("<style"));
    assert_ne!(svg, badge(&sample(), Theme::Dark));
    assert_eq!(svg, badge(&sample(), Theme::Light));
}

#[test]
fn a_gap_parts_the_line() {
    let lines = sparkline(&sample().values, 0.0);
    assert_eq!(lines.len(), 3, "{lines:?}");
    assert_eq!(sparkline(&[Some(1.0), None], 0.0), Vec::<String>::new(), "one point is no line");
    let flat = sparkline(&[Some(2.0), Some(2.0), Some(f64::NAN)], 0.0);
    assert_eq!(flat.len(), 1, "equal values lie in the middle: {flat:?}");
}

#[test]
fn invented_numbers_say_so() {
    let svg = badge(&Badge { simulated: true, ..sample() }, Theme::Light);
    assert!(svg.contains(">simulated</text>") && svg.contains("simulated data"), "{svg}");
}
