//! What one can take away from a view: its numbers and its picture in files, with the citation.
//!
//! A view gives one [`Export`], whatever it shows, and every form of it is made from that; so a
//! figure or a table that is added has all of them by itself.

pub(crate) mod badge;
mod bundle;
mod citation;
pub(crate) mod embed;
pub(crate) mod feed;
mod format;
mod numbers;
pub(crate) mod page;
mod pictures;
mod sheet;

use std::sync::Arc;

use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse, Response};
use chart::{Figure, Frame, Size};
use store::export;

use crate::compute::{AppState, compute, entity_tag};
use crate::headers::mark;
use crate::refusal::Refusal;

pub(crate) use badge::path as badge_path;
pub(crate) use citation::Citation;
pub(crate) use embed::path as embed_path;
pub(crate) use format::{Format, LOOK, Look, PLAIN, known_part, parted};
pub(crate) use numbers::{AFTER, BEFORE, DIFFERENCE, NUMBERS, SHARE, SUM, numbers};
pub(crate) use pictures::Pictures;
pub(crate) use sheet::{Heading, Origin, Sheet, count, heading, integer, number, text};

/// A view to be taken away.
#[derive(Debug, Clone)]
pub(crate) struct Export {
    /// What its files are called, behind "weighhouse-".
    pub(crate) name: String,
    pub(crate) title: String,
    /// What it shows, in a sentence or two.
    pub(crate) definition: String,
    /// The address that gives the view again, from the slash on.
    pub(crate) address: String,
    pub(crate) origin: Origin,
    pub(crate) sheet: Sheet,
    pub(crate) json: String,
    /// Its picture; a table has none.
    pub(crate) figure: Option<Figure>,
}

/// Sends a view in one of its forms.
pub(crate) async fn send(
    state: &AppState,
    export: Export,
    format: Format,
    look: Look,
) -> Result<Response, Refusal> {
    let export = Arc::new(export);
    let bytes = match format {
        Format::Png => picture(state, &export, look).await?,
        Format::Zip => bundle(state, &export, look).await?,
        _ => made(state, &export, format, look).await?,
    };
    let file = format!("inline; filename=\"weighhouse-{}.{}\"", export.name, format.extension());
    let file = HeaderValue::from_str(&file).map_err(|_| Refusal::internal())?;
    let kind = HeaderValue::from_static(format.media_type());
    // Of what it says: some forms name the address at which the server was asked.
    let tag = entity_tag(&[state.code_version.as_bytes(), &bytes].concat());
    let headers =
        [(header::CONTENT_TYPE, kind), (header::CONTENT_DISPOSITION, file), (header::ETAG, tag)];
    Ok(mark((headers, bytes).into_response(), export.origin.is_simulated))
}

/// The picture in pixels.
async fn picture(state: &AppState, export: &Export, look: Look) -> Result<Vec<u8>, Refusal> {
    let svg = drawn(export, look)?;
    Ok(state.pictures.png(svg, look.size).await?.to_vec())
}

/// One of the forms that take no time to speak of.
async fn made(
    state: &AppState,
    export: &Arc<Export>,
    format: Format,
    look: Look,
) -> Result<Vec<u8>, Refusal> {
    let export = Arc::clone(export);
    compute(state.clone(), move |state| match format {
        Format::Json => Ok(export.json.clone().into_bytes()),
        Format::Csv => Ok(export.sheet.csv().into_bytes()),
        Format::Parquet => Ok(export::parquet(&export.sheet.batch(&export.said(state)))),
        Format::Arrow => Ok(export::arrow(&export.sheet.batch(&export.said(state)))),
        Format::Svg => Ok(drawn(&export, look)?.into_bytes()),
        Format::Png | Format::Zip => Err(Refusal::internal()),
    })
    .await?
}

/// Every form in one archive; a table has no picture in it.
async fn bundle(state: &AppState, export: &Arc<Export>, look: Look) -> Result<Vec<u8>, Refusal> {
    let mut files = Vec::new();
    for format in Format::ALL {
        if format == Format::Zip || format.is_picture() && export.figure.is_none() {
            continue;
        }
        let bytes = match format {
            Format::Png => picture(state, export, look).await?,
            _ => made(state, export, format, look).await?,
        };
        files.push((format, bytes));
    }
    let export = Arc::clone(export);
    compute(state.clone(), move |state| {
        let url = state.url(&export.address);
        bundle::zip(&export, &export.citation(&url), &files)
    })
    .await
}

fn drawn(export: &Export, look: Look) -> Result<String, Refusal> {
    let figure = export.figure.as_ref().ok_or_else(Refusal::no_picture)?;
    let mut figure = figure.clone();
    // No page around it says of which population it is; a card has no room for notes.
    let covers = &export.origin.covers;
    if look.size == Size::Card {
        let [source, covers] = [&figure.source, covers].map(|text| text.trim_end_matches('.'));
        figure.source = format!("{source}. {covers}");
    } else {
        figure.notes.insert(0, covers.clone());
    }
    Ok(chart::draw(&figure, Frame { size: look.size, theme: look.theme }))
}

impl Export {
    /// How it is cited, as seen at an address.
    pub(crate) fn citation<'a>(&'a self, url: &'a str) -> Citation<'a> {
        self.origin.citation(&self.title, url)
    }

    /// What its table says of itself.
    fn said(&self, state: &AppState) -> Vec<(&'static str, String)> {
        let Origin { collection, release, data_through, covers, source, is_simulated } =
            &self.origin;
        let url = state.url(&self.address);
        let citation = self.citation(&url);
        vec![
            ("title", self.title.clone()),
            ("definition", self.definition.clone()),
            ("collection", collection.clone()),
            ("release", release.clone()),
            ("data_through", data_through.to_string()),
            ("covers", covers.clone()),
            ("source", source.clone()),
            ("simulated", is_simulated.to_string()),
            ("query", url.clone()),
            ("citation", citation.text()),
            ("bibtex", citation.bibtex()),
        ]
    }
}

impl Origin {
    /// How what comes from here is cited, as seen at an address.
    pub(crate) fn citation<'a>(&'a self, title: &'a str, url: &'a str) -> Citation<'a> {
        Citation {
            title,
            collection: &self.collection,
            release: &self.release,
            data_through: self.data_through.day(),
            source: &self.source,
            url,
            is_simulated: self.is_simulated,
        }
    }

    /// Where the numbers of a market come from.
    pub(crate) fn of(market: &analyze::Market) -> Self {
        Self {
            collection: market.release.collection.clone(),
            release: market.release.id.clone(),
            data_through: market.data_through,
            covers: market.collection.covers.clone(),
            source: market.collection.source.clone(),
            is_simulated: market.release.is_simulated,
        }
    }
}
