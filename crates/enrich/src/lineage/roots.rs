//! Where each model's lineage begins, and which models have that in common.

use std::collections::HashMap;

use schema::Confidence;

use super::links::Links;
use super::{NONE, Relative};
use crate::Registry;

/// Where a model's lineage begins.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Root {
    /// The id of the root model; the model's own for an original.
    pub model_id: String,
    /// Its place in the collection; `None` for a base outside it.
    pub place: Option<usize>,
    /// Steps from the root; 0 for an original.
    pub depth: u32,
    /// How the weakest edge on the way to the root is known.
    pub confidence: Confidence,
}

/// The roots of all models.
#[derive(Debug, Clone, Default)]
pub(super) struct Roots {
    ways: Vec<Way>,
    /// The family of each model; [`NONE`] where nothing is known of bases.
    families: Vec<u32>,
    /// The ids of roots outside the collection, after the alias table.
    outside: Vec<String>,
    inside: usize,
}

/// The way from a model to the last model above it.
#[derive(Debug, Clone, Copy)]
struct Way {
    top: u32,
    depth: u32,
    confidence: Confidence,
}

impl Roots {
    pub(super) fn of(relatives: &[Relative], links: &Links, registry: &Registry) -> Self {
        let ways = ways(relatives.len(), links);
        let mut roots = Self { inside: relatives.len(), ..Self::default() };
        let mut numbers: HashMap<String, u32> = HashMap::new();
        let mut of_top = vec![NONE; relatives.len()];
        for (place, relative) in relatives.iter().enumerate() {
            if ways[place].top as usize != place {
                continue;
            }
            of_top[place] = match links.followed(place) {
                None => place as u32,
                Some(followed) => {
                    let id = relative.base_id(followed.index).unwrap_or_default();
                    let id = registry.alias(id).unwrap_or(id);
                    let next = (relatives.len() + roots.outside.len()) as u32;
                    let number = *numbers.entry(id.to_ascii_lowercase()).or_insert(next);
                    if number == next {
                        roots.outside.push(id.to_owned());
                    }
                    number
                }
            };
        }
        let is_known =
            |place: usize| relatives[place].bases.is_some() || links.followed(place).is_some();
        let family = |(place, way): (usize, &Way)| {
            if is_known(place) { of_top[way.top as usize] } else { NONE }
        };
        roots.families = ways.iter().enumerate().map(family).collect();
        roots.ways = ways;
        roots
    }

    /// The number of the family of a model: the place of its root, or a higher one for a root
    /// outside the collection.
    pub(super) fn family(&self, model: usize) -> Option<u32> {
        self.families.get(model).copied().filter(|family| *family != NONE)
    }

    /// One more than the highest number of a family.
    pub(super) fn family_bound(&self) -> usize {
        self.inside + self.outside.len()
    }

    /// The id of a model's root.
    pub(super) fn root_id<'a>(
        &'a self,
        model: usize,
        relatives: &'a [Relative],
    ) -> Option<&'a str> {
        let family = self.family(model)? as usize;
        match self.outside.get(family.wrapping_sub(self.inside)) {
            Some(id) => Some(id),
            None => relatives.get(family).map(|relative| relative.id.as_str()),
        }
    }

    pub(super) fn root(&self, model: usize, relatives: &[Relative]) -> Option<Root> {
        let family = self.family(model)? as usize;
        let Way { depth, confidence, .. } = *self.ways.get(model)?;
        Some(match self.outside.get(family.wrapping_sub(self.inside)) {
            Some(id) => Root { model_id: id.clone(), place: None, depth: depth + 1, confidence },
            None => Root {
                model_id: relatives.get(family)?.id.clone(),
                place: Some(family),
                depth,
                confidence,
            },
        })
    }
}

fn ways(models: usize, links: &Links) -> Vec<Way> {
    let unknown = Way { top: NONE, depth: 0, confidence: Confidence::Stated };
    let mut ways = vec![unknown; models];
    let mut path = Vec::new();
    for start in 0..models {
        let mut at = start;
        while ways[at].top == NONE {
            path.push(at);
            match links.followed(at) {
                Some(followed) if followed.base != NONE => at = followed.base as usize,
                _ => break,
            }
        }
        while let Some(place) = path.pop() {
            let followed = links.followed(place);
            let above = followed.filter(|it| it.base != NONE).map(|it| ways[it.base as usize]);
            let own = followed.map_or(Confidence::Stated, |it| it.sign.confidence());
            ways[place] = match above {
                None => Way { top: place as u32, depth: 0, confidence: own },
                Some(above) => Way {
                    top: above.top,
                    depth: above.depth + 1,
                    confidence: own.min(above.confidence),
                },
            };
        }
    }
    ways
}
