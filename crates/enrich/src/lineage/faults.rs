//! What speaks against a base that a model declares.

use super::{Relation, Relative};
use crate::identity::name_of;

/// A base that was created so much later than what is made from it was not its base.
const DAYS_LATER: f64 = 30.0;
/// A model that has so many times the parameters of all its bases is not made from these: stacking
/// layers twice gives under 2 times, and one real model that did it thrice 3.1 times.
const TIMES_LARGER: f64 = 4.0;

/// What speaks against a base, the gravest last.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub enum Fault {
    /// Nothing, as far as can be seen.
    #[default]
    None,
    /// The base was created over 30 days after the model.
    Younger,
    /// The model has over 4 times the parameters of its bases.
    Larger,
    /// The model and the base take and make different things, as text and images.
    OtherKind,
    /// The declared bases run in a circle.
    Circle,
    /// The model names itself.
    Itself,
    /// What is declared is no id of a model.
    NoId,
}

impl Fault {
    /// The name in attributes.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::Younger => "younger base",
            Self::Larger => "larger than its base",
            Self::OtherKind => "another kind of model",
            Self::Circle => "circle",
            Self::Itself => "itself",
            Self::NoId => "no model id",
        }
    }

    /// Whether the base is not followed. Dates alone do not show that: models are deleted and
    /// published anew.
    #[must_use]
    pub const fn is_cut(self) -> bool {
        !matches!(self, Self::None | Self::Younger)
    }
}

/// What speaks against one base of a model; `bases` are all of its bases, where each is known.
pub(super) fn fault(model: &Relative, base: &Relative, bases: Option<&[&Relative]>) -> Fault {
    if is_other_kind(model, base) {
        return Fault::OtherKind;
    }
    if bases.is_some_and(|bases| is_larger(model, bases)) {
        return Fault::Larger;
    }
    let lag = model.created_at.zip(base.created_at).map(|(own, base)| own.days_since(base));
    if lag.is_some_and(|lag| lag < -DAYS_LATER) { Fault::Younger } else { Fault::None }
}

/// Whether one model cannot be made from another.
pub(super) fn is_impossible(model: &Relative, base: &Relative) -> bool {
    fault(model, base, Some(&[base])).is_cut()
}

/// An adapter's task is what it is used for, which its base may not say.
fn is_other_kind(model: &Relative, base: &Relative) -> bool {
    let Some((own, base)) = model.media.zip(base.media) else { return false };
    model.relation != Some(Relation::Adapter) && own.cannot_be_made_from(base)
}

fn is_larger(model: &Relative, bases: &[&Relative]) -> bool {
    if matches!(model.relation, Some(Relation::Adapter | Relation::Merge)) {
        return false;
    }
    let size = |one: &Relative| one.named_size.or(one.parameters).filter(|size| *size > 0);
    let all = bases.iter().map(|base| size(base)).sum::<Option<i64>>();
    let Some((own, all)) = size(model).zip(all) else { return false };
    // What is counted in files may be a part of the model: then the names must disagree, too.
    let is_named = model.named_size.is_some() && bases.iter().all(|base| base.named_size.is_some());
    let holds_name = |base: &&Relative| -> bool {
        let (own, base) = (name_of(&model.id), name_of(&base.id));
        own.to_ascii_lowercase().contains(&base.to_ascii_lowercase())
    };
    own as f64 > TIMES_LARGER * all as f64 && (is_named || !bases.iter().any(holds_name))
}
