//! What a map says, in sentences made from its numbers.

use super::{Tile, tiles, unsure};
use crate::Figure;
use crate::format::{format_value, millis_text};
use crate::summary::joined;
use crate::tracks::{Mark, Track};

/// A number with its name.
type Named<'a> = (&'a str, Mark);

/// Who holds the most, how much belongs to nobody who is known, and how sure that is.
pub(crate) fn told(figure: &Figure, tracks: &[Track<'_>]) -> String {
    let tiles = tiles(tracks);
    let of = |is_asked: fn(&Tile<'_, '_>) -> bool| -> Vec<Named<'_>> {
        let asked = tiles.iter().filter(|tile| is_asked(tile));
        let mut named: Vec<Named<'_>> =
            asked.filter_map(|tile| Some((&*tile.track.series.label, tile.mark?))).collect();
        named.sort_by(|one, other| other.1.value.total_cmp(&one.1.value));
        named
    };
    let placed = of(|tile| tile.spot.is_some());
    let unknown = of(|tile| tile.spot.is_none() && tile.track.series.is_residual);
    let elsewhere = of(|tile| tile.spot.is_none() && !tile.track.series.is_residual);
    let mut sentences = vec![countries(&placed, figure)];
    if let Some(sum) = sum(&unknown, figure) {
        let named = named(&unknown, figure);
        sentences.push(format!("{sum} belong to no country that is known ({named})."));
    }
    if let Some(sum) = sum(&elsewhere, figure) {
        let named = named(&elsewhere, figure);
        sentences.push(format!("{sum} belong to no single country ({named})."));
    }
    let wide = placed.iter().filter(|(_, mark)| unsure(mark).is_some()).count();
    if wide > 0 {
        let countries = if wide == 1 { "country" } else { "countries" };
        sentences.push(format!(
            "Of {wide} {countries} the interval or the bounds are wider than the share."
        ));
    }
    sentences.join(" ")
}

/// The largest countries, of how many, and when.
fn countries(placed: &[Named<'_>], figure: &Figure) -> String {
    let Some(((first, mark), others)) = placed.split_first() else {
        return "No country is known to hold anything.".to_owned();
    };
    let number = |mark: &Mark| format_value(&figure.unit, mark.value);
    let of = match placed.len() {
        1 => "the only country".to_owned(),
        all => format!("the most of {all} countries"),
    };
    let told = format!("On {}, {first} has {}, {of}", millis_text(mark.x), number(mark));
    let next: Vec<String> =
        others.iter().take(2).map(|(name, mark)| format!("{name} {}", number(mark))).collect();
    if next.is_empty() { told + "." } else { format!("{told}; then {}.", joined(&next)) }
}

/// What some come to together; `None` where there are none.
fn sum(parts: &[Named<'_>], figure: &Figure) -> Option<String> {
    let sum: f64 = parts.iter().map(|(_, mark)| mark.value).sum();
    (!parts.is_empty()).then(|| format_value(&figure.unit, sum))
}

fn named(parts: &[Named<'_>], figure: &Figure) -> String {
    let part =
        |(name, mark): &Named<'_>| format!("{name} {}", format_value(&figure.unit, mark.value));
    joined(&parts.iter().map(part).collect::<Vec<_>>())
}
