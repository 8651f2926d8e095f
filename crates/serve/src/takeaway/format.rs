//! What an address ends with, and what is sent then.

use chart::{Size, Theme};

use crate::parameters::Parameters;
use crate::refusal::Refusal;
use crate::view::{FileTheme, one_of};

/// What is taken away.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Format {
    Json,
    Csv,
    Parquet,
    Arrow,
    Svg,
    Png,
    Zip,
}

/// How a picture is drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Look {
    pub(crate) size: Size,
    pub(crate) theme: Theme,
}

/// As a picture is drawn where nobody says how.
pub(crate) const PLAIN: Look = Look { size: Size::File, theme: Theme::Light };

/// The parameters that say how a picture is drawn, beside those of the view.
pub(crate) const LOOK: [&str; 2] = ["size", "theme"];

impl Format {
    /// Every one, in the order of menus.
    pub(crate) const ALL: [Self; 7] =
        [Self::Csv, Self::Json, Self::Parquet, Self::Arrow, Self::Svg, Self::Png, Self::Zip];

    /// What an address ends with.
    pub(crate) const fn extension(self) -> &'static str {
        match self {
            Self::Json => "json",
            Self::Csv => "csv",
            Self::Parquet => "parquet",
            Self::Arrow => "arrow",
            Self::Svg => "svg",
            Self::Png => "png",
            Self::Zip => "zip",
        }
    }

    /// The type of the file.
    pub(crate) const fn media_type(self) -> &'static str {
        match self {
            Self::Json => "application/json",
            Self::Csv => "text/csv; charset=utf-8",
            Self::Parquet => "application/vnd.apache.parquet",
            Self::Arrow => "application/vnd.apache.arrow.file",
            Self::Svg => "image/svg+xml",
            Self::Png => "image/png",
            Self::Zip => "application/zip",
        }
    }

    /// Whether it is a drawing, which a table alone does not have.
    pub(crate) const fn is_picture(self) -> bool {
        matches!(self, Self::Svg | Self::Png)
    }
}

/// What stands before the last dot of an address, and what is sent for what stands behind it;
/// without a dot that is a page.
pub(crate) fn parted(file: &str) -> Result<(&str, Option<Format>), Refusal> {
    let Some((name, extension)) = file.rsplit_once('.') else { return Ok((file, None)) };
    let found = Format::ALL.into_iter().find(|format| format.extension() == extension);
    let format = found.ok_or_else(|| {
        let known = Format::ALL.map(Format::extension).join(", ");
        Refusal::not_found(format!("unknown form '{extension}'; known are: {known}"))
    })?;
    Ok((name, Some(format)))
}

/// As [`parted`], for names that may hold dots: an ending that is not known belongs to the name.
pub(crate) fn known_part(file: &str) -> (&str, Option<Format>) {
    parted(file).unwrap_or((file, None))
}

impl Look {
    /// Reads how pictures are drawn from an address.
    pub(crate) fn read(given: &Parameters) -> Result<Self, Refusal> {
        let sizes = [
            ("page", Size::File),
            ("phone", Size::PhoneFile),
            ("slide", Size::Slide),
            ("card", Size::Card),
        ];
        let theme = match FileTheme::read(given.get("theme"))? {
            FileTheme::Light => Theme::Light,
            FileTheme::Dark => Theme::Dark,
        };
        Ok(Self { size: one_of("size", given.get("size"), Size::File, &sizes)?, theme })
    }
}
