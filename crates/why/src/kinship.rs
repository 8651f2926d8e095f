//! The family of a model: what it adds up to, by the role of who published each part of it.

use enrich::Role;
use schema::{Instant, Value, ValueType};
use store::{Column, Layer, Release, Store, values_of_batch};

use crate::model::{ATTRIBUTES, MODELS, find};
use crate::{Error, Result, read_lineage};

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

/// From which model of a release each is made, for questions about many families: to find out takes
/// much longer than to answer one.
#[derive(Debug, Clone)]
pub struct Bases {
    /// The row of the base that is followed, by row; [`NONE`] where the release has none.
    rows: Vec<u32>,
}

/// No row.
const NONE: u32 = u32::MAX;

impl Bases {
    /// Finds out from which model of a release each is made.
    pub fn read(store: &Store, release: &Release) -> Result<Self> {
        let lineage = read_lineage(store, release)?;
        let row = |model| lineage.parent(model).map_or(NONE, |parent| parent as u32);
        Ok(Self { rows: (0..lineage.len()).map(row).collect() })
    }

    fn of(&self, model: usize) -> Option<usize> {
        self.rows.get(model).filter(|row| **row != NONE).map(|row| *row as usize)
    }
}

/// Adds up the family of a model, which may be named as for [`crate::why`].
pub fn kinship(store: &Store, release: &Release, model: &str) -> Result<Kinship> {
    kinship_of(store, release, model, &Bases::read(store, release)?)
}

/// The same where it is known from which model each of the release is made.
pub fn kinship_of(store: &Store, release: &Release, model: &str, bases: &Bases) -> Result<Kinship> {
    let Release { collection, tables, attributes, .. } = release;
    let models = store.open_table(Layer::Tables, collection, tables, MODELS)?;
    let found = find(store, release, &models, model)?.map_err(|near| Error::UnknownModel {
        collection: collection.clone(),
        given: model.to_owned(),
        near,
    })?;
    let row = found.row as usize;
    let ids = texts(&models.read(Some(&["model_id"]))?, "model_id")?;
    let table = store.open_table(Layer::Attributes, collection, attributes, ATTRIBUTES)?;
    let names = ["family", "role", "derivation", "downloads_30d"];
    let batches = table.read(Some(&names))?;
    let [families, roles, derivations] =
        [names[0], names[1], names[2]].map(|name| texts(&batches, name));
    let (families, roles, derivations) = (families?, roles?, derivations?);
    let sums = Column { name: names[3], value_type: ValueType::Integer };
    let sums = values_of_batch(&batches, &sums)?;
    let family = families.get(row).cloned().flatten();
    let has_root = ids.contains(&family);
    let outside = family.clone().filter(|_| !has_root);
    let mut members = Vec::new();
    for (place, of) in families.iter().enumerate() {
        if of.is_none() || *of != family {
            continue;
        }
        let text = |column: &[Option<String>]| column.get(place).cloned().flatten();
        members.push(Member {
            model_id: text(&ids).unwrap_or_default(),
            role: text(&roles).unwrap_or_else(|| Role::Unknown.name().to_owned()),
            derivation: text(&derivations),
            downloads_30d: match sums.get(place) {
                Some(Value::Integer(sum)) => Some(*sum),
                _ => None,
            },
            base: match bases.of(place) {
                Some(base) => ids.get(base).cloned().flatten(),
                None => outside.clone(),
            },
        });
    }
    members.sort_by(|a, b| {
        b.downloads_30d.cmp(&a.downloads_30d).then_with(|| a.model_id.cmp(&b.model_id))
    });
    Ok(Kinship {
        collection: collection.clone(),
        release: release.id.clone(),
        is_simulated: release.is_simulated,
        data_through: Instant::parse(&release.data_through)
            .map_or_else(|_| release.data_through.clone(), |at| at.to_string()),
        model_id: ids.get(row).cloned().flatten().unwrap_or_default(),
        ancestry: ancestry(row, bases, &ids, outside),
        family,
        roles: Role::ALL.map(|role| role_sum(role.name(), &members)).to_vec(),
        members,
    })
}

/// The ids from a model up to the root; a root outside the collection is the last.
fn ancestry(
    row: usize,
    bases: &Bases,
    ids: &[Option<String>],
    outside: Option<String>,
) -> Vec<String> {
    let rows = std::iter::successors(Some(row), |row| bases.of(*row));
    rows.filter_map(|row| ids.get(row).cloned().flatten()).chain(outside).collect()
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

fn texts(batches: &[store::RecordBatch], name: &'static str) -> Result<Vec<Option<String>>> {
    let column = values_of_batch(batches, &Column { name, value_type: ValueType::Text })?;
    let text = |value| if let Value::Text(text) = value { Some(text) } else { None };
    Ok(column.into_iter().map(text).collect())
}
