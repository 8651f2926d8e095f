//! What a reader can take away from a figure: its files, its citation, and the code to embed it.

use maud::{Markup, html};

use crate::figures::{Drawing, address, origin};
use crate::site;
use crate::takeaway::{Format, embed_path};

/// How high an embedded figure is, in px: that of a drawing for a desk with its title and its note.
const EMBED_HEIGHT: u32 = 640;

/// What is wanted most, in a line.
const FIRST: [Format; 4] = [Format::Svg, Format::Png, Format::Csv, Format::Json];

/// The pictures of other sizes and colours, by what is said of them and their parameters.
const PICTURES: [(&str, &str); 6] = [
    ("for a phone", "size=phone"),
    ("for a slide", "size=slide"),
    ("as a card", "size=card"),
    ("dark", "theme=dark"),
    ("for a slide, dark", "size=slide&theme=dark"),
    ("as a card, dark", "size=card&theme=dark"),
];

/// The line of files, and the menu with everything else.
pub(super) fn takeaway(drawing: &Drawing) -> Markup {
    let path_of = |format: Format| {
        let path = format!("{}.{}", drawing.path, format.extension());
        drawing.parameters.without("layout").address(&path)
    };
    let file = |format: Format| {
        html! { a href=(path_of(format)) { (format.extension().to_uppercase()) } }
    };
    let png = path_of(Format::Png);
    html! {
        p.files { @for format in FIRST { (file(format)) " " } }
        details.takeaway {
            summary { "Take it away" }
            dl {
                dt { "Numbers" }
                dd {
                    @for format in [Format::Csv, Format::Json, Format::Parquet, Format::Arrow] {
                        (file(format)) " "
                    }
                    span.method { "with interval, bounds, unit, release and source in each row" }
                }
                dt { "Picture" }
                dd {
                    (file(Format::Svg)) " " (file(Format::Png)) ", PNG "
                    @for (place, (name, look)) in PICTURES.iter().enumerate() {
                        @if place > 0 { ", " }
                        a href=(format!("{png}&{look}")) { (name) }
                    }
                }
                dt { "Everything" }
                dd {
                    (file(Format::Zip)) " "
                    span.method { "all of these, with licence, citation and what each column means" }
                }
                (cite(drawing))
                (embed(drawing))
            }
        }
    }
}

/// The citation in words; its machine-readable forms are in the archive.
fn cite(drawing: &Drawing) -> Markup {
    let id = format!("{}-citation", drawing.figure.id);
    let url = format!("{}{}", site::HERE, address(drawing));
    let origin = origin(drawing);
    html! {
        dt { "Cite" }
        dd { (copied(&id, &origin.citation(&drawing.figure.title, &url).text())) }
    }
}

/// The code that shows the figure in another page.
fn embed(drawing: &Drawing) -> Markup {
    let path = embed_path(&drawing.path);
    let live = drawing.parameters.without("layout");
    let frozen = live.with("release", &drawing.release).address(&path);
    let id = format!("{}-embed", drawing.figure.id);
    html! {
        dt { "Embed" }
        dd {
            (copied(&id, &code(&live.address(&path), &drawing.figure.title)))
            p.method {
                "It follows new releases. "
                a href=(frozen) { "Frozen to this release" }
                " it shows these numbers, or says that they are no longer shown."
            }
        }
    }
}

fn code(address: &str, title: &str) -> String {
    let frame = html! {
        iframe src={ (site::HERE) (address) } title=(title) width="100%" height=(EMBED_HEIGHT)
            loading="lazy" {}
    };
    frame.into_string()
}

/// A text to be copied, with a button that does it where scripts run.
fn copied(id: &str, text: &str) -> Markup {
    html! {
        p.copied id=(id) tabindex="0" { (text) }
        button type="button" data-copy=(id) { "Copy" }
    }
}
