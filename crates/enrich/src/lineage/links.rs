//! Which base of each model is followed, and what speaks against the others.

use std::collections::HashMap;

use super::circles::cut_circles;
use super::faults::{Fault, fault};
use super::names::Names;
use super::{NONE, Relative, Sign};
use crate::Registry;
use crate::identity::owner_of;

/// The declared bases of all models, found in the collection, and which is followed.
#[derive(Debug, Clone, Default)]
pub(super) struct Links {
    /// Where the links of each model begin, and where the last ones end.
    offsets: Vec<u32>,
    declared: Vec<Link>,
    followed: Vec<Option<Followed>>,
}

/// A declared base.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Link {
    /// Its place; [`NONE`] for one outside the collection.
    pub base: u32,
    pub fault: Fault,
}

/// The base along which a model's lineage runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Followed {
    /// Its place; [`NONE`] for one outside the collection.
    pub base: u32,
    /// Which of the declared bases it is; [`NONE`] for one that is not declared.
    pub index: u32,
    pub sign: Sign,
}

impl Links {
    pub(super) fn of(relatives: &[Relative], registry: &Registry) -> Self {
        let names = Names::of(relatives);
        let find = Finder { by_id: by_id(relatives), names: &names, registry };
        let mut found = Self::default();
        for (place, relative) in relatives.iter().enumerate() {
            found.offsets.push(found.declared.len() as u32);
            let declared = links(relatives, place, &find);
            found.followed.push(follow(&declared, relative, place, &find));
            found.declared.extend(declared);
        }
        found.offsets.push(found.declared.len() as u32);
        found.cut(relatives);
        found
    }

    /// The links to the declared bases of a model, in their order.
    pub(super) fn of_model(&self, model: usize) -> &[Link] {
        match (self.offsets.get(model), self.offsets.get(model + 1)) {
            (Some(from), Some(to)) => &self.declared[*from as usize..*to as usize],
            _ => &[],
        }
    }

    /// The base that is followed.
    pub(super) fn followed(&self, model: usize) -> Option<Followed> {
        self.followed.get(model).copied().flatten()
    }

    /// The places of all bases of the collection from which a model is made, each once: the one
    /// that is followed first, and no faulty ones.
    pub(super) fn bases(&self, model: usize) -> Vec<u32> {
        let mut bases: Vec<u32> = self.followed(model).iter().map(|it| it.base).collect();
        for link in self.of_model(model).iter().filter(|link| !link.fault.is_cut()) {
            if !bases.contains(&link.base) {
                bases.push(link.base);
            }
        }
        bases.retain(|base| *base != NONE && *base as usize != model);
        bases
    }

    fn is_guess(&self, model: u32) -> bool {
        self.followed(model as usize).is_some_and(|followed| followed.index == NONE)
    }

    /// Takes one base away in each circle.
    fn cut(&mut self, relatives: &[Relative]) {
        let parents: Vec<u32> =
            self.followed.iter().map(|it| it.map_or(NONE, |it| it.base)).collect();
        let age = |place: u32| relatives[place as usize].created_at;
        let circles = cut_circles(&parents, |circle| {
            // A guess gives way to what is declared, and the oldest model is the most likely root.
            let key =
                |place: &u32| (!self.is_guess(*place), age(*place).is_none(), age(*place), *place);
            circle.iter().copied().min_by_key(key).unwrap_or(NONE)
        });
        for circle in circles {
            let is_declared = !circle.members.iter().any(|place| self.is_guess(*place));
            for place in circle.members.iter().filter(|_| is_declared) {
                let Some(followed) = self.followed[*place as usize] else { continue };
                let first = self.offsets[*place as usize];
                self.declared[(first + followed.index) as usize].fault = Fault::Circle;
            }
            self.followed[circle.cut as usize] = None;
        }
    }
}

/// Finds bases among the models of the collection.
struct Finder<'a> {
    by_id: HashMap<String, u32>,
    names: &'a Names<'a>,
    registry: &'a Registry,
}

impl Finder<'_> {
    /// By id in any case, which a new model may bear, else by the alias table, else a name without
    /// owner by the first that bears it.
    fn place(&self, base: &str) -> Option<u32> {
        let listed = |id: &str| self.by_id.get(&id.to_ascii_lowercase()).copied();
        let moved = || self.registry.alias(base).and_then(listed);
        let named = || self.names.bearer(base).filter(|_| owner_of(base).is_none());
        listed(base).or_else(moved).or_else(named)
    }
}

/// The places of all models by their ids, in lower case: the Hub does not tell cases apart.
fn by_id(relatives: &[Relative]) -> HashMap<String, u32> {
    (0_u32..).zip(relatives).map(|(at, one)| (one.id.to_ascii_lowercase(), at)).collect()
}

fn links(relatives: &[Relative], place: usize, find: &Finder<'_>) -> Vec<Link> {
    let relative = &relatives[place];
    let bases = relative.bases.as_deref().unwrap_or_default();
    let places: Vec<Option<u32>> = bases.iter().map(|base| find.place(base)).collect();
    let found = places.iter().map(|place| place.map(|place| &relatives[place as usize]));
    let all: Option<Vec<&Relative>> = found.collect();
    let link = |(base, found): (&String, &Option<u32>)| {
        let is_itself = *found == Some(place as u32) || base.eq_ignore_ascii_case(&relative.id);
        let fault = match found {
            _ if is_itself => Fault::Itself,
            None => Fault::None,
            Some(base) => fault(relative, &relatives[*base as usize], all.as_deref()),
        };
        Link { base: found.unwrap_or(NONE), fault }
    };
    bases.iter().zip(&places).map(link).collect()
}

/// The first declared base that nothing speaks against, else the first that only its date does;
/// where there is none, what the card's text says, else what the name does.
fn follow(
    links: &[Link],
    relative: &Relative,
    place: usize,
    find: &Finder<'_>,
) -> Option<Followed> {
    let first = |is_taken: fn(Fault) -> bool| links.iter().position(|link| is_taken(link.fault));
    let declared = first(|fault| fault == Fault::None).or_else(|| first(|fault| !fault.is_cut()));
    if let Some(index) = declared {
        let (base, index) = (links[index].base, index as u32);
        return Some(Followed { base, index, sign: relative.sign });
    }
    if let Some((_, told)) = &relative.told {
        let base = find.place(told);
        let is_itself = base == Some(place as u32) || told.eq_ignore_ascii_case(&relative.id);
        if !is_itself {
            let base = base.unwrap_or(NONE);
            return Some(Followed { base, index: NONE, sign: Sign::CardText });
        }
    }
    let (base, sign) = find.names.base_of(place, find.registry)?;
    // A model that contradicts its name says so itself.
    let is_denied = links.iter().any(|link| link.base == base);
    (!is_denied).then_some(Followed { base, index: NONE, sign })
}
