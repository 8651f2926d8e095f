//! A list of words in which a text is looked up in any case, without being copied.

/// Words by their length, so that a text is held against those few that are as long.
#[derive(Debug, Default)]
pub(crate) struct WordTable {
    /// For each length, the words with their places in the list.
    by_length: Vec<Vec<(&'static str, usize)>>,
}

impl WordTable {
    /// A table of some words; of two that differ in case alone, the first is found.
    pub(crate) fn of(words: impl IntoIterator<Item = &'static str>) -> Self {
        let mut table = Self::default();
        for (place, word) in words.into_iter().enumerate() {
            if table.by_length.len() <= word.len() {
                table.by_length.resize(word.len() + 1, Vec::new());
            }
            table.by_length[word.len()].push((word, place));
        }
        table
    }

    /// The place of a text in the list.
    pub(crate) fn place(&self, text: &str) -> Option<usize> {
        let as_long = self.by_length.get(text.len())?;
        let found = as_long.iter().find(|(word, _)| text.eq_ignore_ascii_case(word));
        found.map(|(_, place)| *place)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_found_in_any_case_and_in_their_place() {
        let table = WordTable::of(["gguf", "onnx", "", "mlx", "MLX"]);
        let places = ["GGUF", "onnx", "", "Mlx"].map(|word| table.place(word));
        assert_eq!(places, [Some(0), Some(1), Some(2), Some(3)]);
        assert_eq!(["gguf ", "safetensors", "ml", "öö"].map(|word| table.place(word)), [None; 4]);
    }
}
