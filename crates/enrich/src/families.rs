//! Families of models, and who stands between those who made a family and those who use it.

use std::collections::HashMap;

use crate::identity::owner_of;
use crate::{Lineage, Popularity, Registry, Relation};

/// What an owner does with a model of a family.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Role {
    /// It belongs to the organisation that made the family's root.
    Originator,
    /// It trained the model further.
    Finetuner,
    /// It made weights to be laid over the model's.
    AdapterMaker,
    /// It stored the model in fewer bits.
    Quantizer,
    /// It made one of several.
    Merger,
    /// It published the model again under its own name.
    Mirror,
    /// Something else, or not known.
    Unknown,
}

impl Role {
    /// Every role, in the order of lists.
    pub const ALL: [Self; 7] = [
        Self::Originator,
        Self::Finetuner,
        Self::AdapterMaker,
        Self::Quantizer,
        Self::Merger,
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
    /// those of unknown role are others, too. `None` without downloads.
    #[must_use]
    pub fn captured(&self) -> Option<f64> {
        let (own, all) = (self.by_role[Role::Originator as usize], self.downloads());
        (all > 0).then(|| (all - own) as f64 / all as f64)
    }
}

/// The families of a collection, and the roles of its models' owners.
#[derive(Debug, Clone, Default)]
pub struct Families {
    family_of: Vec<Option<u32>>,
    roles: Vec<Role>,
    sums: Vec<Family>,
    /// By uploader: models in each role.
    uploaders: HashMap<String, [u32; Role::ALL.len()]>,
}

impl Families {
    /// Sums up the families of a collection.
    #[must_use]
    pub fn new(lineage: &Lineage, popularity: &Popularity, registry: &Registry) -> Self {
        let mut numbers: HashMap<String, u32> = HashMap::new();
        let mut found = Self::default();
        for place in 0..lineage.len() {
            let role = role(lineage, registry, place);
            found.roles.push(role);
            let relative = lineage.relative(place);
            if let Some(uploader) = relative.and_then(|relative| owner_of(&relative.id)) {
                let roles = found.uploaders.entry(uploader.to_owned()).or_default();
                roles[role as usize] += 1;
            }
            let Some(root) = lineage.root(place) else {
                found.family_of.push(None);
                continue;
            };
            let root = registry.alias(&root.model_id).unwrap_or(&root.model_id);
            let next = found.sums.len() as u32;
            let number = *numbers.entry(root.to_ascii_lowercase()).or_insert(next);
            if number == next {
                found.sums.push(Family::default());
            }
            found.family_of.push(Some(number));
            let family = &mut found.sums[number as usize];
            family.models += 1;
            if let Some(sum) = popularity.of(place).and_then(|history| history.downloads_30d) {
                family.counted += 1;
                family.by_role[role as usize] += sum.max(0);
            }
        }
        found
    }

    /// The family of the model at a place; `None` where its source says nothing about bases.
    #[must_use]
    pub fn of(&self, place: usize) -> Option<&Family> {
        let number = self.family_of.get(place).copied().flatten()?;
        self.sums.get(number as usize)
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
    let (Some(relative), root) = (lineage.relative(place), lineage.root(place)) else {
        return Role::Unknown;
    };
    let organisation = |id: &str| {
        let id = registry.alias(id).unwrap_or(id).to_owned();
        owner_of(&id).map(|owner| registry.organisation(owner).to_owned())
    };
    let Some(own) = organisation(&relative.id) else { return Role::Unknown };
    let is_by = |id: &str| organisation(id).is_some_and(|of| of == own);
    if let Some(base) = lineage.inferred_base(place) {
        let is_marked = relative.relation == Some(Relation::Quantized);
        return match is_by(&base.id) {
            true => Role::Originator,
            false if is_marked => Role::Quantizer,
            false if same_name(&relative.id, &base.id) => Role::Mirror,
            false => Role::Unknown,
        };
    }
    let Some(root) = root else { return Role::Unknown };
    if is_by(&root.model_id) {
        return Role::Originator;
    }
    match relative.relation {
        Some(Relation::Finetune) => Role::Finetuner,
        Some(Relation::Adapter) => Role::AdapterMaker,
        Some(Relation::Quantized) => Role::Quantizer,
        Some(Relation::Merge) => Role::Merger,
        Some(Relation::Original) | None => Role::Unknown,
    }
}

fn same_name(one: &str, other: &str) -> bool {
    crate::identity::name_of(one).eq_ignore_ascii_case(crate::identity::name_of(other))
}

#[cfg(test)]
mod tests;
