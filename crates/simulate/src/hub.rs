//! The Hub at its simulated date: which request gets which answer.

use std::sync::{Arc, Mutex, PoisonError};

use schema::Instant;

use crate::answer::Answer;
use crate::clock::Clock;
use crate::entry::{self, FIELDS, Field, Route, View};
use crate::listing::{self, Order, Sort};
use crate::query::{decode, parameters};
use crate::world::World;

/// A limit of requests, as the Hub sets it for the API.
///
/// Its windows are measured on the simulated clock: who switches it on has to move the clock.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Budget {
    /// Requests allowed in a window.
    pub quota: u32,
    /// The length of a window, in seconds.
    pub window_seconds: u32,
}

/// What the headers say when no budget is kept: the Hub's own for anonymous callers.
const SHOWN_BUDGET: Budget = Budget { quota: 500, window_seconds: 300 };

/// A synthetic Hub: an economy, a date, and what a server remembers between requests.
#[derive(Debug)]
pub struct Hub {
    world: World,
    clock: Clock,
    budget: Option<Budget>,
    window: Mutex<Window>,
    orders: Mutex<Vec<(Instant, Sort, Arc<Order>)>>,
}

/// One window of the budget.
#[derive(Debug, Clone, Copy, Default)]
struct Window {
    number: i64,
    requests: u32,
}

/// What the budget says to one request.
struct Allowance {
    is_spent: bool,
    remaining: u32,
    seconds_left: i64,
    policy: Budget,
}

impl Hub {
    /// Opens a Hub that shows `world` at `at`; without a budget no request is refused for haste.
    #[must_use]
    pub fn new(world: World, at: Instant, budget: Option<Budget>) -> Self {
        Self {
            world,
            clock: Clock::new(at),
            budget,
            window: Mutex::default(),
            orders: Mutex::default(),
        }
    }

    /// The clock that says at which date the Hub is shown.
    #[must_use]
    pub fn clock(&self) -> Clock {
        self.clock.clone()
    }

    /// The economy that is shown.
    #[must_use]
    pub fn world(&self) -> &World {
        &self.world
    }

    /// Answers `GET path?query`; `base` is the scheme and host for absolute links.
    pub(crate) fn answer(&self, base: &str, path: &str, query: &str) -> Answer {
        let at = self.clock.now();
        let allowance = self.allow(at);
        let mut answer = if allowance.is_spent {
            Answer::refusal(429, "you have exceeded the simulated rate limit of the api")
        } else {
            self.route(at, base, path, query)
        };
        let Budget { quota, window_seconds } = allowance.policy;
        let (remaining, left) = (allowance.remaining, allowance.seconds_left);
        answer.headers.extend([
            ("date", at.to_http_date()),
            ("ratelimit", format!("\"api\";r={remaining};t={left}")),
            ("ratelimit-policy", format!("\"fixed window\";\"api\";q={quota};w={window_seconds}")),
            ("x-weighhouse-simulated", "true".to_owned()),
        ]);
        answer
    }

    fn route(&self, at: Instant, base: &str, path: &str, query: &str) -> Answer {
        if path == listing::PATH {
            return listing::page(self, at, base, query);
        }
        match path.strip_prefix("/api/models/") {
            Some(name) if !name.is_empty() => self.detail(at, &decode(name), query),
            _ => Answer::refusal(404, "Sorry, we can't find the page you are looking for."),
        }
    }

    /// One model, or the way to its present name.
    fn detail(&self, at: Instant, name: &str, query: &str) -> Answer {
        let visible =
            self.world.find(name).filter(|index| self.world.model(*index).created_at() <= at);
        let Some(index) = visible else {
            // The Hub does not tell anonymous callers what is missing from what is private.
            return Answer::refusal(401, "Invalid username or password.");
        };
        let model = self.world.model(index);
        if model.id != name {
            let query = if query.is_empty() { String::new() } else { format!("?{query}") };
            return Answer::moved(format!("/api/models/{}{query}", model.id));
        }
        let expand: Vec<String> = parameters(query)
            .into_iter()
            .filter(|parameter| parameter.name == "expand")
            .map(|parameter| parameter.value)
            .collect();
        let (fields, has_model_id) = if expand.is_empty() {
            (detail_fields(), true)
        } else {
            match listing::fields(&expand, &FIELDS) {
                Ok(fields) => (fields, false),
                Err(refusal) => return refusal,
            }
        };
        let view = View { world: &self.world, model, at, route: Route::Detail };
        let mut body = String::new();
        entry::write(&mut body, &view, &fields, has_model_id);
        Answer::ok(body)
    }

    /// The listing in an order, at a date; kept until the date moves.
    pub(crate) fn order(&self, at: Instant, sort: Sort) -> Arc<Order> {
        let mut orders = self.orders.lock().unwrap_or_else(PoisonError::into_inner);
        orders.retain(|(date, _, _)| *date == at);
        if let Some((_, _, order)) = orders.iter().find(|(_, known, _)| *known == sort) {
            return Arc::clone(order);
        }
        let order = Arc::new(listing::order(&self.world, at, sort));
        orders.push((at, sort, Arc::clone(&order)));
        order
    }

    /// Counts a request against the budget.
    fn allow(&self, at: Instant) -> Allowance {
        let policy = self.budget.unwrap_or(SHOWN_BUDGET);
        let length = i64::from(policy.window_seconds.max(1));
        let second = at.millis().div_euclid(1000);
        let number = second.div_euclid(length);
        let seconds_left = length - second.rem_euclid(length);
        let mut window = self.window.lock().unwrap_or_else(PoisonError::into_inner);
        if self.budget.is_none() || window.number != number {
            *window = Window { number, requests: 0 };
        }
        window.requests = window.requests.saturating_add(1);
        let is_spent = window.requests > policy.quota;
        let remaining = policy.quota.saturating_sub(window.requests);
        Allowance { is_spent, remaining, seconds_left, policy }
    }
}

/// The fields that the detail route shows unasked.
fn detail_fields() -> Vec<Field> {
    let unasked = |field: &Field| {
        !matches!(
            field,
            Field::DownloadsAllTime
                | Field::TrendingScore
                | Field::ChildrenModelCount
                | Field::BaseModels
                | Field::EvalResults
                | Field::InferenceProviderMapping
                | Field::XetEnabled
        )
    };
    FIELDS.iter().map(|(field, _)| *field).filter(unasked).collect()
}

#[cfg(test)]
mod tests;
