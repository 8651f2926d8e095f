use super::*;

#[test]
fn a_specification_curve_shows_every_answer_with_its_choices() {
    let figure = sample::specifications();
    for size in SIZES {
        for theme in [Theme::Page, Theme::Light, Theme::Dark] {
            check(&figure, Frame { size, theme }).unwrap();
        }
        let svg = draw(&figure, Frame { size, theme: Theme::Page });
        assert_eq!(
            svg.matches("class=\"chosen\"").count(),
            7,
            "one dot for each place of a choice"
        );
        assert_eq!(svg.matches("class=\"interval\"").count(), 5 + 1, "and one in the key");
        assert!(svg.contains("data-x=\"linear:1:5:"), "{svg}");
        assert!(svg.contains("as claimed") && svg.contains("AGREES"));
    }
    let mut hidden = figure;
    hidden.series[0].is_hidden = true;
    let svg = draw(&hidden, PAGE);
    check(&hidden, PAGE).unwrap();
    assert_eq!(svg.matches("class=\"chosen\"").count(), 3, "those of what is shown");
    assert!(svg.contains("AGREES (hidden)") && svg.contains("data-x=\"linear:1:5:"));
}

#[test]
fn many_answers_and_one_answer_are_drawn() {
    let base = sample::specifications();
    for count in [1_u32, 400] {
        let point = |place: u32| Point { x: X::Place(place), ..base.series[0].points[0].clone() };
        let mut figure = base.clone();
        figure.series.truncate(1);
        figure.series[0].points = (1..=count).map(point).collect();
        for size in SIZES {
            check(&figure, Frame { size, theme: Theme::Page }).unwrap();
        }
    }
}
