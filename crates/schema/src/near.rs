//! Names that someone may have meant.

/// How many names are offered.
const OFFERED: usize = 5;
/// Names less alike than this are another's; 1 is equal.
const LEAST_ALIKE: f64 = 0.8;

/// The names that are most like a given one, in any case: those that hold it, the shortest first,
/// then those that differ from it by a few letters. Of ids the name counts, whoever owns it.
#[must_use]
pub fn near<'a>(given: &str, names: impl Iterator<Item = &'a str>) -> Vec<String> {
    let given = name_of(given).to_lowercase();
    if given.is_empty() {
        return Vec::new();
    }
    let likeness = |known: &'a str| {
        let name = name_of(known).to_lowercase();
        let is_held = name.contains(&given);
        let alike =
            if is_held { 1.0 } else { strsim::normalized_damerau_levenshtein(&given, &name) };
        (alike >= LEAST_ALIKE).then_some((alike, known))
    };
    let mut near: Vec<(f64, &str)> = names.filter_map(likeness).collect();
    near.sort_unstable_by(|(a, a_name), (b, b_name)| {
        b.total_cmp(a).then(a_name.len().cmp(&b_name.len())).then(a_name.cmp(b_name))
    });
    near.into_iter().take(OFFERED).map(|(_, name)| name.to_owned()).collect()
}

fn name_of(id: &str) -> &str {
    id.trim().rsplit('/').next().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::near;

    #[test]
    fn what_holds_the_name_or_differs_by_little_is_near_it() {
        let known = ["Qwen/Qwen3-8B-GGUF", "Qwen/Qwen3-8B", "openai/gpt-oss-20b", "a/b"];
        assert_eq!(near("qwen3-8b", known.into_iter()), ["Qwen/Qwen3-8B", "Qwen/Qwen3-8B-GGUF"]);
        // The owner may be the wrong one, and a letter too.
        assert_eq!(near("x/Qwen3-9B", known.into_iter()), ["Qwen/Qwen3-8B"]);
        assert_eq!(near("gpt-os-20b", known.into_iter()), ["openai/gpt-oss-20b"]);
        assert!(near("", known.into_iter()).is_empty());
        assert!(near("nothing-like-it", known.into_iter()).is_empty());
    }

    #[test]
    fn a_name_with_letters_in_the_wrong_order_is_near() {
        assert_eq!(near("contry", ["country", "sector"].into_iter()), ["country"]);
    }
}
