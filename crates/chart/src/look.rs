//! The measures of each size, and what a drawn kind hands back.

use crate::Size;
use crate::tracks::Track;

/// The measures of a drawing, in px.
#[derive(Debug, Clone)]
pub(crate) struct Look {
    /// Prefix of every id, unique per figure and size.
    pub(crate) id: String,
    pub(crate) width: f64,
    pub(crate) size: f64,
    pub(crate) small: f64,
    pub(crate) plot_height: f64,
    pub(crate) margin: f64,
    pub(crate) is_phone: bool,
    /// Whether it stands alone, and leads nowhere.
    pub(crate) is_file: bool,
    /// Whether its height is given, whatever is drawn.
    pub(crate) is_fixed: bool,
}

/// The area in which values are drawn, in px.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Plot {
    pub(crate) left: f64,
    pub(crate) right: f64,
    pub(crate) top: f64,
    pub(crate) bottom: f64,
}

/// What a kind hands back once it is drawn.
#[derive(Debug, Default)]
pub(crate) struct Drawn {
    /// Where the drawing ends.
    pub(crate) bottom: f64,
    /// What the legend lists: what is hidden or has no label of its own.
    pub(crate) legend: Vec<Entry>,
    /// How many series have neither label nor legend entry nor bar.
    pub(crate) left_out: usize,
    /// Which forms of drawing need an explanation.
    pub(crate) forms: Forms,
}

/// One line of the legend.
#[derive(Debug, Clone)]
pub(crate) struct Entry {
    pub(crate) key: String,
    pub(crate) class: &'static str,
    pub(crate) label: String,
    pub(crate) is_hidden: bool,
}

/// Which forms of drawing occur.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Forms {
    pub(crate) estimated: Option<Form>,
    pub(crate) interval: Option<Form>,
    pub(crate) bounds: Option<Form>,
    pub(crate) sampling: Option<Form>,
}

/// How a form of drawing looks in the key.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Form {
    /// A dotted line.
    Dots,
    /// A dotted line on hatched ground.
    HatchedGround,
    /// White hatching over a fill.
    Hatch,
    /// A band of this class.
    Band(&'static str),
    /// A whisker.
    Whisker,
}

impl Look {
    pub(crate) fn new(size: Size, figure_id: &str) -> Self {
        let id = safe_id(figure_id);
        let (is_file, is_fixed) = (size.is_file(), size.fixed().is_some());
        match size {
            Size::Page => Self {
                id,
                width: 860.0,
                size: 13.0,
                small: 12.0,
                plot_height: 360.0,
                margin: 4.0,
                is_phone: false,
                is_file,
                is_fixed,
            },
            Size::Phone => Self {
                id: format!("{id}-phone"),
                width: 360.0,
                size: 12.5,
                small: 11.5,
                plot_height: 230.0,
                margin: 2.0,
                is_phone: true,
                is_file,
                is_fixed,
            },
            Size::File => Self {
                id: format!("{id}-file"),
                width: 1200.0,
                size: 17.0,
                small: 15.0,
                plot_height: 480.0,
                margin: 32.0,
                is_phone: false,
                is_file,
                is_fixed,
            },
            Size::PhoneFile => Self {
                id: format!("{id}-phone-file"),
                width: 390.0,
                size: 13.0,
                small: 12.0,
                plot_height: 250.0,
                margin: 14.0,
                is_phone: true,
                is_file,
                is_fixed,
            },
            Size::Slide => Self {
                id: format!("{id}-slide"),
                width: 1920.0,
                size: 27.0,
                small: 23.0,
                plot_height: 640.0,
                margin: 56.0,
                is_phone: false,
                is_file,
                is_fixed,
            },
            Size::Card => Self {
                id: format!("{id}-card"),
                width: 1200.0,
                size: 20.0,
                small: 17.0,
                plot_height: 300.0,
                margin: 36.0,
                is_phone: false,
                is_file,
                is_fixed,
            },
        }
    }

    /// The distance between two lines of text.
    pub(crate) fn line(&self) -> f64 {
        self.size * 1.3
    }

    /// The distance between two lines of small text.
    pub(crate) fn small_line(&self) -> f64 {
        self.small * 1.35
    }
}

impl Plot {
    pub(crate) fn width(&self) -> f64 {
        self.right - self.left
    }

    pub(crate) fn height(&self) -> f64 {
        self.bottom - self.top
    }
}

impl Entry {
    pub(crate) fn of(track: &Track<'_>) -> Self {
        Self {
            key: track.series.key.clone(),
            class: track.class,
            label: track.series.label.clone(),
            is_hidden: track.series.is_hidden,
        }
    }
}

fn safe_id(id: &str) -> String {
    let safe = |character: char| {
        if character.is_ascii_lowercase() || character.is_ascii_digit() { character } else { '-' }
    };
    let id: String = id.chars().map(safe).collect();
    if id.starts_with(|first: char| first.is_ascii_lowercase()) { id } else { format!("f{id}") }
}
