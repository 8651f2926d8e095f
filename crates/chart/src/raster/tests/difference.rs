//! Two pictures held against each other, pixel by pixel.

use resvg::tiny_skia::{Pixmap, PremultipliedColorU8};

/// A pixel differs where a channel is off by more than this, of 255.
///
/// The same code draws both, with a font of its own, and on one machine it gives equal bytes. What
/// may vary elsewhere is the last digit of a processor's arithmetic: it moves an edge by less than
/// a sixty-fourth of a pixel, which is at most 4 of 255. The faintest line that is drawn, that of
/// the grid, is 28 off on the light ground, and half as much in a picture of half the size.
pub(super) const MOST_OFF: u8 = 6;

/// A picture passes with so many pixels that differ. The least of marks has more.
pub(super) const MOST_PIXELS: usize = 4;

/// How many pixels differ; all of them where the sizes do.
pub(super) fn count(expected: &Pixmap, actual: &Pixmap) -> usize {
    if (expected.width(), expected.height()) != (actual.width(), actual.height()) {
        return expected.pixels().len();
    }
    let both = expected.pixels().iter().zip(actual.pixels());
    both.filter(|(one, other)| is_off(**one, **other)).count()
}

pub(super) fn is_tolerated(expected: &Pixmap, actual: &Pixmap) -> bool {
    count(expected, actual) <= MOST_PIXELS
}

/// The expected picture, pale, with the pixels that differ in red.
pub(super) fn shown(expected: &Pixmap, actual: &Pixmap) -> Pixmap {
    let mut picture = expected.clone();
    for (pixel, other) in picture.pixels_mut().iter_mut().zip(actual.pixels()) {
        let pale = rgb(channels(*pixel).map(|channel| 191 + channel / 4));
        *pixel = if is_off(*pixel, *other) { rgb([220, 0, 0]) } else { pale };
    }
    picture
}

/// The picture in half its size, which is a quarter of its bytes: each pixel is the mean of four.
pub(super) fn halved(picture: &Pixmap) -> Pixmap {
    let (width, height) = (picture.width() / 2, picture.height() / 2);
    let mut half = Pixmap::new(width, height).expect("a drawing has a size");
    let rows = picture.pixels().chunks_exact(picture.width() as usize);
    let mut means = half.pixels_mut().iter_mut();
    for (upper, lower) in rows.clone().step_by(2).zip(rows.skip(1).step_by(2)) {
        for (upper, lower) in upper.chunks_exact(2).zip(lower.chunks_exact(2)) {
            let four = [upper[0], upper[1], lower[0], lower[1]].map(channels);
            let mean = |at: usize| four.iter().map(|one| u16::from(one[at])).sum::<u16>() / 4;
            *means.next().expect("half as many of half as many") =
                rgb([mean(0) as u8, mean(1) as u8, mean(2) as u8]);
        }
    }
    half
}

fn is_off(one: PremultipliedColorU8, other: PremultipliedColorU8) -> bool {
    if one == other {
        return false;
    }
    let is_off = |(one, other): (u8, u8)| one.abs_diff(other) > MOST_OFF;
    channels(one).into_iter().zip(channels(other)).any(is_off)
}

fn channels(pixel: PremultipliedColorU8) -> [u8; 3] {
    [pixel.red(), pixel.green(), pixel.blue()]
}

fn rgb([red, green, blue]: [u8; 3]) -> PremultipliedColorU8 {
    PremultipliedColorU8::from_rgba(red, green, blue, 255).expect("nothing exceeds its alpha")
}

/// A picture of one colour, with another in a rectangle of it.
fn flat(ground: u8, ink: u8, (wide, high): (u32, u32)) -> Pixmap {
    let mut picture = Pixmap::new(40, 30).unwrap();
    for (place, pixel) in (0..).zip(picture.pixels_mut()) {
        let is_ink = place % 40 < wide && place / 40 < high;
        *pixel = rgb([if is_ink { ink } else { ground }; 3]);
    }
    picture
}

#[test]
fn rounding_is_borne_and_a_faint_line_is_not() {
    let expected = flat(255, 0, (0, 0));
    let rounded = flat(255, 255 - MOST_OFF, (40, 30));
    assert_eq!(count(&expected, &rounded), 0);
    let line = flat(255, 255 - MOST_OFF - 1, (40, 1));
    assert_eq!(count(&expected, &line), 40);
    assert!(!is_tolerated(&expected, &line));
    assert!(is_tolerated(&expected, &flat(255, 0, (2, 2))));
    assert!(!is_tolerated(&expected, &flat(255, 0, (5, 1))));
    let red = shown(&expected, &line).pixels().iter().filter(|pixel| pixel.green() == 0).count();
    assert_eq!(red, 40);
}

#[test]
fn half_a_picture_is_made_of_means() {
    let half = halved(&flat(200, 100, (3, 30)));
    assert_eq!((half.width(), half.height()), (20, 15));
    let row: Vec<u8> = half.pixels()[..3].iter().map(|pixel| pixel.red()).collect();
    assert_eq!(row, [100, 150, 200]);
}

#[test]
fn another_size_is_another_picture() {
    let mut lower = Pixmap::new(40, 29).unwrap();
    lower.fill(resvg::tiny_skia::Color::WHITE);
    assert!(!is_tolerated(&flat(255, 0, (0, 0)), &lower));
}
