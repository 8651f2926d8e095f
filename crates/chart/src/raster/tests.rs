mod difference;
mod pictures;

use std::collections::BTreeSet;

use super::*;
use crate::{Figure, Frame, Kind, Theme, Unit, draw, sample};

const SIZES: [Size; 4] = [Size::File, Size::PhoneFile, Size::Slide, Size::Card];

fn picture(figure: &Figure, size: Size, theme: Theme) -> (Picture, Pixmap) {
    let picture = png(&draw(figure, Frame { size, theme }), size);
    let pixels = Pixmap::decode_png(&picture.bytes).unwrap();
    (picture, pixels)
}

#[test]
fn pictures_have_their_size_and_are_not_blank() {
    for size in SIZES {
        for theme in [Theme::Light, Theme::Dark] {
            let (picture, pixels) = picture(&sample::lines(6, 30), size, theme);
            assert_eq!((picture.width, picture.height), (pixels.width(), pixels.height()));
            match size {
                Size::Slide => assert_eq!((picture.width, picture.height), (1920, 1080)),
                Size::Card => assert_eq!((picture.width, picture.height), (1200, 630)),
                Size::PhoneFile => assert_eq!(picture.width, 1170),
                _ => assert_eq!(picture.width, 1200),
            }
            let ground = pixels.pixel(1, 1).unwrap();
            assert_eq!(ground.red() > 128, theme == Theme::Light, "{size:?} {theme:?}");
            assert_eq!(ground.alpha(), 255, "a picture has a ground");
            let colours: BTreeSet<[u8; 3]> = (pixels.pixels().iter())
                .map(|pixel| [pixel.red(), pixel.green(), pixel.blue()])
                .collect();
            assert!(colours.len() > 50, "{size:?} {theme:?}: {} colours", colours.len());
        }
    }
}

/// The pixels that are not the ground in the topmost part of a picture, where the title stands.
fn ink_of_title(title: &str) -> usize {
    let figure = Figure { title: title.to_owned(), subtitle: String::new(), ..sample::lines(1, 3) };
    let (_, pixels) = picture(&figure, Size::File, Theme::Light);
    let top = pixels.pixels().iter().take(60 * pixels.width() as usize);
    top.filter(|pixel| pixel.red() < 128).count()
}

#[test]
fn text_is_drawn_by_the_embedded_font() {
    let [nothing, letter, word] = ["", "W", "WWWWWWWW"].map(ink_of_title);
    assert_eq!(nothing, 0);
    assert!(letter > 20 && word > letter * 7, "{letter} {word}");
    for script in ["Ж", "Ω", "é"] {
        assert!(ink_of_title(script) > 20, "{script}");
    }
}

#[test]
fn the_same_drawing_gives_the_same_bytes() {
    let once = || picture(&sample::specifications(), Size::Card, Theme::Dark).0;
    assert_eq!(once(), once());
}

#[test]
fn a_drawing_beyond_the_limit_is_made_smaller() {
    let svg = "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"8000\" height=\"8000\"/>";
    let picture = png(svg, Size::File);
    assert_eq!((picture.width, picture.height), (4000, 4000));
}

#[test]
fn whatever_is_drawn_keeps_a_fixed_size() {
    let mut bars = sample::lines(26, 2);
    bars.kind = Kind::Bars;
    let nothing = sample::figure(Kind::Line, Unit::Share, Vec::new());
    let mut wordy = sample::lines(9, 40);
    wordy.title = "A title of many words that goes on ".repeat(6);
    wordy.subtitle = "A definition of very many words ".repeat(40);
    for figure in [bars, nothing, wordy, sample::specifications()] {
        let (card, _) = picture(&figure, Size::Card, Theme::Light);
        assert_eq!((card.width, card.height), (1200, 630));
        let (slide, _) = picture(&figure, Size::Slide, Theme::Light);
        assert_eq!((slide.width, slide.height), (1920, 1080));
    }
}
