//! From which model a model seems to be made by its name, where its source names no base.

use std::collections::HashMap;

use super::marks::plain_name;
use super::{Relation, Relative, Sign};
use crate::Registry;
use crate::attributes::says_size;
use crate::identity::{name_of, owner_of};

/// Shorter names without their marks, or names without a digit, are borne by too many models.
const LEAST_CHARS: usize = 8;

/// The models of a collection by their names.
pub(super) struct Names<'a> {
    relatives: &'a [Relative],
    /// Each name without its marks, in lower case, and whether it has any.
    plain: Vec<(String, bool)>,
    /// Models whose name is without marks and that are not made from others but by finetuning, by
    /// that name.
    bearers: HashMap<String, Vec<u32>>,
}

impl<'a> Names<'a> {
    pub(super) fn of(relatives: &'a [Relative]) -> Self {
        let plain: Vec<(String, bool)> = relatives.iter().map(|one| plain_name(&one.id)).collect();
        let mut bearers: HashMap<String, Vec<u32>> = HashMap::new();
        for (place, (relative, (name, is_marked))) in (0_u32..).zip(relatives.iter().zip(&plain)) {
            let is_derived = relative.bases.as_ref().is_some_and(|bases| !bases.is_empty());
            if !is_marked
                && is_telling(name)
                && (!is_derived || relative.relation == Some(Relation::Finetune))
            {
                bearers.entry(name.clone()).or_default().push(place);
            }
        }
        Self { relatives, plain, bearers }
    }

    /// The first model that bears a name without owner, as a card may give it.
    pub(super) fn bearer(&self, name: &str) -> Option<u32> {
        let (plain, is_marked) = plain_name(name);
        let bearers = self.bearers.get(&plain).filter(|_| !is_marked)?;
        first_of(bearers, self.relatives)
    }

    /// The model that a model's name says it is made from, and the sign; `None` where no other has
    /// the name, or where several do and none came first.
    ///
    /// A name with a mark, as `Qwen3-8B-GGUF`, is taken for one made from the model that bears the
    /// rest of it; one without for a copy of an older model of just that name; and one that begins
    /// with another's, as `Qwen3-8B-medical`, for one made from the longest such older model.
    pub(super) fn base_of(&self, place: usize, registry: &Registry) -> Option<(u32, Sign)> {
        let (name, is_marked) = &self.plain[place];
        let whole = self.bearers.get(name.as_str()).cloned().or_else(|| self.after_owner(name));
        let first = whole.and_then(|bearers| first_of(&bearers, self.relatives));
        if let Some(first) = first.filter(|first| *first as usize != place) {
            let sign = if *is_marked { Sign::Marks } else { Sign::SameName };
            return (*is_marked || self.is_older(first, place)).then_some((first, sign));
        }
        self.beginning(place, registry).map(|base| (base, Sign::Beginning))
    }

    /// The bearers of a name that begins with their owner, as `Qwen_Qwen3-8B-GGUF` does.
    fn after_owner(&self, name: &str) -> Option<Vec<u32>> {
        let (owner, rest) = name.split_once('-')?;
        let is_owner = |place: &&u32| {
            let own = owner_of(&self.relatives[**place as usize].id);
            own.is_some_and(|own| own.eq_ignore_ascii_case(owner))
        };
        let found: Vec<u32> = self.bearers.get(rest)?.iter().filter(is_owner).copied().collect();
        (!found.is_empty()).then_some(found)
    }

    /// The longest name that this one begins with, where what follows is no other size and the
    /// model is older and another organisation's: one's own line of models has many such names.
    fn beginning(&self, place: usize, registry: &Registry) -> Option<u32> {
        let relative = &self.relatives[place];
        let name = &self.plain[place].0;
        let organisation =
            |id: &str| owner_of(id).map(|owner| registry.organisation(owner).to_owned());
        let mut end = name.len();
        while let Some(at) = name[..end].rfind('-') {
            if at < LEAST_CHARS || says_size(&name[at + 1..end]) {
                return None;
            }
            end = at;
            let Some(bearers) = self.bearers.get(&name[..end]) else { continue };
            let Some(first) = first_of(bearers, self.relatives) else { continue };
            if !self.is_older(first, place) {
                continue;
            }
            let base = &self.relatives[first as usize];
            let is_other = organisation(&base.id) != organisation(&relative.id);
            return (is_other && !super::faults::is_impossible(relative, base)).then_some(first);
        }
        None
    }

    fn is_older(&self, base: u32, than: usize) -> bool {
        let created = |place: usize| self.relatives[place].created_at;
        created(base as usize).zip(created(than)).is_some_and(|(base, own)| base < own)
    }
}

/// Whether two models bear the same name, in any case.
pub(crate) fn is_same_name(one: &str, other: &str) -> bool {
    name_of(one).eq_ignore_ascii_case(name_of(other))
}

fn is_telling(name: &str) -> bool {
    name.len() >= LEAST_CHARS && name.bytes().any(|byte| byte.is_ascii_digit())
}

/// The oldest of some models; `None` where several are and their ages are not known.
fn first_of(places: &[u32], relatives: &[Relative]) -> Option<u32> {
    let [first, rest @ ..] = places else { return None };
    if rest.is_empty() {
        return Some(*first);
    }
    let created = |place: &u32| relatives[*place as usize].created_at;
    let mut aged = places.iter().map(|place| Some((created(place)?, *place)));
    let oldest = aged.try_fold(None, |oldest: Option<(_, u32)>, one| {
        let one = one?;
        Some(Some(oldest.map_or(one, |known| known.min(one))))
    });
    oldest.flatten().map(|(_, place)| place)
}
