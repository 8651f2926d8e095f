use super::*;
use crate::Link;
use crate::look::Look;

/// The squares of a drawing: their titles with the left and the top edge and the side.
fn squares(svg: &str) -> Vec<(String, [f64; 3])> {
    let mut found = Vec::new();
    for tile in svg.split("class=\"tile ").skip(1) {
        let Some((_, title)) = tile.split_once("<title>") else { continue };
        let Some((title, rest)) = title.split_once("</title>") else { continue };
        let Some((_, square)) = rest.split_once("<rect class=\"square\"") else { continue };
        let number = |name: &str| attribute(square, name).unwrap().parse().unwrap();
        found.push((title.to_owned(), [" x", " y", " width"].map(number)));
    }
    found
}

#[test]
fn every_country_has_a_square_that_no_other_touches_in_every_size() {
    for size in SIZES {
        let svg = draw(&sample::tiles(), Frame { size, theme: Theme::Page });
        let (map, _) = svg.split_once("class=\"beside\"").unwrap();
        let map = map.replace("class=\"tile\"", "class=\"tile \"");
        let squares = squares(&map);
        assert_eq!(squares.len(), 249, "{size:?}");
        let (width, _) = attribute(&svg, "viewBox").unwrap().split_once(' ').unwrap();
        assert!(width.parse::<f64>().unwrap() <= 0.0);
        for (index, (one, [x, y, side])) in squares.iter().enumerate() {
            assert!(*x >= 0.0 && x + side <= Look::new(size, "x").width, "{one} is inside");
            for (other, [left, top, _]) in &squares[index + 1..] {
                let is_apart = (x - left).abs() >= *side || (y - top).abs() >= *side;
                assert!(is_apart, "{size:?}: {one} lies on {other}");
            }
        }
    }
}

#[test]
fn no_data_is_not_zero_and_neither_is_a_share() {
    let svg = draw(&sample::tiles(), PAGE);
    assert!(svg.contains("<title>France (FR): no data</title>"));
    assert!(svg.contains("<title>Chile (CL): 0 %</title>"));
    assert!(svg.contains("<g class=\"tile q-0\">\n<title>Chile"), "{svg}");
    assert!(svg.contains("<g class=\"tile q-6\">\n<title>United States (US): 52.0 %"));
    assert!(svg.contains("<g class=\"tile q-5\">\n<title>Côte d'Ivoire (CI): 12.8 %"));
    assert_eq!(svg.matches(": no data</title>").count(), 246);
    // The number stands in the square.
    for number in ["52", "13", "0"] {
        let ending = format!(">{number}</text>");
        assert!(svg.lines().any(|line| line.contains("\"number\"") && line.ends_with(&ending)));
    }
}

#[test]
fn what_is_no_country_stands_beside_and_the_whole_adds_up() {
    let svg = draw(&sample::tiles(), PAGE);
    assert!(svg.contains(">On the map: 64.8 %. Beside it, together 100 %:<"), "{svg}");
    assert!(svg.contains(">Unreviewed 30.0 %<") && svg.contains(">International / Online 5.2 %<"));
    let mut known = sample::tiles();
    known.series.truncate(1);
    assert!(draw(&known, PAGE).contains(">On the map: 52.0 %.<"));
}

#[test]
fn squares_say_how_sure_they_are() {
    let svg = draw(&sample::tiles(), PAGE);
    let title = "Côte d'Ivoire (CI): 12.8 %, bounds 12.8 % to 42.8 %, estimated, bounds wider than \
                 the share";
    assert!(svg.contains(&format!("<title>{title}</title>")), "{svg}");
    let (before, of_us) = svg.split_once("<title>United States (US)").unwrap();
    assert!(!before.contains("class=\"unsure\""));
    let (of_us, of_ci) = of_us.split_once("<title>").unwrap();
    assert!(!of_us.contains("class=\"unsure\"") && of_ci.contains("class=\"unsure\""));
    assert!(svg.contains(">interval or bounds wider than the share itself<"));
    assert!(svg.contains("class=\"estimated\"") && svg.contains(">estimated<"));
    let mut sure = sample::tiles();
    for series in &mut sure.series {
        series.points[0].estimate.bound_high = series.points[0].estimate.value;
        series.points[0].state = CellState::Observed;
    }
    let svg = draw(&sure, PAGE);
    assert!(!svg.contains("class=\"unsure\"") && !svg.contains("class=\"estimated\""));
    assert!(!svg.contains(">estimated<"));
}

#[test]
fn the_table_has_the_code_and_what_is_unsure() {
    let rows = table(&sample::tiles());
    assert_eq!(rows.header[..3], ["country", "code", "share"]);
    assert_eq!(rows.header[9], "how sure");
    assert_eq!(rows.rows[0][..3], ["United States", "US", "52.00 %"]);
    assert_eq!(rows.rows[0][9], "observed");
    assert_eq!(rows.rows[1][9], "estimated; bounds wider than the share");
    assert_eq!(rows.rows[4][..3], ["Unreviewed", "", "30.00 %"]);
}

#[test]
fn squares_lead_somewhere_on_a_page_and_nowhere_in_a_file() {
    let mut figure = sample::tiles();
    assert!(draw(&figure, PAGE).contains("role=\"img\""));
    figure.links =
        vec![Link { key: "United States".to_owned(), address: "/country?a=b&c=d".to_owned() }];
    let page = draw(&figure, PAGE);
    check(&figure, PAGE).unwrap();
    assert!(page.contains("role=\"group\"") && !page.contains("role=\"img\""));
    assert!(page.contains("<a class=\"tile q-6\" href=\"/country?a=b&amp;c=d\" target=\"_top\""));
    assert!(page.contains(" aria-label=\"United States, US 52: 52.0 %, bounds"), "as it is seen");
    assert_eq!(page.matches("<a ").count(), 1, "only what has an address is a link");
    let file = draw(&figure, Frame { size: Size::File, theme: Theme::Light });
    assert!(file.contains("role=\"img\"") && !file.contains("<a "));
}

#[test]
fn small_squares_have_a_bar_in_place_of_the_number() {
    let of = |size| draw(&sample::tiles(), Frame { size, theme: Theme::Light });
    let card = of(Size::Card);
    assert!(card.contains("class=\"gauge\"") && !card.contains("class=\"number\""));
    for size in [Size::Page, Size::Phone, Size::File, Size::PhoneFile, Size::Slide] {
        let svg = of(size);
        assert!(!svg.contains("class=\"gauge\"") && svg.contains("class=\"number\""), "{size:?}");
    }
}

#[test]
fn a_hidden_country_is_not_told_to_be_without_data() {
    let mut figure = sample::tiles();
    figure.series[0].is_hidden = true;
    let svg = draw(&figure, PAGE);
    assert!(svg.contains("<title>United States (US): hidden</title>"));
    assert!(svg.contains("United States (hidden)"));
}
