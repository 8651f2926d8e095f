//! Colours and patterns by key, and the stylesheet of charts in light and dark.

use crate::{Figure, Theme};

/// The classes of series that have a colour of their own.
const CLASSES: [&str; 8] = ["s-0", "s-1", "s-2", "s-3", "s-4", "s-5", "s-6", "s-7"];
/// The class of what is left over, and of series beyond the eighth.
pub(crate) const REST: &str = "s-rest";

/// One colour by name, for a light and for a dark ground.
struct Colour {
    name: &'static str,
    light: &'static str,
    dark: &'static str,
}

const fn colour(name: &'static str, light: &'static str, dark: &'static str) -> Colour {
    Colour { name, light, dark }
}

/// Series colours stand at least 4.5 : 1 against the ground, so that labels in them can be read,
/// and apart from each other for people who see fewer hues; found by search, held by tests.
/// Those of classes go one way in lightness, away from the ground, so that hue is not needed.
const COLOURS: [Colour; 22] = [
    colour("background", "#ffffff", "#14181d"),
    colour("ink", "#1d242b", "#e8ebee"),
    colour("muted", "#5c6670", "#a3adb7"),
    colour("grid", "#e3e7ea", "#2b323a"),
    colour("axis", "#98a2ab", "#66707a"),
    colour("gap", "#f2f4f5", "#1e242a"),
    colour("event", "#78828b", "#8a949d"),
    colour("s-0", "#0f3d9a", "#88b3ff"),
    colour("s-1", "#611d0d", "#f36c1e"),
    colour("s-2", "#2f845f", "#52a67e"),
    colour("s-3", "#915ac0", "#b273ee"),
    colour("s-4", "#8d6809", "#ccba73"),
    colour("s-5", "#03637e", "#7aedfa"),
    colour("s-6", "#923252", "#fa7fb9"),
    colour("s-7", "#495400", "#d9ea6a"),
    colour("s-rest", "#68727b", "#98a2ab"),
    colour("q-1", "#e0f1ff", "#1e2e47"),
    colour("q-2", "#a6d4f8", "#244672"),
    colour("q-3", "#6cb0ea", "#26619e"),
    colour("q-4", "#2773c0", "#438fcd"),
    colour("q-5", "#0a4ba0", "#75b9eb"),
    colour("q-6", "#072869", "#bee4fe"),
];

const RULES: &str = include_str!("theme/chart.css");

/// The colour and pattern class of a series: `s-0` to `s-7`, or `s-rest`.
///
/// It follows from the key: hiding or reordering series changes none, and the same key has
/// the same colour in every figure unless two keys of one figure collide.
/// Residual series, series beyond the eighth and unknown keys are `s-rest`;
/// a figure's only series is `s-0`.
#[must_use]
pub fn color_class(key: &str, figure: &Figure) -> &'static str {
    let coloured = figure.series.iter().filter(|series| !series.is_residual);
    let mut keys: Vec<&str> = coloured.take(CLASSES.len()).map(|series| &*series.key).collect();
    keys.sort_unstable();
    keys.dedup();
    if keys == [key] {
        return CLASSES[0];
    }
    let mut taken = [false; CLASSES.len()];
    for candidate in keys {
        let mut slot = (hash(candidate) % CLASSES.len() as u64) as usize;
        while taken[slot] {
            slot = (slot + 1) % CLASSES.len();
        }
        taken[slot] = true;
        if candidate == key {
            return CLASSES[slot];
        }
    }
    REST
}

/// The stylesheet for drawings of theme `Page`.
///
/// Colours are custom properties on `:root` (`--chart-ink`, `--chart-s-0`, …), light unless the
/// reader prefers dark or `data-theme` on the root says otherwise.
/// Scripts may set `is-faded` or `is-hidden` on a group of a series.
#[must_use]
pub fn stylesheet() -> String {
    let light = properties(|colour| colour.light);
    let dark = properties(|colour| colour.dark);
    format!(
        ":root{{{light}}}\n\
         @media (prefers-color-scheme:dark){{:root:not([data-theme=light]){{{dark}}}}}\n\
         :root[data-theme=dark]{{{dark}}}\n\
         {RULES}"
    )
}

/// The rules with plain colours, for a drawing that stands alone; `None` on a page.
pub(crate) fn embedded(theme: Theme) -> Option<String> {
    let pick: fn(&Colour) -> &'static str = match theme {
        Theme::Page => return None,
        Theme::Light => |colour| colour.light,
        Theme::Dark => |colour| colour.dark,
    };
    let rules = COLOURS.iter().fold(RULES.to_owned(), |rules, colour| {
        rules.replace(&format!("var(--chart-{})", colour.name), pick(colour))
    });
    Some(rules)
}

/// A colour by its name, for a drawing without rules of its own.
pub(crate) fn plain(name: &str, theme: Theme) -> &'static str {
    let colour = COLOURS.iter().find(|colour| colour.name == name).unwrap_or(&COLOURS[1]);
    if theme == Theme::Dark { colour.dark } else { colour.light }
}

/// The mark of a class, that tells series apart without colour: its corners around 0, size 1.
///
/// No corners mean a circle.
pub(crate) fn marker(class: &str) -> &'static [(f64, f64)] {
    match class {
        "s-1" => &[(-0.9, -0.9), (0.9, -0.9), (0.9, 0.9), (-0.9, 0.9)],
        "s-2" => &[(0.0, -1.2), (1.2, 0.9), (-1.2, 0.9)],
        "s-3" => &[(0.0, -1.3), (1.3, 0.0), (0.0, 1.3), (-1.3, 0.0)],
        "s-4" => &[(0.0, 1.2), (1.2, -0.9), (-1.2, -0.9)],
        "s-5" => &[(-0.5, -1.1), (0.5, -1.1), (1.1, 0.0), (0.5, 1.1), (-0.5, 1.1), (-1.1, 0.0)],
        "s-6" => &[(-1.2, 0.0), (0.9, -1.2), (0.9, 1.2)],
        "s-7" => &[(1.2, 0.0), (-0.9, -1.2), (-0.9, 1.2)],
        _ => &[],
    }
}

fn properties(pick: impl Fn(&Colour) -> &'static str) -> String {
    let written: Vec<String> =
        COLOURS.iter().map(|colour| format!("--chart-{}:{}", colour.name, pick(colour))).collect();
    written.join(";")
}

/// FNV-1a, which is short and the same everywhere.
fn hash(key: &str) -> u64 {
    key.bytes().fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    })
}

#[cfg(test)]
mod tests;
