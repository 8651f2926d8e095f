//! Figures that are drawn when they are wanted: a link without scripts, with them in place.

use maud::{Markup, html};

use crate::compute::AppState;
use crate::figures::{Name, default_group, draw_sampled, figure_id};
use crate::parts::{self, Slider, moment_slider};
use crate::refusal::Refusal;
use crate::view::View;

/// A section with such a figure.
pub(crate) struct Later<'a> {
    /// What the section is called in addresses.
    pub(crate) id: &'static str,
    pub(crate) heading: &'static str,
    /// What the figure shows, in one sentence.
    pub(crate) words: &'static str,
    pub(crate) name: Name,
    pub(crate) view: &'a View,
    /// What a slider through its dates calls it, where it has one.
    pub(crate) slides: Option<&'static str>,
}

/// The section: with its figure where the page's address says so, else with a link to that.
pub(crate) fn later(
    state: &AppState,
    page: &View,
    path: &str,
    later: &Later<'_>,
) -> Result<Markup, Refusal> {
    let is_open = page.given.all("open").any(|open| open == later.id);
    let figure = if is_open {
        let drawing = draw_sampled(state, later.name, later.view)?;
        Some(parts::figure(&drawing, later.view.layout))
    } else {
        None
    };
    let mut opened = page.given.clone();
    opened.push("open", later.id);
    Ok(html! {
        section aria-labelledby=(later.id) {
            @match figure {
                Some(figure) => {
                    h2.visually-hidden id=(later.id) { (later.heading) }
                    (figure)
                }
                None => {
                    h2 id=(later.id) { (later.heading) }
                    div.later data-later=(fragment(later)?) data-open=(later.id) {
                        p.subtitle { (later.words) }
                        p {
                            a href={ (opened.address(path)) "#" (later.id) }
                                aria-label={ "Show the figure: " (later.heading) } { "Show the figure" }
                        }
                    }
                }
            }
            @if let Some(what) = later.slides {
                (moment_slider(page, path, &Slider {
                    what,
                    figure: &figure_id(later.name, None),
                    id: "at-later",
                    is_later: !is_open,
                }))
            }
        }
    })
}

/// The address of the figure alone.
fn fragment(later: &Later<'_>) -> Result<String, Refusal> {
    let parameters = match later.name {
        Name::Explore => crate::explore::Asked::read(later.view)?.parameters(),
        Name::ShareChanges => {
            let group = later.view.group.as_deref();
            later.view.parameters(Some(group.unwrap_or_else(|| default_group(later.view))))
        }
        Name::World => match later.view.at {
            Some(at) => later.view.parameters(None).with("at", &at.day().to_string()),
            None => later.view.parameters(None),
        },
        _ => later.view.parameters(None),
    };
    Ok(parameters.address(&later.name.path()))
}
