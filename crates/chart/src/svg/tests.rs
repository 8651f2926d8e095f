use super::*;

#[test]
fn paths_are_relative_and_do_not_drift() {
    let mut path = Path::default();
    path.line_through([(10.04, 20.0), (13.06, 18.5), (16.08, 18.5), (10.0, 30.0)]);
    path.close();
    assert_eq!(path.into_string(), "M10 20l3.1-1.5 3 0-6.1 11.5z");
}

#[test]
fn curves_are_horizontal_at_their_ends() {
    let mut path = Path::default();
    path.move_to(0.0, 0.0);
    path.ease_to(10.0, 4.0);
    path.ease_to(20.0, 0.0);
    assert_eq!(path.into_string(), "M0 0c5 0 5 4 10 4 5 0 5-4 10-4");
}

#[test]
fn attributes_and_text_are_escaped() {
    let mut svg = Svg::default();
    svg.tag("text").attr("data-key", "a\"<&>").px("x", -0.01).text("A & B\u{1}\n<x>");
    assert_eq!(
        svg.into_string(),
        "<text data-key=\"a&quot;&lt;&amp;&gt;\" x=\"0\">A &amp; B &lt;x&gt;</text>\n"
    );
}

#[test]
fn coordinates_are_rounded() {
    assert_eq!(rounded(1.25), "1.3");
    assert_eq!(rounded(-0.04), "0");
    assert_eq!(rounded(1e300), "1000000");
}
