//! Sentences of a card that say from which model this one was made.

/// The words before a link to the base, and how it was made from it. Tools write most of them.
const PHRASES: [(&str, &str); 12] = [
    ("fine-tuned version of", "finetune"),
    ("finetuned version of", "finetune"),
    ("fine-tuned from", "finetune"),
    ("finetuned from", "finetune"),
    ("was converted to mlx format from", "converted"),
    ("was converted to gguf format from", "quantized"),
    ("quantized version of", "quantized"),
    ("quantized versions of", "quantized"),
    ("distilled version of", "distilled"),
    ("distilled from", "distilled"),
    ("lora adapter for", "adapter"),
    ("merge of", "merge"),
];
/// Between the words and the name stand things like ` the model [`.
const REACH: usize = 60;
const MAX_KEPT: usize = 5;
/// Longer than any id.
const MAX_ID_BYTES: usize = 200;
const HUB_ADDRESSES: [&str; 2] = ["https://huggingface.co/", "https://hf.co/"];

/// The bases that a text names behind one of the phrases, as `finetune:owner/name`, in the order of
/// the text. Only ids with an owner count, which stand there as a link or by themselves.
pub(super) fn read(text: &str) -> Vec<String> {
    let lower = text.to_ascii_lowercase();
    let mut found: Vec<(usize, String)> = Vec::new();
    for (phrase, relation) in PHRASES {
        for (at, _) in lower.match_indices(phrase).take(MAX_KEPT) {
            let rest = &text[at + phrase.len()..];
            if let Some(id) = first_id(rest) {
                found.push((at, format!("{relation}:{id}")));
            }
        }
    }
    found.sort();
    let mut bases: Vec<String> = Vec::new();
    for (_, base) in found {
        if !bases.contains(&base) && bases.len() < MAX_KEPT {
            bases.push(base);
        }
    }
    bases
}

/// The first id with an owner in the words that follow.
fn first_id(rest: &str) -> Option<&str> {
    let end = rest.char_indices().nth(REACH).map_or(rest.len(), |(at, _)| at);
    // A sentence ends before the next one names something else.
    let sentence = rest[..end].split("\n\n").next().unwrap_or_default();
    let sentence = sentence.split(". ").next().unwrap_or_default();
    let from = sentence.find('/')?;
    let is_of_id = |c: char| c.is_ascii_alphanumeric() || "._-/".contains(c);
    let before = rest[..from].char_indices().rev().find(|(_, c)| !is_of_id(*c));
    let start = before.map_or(0, |(at, c)| at + c.len_utf8());
    let lead = rest[..start].trim();
    let is_set_off = lead.is_empty() || lead.ends_with(['[', '`', '(', '*', '"', '<']);
    // Within an address the id follows the host.
    let address = HUB_ADDRESSES.iter().find_map(|host| {
        let at = rest[..from].rfind("https:")?;
        rest[at..].strip_prefix(host)
    });
    let text = address.unwrap_or(&rest[start..]);
    let id = &text[..text.find(|c| !is_of_id(c)).unwrap_or(text.len())];
    let id = id.trim_end_matches(['.', '/', '-', '_']);
    let is_id =
        id.matches('/').count() == 1 && !id.starts_with(['/', '.']) && id.len() <= MAX_ID_BYTES;
    (is_id && (is_set_off || address.is_some())).then_some(id)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sentences_of_tools_name_the_base() {
        let of = |text: &str| read(text).join(" ");
        let trainer = "This model is a fine-tuned version of [google-bert/bert-base-cased]\
                       (https://huggingface.co/google-bert/bert-base-cased) on the imdb dataset.";
        assert_eq!(of(trainer), "finetune:google-bert/bert-base-cased");
        let mlx = "This model [mlx-community/X](https://huggingface.co/mlx-community/X) was converted \
                   to MLX format from [`Qwen/Qwen3-8B`](https://huggingface.co/Qwen/Qwen3-8B) using";
        assert_eq!(of(mlx), "converted:Qwen/Qwen3-8B");
        let link = "Quantized version of https://huggingface.co/Qwen/Qwen3-8B.";
        assert_eq!(of(link), "quantized:Qwen/Qwen3-8B");
        let linked = "A quantized version of [Qwen3](https://huggingface.co/Qwen/Qwen3-8B).";
        assert_eq!(of(linked), "quantized:Qwen/Qwen3-8B");
    }

    #[test]
    fn what_names_no_model_is_no_base() {
        for text in [
            "A fine-tuned version of BERT. See [a/b] for code.",
            "fine-tuned from scratch",
            "fine-tuned version of our model and/or others",
            "quantized version of [a/b/c/d]",
            "distilled from ",
            "quantized version of é/ö",
        ] {
            assert_eq!(read(text), Vec::<String>::new(), "{text}");
        }
    }
}
