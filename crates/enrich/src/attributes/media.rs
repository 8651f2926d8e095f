//! Which media go into models and come out of them.

use super::task;

const TEXT: u8 = 1;
const IMAGE: u8 = 2;
const VIDEO: u8 = 4;
const AUDIO: u8 = 8;
const SHAPE: u8 = 16;
const TABLE: u8 = 32;
const SERIES: u8 = 64;
/// The words of `rules/tasks.csv`; what goes into a class or an embedding is its medium.
const WORDS: [(&str, u8); 16] = [
    ("Text", TEXT),
    ("Text Embed/Class", TEXT),
    ("Image", IMAGE),
    ("Image Embed/Class", IMAGE),
    ("Depth", IMAGE),
    ("Video", VIDEO),
    ("Video Embed/Class", VIDEO),
    ("Audio", AUDIO),
    ("Audio Embed/Class", AUDIO),
    ("3D", SHAPE),
    ("Table", TABLE),
    ("Table Embed/Class", TABLE),
    ("Number", TABLE),
    ("Time series", SERIES),
    ("Any", u8::MAX),
    ("None", 0),
];

/// The media of a task, a bit for each.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Media {
    inputs: u8,
    outputs: u8,
}

impl Media {
    /// The media of the Hub's task; `None` where the task is not known or none of the media that are
    /// told apart comes out, as with robots.
    pub(crate) fn of(task: &str) -> Option<Self> {
        let (inputs, outputs) = task::sides(task)?;
        let media = Self { inputs: bits(inputs), outputs: bits(outputs) };
        (media.outputs != 0).then_some(media)
    }

    /// Whether a model of these media cannot be made from one of others.
    ///
    /// Making something else is no sign, since models of text learn to speak and to draw. But a model
    /// that neither makes what its base makes nor takes any medium beside text that its base knows is
    /// made from something else; and so is one that shares no medium with its base at all.
    pub(crate) fn cannot_be_made_from(self, base: Self) -> bool {
        let (own, of_base) = (self.inputs | self.outputs, base.inputs | base.outputs);
        let beside_text = of_base & !TEXT;
        let is_text_of_other = beside_text != 0 && own & beside_text == 0;
        self.outputs & base.outputs == 0 && (is_text_of_other || own & of_base == 0)
    }
}

fn bits(side: &str) -> u8 {
    let bit =
        |word: &str| WORDS.iter().find(|(known, _)| *known == word).map_or(0, |(_, bit)| *bit);
    side.split(" + ").map(bit).fold(0, std::ops::BitOr::bitor)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_is_not_made_from_images_and_may_become_speech() {
        let cannot = |own: &str, base: &str| {
            Media::of(own).unwrap().cannot_be_made_from(Media::of(base).unwrap())
        };
        assert!(cannot("text-generation", "text-to-image"));
        assert!(cannot("text-classification", "image-classification"));
        assert!(cannot("image-classification", "fill-mask"));
        assert!(cannot("text-generation", "text-to-video"));
        assert!(!cannot("text-generation", "image-text-to-text"));
        assert!(!cannot("text-to-speech", "text-generation"));
        assert!(!cannot("image-text-to-text", "text-generation"));
        assert!(!cannot("automatic-speech-recognition", "text-generation"));
        assert!(!cannot("image-to-video", "text-to-image"));
        assert!(!cannot("text-generation", "any-to-any"));
        assert_eq!(Media::of("reinforcement-learning"), None);
        assert_eq!(Media::of("no such task"), None);
    }
}
