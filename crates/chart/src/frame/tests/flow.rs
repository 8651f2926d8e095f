use super::*;

#[test]
fn a_flow_has_a_band_for_each_pair_and_says_what_it_is() {
    let figure = sample::flow();
    for size in SIZES {
        let svg = draw(&figure, Frame { size, theme: Theme::Page });
        check(&figure, Frame { size, theme: Theme::Page }).unwrap();
        assert_eq!(svg.matches("class=\"flow\"").count(), 6, "{svg}");
        assert!(svg.contains("<title>A → B: 10.0 % (bounds 10.0 % to 20.0 %)</title>"), "{svg}");
        assert_eq!(svg.matches("class=\"mark\"").count(), 6, "three nodes a side");
    }
    let table = table(&figure);
    assert_eq!((&*table.header[1], &*table.header[9]), ("to", "from"));
    let row: Vec<&str> = [1, 2, 9].map(|column| table.rows[0][column].as_str()).to_vec();
    assert_eq!(row, ["A", "40.00 %", "A"]);
}

#[test]
fn a_hidden_source_takes_its_bands_along() {
    let mut figure = sample::flow();
    figure.series[0].is_hidden = true;
    let svg = draw(&figure, PAGE);
    check(&figure, PAGE).unwrap();
    assert_eq!(svg.matches("class=\"flow\"").count(), 4);
    assert!(svg.contains("A (hidden)"));
}

#[test]
fn a_place_that_nothing_names_is_not_drawn() {
    let mut figure = sample::flow();
    figure.choices.clear();
    assert!(draw(&figure, PAGE).contains("No data for this question"));
}
