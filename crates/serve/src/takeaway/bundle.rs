//! A view as one archive: every form of it, with what is to be known of it.

use std::fmt::Write as _;

use chart::Figure;
use store::export;

use super::citation::Citation;
use super::{Export, Format};

/// The text of `README.md`.
pub(super) fn readme(export: &Export, citation: &Citation<'_>) -> String {
    let Export { title, definition, origin, sheet, figure, .. } = export;
    let simulated = if origin.is_simulated {
        "**Simulated data: these numbers are invented to try the method.**\n\n"
    } else {
        ""
    };
    let notes = figure.as_ref().map(notes).unwrap_or_default();
    format!(
        "# {title}\n\n{simulated}{definition}\n\n{notes}\
         - Collection: {}\n- Covers: {}\n- Release: {}\n- Data through: {}\n- Query: {}\n\n\
         ## Licence\n\n\
         The data are from: {}.\nThey keep the licence of their source.\n\
         What weighhouse made of them, the numbers and the drawings, is free to use with the \
         citation below; weighhouse itself is under Apache-2.0.\n\n\
         ## Cite as\n\n{}\n\nThe same is in `citation.bib` and `citation.csl.json`.\n\n\
         ## Columns\n\n{}\n\
         What is not known is empty, which is neither zero nor no.\n\
         `low` to `high` is the 95 % measurement interval, `bound_low` to `bound_high` what mass \
         without a known unit could do.\n",
        origin.collection,
        origin.covers,
        origin.release,
        origin.data_through,
        citation.url,
        origin.source.trim_end_matches('.'),
        citation.text(),
        sheet.dictionary(),
    )
}

/// What the figure says beside, and in one paragraph what it shows.
fn notes(figure: &Figure) -> String {
    let mut text = format!("{}\n\n", chart::summary(figure));
    for note in &figure.notes {
        write!(text, "Note: {note}\n\n").expect("a string takes it");
    }
    text
}

/// The archive of some files, each named by what the view is called and its form.
pub(super) fn zip(
    export: &Export,
    citation: &Citation<'_>,
    files: &[(Format, Vec<u8>)],
) -> Vec<u8> {
    let name = |extension: &str| format!("weighhouse-{}.{extension}", export.name);
    let texts = [
        ("README.md".to_owned(), readme(export, citation).into_bytes()),
        ("citation.bib".to_owned(), citation.bibtex().into_bytes()),
        ("citation.csl.json".to_owned(), citation.csl().into_bytes()),
    ];
    let forms = files.iter().map(|(format, bytes)| (name(format.extension()), bytes.clone()));
    let all: Vec<(String, Vec<u8>)> = texts.into_iter().chain(forms).collect();
    export::zip(all.iter().map(|(name, bytes)| (name.as_str(), bytes.as_slice())))
}
