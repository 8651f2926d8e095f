//! The built-in sources that a map of columns suffices for.

use std::sync::LazyLock;

use super::{Source, TableMap};

static RADAR: LazyLock<TableMap> =
    LazyLock::new(|| builtin(include_str!("../../rules/maps/radar.toml")));
static EMBEDDINGS_TRENDING: LazyLock<TableMap> =
    LazyLock::new(|| builtin(include_str!("../../rules/maps/embeddings-trending.toml")));
static OPEN_MODEL_EVOLUTION: LazyLock<TableMap> =
    LazyLock::new(|| builtin(include_str!("../../rules/maps/open-model-evolution.toml")));

/// The map of a built-in source, where it has one.
pub(super) fn of(source: Source) -> Option<&'static TableMap> {
    match source {
        Source::Radar => Some(&RADAR),
        Source::EmbeddingsTrending => Some(&EMBEDDINGS_TRENDING),
        Source::OpenModelEvolution => Some(&OPEN_MODEL_EVOLUTION),
        _ => None,
    }
}

fn builtin(text: &str) -> TableMap {
    TableMap::parse_builtin(text).expect("a test reads every built-in map")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn built_in_maps_are_sound_and_of_their_source() {
        for source in [Source::Radar, Source::EmbeddingsTrending, Source::OpenModelEvolution] {
            let about = of(source).unwrap().collection();
            assert_eq!(about.name, source.name());
            assert_eq!(about, source.collection(source.name()));
        }
    }
}
