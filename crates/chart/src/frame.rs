//! What stands around every kind: description, header, key, legend and source.

use crate::kinds::{
    self, area, bars, bump, dots, flow, line, lorenz, parts, specifications, tiles, tree,
};
use crate::look::{Drawn, Entry, Form, Look};
use crate::svg::{Path, Svg, rounded};
use crate::{Figure, Frame, Kind, Size, Theme, summary, text, theme};

/// The legend lists at most this many series and counts the others.
const MOST_ENTRIES: usize = 48;

/// With more lines than this, the later classes have dash patterns.
const MOST_SOLID: usize = 4;

/// A drawing of fixed height keeps at least this much of its usual plot; text that leaves less room
/// is drawn smaller.
const LEAST_OF_PLOT: f64 = 0.6;
/// A card shows at most this many lines of the definition.
const MOST_LINES_OF_CARD: usize = 2;

/// Draws a figure as one `<svg>` element. The same figure and frame give the same bytes.
#[must_use]
pub fn draw(figure: &Figure, frame: Frame) -> String {
    let look = Look::new(frame.size, &figure.id);
    let (body, height) = compose(figure, frame.size, &look);
    let Some((width, wanted)) = frame.size.fixed() else {
        let canvas = Canvas { width: look.width, height, shown: (0.0, look.width, height) };
        return assemble(figure, frame, &look, &canvas, &body);
    };
    // What the text leaves is the plot's.
    let room = (look.plot_height + wanted - height).max(look.plot_height * LEAST_OF_PLOT);
    let (body, height) = compose(figure, frame.size, &Look { plot_height: room, ..look.clone() });
    let scale = (height / wanted).max(1.0);
    let shown = (width * (1.0 - scale) / 2.0, width * scale, wanted * scale);
    assemble(figure, frame, &look, &Canvas { width, height: wanted, shown }, &body)
}

/// How large a drawing is, in px, and what of its coordinates it shows: left, width and height.
struct Canvas {
    width: f64,
    height: f64,
    shown: (f64, f64, f64),
}

/// Everything between the edges, and how high it is.
fn compose(figure: &Figure, size: Size, look: &Look) -> (Svg, f64) {
    let mut body = Svg::default();
    let top = if size.is_file() { header(&mut body, figure, size, look) } else { look.margin };
    let drawn = match figure.kind {
        Kind::Line => line::draw(&mut body, figure, look, top),
        Kind::Area => area::draw(&mut body, figure, look, top),
        Kind::Bars => bars::draw(&mut body, figure, look, top),
        Kind::Lorenz => lorenz::draw(&mut body, figure, look, top),
        Kind::Bump => bump::draw(&mut body, figure, look, top),
        Kind::Dots => dots::draw(&mut body, figure, look, top),
        Kind::Parts => parts::draw(&mut body, figure, look, top),
        Kind::Flow => flow::draw(&mut body, figure, look, top),
        Kind::Specifications => specifications::draw(&mut body, figure, look, top),
        Kind::Tree => tree::draw(&mut body, figure, look, top),
        Kind::Tiles => tiles::draw(&mut body, figure, look, top),
    };
    let mut bottom = legend(&mut body, &drawn, look);
    bottom = key(&mut body, &drawn, look, bottom);
    if size.is_file() {
        bottom = footer(&mut body, figure, size, look, bottom);
    }
    (body, (bottom + look.margin).ceil())
}

fn assemble(figure: &Figure, frame: Frame, look: &Look, canvas: &Canvas, body: &Svg) -> String {
    let mut svg = Svg::default();
    let id = &look.id;
    let (left, width, height) = canvas.shown;
    let [x, w, h] = [left, width, height].map(rounded);
    svg.tag("svg")
        .attr("xmlns", "http://www.w3.org/2000/svg")
        .class(&classes(figure, frame.size))
        .attr("viewBox", format!("{x} 0 {w} {h}"))
        .all_px([("width", canvas.width), ("height", canvas.height), ("font-size", look.size)])
        .attr("role", role(figure, frame.size))
        .attr("aria-labelledby", format!("{id}-title {id}-desc"))
        .open();
    svg.tag("title").attr("id", format!("{id}-title")).text(&figure.title);
    svg.tag("desc").attr("id", format!("{id}-desc")).text(&summary(figure));
    if let Some(rules) = theme::embedded(frame.theme) {
        svg.text_element("style", &rules);
    }
    patterns(&mut svg, look);
    if frame.theme != Theme::Page {
        svg.tag("rect")
            .class("background")
            .all_px([("x", left), ("width", width), ("height", height)])
            .empty();
    }
    svg.append(body);
    svg.close("svg");
    svg.into_string()
}

/// What assistive technology takes the drawing for: a picture, or where parts of it are links a
/// group, since what lies in a picture cannot be reached.
fn role(figure: &Figure, size: Size) -> &'static str {
    if figure.links.is_empty() || size.is_file() { "img" } else { "group" }
}

/// The classes of the whole drawing: kind, width of files, and whether lines are dashed.
fn classes(figure: &Figure, size: Size) -> String {
    let kind = match figure.kind {
        Kind::Line => "line",
        Kind::Area => "area",
        Kind::Bars => "bars",
        Kind::Lorenz => "lorenz",
        Kind::Bump => "bump",
        Kind::Dots => "dots",
        Kind::Parts => "parts",
        Kind::Flow => "flow",
        Kind::Specifications => "specifications",
        Kind::Tree => "tree",
        Kind::Tiles => "tiles",
    };
    let wide = if size.is_file() && size != Size::PhoneFile { " chart-file" } else { "" };
    let dashed = if is_dashed(figure) { " chart-dashed" } else { "" };
    format!("chart chart-{kind}{wide}{dashed}")
}

/// Whether so many lines are drawn that some need a dash pattern beside their colour.
///
/// Hidden series count, so that hiding one changes no other.
fn is_dashed(figure: &Figure) -> bool {
    let is_lines = matches!(figure.kind, Kind::Line | Kind::Lorenz);
    is_lines && figure.series.iter().filter(|series| !series.is_residual).count() > MOST_SOLID
}

/// The hatchings: over what is estimated, behind lines that are, and of what is left over.
fn patterns(svg: &mut Svg, look: &Look) {
    svg.tag("defs").open();
    let hatchings = [
        ("hatch", "hatch-lines", 5.0),
        ("ground", "ground-lines", 6.0),
        ("rest", "rest-lines", 7.0),
    ];
    for (name, class, step) in hatchings {
        svg.tag("pattern")
            .attr("id", format!("{}-{name}", look.id))
            .all_px([("width", step), ("height", step)])
            .attr("patternUnits", "userSpaceOnUse")
            .attr("patternTransform", "rotate(45)")
            .open();
        svg.tag("path").class(class).attr("d", format!("M0 0v{step}")).empty();
        svg.close("pattern");
    }
    svg.close("defs");
}

/// Draws title and definition, for drawings that stand alone, and returns where they end.
fn header(svg: &mut Svg, figure: &Figure, size: Size, look: &Look) -> f64 {
    let room = look.width - 2.0 * look.margin;
    let mut y = look.margin;
    for line in text::wrap(&figure.title, look.size * 1.65 * 1.08, room) {
        y += look.size * 1.65;
        svg.tag("text")
            .class("heading")
            .all_px([("x", look.margin), ("y", y), ("font-size", look.size * 1.65)])
            .text(&line);
        y += look.size * 0.4;
    }
    for line in definition(figure, size, look, room) {
        y += look.line();
        svg.tag("text").class("muted").all_px([("x", look.margin), ("y", y)]).text(&line);
    }
    y + look.size * 1.6
}

/// The definition in lines; a card has room for the first of them.
fn definition(figure: &Figure, size: Size, look: &Look, room: f64) -> Vec<String> {
    let mut lines = text::wrap(&figure.subtitle, look.size, room);
    if size == Size::Card && lines.len() > MOST_LINES_OF_CARD {
        let rest = lines.split_off(MOST_LINES_OF_CARD - 1).join(" ");
        lines.push(text::shorten(&rest, look.size, room));
    }
    lines
}

/// Draws notes and source, for drawings that stand alone, and returns where they end.
fn footer(svg: &mut Svg, figure: &Figure, size: Size, look: &Look, top: f64) -> f64 {
    let mut y = top + look.size * 0.6;
    let room = look.width - 2.0 * look.margin;
    if figure.simulated {
        y += look.line();
        svg.tag("text")
            .class("strong")
            .all_px([("x", look.margin), ("y", y)])
            .text("Simulated data: these numbers are invented to try the method.");
    }
    let notes = if size == Size::Card { &[][..] } else { &figure.notes };
    for line in notes.iter().flat_map(|note| text::wrap(note, look.small, room)) {
        y += look.small_line();
        svg.tag("text")
            .class("muted")
            .all_px([("x", look.margin), ("y", y), ("font-size", look.small)])
            .text(&line);
    }
    let mut parts = Vec::new();
    if !figure.source.is_empty() {
        parts.push(format!("Source: {}", figure.source));
    }
    if !figure.data_through.is_empty() {
        parts.push(format!("data through {}", figure.data_through));
    }
    parts.push("weighhouse".to_owned());
    for line in text::wrap(&parts.join(" · "), look.small, room) {
        y += look.small_line();
        svg.tag("text")
            .class("muted")
            .all_px([("x", look.margin), ("y", y), ("font-size", look.small)])
            .text(&line);
    }
    y + look.small * 0.5
}

/// Draws the legend in rows and returns where it ends.
fn legend(svg: &mut Svg, drawn: &Drawn, look: &Look) -> f64 {
    let uncounted = drawn.legend.len().saturating_sub(MOST_ENTRIES) + drawn.left_out;
    if drawn.legend.is_empty() && uncounted == 0 {
        return drawn.bottom;
    }
    let mut flow = Flow::new(drawn.bottom, look);
    svg.tag("g").class("legend").open();
    for entry in drawn.legend.iter().take(MOST_ENTRIES) {
        legend_item(svg, entry, &mut flow, look);
    }
    if uncounted > 0 {
        let note = format!("and {uncounted} more");
        let (x, y) = flow.next(text::width(&note, look.small), look);
        svg.tag("text")
            .class("muted")
            .all_px([("x", x), ("y", y + look.small * 0.35), ("font-size", look.small)])
            .text(&note);
    }
    svg.close("g");
    flow.bottom(look)
}

fn legend_item(svg: &mut Svg, entry: &Entry, flow: &mut Flow, look: &Look) {
    let state = if entry.is_hidden { " is-hidden" } else { "" };
    let swatch = look.small * 1.3;
    let room = look.width - 2.0 * look.margin - swatch;
    let whole =
        if entry.is_hidden { format!("{} (hidden)", entry.label) } else { entry.label.clone() };
    let shown = text::shorten(&whole, look.small, room);
    let (x, y) = flow.next(swatch + text::width(&shown, look.small), look);
    svg.tag("g")
        .class(&format!("legend-item {}{state}", entry.class))
        .attr("data-key", &entry.key)
        .open();
    kinds::marker(svg, entry.class, (x + 4.5, y), 4.0);
    svg.tag("text")
        .all_px([("x", x + swatch), ("y", y + look.small * 0.35), ("font-size", look.small)])
        .shortened_text(&shown, &whole);
    svg.close("g");
}

/// Explains the forms of drawing that occur, and returns where that ends.
fn key(svg: &mut Svg, drawn: &Drawn, look: &Look, top: f64) -> f64 {
    let forms = [
        ("estimated", drawn.forms.estimated),
        ("95 % measurement interval", drawn.forms.interval),
        ("bounds: wherever unattributed mass belongs", drawn.forms.bounds),
        ("95 % sampling interval", drawn.forms.sampling),
    ];
    if forms.iter().all(|(_, form)| form.is_none()) {
        return top;
    }
    let mut flow = Flow::new(top, look);
    svg.tag("g").class("key").open();
    for (words, form) in forms {
        let Some(form) = form else { continue };
        let swatch = look.small * 2.4;
        let (x, y) = flow.next(swatch + text::width(words, look.small), look);
        sample(svg, form, (x, y, swatch - look.small * 0.6), look);
        svg.tag("text")
            .class("muted")
            .all_px([("x", x + swatch), ("y", y + look.small * 0.35), ("font-size", look.small)])
            .text(words);
    }
    svg.close("g");
    flow.bottom(look)
}

/// Draws what a form looks like.
fn sample(svg: &mut Svg, form: Form, (x, y, width): (f64, f64, f64), look: &Look) {
    let height = look.small * 0.8;
    let rect = |svg: &mut Svg, attribute: &str, value: &str| {
        svg.tag("rect")
            .all_px([("x", x), ("y", y - height / 2.0), ("width", width), ("height", height)])
            .attr(attribute, value)
            .empty();
    };
    match form {
        Form::Dots | Form::HatchedGround => {
            if form == Form::HatchedGround {
                rect(svg, "fill", &format!("url(#{}-ground)", look.id));
            }
            let mut path = Path::default();
            path.line_through([(x, y), (x + width, y)]);
            svg.tag("path").class("line is-estimated").attr("d", path.into_string()).empty();
        }
        Form::Hatch => {
            rect(svg, "class", "layer");
            rect(svg, "fill", &format!("url(#{}-hatch)", look.id));
        }
        Form::Band(class) => rect(svg, "class", class),
        Form::Whisker => kinds::whisker(svg, (x, x + width), y),
    }
}

/// Items set side by side in rows.
struct Flow {
    x: f64,
    y: f64,
}

impl Flow {
    fn new(top: f64, look: &Look) -> Self {
        Self { x: look.margin, y: top + look.small_line() * 0.6 }
    }

    /// The place of the next item, on a new row where the old one is full.
    fn next(&mut self, width: f64, look: &Look) -> (f64, f64) {
        if self.x > look.margin && self.x + width > look.width - look.margin {
            self.x = look.margin;
            self.y += look.small_line() * 1.15;
        }
        let at = (self.x, self.y);
        self.x += width + look.small * 1.3;
        at
    }

    fn bottom(&self, look: &Look) -> f64 {
        self.y + look.small_line() * 0.8
    }
}

#[cfg(test)]
pub(crate) mod tests;
