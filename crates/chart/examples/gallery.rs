//! Writes one HTML page with every kind of chart, in every theme and size, to look at.
//!
//! `cargo run -p chart --example gallery > gallery.html`; the numbers are invented.

use chart::{
    Choice, Event, Figure, Frame, Kind, Point, ReferenceLine, Series, Size, Theme, Unit, X, draw,
    stylesheet, summary,
};
use schema::{CellState, Estimate, Week};

const NAMES: [&str; 10] = [
    "Alibaba (Qwen)",
    "Meta",
    "Google",
    "sentence-transformers",
    "Microsoft",
    "DeepSeek",
    "Mistral AI",
    "OpenAI",
    "a-very-long-organisation-name-that-nobody-could-remember",
    "Stability AI",
];

#[expect(clippy::print_stdout, reason = "an example writes its page to standard output")]
fn main() {
    println!("<!doctype html><meta charset=utf-8><title>Charts</title><style>{}", stylesheet());
    println!(
        "body{{font-family:system-ui;margin:16px;background:var(--chart-background);color:var(--chart-ink)}}</style>"
    );
    for figure in figures() {
        println!("<section id=\"{0}\"><h2>{0}</h2><p>{1}</p>", figure.id, summary(&figure));
        for size in [Size::Page, Size::Phone] {
            println!("{}", draw(&figure, Frame { size, theme: Theme::Page }));
        }
        for theme in [Theme::Light, Theme::Dark] {
            // As an image, so that the rules written into it do not reach the page.
            let svg = draw(&figure, Frame { size: Size::File, theme });
            let escaped = svg.replace('%', "%25").replace('#', "%23").replace('\'', "%27");
            println!("<img alt=\"\" width=\"860\" src='data:image/svg+xml,{escaped}'>");
        }
        println!("</section>");
    }
}

fn figures() -> Vec<Figure> {
    let mut figures = vec![many_lines(), one_line(), ten_years(), area(true), area(false), bars()];
    figures.extend([
        lorenz(false),
        lorenz(true),
        bump(),
        dots(),
        flow(),
        world(),
        degenerate(),
        nothing(),
    ]);
    figures
}

fn many_lines() -> Figure {
    let mut all: Vec<Series> = (0..10).map(|index| walk(index, 120, 2e6, true)).collect();
    all[9].is_hidden = true;
    let mut figure = figure("lines", Kind::Line, Unit::Count("downloads a week"), all);
    figure.events = vec![
        event("2023-01-30", "Llama 1"),
        event("2023-07-18", "Llama 2 under a community licence"),
        event("2023-09-27", "Mistral 7B"),
        event("2024-04-18", "Llama 3 and a long name of an event"),
    ];
    figure
}

fn one_line() -> Figure {
    let mut points = Vec::new();
    for index in 0..80 {
        let value = 1100.0 + 500.0 * (f64::from(index) / 12.0).sin() + 4.0 * f64::from(index);
        let mut point = point(index, value);
        point.estimate.low = Some(value - 60.0);
        point.estimate.high = Some(value + 60.0);
        point.estimate.bound_low = Some(value - 200.0);
        point.estimate.bound_high = Some(value + 420.0);
        if (30..40).contains(&index) {
            point.state = CellState::Missing;
        } else if (40..52).contains(&index) {
            point.state = CellState::Estimated;
        }
        points.push(point);
    }
    let unit = Unit::Index { max: 10_000.0, name: "HHI" };
    let mut figure =
        figure("hhi", Kind::Line, unit, vec![series("hhi", "HHI of developers", points)]);
    figure.reference_lines = vec![
        ReferenceLine { value: 1000.0, label: "moderately concentrated".to_owned() },
        ReferenceLine { value: 1800.0, label: "highly concentrated".to_owned() },
    ];
    figure.events = vec![event("2023-04-18", "A change of the counter")];
    figure
}

fn ten_years() -> Figure {
    let all = (0..3).map(|index| walk(index, 520, 4e7, false)).collect();
    figure("decade", Kind::Line, Unit::Count("downloads"), all)
}

fn area(is_long: bool) -> Figure {
    let weeks = if is_long { 100 } else { 1 };
    let mut all: Vec<Series> = (0..7).map(|index| walk(index, weeks, 1e6, false)).collect();
    all.push(walk(9, weeks, 3e6, false));
    all[7].label = String::from("Unreviewed");
    all[7].is_residual = true;
    for series in &mut all {
        for (index, point) in series.points.iter_mut().enumerate() {
            if (20..30).contains(&index) {
                point.state = CellState::Missing;
            } else if (60..72).contains(&index) {
                point.state = CellState::Estimated;
            }
        }
    }
    let name = if is_long { "shares" } else { "shares-once" };
    figure(name, Kind::Area, Unit::Count("downloads"), all)
}

fn bars() -> Figure {
    let mut all: Vec<Series> = (0..10).map(|index| walk(index, 4, 8e8, true)).collect();
    all[5].points[3].state = CellState::Missing;
    all[6].points[3].state = CellState::Estimated;
    all[7].is_residual = true;
    all[7].label = String::from("Unreviewed");
    for series in &mut all[..4] {
        let estimate = &mut series.points[3].estimate;
        estimate.bound_low = estimate.value;
        estimate.bound_high = estimate.value.map(|value| value * 1.3);
    }
    figure("leaders", Kind::Bars, Unit::Count("downloads"), all)
}

fn dots() -> Figure {
    let mut all: Vec<Series> = (0..6).map(|index| walk(index, 4, 0.2, true)).collect();
    for (index, series) in all.iter_mut().enumerate() {
        let estimate = &mut series.points[3].estimate;
        estimate.value = estimate.value.map(|value| value / 4.0 - 0.03 * index as f64);
        let around = |part: f64| estimate.value.map(|value| value + part * 0.01);
        [estimate.low, estimate.high] = [around(-1.0), around(1.0)];
        [estimate.bound_low, estimate.bound_high] = [around(-0.5), around(4.0)];
        [estimate.sampling_low, estimate.sampling_high] = [around(-6.0), around(5.0)];
    }
    figure("changes", Kind::Dots, Unit::Points, all)
}

fn flow() -> Figure {
    let at = |(place, share): (u32, f64)| Point {
        x: X::Place(place),
        estimate: Estimate::exact(share, 1),
        state: CellState::Observed,
    };
    let source =
        |key: &str, flows: &[(u32, f64)]| series(key, key, flows.iter().copied().map(at).collect());
    let mut all = vec![
        source("permissive", &[(1, 0.38), (2, 0.04), (3, 0.06)]),
        source("vendor terms", &[(1, 0.07), (2, 0.18), (3, 0.03)]),
        source("unknown", &[(1, 0.14), (3, 0.1)]),
    ];
    all[2].is_residual = true;
    let mut figure = figure("flow", Kind::Flow, Unit::Share, all);
    let choice = |label: &str, place: u32| Choice { label: label.to_owned(), places: vec![place] };
    figure.choices = vec![choice("permissive", 1), choice("vendor terms", 2), choice("unknown", 3)];
    figure
}

fn world() -> Figure {
    let shares = [
        ("United States", 0.36),
        ("China", 0.19),
        ("France", 0.06),
        ("Germany", 0.031),
        ("United Kingdom", 0.02),
        ("International / Online", 0.02),
        ("South Korea", 0.012),
        ("India", 0.008),
        ("Brazil", 0.003),
        ("Kenya", 0.000_4),
        ("New Zealand", 0.0),
        ("unreviewed", 0.27),
        ("unknown", 0.025_6),
    ];
    let country = |(name, share): (&str, f64)| {
        let mut point = point(1, share);
        point.estimate.bound_low = Some(share);
        point.estimate.bound_high = Some(share + 0.03);
        if name == "India" {
            point.state = CellState::Estimated;
        }
        let is_residual = name.starts_with("un");
        Series { is_residual, ..series(name, name, vec![point]) }
    };
    figure("world", Kind::Tiles, Unit::Share, shares.into_iter().map(country).collect())
}

fn lorenz(is_pair: bool) -> Figure {
    let curve = |key: &str, power: f64, label: &str| {
        let points = (0..=50).map(|step| {
            let x = f64::from(step) / 50.0;
            Point {
                x: X::Share(x),
                estimate: Estimate::exact(x.powf(power), 1),
                state: CellState::Observed,
            }
        });
        series(key, label, points.collect())
    };
    let mut all = vec![curve("2024", 9.0, "2024 · Gini 0.800")];
    if is_pair {
        all.push(curve("2022", 4.0, "2022 · Gini 0.600"));
        all.push(curve("2020", 2.5, "2020 · Gini 0.429"));
    }
    figure(if is_pair { "lorenz-many" } else { "lorenz" }, Kind::Lorenz, Unit::Share, all)
}

fn bump() -> Figure {
    let mut all: Vec<Series> = (0..9).map(|index| walk(index, 40, 1e6, false)).collect();
    for series in &mut all {
        let kept = series.points.iter().step_by(4).cloned();
        series.points = kept.collect();
    }
    all[3].points.drain(..5);
    all[4].points.drain(7..);
    figure("ranks", Kind::Bump, Unit::Count("downloads"), all)
}

fn degenerate() -> Figure {
    let constant = (0..3).map(|week| point(week, 0.5)).collect();
    let all = vec![
        series("constant", "constant", constant),
        series("dot", "one point", vec![point(1, 0.3)]),
        series("empty", "empty", Vec::new()),
    ];
    figure("degenerate", Kind::Line, Unit::Share, all)
}

fn nothing() -> Figure {
    figure("nothing", Kind::Line, Unit::Share, Vec::new())
}

fn figure(id: &str, kind: Kind, unit: Unit, series: Vec<Series>) -> Figure {
    Figure {
        id: id.to_owned(),
        kind,
        title: format!("Gallery: {id}"),
        subtitle: "What is counted, in one sentence that may well be rather long.".to_owned(),
        unit,
        source: "invented numbers".to_owned(),
        data_through: "19 Aug 2024".to_owned(),
        simulated: true,
        series,
        events: Vec::new(),
        is_ordered: false,
        reference_lines: Vec::new(),
        choices: Vec::new(),
        nodes: Vec::new(),
        links: Vec::new(),
        notes: Vec::new(),
    }
}

fn series(key: &str, label: &str, points: Vec<Point>) -> Series {
    Series {
        key: key.to_owned(),
        label: label.to_owned(),
        points,
        is_residual: false,
        is_hidden: false,
    }
}

/// A series that wanders from a height that its index sets.
fn walk(index: u32, weeks: i32, size: f64, has_interval: bool) -> Series {
    let mut value = size * (0.15 + f64::from(10 - index) / 10.0);
    let mut state = index.wrapping_mul(7919) + 17;
    let mut points = Vec::new();
    for week in 0..weeks {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        let step = f64::from(state >> 8) / f64::from(1 << 24) - 0.48;
        value *= 1.0 + 0.1 * step;
        let mut point = point(week, value);
        if has_interval {
            point.estimate.low = Some(value * 0.96);
            point.estimate.high = Some(value * 1.04);
        }
        if index % 4 == 1 && (50..65).contains(&week) {
            point.state = CellState::Estimated;
        }
        points.push(point);
    }
    series(NAMES[index as usize], NAMES[index as usize], points)
}

fn point(after: i32, value: f64) -> Point {
    let first: Week = "2022-10-03".parse().expect("the date is well formed");
    Point {
        x: X::Week(first.plus(after)),
        estimate: Estimate::exact(value, 1),
        state: CellState::Observed,
    }
}

fn event(day: &str, label: &str) -> Event {
    let day: schema::Day = day.parse().expect("the date is well formed");
    Event { at: day.start(), label: label.to_owned(), detail: "Invented.".to_owned() }
}
