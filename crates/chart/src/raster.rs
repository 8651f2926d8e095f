//! Drawings in pixels, by the font that is embedded here and no other.

use std::sync::{Arc, LazyLock};

use resvg::tiny_skia::{Pixmap, Transform};
use resvg::usvg::{Options, Tree, fontdb};

use crate::Size;

const REGULAR: &[u8] = include_bytes!("../fonts/Inter-Regular.ttf");
const BOLD: &[u8] = include_bytes!("../fonts/Inter-Bold.ttf");
const FAMILY: &str = "Inter";
/// A phone's pixels are so much finer than its drawings' px.
const PHONE_SCALE: f32 = 3.0;
/// The most pixels of a picture: a drawing that is larger is made smaller.
const MOST_PIXELS: f32 = 16e6;

/// A drawing as PNG.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Picture {
    /// The file.
    pub bytes: Vec<u8>,
    /// Its width in pixels.
    pub width: u32,
    /// Its height in pixels.
    pub height: u32,
}

static FONTS: LazyLock<Arc<fontdb::Database>> = LazyLock::new(|| {
    let mut fonts = fontdb::Database::new();
    for font in [REGULAR, BOLD] {
        fonts.load_font_data(font.to_vec());
    }
    // The stylesheet names the fonts of readers' systems first; none of them is here.
    fonts.set_sans_serif_family(FAMILY);
    Arc::new(fonts)
});

/// Draws what [`crate::draw`] gave for a theme with colours of its own. It takes tens of
/// milliseconds of a core. Characters that the embedded font does not have are left out.
///
/// # Panics
///
/// When `svg` is not such a drawing.
#[must_use]
pub fn png(svg: &str, size: Size) -> Picture {
    let pixels = pixels(svg, if size == Size::PhoneFile { PHONE_SCALE } else { 1.0 });
    let bytes = pixels.encode_png().expect("pixels in memory can be written to memory");
    Picture { bytes, width: pixels.width(), height: pixels.height() }
}

/// A drawing with so many pixels for each px of it, or as many as the limit allows.
fn pixels(svg: &str, scale: f32) -> Pixmap {
    let options = Options {
        font_family: FAMILY.to_owned(),
        fontdb: Arc::clone(&FONTS),
        ..Options::default()
    };
    let tree = Tree::from_str(svg, &options).expect("a drawing is an SVG");
    let (width, height) = (tree.size().width(), tree.size().height());
    let scale = scale.min((MOST_PIXELS / (width * height)).sqrt());
    let [across, down] = [width, height].map(|side| (side * scale).round().max(1.0) as u32);
    let mut pixels = Pixmap::new(across, down).expect("a drawing has a size");
    resvg::render(&tree, Transform::from_scale(scale, scale), &mut pixels.as_mut());
    pixels
}

#[cfg(test)]
mod tests;
