//! Every kind of chart held against a picture of it that a person has looked at.
//!
//! The pictures lie in `src/raster/pictures`. `WEIGHHOUSE_SNAPSHOTS=renew` writes them anew.

#![expect(
    clippy::disallowed_methods,
    reason = "the pictures are files, and a variable renews them"
)]

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::{env, fs};

use resvg::tiny_skia::Pixmap;

use super::super::pixels;
use super::difference::{MOST_OFF, MOST_PIXELS, count, halved, is_tolerated, shown};
use crate::frame::tests::{KINDS, small};
use crate::{Badge, Figure, Frame, Kind, Series, Size, Theme, Unit, badge, draw, sample, theme};

/// A drawing with its name, before it is one in pixels.
struct Drawing {
    name: String,
    svg: String,
    is_halved: bool,
}

impl Drawing {
    /// A pixel for each px, or for four of them.
    fn pixels(&self) -> Pixmap {
        let pixels = pixels(&self.svg, 1.0);
        if self.is_halved { halved(&pixels) } else { pixels }
    }
}

/// Each in light as a file for a desk, in half its size, and in dark as one for a phone.
const FRAMES: [(&str, Frame); 2] = [
    ("light", Frame { size: Size::File, theme: Theme::Light }),
    ("dark", Frame { size: Size::PhoneFile, theme: Theme::Dark }),
];

/// All figures that have pictures: one of every kind, and what one of its kind does not show.
fn figures() -> Vec<(String, Figure)> {
    let kinds = KINDS.map(|kind| (format!("{kind:?}").to_lowercase(), small(kind)));
    let mut wave = small(Kind::Area);
    wave.series.iter_mut().for_each(lengthen);
    let once = Figure { kind: Kind::Area, ..sample::lines(4, 1) };
    let nothing = sample::figure(Kind::Line, Unit::Share, Vec::new());
    let others = [
        ("area-with-gap", wave),
        ("area-of-one-date", once),
        ("line-of-many", sample::lines(11, 30)),
        ("nothing", nothing),
    ];
    kinds.into_iter().chain(others.map(|(name, figure)| (name.to_owned(), figure))).collect()
}

/// Adds weeks of which the first is a gap.
fn lengthen(series: &mut Series) {
    series.points.push(sample::missing(3));
    for week in 4..9 {
        series.points.push(sample::observed(week, 2.0 + f64::from(week % 3)));
    }
}

fn drawings() -> Vec<Drawing> {
    let mut all = Vec::new();
    for (shade, frame) in FRAMES {
        let is_halved = frame.size == Size::File;
        for (name, figure) in figures() {
            let svg = draw(&figure, frame);
            all.push(Drawing { name: format!("{name}-{shade}"), svg, is_halved });
        }
        let line = crate::sparkline(&small(Kind::Line), "cut").unwrap();
        let rules = theme::embedded(frame.theme).unwrap();
        let coloured = line.replacen('>', &format!("><style>{rules}</style>"), 1);
        all.push(Drawing { name: format!("sparkline-{shade}"), svg: coloured, is_halved: false });
        let svg = badge(&few_words(), frame.theme);
        all.push(Drawing { name: format!("badge-{shade}"), svg, is_halved: false });
    }
    all
}

fn few_words() -> Badge {
    Badge {
        label: "HHI of owners".to_owned(),
        value: "1,234".to_owned(),
        interval: "1,200 to 1,260".to_owned(),
        data_through: "26 May 2024".to_owned(),
        simulated: true,
        values: vec![Some(1.0), Some(3.0), None, Some(2.0), Some(2.5), Some(2.0)],
    }
}

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("src/raster/pictures")
}

fn reference(name: &str) -> Option<Pixmap> {
    let bytes = fs::read(folder().join(format!("{name}.png"))).ok()?;
    Pixmap::decode_png(&bytes).ok()
}

#[test]
fn every_kind_is_as_its_picture() {
    let drawings = drawings();
    if env::var("WEIGHHOUSE_SNAPSHOTS").is_ok_and(|value| value == "renew") {
        for drawing in &drawings {
            // A picture that still passes stays as it is.
            if held(drawing).is_err() {
                let bytes = drawing.pixels().encode_png().unwrap();
                fs::write(folder().join(format!("{}.png", drawing.name)), bytes).unwrap();
            }
        }
    }
    let wrong: Vec<String> = drawings.iter().filter_map(|drawing| held(drawing).err()).collect();
    assert!(wrong.is_empty(), "{}\n{HINT}", wrong.join("\n"));
    let wanted: BTreeSet<String> =
        drawings.iter().map(|drawing| format!("{}.png", drawing.name)).collect();
    let there: BTreeSet<String> = fs::read_dir(folder())
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    assert_eq!(there, wanted, "each picture is of a drawing");
}

const HINT: &str = "where a picture is as it should be, run with WEIGHHOUSE_SNAPSHOTS=renew";

/// Holds a drawing against its picture; where they differ, writes both and how they do.
fn held(drawing: &Drawing) -> Result<(), String> {
    let name = &drawing.name;
    let Some(expected) = reference(name) else { return Err(format!("{name} has no picture")) };
    let actual = drawing.pixels();
    if is_tolerated(&expected, &actual) {
        return Ok(());
    }
    let difference = shown(&expected, &actual);
    let folder = env::temp_dir().join("weighhouse-pictures");
    fs::create_dir_all(&folder).unwrap();
    let parts = [("expected", &expected), ("actual", &actual), ("difference", &difference)];
    for (part, picture) in parts {
        fs::write(folder.join(format!("{name}.{part}.png")), picture.encode_png().unwrap())
            .unwrap();
    }
    Err(format!(
        "{name}: {} pixels are off by more than {MOST_OFF}, and at most {MOST_PIXELS} may be; see {}",
        count(&expected, &actual),
        folder.join(format!("{name}.difference.png")).display()
    ))
}

/// The elements that draw something.
const MARKS: [&str; 5] = ["path", "circle", "rect", "line", "text"];

/// A drawing once without the first mark of each sort, with the mark; a sort is a tag and its class.
fn poorer(svg: &str) -> Vec<(String, String)> {
    let mut sorts = BTreeSet::new();
    let mut all = Vec::new();
    let start = svg.find("</defs>").unwrap_or_default();
    for (at, _) in svg.match_indices('<').filter(|(at, _)| *at > start) {
        let rest = &svg[at + 1..];
        let Some(tag) = MARKS.iter().find(|tag| rest.starts_with(&format!("{tag} "))) else {
            continue;
        };
        let opened = rest.find('>').unwrap() + 1;
        let is_whole = rest[..opened].ends_with("/>");
        let close = format!("</{tag}>");
        let end = if is_whole { opened } else { rest.find(&close).unwrap() + close.len() };
        let class = rest[..opened].split("class=\"").nth(1).and_then(|rest| rest.split('"').next());
        if sorts.insert((tag, class)) {
            let without = format!("{}{}", &svg[..at], &rest[end..]);
            all.push((svg[at..=at + end].to_owned(), without));
        }
    }
    all
}

#[test]
fn a_picture_without_any_one_mark_is_found() {
    let mut kept = Vec::new();
    let mut tried = 0;
    for drawing in drawings().into_iter().filter(|drawing| drawing.name.ends_with("-dark")) {
        let expected = reference(&drawing.name).unwrap();
        for (mark, svg) in poorer(&drawing.svg) {
            let poor = Drawing { svg, name: drawing.name.clone(), is_halved: drawing.is_halved };
            tried += 1;
            // What is stacked lies over the grid.
            let is_below = drawing.name.starts_with("area") && mark.contains("class=\"grid\"");
            if !is_below && is_tolerated(&expected, &poor.pixels()) {
                kept.push(format!("{}: {mark}", drawing.name));
            }
        }
    }
    assert!(kept.is_empty() && tried > 100, "not missed, of {tried}:\n{}", kept.join("\n"));
}
