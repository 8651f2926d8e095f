//! The family of a model: what it adds up to, by the role of who published each part of it.

use std::collections::BTreeSet;

use enrich::{Lineage, Role};
use schema::Instant;

use crate::model::find;
use crate::{Models, Result};

/// A model's family in a release.
#[derive(Debug, Clone, PartialEq)]
pub struct Kinship {
    /// The collection.
    pub collection: String,
    /// The release.
    pub release: String,
    /// Whether the data are invented.
    pub is_simulated: bool,
    /// How far the data reach.
    pub data_through: String,
    /// The model that was asked for.
    pub model_id: String,
    /// The ids from the model up to the root of its family, along the bases that are followed.
    pub ancestry: Vec<String>,
    /// The id of the root; `None` where nothing is known of the model's bases.
    pub family: Option<String>,
    /// What each role adds up to, in the order of roles; they add up to the family.
    pub roles: Vec<RoleSum>,
    /// All models of the family, those with the most downloads in 30 days first.
    pub members: Vec<Member>,
}

/// What the models of a role add up to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RoleSum {
    /// The name of the role.
    pub role: &'static str,
    /// Models.
    pub models: u64,
    /// Of these, those whose 30-day sum is known.
    pub counted: u64,
    /// The newest 30-day sums of these.
    pub downloads_30d: i64,
}

/// One model of the family.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Member {
    /// Its id.
    pub model_id: String,
    /// What its uploader does with it.
    pub role: String,
    /// How it was made; `None` where too little shows.
    pub derivation: Option<String>,
    /// Its newest 30-day sum; `None` where it is not known.
    pub downloads_30d: Option<i64>,
    /// The id of the base that its lineage runs along, or of a root that the collection does not
    /// have; `None` of the root, and of the one that ends a circle.
    pub base: Option<String>,
}

impl Kinship {
    /// The newest 30-day sums of the whole family.
    #[must_use]
    pub fn downloads_30d(&self) -> i64 {
        self.roles.iter().map(|role| role.downloads_30d).sum()
    }

    /// The share of these that flows through others than who made the root; `None` without any, and
    /// where the root's own are not known.
    #[must_use]
    pub fn captured(&self) -> Option<f64> {
        let all = self.downloads_30d();
        let root =
            self.members.iter().find(|member| Some(&member.model_id) == self.family.as_ref());
        let is_counted = root.is_some_and(|root| root.downloads_30d.is_some());
        let own = self.roles.first()?.downloads_30d;
        (is_counted && all > 0).then(|| (all - own) as f64 / all as f64)
    }
}

/// From which models each model of a release is made.
#[derive(Debug)]
pub(crate) struct Bases {
    /// The row of the base that is followed, by row; [`NONE`] where the release has none.
    followed: Vec<u32>,
    /// Where the bases of each row end among all.
    ends: Vec<usize>,
    all: Vec<u32>,
}

/// No row.
const NONE: u32 = u32::MAX;

impl Bases {
    pub(crate) fn of(lineage: &Lineage) -> Self {
        let mut bases = Self { followed: Vec::new(), ends: Vec::new(), all: Vec::new() };
        for model in 0..lineage.len() {
            bases.followed.push(lineage.parent(model).map_or(NONE, |parent| parent as u32));
            bases.all.extend(
                lineage
                    .edges(model)
                    .into_iter()
                    .filter_map(|edge| edge.place)
                    .map(|place| place as u32),
            );
            bases.ends.push(bases.all.len());
        }
        bases
    }

    fn followed(&self, model: usize) -> Option<usize> {
        self.followed.get(model).filter(|row| **row != NONE).map(|row| *row as usize)
    }

    fn all(&self, model: usize) -> &[u32] {
        let end = self.ends.get(model).copied().unwrap_or_default();
        let begin = model.checked_sub(1).map_or(0, |before| self.ends[before]);
        &self.all[begin.min(end)..end]
    }

    /// The rows of a model and of every model that it descends from by any base, in order.
    pub(crate) fn with_ancestors(&self, model: usize) -> Vec<u32> {
        let mut found = BTreeSet::from([model as u32]);
        let mut to_see = vec![model as u32];
        while let Some(row) = to_see.pop() {
            to_see
                .extend(self.all(row as usize).iter().copied().filter(|base| found.insert(*base)));
        }
        found.into_iter().collect()
    }
}

/// Adds up the family of a model, which may be named as for [`crate::why`].
pub fn kinship(models: &Models, model: &str) -> Result<Kinship> {
    let release = &models.release;
    let found = find(models, model)?.map_err(|near| models.unknown(model, near))?;
    let row = found.row as usize;
    let ids = &models.names()?.ids;
    let (bases, all) = (models.bases()?, models.members()?);
    let family = all.families.get(row).map(str::to_owned);
    let has_root = family.as_ref().is_some_and(|root| ids.position(|id| id == root).is_some());
    let outside = family.clone().filter(|_| !has_root);
    let id = |place: usize| ids.get(place).filter(|id| !id.is_empty()).map(str::to_owned);
    let member = |place: usize| Member {
        model_id: id(place).unwrap_or_default(),
        role: all.roles.get(place).unwrap_or(Role::Unknown.name()).to_owned(),
        derivation: all.derivations.get(place).map(str::to_owned),
        downloads_30d: all.downloads_30d.get(place).copied().flatten(),
        base: bases.followed(place).map_or_else(|| outside.clone(), id),
    };
    let mut members: Vec<Member> = all.families.same_as(row).into_iter().map(member).collect();
    members.sort_by(|a, b| {
        b.downloads_30d.cmp(&a.downloads_30d).then_with(|| a.model_id.cmp(&b.model_id))
    });
    Ok(Kinship {
        collection: release.collection.clone(),
        release: release.id.clone(),
        is_simulated: release.is_simulated,
        data_through: Instant::parse(&release.data_through)
            .map_or_else(|_| release.data_through.clone(), |at| at.to_string()),
        model_id: id(row).unwrap_or_default(),
        ancestry: ancestry(row, bases, id, outside),
        family,
        roles: Role::ALL.map(|role| role_sum(role.name(), &members)).to_vec(),
        members,
    })
}

/// The ids from a model up to the root; a root outside the collection is the last.
fn ancestry(
    row: usize,
    bases: &Bases,
    id: impl Fn(usize) -> Option<String>,
    outside: Option<String>,
) -> Vec<String> {
    let rows = std::iter::successors(Some(row), |row| bases.followed(*row));
    rows.filter_map(id).chain(outside).collect()
}

fn role_sum(role: &'static str, members: &[Member]) -> RoleSum {
    let of_role = members.iter().filter(|member| member.role == role);
    let sums: Vec<Option<i64>> = of_role.map(|member| member.downloads_30d).collect();
    RoleSum {
        role,
        models: sums.len() as u64,
        counted: sums.iter().flatten().count() as u64,
        downloads_30d: sums.iter().flatten().sum(),
    }
}
