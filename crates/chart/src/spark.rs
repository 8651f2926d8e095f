//! A sparkline: one series as a small line without axes, to stand beside its number.

use crate::scale::{self, Linear};
use crate::svg::{Path, Svg};
use crate::tracks::{self, Mark, Track};
use crate::{Figure, Kind, summary};

const WIDTH: f64 = 220.0;
const HEIGHT: f64 = 56.0;
/// Room for the line's own width and its last mark.
const PAD: f64 = 5.0;
/// Of a constant the line lies in the middle.
const FLAT: (f64, f64) = (-1.0, 1.0);

/// Draws one series of a figure over the time of the whole figure, with its interval, its bounds
/// and a mark at its end; `None` where the series has no number.
///
/// The vertical scale is the series' own, from the least to the greatest that it may be: it shows
/// how the number went, and not how large it is.
#[must_use]
pub fn sparkline(figure: &Figure, key: &str) -> Option<String> {
    let tracks = tracks::tracks(figure);
    let track = tracks.iter().find(|track| track.series.key == key)?;
    let last = track.last()?;
    let (from, to) = tracks::x_extent(figure)?;
    let values = track.marks().flat_map(|mark| {
        let ends = [mark.interval, mark.bounds].into_iter().flatten();
        ends.flat_map(|(low, high)| [low, high]).chain([mark.value])
    });
    let (low, high) = scale::extent(values)?;
    let (low, high) = if high > low { (low, high) } else { (low + FLAT.0, high + FLAT.1) };
    let x = Linear { v0: from, v1: to, px0: PAD, px1: WIDTH - PAD };
    let y = Linear { v0: low, v1: high, px0: HEIGHT - PAD, px1: PAD };
    let mut svg = Svg::default();
    let id = format!("{}-spark", figure.id);
    svg.tag("svg")
        .attr("xmlns", "http://www.w3.org/2000/svg")
        .class("chart chart-spark")
        .attr("viewBox", format!("0 0 {WIDTH} {HEIGHT}"))
        .all_px([("width", WIDTH), ("height", HEIGHT)])
        .attr("role", "img")
        .attr("aria-labelledby", format!("{id}-title"))
        .open();
    let alone = Figure {
        kind: Kind::Line,
        series: vec![track.series.clone()],
        events: Vec::new(),
        ..figure.clone()
    };
    svg.tag("title").attr("id", format!("{id}-title")).text(&summary(&alone));
    svg.tag("g").class("series s-0").open();
    bands(&mut svg, track, (&x, &y));
    for stretch in &track.stretches {
        line(&mut svg, stretch, (&x, &y));
    }
    svg.tag("circle")
        .class("mark")
        .all_px([("cx", x.px(last.x)), ("cy", y.px(last.value)), ("r", 3.5)])
        .empty();
    svg.close("g");
    svg.close("svg");
    Some(svg.into_string())
}

/// The bounds, and over them the interval, of each stretch.
fn bands(svg: &mut Svg, track: &Track<'_>, axes: (&Linear, &Linear)) {
    for stretch in &track.stretches {
        crate::kinds::band(svg, "bounds", stretch, axes, |mark| mark.bounds);
        crate::kinds::band(svg, "interval", stretch, axes, |mark| mark.interval);
    }
}

fn line(svg: &mut Svg, stretch: &[Mark], (x, y): (&Linear, &Linear)) {
    let thinned = tracks::thinned(stretch, x);
    for (is_estimated, piece) in tracks::pieces(&thinned) {
        let mut path = Path::default();
        path.line_through(piece.iter().map(|mark| (x.px(mark.x), y.px(mark.value))));
        let class = if is_estimated { "line is-estimated" } else { "line" };
        svg.tag("path").class(class).attr("d", path.into_string()).empty();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Unit;
    use crate::sample::{self, estimated, missing, observed, series};

    #[test]
    fn a_sparkline_has_its_line_its_gap_and_its_end() {
        let points = vec![
            observed(0, 1.0),
            observed(1, 3.0),
            missing(2),
            observed(3, 2.0),
            estimated(4, 2.5),
        ];
        let all = vec![series("a", points), series("b", vec![observed(9, 7.0)])];
        let figure = sample::figure(Kind::Area, Unit::Share, all);
        let svg = sparkline(&figure, "a").unwrap();
        assert_eq!(svg.matches("class=\"line").count(), 2, "a line either side of the gap: {svg}");
        assert_eq!(svg.matches("is-estimated").count(), 1);
        assert_eq!(svg.matches("class=\"mark\"").count(), 1);
        // By hand: 2.5 of 1 to 3 is 0.75 of the way from 51 to 5; week 4 of 9 of 5 to 215.
        assert!(svg.contains("cx=\"98.3\" cy=\"16.5\""), "{svg}");
        assert!(svg.contains("role=\"img\"") && svg.contains("<title id=\"sample-spark-title\">"));
    }

    #[test]
    fn a_constant_lies_in_the_middle_and_nothing_is_not_drawn() {
        let all = vec![
            series("a", vec![observed(0, 2.0), observed(1, 2.0)]),
            series("e", vec![missing(0)]),
        ];
        let figure = sample::figure(Kind::Line, Unit::Count(""), all);
        assert!(sparkline(&figure, "a").unwrap().contains("cy=\"28\""));
        assert_eq!(sparkline(&figure, "e"), None);
        assert_eq!(sparkline(&figure, "no series"), None);
    }
}
