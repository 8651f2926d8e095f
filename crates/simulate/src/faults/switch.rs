//! Which request gets which fault.

use std::collections::HashMap;
use std::time::Duration;

use super::{Fault, Faults, Place, Plan};
use crate::numbers::{mix, unit};
use crate::request::Request;

/// How often an address may get a fault of a rate in a row.
const IN_A_ROW: u32 = 3;

/// Faults that are switched on, with the count of requests since then.
#[derive(Debug, Default)]
pub(crate) struct Switch {
    faults: Faults,
    requests: u64,
    /// By address: of a rate, how often it went wrong in a row. By entry and address: of a
    /// script, how often the entry was used.
    used: HashMap<(usize, String), u32>,
}

impl Switch {
    /// Switches other faults on; counting begins anew.
    pub(crate) fn set(&mut self, faults: Faults) {
        *self = Self { faults, ..Self::default() };
    }

    /// How long an answer is withheld.
    pub(crate) fn hold(&self) -> Duration {
        self.faults.hold
    }

    /// Counts a request, and says what goes wrong with its answer.
    pub(crate) fn next(&mut self, request: &Request) -> Option<Fault> {
        self.requests += 1;
        if self.faults.is_none() {
            return None;
        }
        let (number, used) = (self.requests, &mut self.used);
        match &self.faults.plan {
            Plan::Rate { seed, share, kinds } => {
                let key = (0, request.target());
                let bits = mix(seed ^ mix(number));
                let in_a_row = used.get(&key).copied().unwrap_or(0);
                let fault = if unit(bits) < *share && in_a_row < IN_A_ROW {
                    drawn(kinds, mix(bits), request)
                } else {
                    None
                };
                if fault.is_some() {
                    used.insert(key, in_a_row + 1);
                } else {
                    used.remove(&key);
                }
                fault
            }
            Plan::Script(entries) => {
                for (index, (matcher, fault)) in entries.iter().enumerate() {
                    if !matcher.place.holds(number, request) || !fault.can_befall(request) {
                        continue;
                    }
                    let Some(times) = matcher.times else { return Some(*fault) };
                    let count = used.entry((index, request.target())).or_default();
                    if *count < times {
                        *count += 1;
                        return Some(*fault);
                    }
                }
                None
            }
        }
    }
}

/// One of the kinds that can befall the request.
fn drawn(kinds: &[Fault], bits: u64, request: &Request) -> Option<Fault> {
    let possible: Vec<Fault> =
        kinds.iter().copied().filter(|kind| kind.can_befall(request)).collect();
    (!possible.is_empty()).then(|| possible[(bits % possible.len() as u64) as usize])
}

impl Place {
    fn holds(&self, number: u64, request: &Request) -> bool {
        match self {
            Self::Numbers(first, last) => (*first..=*last).contains(&number),
            Self::Deep => request.has_cursor(),
            Self::Holds(text) => request.target().contains(text.as_str()),
            Self::Everywhere => true,
        }
    }
}

impl Fault {
    /// Whether the fault makes sense for a request; one that does not leaves the answer sound.
    fn can_befall(self, request: &Request) -> bool {
        match self {
            Self::Repeat | Self::ExpiredCursor => request.has_cursor(),
            Self::EarlyEnd => request.is_listing(),
            // Who comes by a detour is not sent on another.
            Self::Detour => !request.is_detour,
            Self::ExpiredSignature => request.is_signed(),
            // There is no body that could end early.
            Self::Truncated | Self::CutJson => !request.is_head,
            _ => true,
        }
    }
}
