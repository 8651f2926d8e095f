//! Where each model's lineage begins.

use std::collections::HashMap;

use super::Relative;

/// Longer chains than this do not occur but by mistake.
const MAX_DEPTH: u32 = 32;

/// Where a model's lineage begins.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Root {
    /// The id of the root model; the model's own for an original.
    pub model_id: String,
    /// Steps from the root; 0 for an original.
    pub depth: u32,
    /// Whether the declarations run in a circle, which is cut where it closes.
    pub is_cyclic: bool,
}

/// The places of all models by their ids, in lower case: the Hub does not tell cases apart.
pub(super) fn by_id(relatives: &[Relative]) -> HashMap<String, u32> {
    (0_u32..).zip(relatives).map(|(at, one)| (one.id.to_ascii_lowercase(), at)).collect()
}

/// The root of every model.
pub(super) fn all(relatives: &[Relative], by_id: &HashMap<String, u32>) -> Vec<Option<Root>> {
    (0..relatives.len()).map(|start| root_of(relatives, by_id, start)).collect()
}

fn root_of(relatives: &[Relative], by_id: &HashMap<String, u32>, start: usize) -> Option<Root> {
    let mut path = vec![start];
    let mut at = start;
    loop {
        let depth = path.len() as u32 - 1;
        let here = |is_cyclic| Root { model_id: relatives[at].id.clone(), depth, is_cyclic };
        let base = match relatives[at].bases.as_deref() {
            Some([base, ..]) => base,
            // What the source does not say of the model itself is unknown; of an ancestor it ends
            // what can be followed.
            None if at == start => return None,
            None | Some([]) => return Some(here(false)),
        };
        match by_id.get(&base.to_ascii_lowercase()).map(|next| *next as usize) {
            None => {
                let model_id = base.clone();
                return Some(Root { model_id, depth: depth + 1, is_cyclic: false });
            }
            Some(next) if path.contains(&next) || depth == MAX_DEPTH => return Some(here(true)),
            Some(next) => {
                at = next;
                path.push(at);
            }
        }
    }
}
