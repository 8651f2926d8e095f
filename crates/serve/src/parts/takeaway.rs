//! What a reader can take away from a figure: its files, its citation, and the code to embed it.

use maud::{Markup, html};

use crate::figures::{Drawing, RESULT, address, origin};
use crate::pages::methods;
use crate::parts::words;
use crate::results::of_name;
use crate::site;
use crate::takeaway::{Format, badge_path, embed_path};

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
                (in_words(drawing))
                (how(drawing))
                (in_python(drawing))
                (link(drawing))
                (cite(drawing))
                (embed(drawing))
                (badge(drawing))
            }
        }
    }
}

/// What may be said of it in a sentence or two.
fn in_words(drawing: &Drawing) -> Markup {
    let id = format!("{}-words", drawing.figure.id);
    html! {
        dt { "In words" }
        dd { (copied(&id, &words(drawing))) }
    }
}

/// How the numbers are computed, and how sure they are.
fn how(drawing: &Drawing) -> Markup {
    let own: &[&str] = match drawing.name {
        RESULT => method_of_result(drawing).map_or(&[], std::slice::from_ref),
        "shares" | "attribute-shares" | "unit-share" => &["share"],
        "concentration-hhi" | "layers" => &["hhi"],
        "concentration-gini" => &["gini"],
        "lorenz" => &["lorenz"],
        "ranks" => &["rank", "standing"],
        "concentration-changes" | "share-changes" => &["decomposition"],
        "averages" => &["averages", "quantiles"],
        "transitions" | "lineage" => &["lineage"],
        "robustness" => &["robustness"],
        _ => &[],
    };
    let common = ["flows", "uncertainty", "bounds"];
    html! {
        dt { "How" }
        dd {
            @for name in own.iter().chain(&common) { (methods::named(name)) ", " }
            a href="/methods" { "all methods" }
        }
    }
}

/// The method of the result that a drawing is of, whose name ends its address.
fn method_of_result(drawing: &Drawing) -> Option<&'static &'static str> {
    let name = drawing.path.rsplit('/').next()?;
    of_name(name).ok().map(|described| &described.method)
}

/// The line that loads the numbers.
fn in_python(drawing: &Drawing) -> Markup {
    let id = format!("{}-python", drawing.figure.id);
    let numbers = format!("{}.{}", drawing.path, Format::Parquet.extension());
    let numbers = drawing.parameters.without("layout").address(&numbers);
    let line = format!("import pandas; table = pandas.read_parquet(\"{}{numbers}\")", site::HERE);
    html! {
        dt { "In pandas" }
        dd { (copied(&id, &line)) }
    }
}

/// The address that shows these numbers and no others.
fn link(drawing: &Drawing) -> Markup {
    let id = format!("{}-link", drawing.figure.id);
    let frozen = address(drawing);
    html! {
        dt { "Link" }
        dd {
            (copied(&id, &format!("{}{frozen}", site::HERE)))
            p.method {
                a href=(frozen) { "Frozen to this release" }
                ": it shows these numbers, or says that newer ones are shown and where. \
                 What must stay as it is, take as PNG or ZIP."
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
    let id = format!("{}-embed", drawing.figure.id);
    html! {
        dt { "Embed" }
        dd {
            (copied(&id, &code(&live.address(&path), &drawing.figure.title)))
            p.method { "It follows new releases; with the address of the link above in it, it stays with this one." }
        }
    }
}

/// The newest number as a badge, where the figure is of one series over time.
fn badge(drawing: &Drawing) -> Markup {
    let figure = &drawing.figure;
    if figure.kind != chart::Kind::Line || figure.series.len() != 1 {
        return html! {};
    }
    let given = drawing.parameters.without("layout");
    let picture = given.address(&badge_path(&drawing.path));
    let id = format!("{}-badge", figure.id);
    let [title, picture_url, live] = [
        figure.title.replace(['[', ']'], ""),
        format!("{}{picture}", site::HERE),
        format!("{}{}", site::HERE, given.address(&embed_path(&drawing.path))),
    ];
    html! {
        dt { "Badge" }
        dd {
            (copied(&id, &format!("[![{title}]({picture_url})]({live})")))
            p.method { "For a README, in Markdown; it follows new releases. " a href=(picture) { "See it" } }
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
