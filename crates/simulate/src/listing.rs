//! `GET /api/models`: the listing, page by page.

mod cursor;

use schema::Instant;

use crate::answer::Answer;
use crate::entry::{self, FIELDS, Field, LISTING_FIELDS, Route, View};
use crate::hub::Hub;
use crate::model::{Gated, ObjectId};
use crate::query::{Parameter, encode, parameters};
use crate::world::World;

pub(crate) use cursor::Cursor;

/// Where the listing lies.
pub(crate) const PATH: &str = "/api/models";
/// The longest page, and the page without a limit.
const PAGE_MAX: usize = 1_000;

/// A key of the listing's order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Sort {
    /// Creation.
    CreatedAt,
    /// Downloads of the last 30 days.
    Downloads,
    /// Likes.
    Likes,
    /// Last commit.
    LastModified,
    /// Trending score.
    TrendingScore,
}

impl Sort {
    /// Every key by its name.
    pub(crate) const ALL: [(Self, &str); 5] = [
        (Self::CreatedAt, "createdAt"),
        (Self::Downloads, "downloads"),
        (Self::Likes, "likes"),
        (Self::LastModified, "lastModified"),
        (Self::TrendingScore, "trendingScore"),
    ];

    /// Its name in requests and cursors.
    pub(crate) fn name(self) -> &'static str {
        Self::ALL.iter().find(|(sort, _)| *sort == self).map_or("", |(_, name)| name)
    }
}

/// Models in an order: descending by key, ties ascending by id.
pub(crate) type Order = Vec<Place>;

/// One model's place in an order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Place {
    /// The key: a count, milliseconds, or half points.
    pub(crate) key: i64,
    /// What breaks ties.
    pub(crate) object_id: ObjectId,
    /// The model.
    pub(crate) index: u32,
}

/// Puts the models that exist at a date in order.
pub(crate) fn order(world: &World, at: Instant, sort: Sort) -> Order {
    let day = at.day();
    let mut order: Order = Vec::new();
    for (index, model) in world.visible(at) {
        let key = match sort {
            Sort::CreatedAt => model.created_at().millis(),
            Sort::Downloads => world.counters(model, day).rolling.cast_signed(),
            Sort::Likes => model.likes_on(day).cast_signed(),
            Sort::LastModified => model.last_commit(at).0.millis(),
            Sort::TrendingScore => model.trending_halves_on(day).cast_signed(),
        };
        order.push(Place { key, object_id: model.object_id, index });
    }
    order.sort_unstable_by_key(|place| (std::cmp::Reverse(place.key), place.object_id));
    order
}

/// What a request asks for.
struct Wanted {
    sort: Sort,
    limit: usize,
    cursor: Option<Cursor>,
    fields: Vec<Field>,
    has_model_id: bool,
    author: Option<String>,
    search: Vec<String>,
    tags: Vec<String>,
    task: Option<String>,
    is_gated: Option<bool>,
}

/// Answers a request for a page.
pub(crate) fn page(hub: &Hub, at: Instant, base: &str, query: &str) -> Answer {
    let given = parameters(query);
    let request = match read(&given) {
        Ok(request) => request,
        Err(refusal) => return refusal,
    };
    let order = hub.order(at, request.sort);
    let start = request.cursor.as_ref().map_or(0, |cursor| cursor.start(&order));
    let mut body = String::from("[");
    let mut last: Option<Place> = None;
    let mut count = 0;
    let mut has_more = false;
    for place in &order[start..] {
        let view = View::new(hub.world(), place.index, at, Route::Listing);
        if !request.matches(&view) {
            continue;
        }
        if count == request.limit {
            has_more = true;
            break;
        }
        if count > 0 {
            body.push(',');
        }
        entry::write(&mut body, &view, &request.fields, request.has_model_id);
        last = Some(*place);
        count += 1;
    }
    body.push(']');
    let mut answer = Answer::ok(body);
    if let Some(last) = last.filter(|_| has_more) {
        let cursor = Cursor::after(request.sort, &last);
        answer.headers.push(("link", next_link(base, &given, &cursor)));
    }
    answer
}

/// The query of the page before the one that a query asks for; `None` for the first page.
pub(crate) fn previous(hub: &Hub, at: Instant, query: &str) -> Option<String> {
    let given = parameters(query);
    let wanted = read(&given).ok()?;
    let order = hub.order(at, wanted.sort);
    let start = wanted.cursor.as_ref()?.start(&order);
    let mut before = order[..start]
        .iter()
        .rev()
        .filter(|place| wanted.matches(&View::new(hub.world(), place.index, at, Route::Listing)));
    // The first entry of that page is `limit` back, and its cursor names the one before.
    before.nth(wanted.limit - 1)?;
    let kept = given.iter().filter(|parameter| parameter.name != "cursor");
    let mut parts: Vec<String> = kept.map(|parameter| parameter.raw.to_owned()).collect();
    if let Some(place) = before.next() {
        let cursor = Cursor::after(wanted.sort, place);
        parts.push(format!("cursor={}", encode(&cursor.to_text())));
    }
    Some(parts.join("&"))
}

/// The link to the next page: every parameter as it was sent, without brackets, then the cursor.
fn next_link(base: &str, given: &[Parameter], cursor: &Cursor) -> String {
    let mut kept: Vec<String> = Vec::new();
    for parameter in given.iter().filter(|parameter| parameter.name != "cursor") {
        let value = parameter.raw.split_once('=').map_or("", |(_, value)| value);
        kept.push(format!("{}={value}", encode(&parameter.name)));
    }
    kept.push(format!("cursor={}", encode(&cursor.to_text())));
    format!("<{base}{PATH}?{}>; rel=\"next\"", kept.join("&"))
}

fn read(given: &[Parameter]) -> Result<Wanted, Answer> {
    let first = |name: &str| {
        given.iter().find(|parameter| parameter.name == name).map(|parameter| &*parameter.value)
    };
    let all = |name: &str| -> Vec<String> {
        let named = given.iter().filter(|parameter| parameter.name == name);
        named.map(|parameter| parameter.value.clone()).collect()
    };
    let is_true = |name: &str| first(name) == Some("true");
    let sort = sort(first("sort").unwrap_or("trendingScore"))?;
    if first("direction").is_some_and(|direction| direction != "-1") {
        return Err(Answer::bad_request("direction: only -1, which is descending, is known"));
    }
    let limit = match first("limit") {
        None => PAGE_MAX,
        // What the real Hub does above the longest page is not established; this one clamps.
        Some(text) => match text.parse::<usize>() {
            Ok(limit) if limit > 0 => limit.min(PAGE_MAX),
            _ => return Err(Answer::bad_request("limit: expected a whole number above 0")),
        },
    };
    let cursor = match first("cursor") {
        None => None,
        Some(text) => Some(
            Cursor::read(text, sort).ok_or_else(|| Answer::bad_request("cursor: is malformed"))?,
        ),
    };
    let expand = all("expand");
    let (fields, has_model_id) = if expand.is_empty() {
        (unexpanded(is_true("full"), is_true("cardData"), is_true("config")), true)
    } else {
        (self::fields(&expand, &FIELDS[..LISTING_FIELDS])?, false)
    };
    Ok(Wanted {
        sort,
        limit,
        cursor,
        fields,
        has_model_id,
        author: first("author").map(str::to_owned),
        search: all("search").iter().map(|text| text.to_ascii_lowercase()).collect(),
        tags: all("filter"),
        task: first("pipeline_tag").map(str::to_owned),
        is_gated: first("gated").map(|gated| gated == "true"),
    })
}

fn sort(name: &str) -> Result<Sort, Answer> {
    Sort::ALL.iter().find(|(_, known)| *known == name).map(|(sort, _)| *sort).ok_or_else(|| {
        let known = Sort::ALL.map(|(_, name)| name).join(", ");
        Answer::bad_request(&format!("sort: '{name}' is not one of {known}"))
    })
}

/// The fields of these names, or the refusal that lists what is known.
pub(crate) fn fields(
    names: &[String],
    known: &[(Field, &'static str)],
) -> Result<Vec<Field>, Answer> {
    let mut fields = Vec::new();
    for name in names {
        let Some((field, _)) = known.iter().find(|(_, known)| known == name) else {
            let known: Vec<&str> = known.iter().map(|(_, name)| *name).collect();
            let reason = format!("expand: '{name}' is not one of {}", known.join(", "));
            return Err(Answer::bad_request(&reason));
        };
        fields.push(*field);
    }
    Ok(fields)
}

/// The fields that come without `expand`.
fn unexpanded(is_full: bool, has_card: bool, has_config: bool) -> Vec<Field> {
    use Field as F;
    let mut fields = vec![
        F::Likes,
        F::TrendingScore,
        F::Private,
        F::Downloads,
        F::Tags,
        F::PipelineTag,
        F::LibraryName,
        F::CreatedAt,
    ];
    if is_full {
        fields.extend([F::Author, F::Sha, F::LastModified, F::Gated, F::Disabled, F::Siblings]);
    }
    if has_card {
        fields.push(F::CardData);
    }
    if has_config {
        fields.push(F::Config);
    }
    fields
}

impl Wanted {
    fn matches(&self, view: &View) -> bool {
        let model = view.model;
        if self.author.as_deref().is_some_and(|author| author != view.owner())
            || self.is_gated.is_some_and(|wanted| wanted != (model.gated != Gated::Open))
        {
            return false;
        }
        if !self.search.is_empty() {
            let id = view.id().to_ascii_lowercase();
            if !self.search.iter().all(|text| id.contains(text)) {
                return false;
            }
        }
        if self.tags.is_empty() && self.task.is_none() {
            return true;
        }
        let tags = view.tags();
        self.tags.iter().chain(&self.task).all(|wanted| tags.contains(wanted))
    }
}

#[cfg(test)]
mod tests;
