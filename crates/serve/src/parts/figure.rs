//! A figure with everything that belongs to it: title, definition, drawing, source, files, table.

use chart::{Frame, Kind, Size, Theme};
use maud::{Markup, PreEscaped, html};

use crate::figures::Drawing;
use crate::parts::table;
use crate::parts::takeaway::takeaway;
use crate::view::Layout;

/// The figure as it stands in a page, and as scripts fetch it.
pub(crate) fn figure(drawing: &Drawing, layout: Layout) -> Markup {
    let Drawing { figure, brief, path, .. } = drawing;
    let parameters = &drawing.parameters;
    let json = parameters.without("layout").address(&format!("{path}.json"));
    let is_small = layout == Layout::Small;
    let has_choice = figure.series.len() > 1 && figure.kind != Kind::Tiles;
    html! {
        figure.figure.is-small[is_small].is-part[layout == Layout::Part] #(figure.id) data-figure=(drawing.name)
            data-src=(parameters.address(path)) data-json=(json) {
            figcaption {
                @match layout {
                    Layout::Wide => { h2 { (figure.title) } p.subtitle { (figure.subtitle) } }
                    Layout::Part => { h2 { (brief.title) } p.subtitle { (brief.subtitle) } }
                    Layout::Small => { h3 { (brief.title) } p.subtitle { (brief.subtitle) } }
                }
            }
            @match &drawing.reason {
                Some(reason) => { p.reason { strong { "No data for this question: " } (reason) "." } }
                None => { (picture(drawing, is_small)) }
            }
            @for note in &drawing.figure.notes {
                p.note { (note) }
            }
            p.readout aria-live="polite" {}
            p.source {
                "Source: " (figure.source) " · data through " (figure.data_through)
                @if figure.simulated { " · " strong { "simulated data" } }
            }
            (takeaway(drawing))
            @if has_choice { (toggles(drawing)) }
            @if drawing.reason.is_none() { (table(&chart::table(figure), &figure.title)) }
        }
    }
}

/// The drawing: for a desk and for a phone, of which the stylesheet shows one.
fn picture(drawing: &Drawing, is_small: bool) -> Markup {
    let draw = |size| PreEscaped(chart::draw(&drawing.figure, Frame { size, theme: Theme::Page }));
    html! {
        div.picture {
            @if !is_small { div.desk { (draw(Size::Page)) } }
            div.phone { (draw(Size::Phone)) }
        }
    }
}

/// Buttons that hide and show series; of no use without scripts, which reveal them.
fn toggles(drawing: &Drawing) -> Markup {
    let figure = &drawing.figure;
    html! {
        details.toggles hidden open[figure.series.iter().any(|series| series.is_hidden)] {
            summary { "Hide or show series" }
            ul {
                @for series in &figure.series {
                    li {
                        button type="button" class=(chart::color_class(&series.key, figure))
                            data-key=(series.key) aria-pressed=(if series.is_hidden { "false" } else { "true" }) {
                            span.swatch aria-hidden="true" {}
                            (series.label)
                        }
                    }
                }
            }
        }
    }
}
