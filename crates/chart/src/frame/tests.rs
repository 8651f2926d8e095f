mod any;
mod flow;
mod specifications;
mod tiles;

use schema::{CellState, Estimate, Instant};

use super::*;
use crate::sample::{self, estimated, missing, observed, series};
use crate::{Event, Node, Point, ReferenceLine, Series, Unit, X, table};

const PAGE: Frame = Frame { size: Size::Page, theme: Theme::Page };
pub(crate) const KINDS: [Kind; 11] = [
    Kind::Line,
    Kind::Area,
    Kind::Bars,
    Kind::Lorenz,
    Kind::Bump,
    Kind::Dots,
    Kind::Parts,
    Kind::Specifications,
    Kind::Flow,
    Kind::Tree,
    Kind::Tiles,
];
const SIZES: [Size; 6] =
    [Size::Page, Size::Phone, Size::File, Size::PhoneFile, Size::Slide, Size::Card];

/// The names, attributes and texts of an XML document, or what is wrong with it.
fn parse(xml: &str) -> Result<Vec<(String, String)>, String> {
    let mut open: Vec<String> = Vec::new();
    let mut tags = Vec::new();
    let mut rest = xml.trim_end();
    while !rest.is_empty() {
        let Some(after) = rest.strip_prefix('<') else {
            let end = rest.find('<').ok_or("text behind the last tag")?;
            let text = &rest[..end];
            let is_bad = |(at, _): (usize, &str)| {
                !["&amp;", "&lt;", "&gt;", "&quot;"].iter().any(|name| text[at..].starts_with(name))
            };
            if open.is_empty() || text.contains('>') && open.last().unwrap() != "style" {
                return Err(format!("stray text {text:?}"));
            }
            if text.match_indices('&').any(is_bad)
                || text.contains(|c: char| c.is_control() && c != '\n')
            {
                return Err(format!("unescaped {text:?}"));
            }
            rest = &rest[end..];
            continue;
        };
        let end = after.find('>').ok_or("a tag without an end")?;
        let tag = &after[..end];
        rest = &after[end + 1..];
        if let Some(name) = tag.strip_prefix('/') {
            let last = open.pop();
            if last.as_deref() != Some(name) {
                return Err(format!("</{name}> closes {last:?}"));
            }
            continue;
        }
        let body = tag.strip_suffix('/').unwrap_or(tag);
        let (name, attributes) = body.split_once(' ').unwrap_or((body, ""));
        if attributes.matches('"').count() % 2 != 0 || body.contains('<') {
            return Err(format!("broken attributes in <{tag}>"));
        }
        tags.push((name.to_owned(), attributes.to_owned()));
        if body == tag {
            open.push(name.to_owned());
        }
    }
    if open.is_empty() { Ok(tags) } else { Err(format!("left open: {open:?}")) }
}

fn attribute<'a>(attributes: &'a str, name: &str) -> Option<&'a str> {
    let from = attributes.find(&format!("{name}=\""))? + name.len() + 2;
    attributes[from..].split('"').next()
}

/// Checks what holds for every drawing.
fn check(figure: &Figure, frame: Frame) -> Result<(), String> {
    let svg = draw(figure, frame);
    let tags = parse(&svg)?;
    let mut ids: Vec<&str> = tags
        .iter()
        .filter_map(|tag| {
            attribute(&tag.1, " id")
                .or(tag.1.strip_prefix("id=\"").and_then(|rest| rest.split('"').next()))
        })
        .collect();
    let all = ids.len();
    ids.sort_unstable();
    ids.dedup();
    if ids.len() != all || all < 4 {
        return Err(format!("ids are not unique: {ids:?}"));
    }
    let mut sides: Vec<(String, f64)> = Vec::new();
    for (name, attributes) in &tags {
        if attributes.contains("style=") || name == "script" {
            return Err(format!("<{name} {attributes}> against the content policy"));
        }
        for part in attributes.split('"').skip(1).step_by(2) {
            let is_number = part.starts_with(|c: char| c.is_ascii_digit() || "-MN.".contains(c));
            if part == "NaN"
                || part == "inf"
                || part == "-inf"
                || is_number && (part.contains("NaN") || part.contains("inf"))
            {
                return Err(format!("<{name} {attributes}> is not finite"));
            }
        }
        if attribute(attributes, "class").is_some_and(|class| class.starts_with("end-label")) {
            let y: f64 = attribute(attributes, " y").unwrap().parse().unwrap();
            let side = attribute(attributes, " text-anchor").unwrap_or("list").to_owned();
            sides.push((side, y));
        }
    }
    sides.sort_by(|one, other| one.0.cmp(&other.0).then(one.1.total_cmp(&other.1)));
    let least = Look::new(frame.size, "x").size;
    for pair in sides.windows(2) {
        if pair[0].0 == pair[1].0 && pair[1].1 - pair[0].1 < least {
            return Err(format!("labels overlap: {sides:?}"));
        }
    }
    Ok(())
}

fn few_lines() -> Figure {
    let mut figure = sample::lines(2, 4);
    let mut cut =
        series("cut", vec![observed(0, 5.0), estimated(1, 8.0), missing(2), observed(3, 9.0)]);
    cut.points[0].estimate.low = Some(3.0);
    cut.points[1].estimate.low = Some(6.0);
    cut.points[1].estimate.bound_high = Some(14.0);
    figure.series.push(cut);
    figure.series[1].is_hidden = true;
    figure.events.push(Event {
        at: sample::week(1).start(),
        label: "A & B".to_owned(),
        detail: "Both.".to_owned(),
    });
    figure.reference_lines.push(ReferenceLine { value: 12.0, label: "a dozen".to_owned() });
    figure
}

fn few_shares() -> Figure {
    let layer = |key: &str, values: [f64; 3]| {
        series(key, (0..).zip(values).map(|(after, value)| observed(after, value)).collect())
    };
    let mut all = vec![layer("a", [2.0, 3.0, 6.0]), layer("b", [2.0, 1.0, 2.0])];
    all.push(layer("rest", [4.0, 4.0, 2.0]));
    all[2].is_residual = true;
    all[1].points[2].state = CellState::Estimated;
    sample::figure(Kind::Area, Unit::Count("downloads"), all)
}

fn few_curves() -> Figure {
    let at = |x: f64, y: f64| Point {
        x: X::Share(x),
        estimate: Estimate::exact(y, 4),
        state: CellState::Observed,
    };
    let curve = series("c", vec![at(0.5, 0.1), at(0.75, 0.3)]);
    sample::figure(Kind::Lorenz, Unit::Share, vec![curve])
}

/// A change that is sure but for the luck of a few owners, and one that is read exactly.
fn few_changes() -> Figure {
    let change = |value: f64, width: f64| {
        let mut point = observed(0, value);
        point.estimate.low = Some(value - width / 4.0);
        point.estimate.high = Some(value + width / 4.0);
        point.estimate.bound_low = Some(value - width / 2.0);
        point.estimate.bound_high = Some(value + width / 2.0);
        point.estimate.sampling_low = (width > 0.0).then_some(value - width);
        point.estimate.sampling_high = (width > 0.0).then_some(value + width);
        point
    };
    let all = vec![series("a", vec![change(-0.1, 0.04)]), series("b", vec![change(0.25, 0.0)])];
    sample::figure(Kind::Dots, Unit::Points, all)
}

pub(crate) fn small(kind: Kind) -> Figure {
    match kind {
        Kind::Line => few_lines(),
        Kind::Area => few_shares(),
        Kind::Bars => Figure { kind: Kind::Bars, ..few_lines() },
        Kind::Lorenz => few_curves(),
        Kind::Bump => Figure { kind: Kind::Bump, ..few_shares() },
        Kind::Dots => few_changes(),
        Kind::Parts => sample::parts(),
        Kind::Specifications => sample::specifications(),
        Kind::Flow => sample::flow(),
        Kind::Tree => sample::tree(),
        Kind::Tiles => sample::tiles(),
    }
}

#[test]
fn golden_drawings() {
    let names = [
        "line",
        "area",
        "bars",
        "lorenz",
        "bump",
        "dots",
        "parts",
        "specifications",
        "flow",
        "tree",
        "tiles",
    ];
    for (kind, name) in KINDS.into_iter().zip(names) {
        insta::assert_snapshot!(name, draw(&small(kind), PAGE));
    }
    let nothing = sample::figure(Kind::Line, Unit::Share, Vec::new());
    insta::assert_snapshot!("nothing", draw(&nothing, PAGE));
    let once = sample::lines(1, 1);
    let phone = Frame { size: Size::Phone, theme: Theme::Page };
    insta::assert_snapshot!("one_point_on_a_phone", draw(&once, phone));
}

#[test]
fn every_kind_is_well_formed_in_every_frame() {
    for kind in KINDS {
        for size in SIZES {
            for theme in [Theme::Page, Theme::Light, Theme::Dark] {
                let frame = Frame { size, theme };
                check(&small(kind), frame).unwrap();
                let empty = sample::figure(kind, Unit::Share, vec![series("e", Vec::new())]);
                check(&empty, frame).unwrap();
                assert!(draw(&empty, frame).contains("No data for this question"));
            }
        }
    }
}

#[test]
fn the_check_finds_what_is_broken() {
    assert!(parse("<svg><g></svg>").is_err());
    assert!(parse("<svg>a & b</svg>").is_err());
    assert!(parse("<svg><g x=\"1/></svg>").is_err());
    assert!(parse("<svg>").is_err());
    assert!(parse("<svg><g x=\"1\"/>a &amp; b</svg>").is_ok());
}

#[test]
fn a_file_names_its_source_and_says_what_is_invented() {
    let frame = Frame { size: Size::File, theme: Theme::Light };
    let mut figure = few_lines();
    let svg = draw(&figure, frame);
    assert!(svg.contains("Source: nobody · data through 1 Jan 2024 · weighhouse"));
    assert!(svg.contains("What the sample shows."));
    assert!(!svg.contains("Simulated data"));
    assert!(!svg.contains("var("), "files know no variables");
    figure.simulated = true;
    assert!(draw(&figure, frame).contains("Simulated data"));
}

#[test]
fn a_page_and_a_phone_drawing_share_no_ids() {
    let page = draw(&few_lines(), PAGE);
    let phone = draw(&few_lines(), Frame { size: Size::Phone, theme: Theme::Page });
    assert!(page.contains("id=\"sample-title\"") && !phone.contains("\"sample-title\""));
    assert!(phone.contains("id=\"sample-phone-title\""));
}

#[test]
fn themes_differ_in_colours_only() {
    let body = |theme| {
        let svg = draw(&few_lines(), Frame { size: Size::File, theme });
        svg.split("<defs>").nth(1).unwrap().to_owned()
    };
    assert_eq!(body(Theme::Light), body(Theme::Dark));
    assert!(body(Theme::Light).contains(body(Theme::Page).split("</defs>").nth(1).unwrap().trim()));
}

#[test]
fn a_hidden_series_stays_in_the_legend_and_nowhere_else() {
    let svg = draw(&few_lines(), PAGE);
    let of_b: Vec<&str> = svg.lines().filter(|line| line.contains("data-key=\"b\"")).collect();
    assert_eq!(of_b.len(), 1, "{of_b:?}");
    assert!(of_b[0].contains("legend-item") && of_b[0].contains("is-hidden"));
}

#[test]
fn a_gap_is_not_drawn_over() {
    let figure = sample::figure(
        Kind::Line,
        Unit::Count("downloads"),
        vec![series(
            "a",
            vec![
                observed(0, 1.0),
                observed(1, 2.0),
                missing(2),
                observed(3, 4.0),
                observed(4, 5.0),
            ],
        )],
    );
    let svg = draw(&figure, PAGE);
    assert_eq!(svg.matches("class=\"line\"").count(), 2, "{svg}");
    assert_eq!(svg.matches("class=\"gap\"").count(), 1);
    assert!(svg.contains("no data"));
}

#[test]
fn weeks_left_out_are_a_gap_too() {
    let weeks = [0, 1, 2, 6, 7].map(|after| observed(after, 1.0));
    let figure = sample::figure(Kind::Line, Unit::Share, vec![series("a", weeks.to_vec())]);
    assert_eq!(draw(&figure, PAGE).matches("class=\"line\"").count(), 2);
}

#[test]
fn a_crowd_is_labelled_in_part_and_listed_in_full() {
    let figure = sample::lines(60, 3);
    let svg = draw(&figure, PAGE);
    check(&figure, PAGE).unwrap();
    let labels = svg.matches("class=\"end-label").count();
    let listed = svg.matches("class=\"legend-item").count();
    assert_eq!(labels + listed, 60);
    assert!(labels >= 20, "{labels}");
}

#[test]
fn scripts_can_read_the_scale() {
    let svg = draw(&few_lines(), PAGE);
    let tags = parse(&svg).unwrap();
    let plot = tags.iter().find(|(_, attributes)| attributes.contains("class=\"plot\"")).unwrap();
    let x: Vec<&str> = attribute(&plot.1, "data-x").unwrap().split(':').collect();
    let first = sample::week(0).start().millis().to_string();
    let last = sample::week(3).start().millis().to_string();
    assert_eq!(x[..3], ["time", &first, &last]);
    assert!(attribute(&plot.1, "data-y").unwrap().starts_with("linear:0:"));
}

#[test]
fn a_tree_tells_its_nodes_and_what_each_hangs_from() {
    let figure = sample::tree();
    let told = summary(&figure);
    assert!(
        told.starts_with("A tree below maker/base: 4 nodes in 3 levels; ORIGINATOR 1,000"),
        "{told}"
    );
    let rows = table(&figure).rows;
    assert_eq!(rows[2][..3], ["third/base-chat-GGUF", "other/base-chat", "40"]);
    assert_eq!((rows[0][1].as_str(), rows[4][2].as_str()), ("", ""));
    let phone = draw(&figure, Frame { size: Size::Phone, theme: Theme::Page });
    assert!(phone.contains("not known") && phone.contains("fifth/base-GPTQ"));
    let path = figure.path_to(X::Place(3));
    assert_eq!(path, ["maker/base", "other/base-chat", "third/base-chat-GGUF"]);
}

#[test]
fn ages_have_an_axis_of_weeks_and_no_dates() {
    let mut figure = sample::lines(2, 30);
    for (first, series) in (0_u32..).zip(&mut figure.series) {
        for (weeks, point) in (0_u32..).zip(&mut series.points) {
            point.x = X::Age(weeks + first);
        }
    }
    let svg = draw(&figure, Frame { size: Size::Page, theme: Theme::Page });
    assert!(svg.contains("data-x=\"age:0:30:"), "{svg}");
    assert!(svg.contains(">weeks since the first in the record<") && svg.contains(">25<"));
    assert!(!svg.contains("1970"), "an age is no date");
    let told = summary::summary(&figure);
    assert!(told.starts_with("2 lines, 0 to 30 weeks; highest at the end: B (49)"), "{told}");
    let table = crate::table(&figure);
    assert_eq!((table.header[0].as_str(), table.rows[0][0].as_str()), ("age in weeks", "0"));
}
