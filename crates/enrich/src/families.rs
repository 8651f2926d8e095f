//! Families of models, and who stands between those who made a family and those who use it.
//!
//! `docs/methods/intermediaries.md` says what each role means and how families add up.

mod members;

use std::collections::HashMap;

use crate::identity::owner_of;
use crate::lineage::is_same_name;
use crate::{Lineage, Popularity, Registry, Relation, Relative};
use members::Members;

/// What an owner does with a model of a family.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Role {
    /// It belongs to the organisation that made the family's root.
    Originator,
    /// It trained the model further, or another one on its answers.
    Finetuner,
    /// It made weights to be laid over the model's.
    AdapterMaker,
    /// It stored the model in fewer bits.
    Quantizer,
    /// It made one of several.
    Merger,
    /// It stored the model in another format.
    Converter,
    /// It published the model again under its own name.
    Mirror,
    /// Something else, or not known.
    Unknown,
}

impl Role {
    /// Every role, in the order of lists.
    pub const ALL: [Self; 8] = [
        Self::Originator,
        Self::Finetuner,
        Self::AdapterMaker,
        Self::Quantizer,
        Self::Merger,
        Self::Converter,
        Self::Mirror,
        Self::Unknown,
    ];

    /// The name in attributes.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Originator => "originator",
            Self::Finetuner => "finetuner",
            Self::AdapterMaker => "adapter maker",
            Self::Quantizer => "quantizer",
            Self::Merger => "merger",
            Self::Converter => "converter",
            Self::Mirror => "mirror",
            Self::Unknown => "unknown",
        }
    }
}

/// What a family adds up to. `by_role` adds up to the whole.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Family {
    /// Models of the collection.
    pub models: u32,
    /// Of these, those whose 30-day sum is known.
    pub counted: u32,
    /// Whether the 30-day sum of the family's root is known.
    pub is_root_counted: bool,
    /// The newest 30-day sums of these, by the role of their owner, in the order of [`Role::ALL`].
    pub by_role: [i64; Role::ALL.len()],
}

impl Family {
    /// The newest 30-day sums of all models together.
    #[must_use]
    pub fn downloads(&self) -> i64 {
        self.by_role.iter().sum()
    }

    /// The share of the family's downloads that flows through owners other than its originator;
    /// those of unknown role are others, too. `None` without downloads, and where those of the root
    /// are not known: unknown is not 0.
    #[must_use]
    pub fn captured(&self) -> Option<f64> {
        let (own, all) = (self.by_role[Role::Originator as usize], self.downloads());
        (self.is_root_counted && all > 0).then(|| (all - own) as f64 / all as f64)
    }
}

/// The families of a collection, and the roles of its models' owners.
#[derive(Debug, Clone, Default)]
pub struct Families {
    roles: Vec<Role>,
    members: Members,
    sums: Vec<Family>,
    /// By uploader: models in each role.
    uploaders: HashMap<String, [u32; Role::ALL.len()]>,
}

impl Families {
    /// Sums up the families of a collection.
    #[must_use]
    pub fn new(lineage: &Lineage, popularity: &Popularity, registry: &Registry) -> Self {
        let mut found = Self { members: Members::of(lineage), ..Self::default() };
        for place in 0..lineage.len() {
            let role = role(lineage, registry, place);
            found.roles.push(role);
            let relative = lineage.relative(place);
            if let Some(uploader) = relative.and_then(|relative| owner_of(&relative.id)) {
                if !found.uploaders.contains_key(uploader) {
                    found.uploaders.insert(uploader.to_owned(), Default::default());
                }
                if let Some(roles) = found.uploaders.get_mut(uploader) {
                    roles[role as usize] += 1;
                }
            }
        }
        let mut sums = Vec::with_capacity(found.members.count());
        let sum = |place| popularity.of(place).and_then(|history| history.downloads_30d);
        found.add_up(sum, |_, family| sums.push(family));
        found.sums = sums;
        found
    }

    /// Goes through all families in order and hands over what each adds up to, when each model
    /// counts with its weight; a model whose weight is not known is in no sum.
    pub fn add_up(
        &self,
        weight: impl Fn(usize) -> Option<i64>,
        mut visit: impl FnMut(usize, Family),
    ) {
        for number in 0..self.members.count() {
            let mut family = Family::default();
            let root = self.members.roots[number];
            for place in self.members.of_family(number) {
                family.models += 1;
                if let Some(weight) = weight(*place as usize) {
                    family.counted += 1;
                    family.is_root_counted |= *place == root;
                    let role = self.roles[*place as usize];
                    family.by_role[role as usize] += weight.max(0);
                }
            }
            visit(number, family);
        }
    }

    /// The family of the model at a place; `None` where nothing is known of its bases.
    #[must_use]
    pub fn of(&self, place: usize) -> Option<&Family> {
        self.sums.get(*self.members.family_of.get(place)? as usize)
    }

    /// What the owner of the model at a place does with it.
    #[must_use]
    pub fn role(&self, place: usize) -> Option<Role> {
        self.roles.get(place).copied()
    }

    /// How many models an uploader has in the collection, and what it does with most of them:
    /// `None` where no role has at least half of them.
    #[must_use]
    pub fn uploader(&self, owner: &str) -> Option<(u32, Option<Role>)> {
        let roles = self.uploaders.get(owner)?;
        let all: u32 = roles.iter().sum();
        let main = Role::ALL.into_iter().find(|role| 2 * roles[*role as usize] >= all);
        Some((all, main))
    }
}

fn role(lineage: &Lineage, registry: &Registry, place: usize) -> Role {
    let (Some(relative), Some(root)) = (lineage.relative(place), lineage.root_id(place)) else {
        return Role::Unknown;
    };
    let Some(own) = organisation(&relative.id, registry) else { return Role::Unknown };
    if organisation(root, registry).is_some_and(|of_root| of_root == own) {
        return Role::Originator;
    }
    let relation = lineage.relation(place);
    let can_be_copy = matches!(relation, None | Some(Relation::Finetune | Relation::Converted));
    if can_be_copy && is_copy(lineage, relative, place) {
        return Role::Mirror;
    }
    match relation {
        Some(Relation::Finetune | Relation::Distilled) => Role::Finetuner,
        Some(Relation::Adapter) => Role::AdapterMaker,
        Some(Relation::Quantized) => Role::Quantizer,
        Some(Relation::Merge) => Role::Merger,
        Some(Relation::Converted) => Role::Converter,
        Some(Relation::Original) | None => Role::Unknown,
    }
}

/// The organisation that owns a model, after the alias table.
fn organisation<'a>(id: &'a str, registry: &'a Registry) -> Option<&'a str> {
    owner_of(registry.alias(id).unwrap_or(id)).map(|owner| registry.organisation(owner))
}

/// Whether a model has its base's name, and as many parameters as far as both are known. The Hub
/// calls such copies finetunes.
fn is_copy(lineage: &Lineage, relative: &Relative, place: usize) -> bool {
    let Some((base_id, base)) = lineage.followed_base(place) else { return false };
    let base = base.and_then(|place| lineage.relative(place));
    let counts = relative.parameters.zip(base.and_then(|base| base.parameters));
    is_same_name(&relative.id, base_id) && counts.is_none_or(|(own, base)| own == base)
}

#[cfg(test)]
mod tests;
