//! The paper's classes, and how they are told apart.

use super::{Disclosure, Model, Parts, Terms, gate};

/// How open a model is as a whole, from the least to the most open.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Class {
    /// Its terms bar commercial use, or a person decides who gets it.
    Restricted,
    /// Its weights can be had, and something else is closed.
    OpenWeights,
    /// Its weights are there for all, under open terms, and its training data can be looked at.
    OpenSource,
}

impl Class {
    /// The name of the value.
    pub(super) const fn name(self) -> &'static str {
        match self {
            Self::Restricted => "restricted",
            Self::OpenWeights => "open weights",
            Self::OpenSource => "open source",
        }
    }
}

/// The least and the most open class that agree with what is known; none without weights.
pub(super) fn classes(model: &Model, parts: &Parts) -> Option<(Class, Class)> {
    if parts.weights.is_some_and(|(word, _)| word == "absent") {
        return None;
    }
    let gate = gate(model);
    let is_approved = gate.filter(|gate| *gate != "yes").map(|gate| gate == "manual");
    let is_restricted = any([parts.allowance.is_barred, is_approved]);
    let is_open_source = all([
        gate.map(|gate| gate == "no"),
        parts.allowance.terms.map(|terms| terms == Terms::Open),
        parts.data.map(|data| data == Disclosure::Available),
    ]);
    let low = match (is_restricted, is_open_source) {
        (_, Some(true)) => Class::OpenSource,
        (Some(false), _) => Class::OpenWeights,
        _ => Class::Restricted,
    };
    let high = match (is_restricted, is_open_source) {
        (Some(true), _) => Class::Restricted,
        (_, Some(false)) => Class::OpenWeights,
        _ => Class::OpenSource,
    };
    Some((low.min(high), high))
}

/// What decides a class.
pub(super) fn why(model: &Model, parts: &Parts, class: Class) -> String {
    match class {
        Class::OpenSource => "no gate, open terms, and training data that is available".to_owned(),
        Class::Restricted if parts.allowance.is_barred == Some(true) => {
            "terms that bar commercial use".to_owned()
        }
        Class::Restricted => "a gate at which a person decides".to_owned(),
        Class::OpenWeights => {
            let is_closed = gate(model).is_some_and(|gate| gate != "no");
            let is_limited = parts.allowance.terms.is_some_and(|terms| terms != Terms::Open);
            let is_untold = parts.data.is_some_and(|data| data != Disclosure::Available);
            let reasons = [
                (is_closed, "a gate"),
                (is_limited, "terms with limits"),
                (is_untold, "training data that is not available"),
            ];
            let said = reasons.into_iter().filter(|(is_so, _)| *is_so).map(|(_, reason)| reason);
            said.collect::<Vec<_>>().join(", ")
        }
    }
}

/// Whether any of the answers is yes; unknown where none is and one is unknown.
fn any<const N: usize>(answers: [Option<bool>; N]) -> Option<bool> {
    if answers.contains(&Some(true)) {
        return Some(true);
    }
    (!answers.contains(&None)).then_some(false)
}

/// Whether all of the answers are yes; unknown where none is no and one is unknown.
fn all<const N: usize>(answers: [Option<bool>; N]) -> Option<bool> {
    if answers.contains(&Some(false)) {
        return Some(false);
    }
    (!answers.contains(&None)).then_some(true)
}
