//! What a release has that can be named: its models, their owners, what they are grouped by, and the
//! pages about it, found as one types.
//!
//! Made when a release was loaded, beside the requests; who asks sooner waits for it.

mod kind;

use std::collections::HashMap;
use std::sync::Arc;

use analyze::Market;
use analyze::results::RESULTS;
use panel::Grouping;
use schema::Group;
use search::{How, Index};
use why::Former;

use crate::pages::Page;

pub(crate) use kind::Kind;

/// Threads that the names of a release are put in order by.
const THREADS: usize = 2;

/// What a release has that can be named.
#[derive(Debug)]
pub(crate) struct Names {
    models: Models,
    others: Vec<(Kind, Others)>,
    /// Names that its models and others had before.
    former: Arc<[Former]>,
    /// Those of its models by their small letters: each the place of who had it last.
    places_of_former: HashMap<String, u32>,
}

/// The models, the most downloaded first, each followed by the names that it had before.
#[derive(Debug)]
struct Models {
    index: Index,
    /// The place of each name's model.
    places: Vec<u32>,
    /// Names, by number, that models had before.
    former: HashMap<u32, String>,
}

/// What else is of a kind.
#[derive(Debug)]
struct Others {
    index: Index,
    /// Which of the things each name is of; a thing may have several.
    things: Vec<u32>,
    source: Source,
}

/// What things are called in addresses, and by people.
#[derive(Debug)]
enum Source {
    /// Units of a group, by code.
    Units(&'static str),
    /// Names and titles.
    Listed(Vec<(String, String)>),
}

/// What is looked for.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Asked<'a> {
    pub(crate) text: &'a str,
    /// Of one kind alone.
    pub(crate) kind: Option<Kind>,
    /// How many of a kind.
    pub(crate) most: usize,
}

/// What was found of a kind: at least one thing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct OfKind {
    pub(crate) kind: Kind,
    pub(crate) found: Vec<Found>,
    /// Whether there are more than these.
    pub(crate) has_more: bool,
}

/// The model of a name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Named {
    /// Its id now.
    pub(crate) id: String,
    /// Its place among the models.
    pub(crate) place: u32,
    /// `id`, `former_id` or `other_case`.
    pub(crate) found_by: &'static str,
}

/// A thing that was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Found {
    pub(crate) kind: Kind,
    /// What it is called in addresses.
    pub(crate) name: String,
    /// What people call it.
    pub(crate) title: String,
    /// The name that it had before, where that is what was found.
    pub(crate) former: Option<String>,
    pub(crate) how: How,
}

impl Names {
    /// Lists what a release has, with the names that are known to have been others.
    pub(crate) fn new(market: &Market, former: &Arc<[Former]>) -> Self {
        let downloads = market.recent_downloads();
        let mut others = vec![(Kind::Page, Others::listed(pages()))];
        for (kind, group) in Kind::GROUPS {
            if let Ok(grouping) = market.grouping(&Group::named(group)) {
                others.push((kind, Others::units(group, grouping, &downloads)));
            }
        }
        let attributes = market.attributes.iter();
        let attributes = attributes.map(|known| (known.name.clone(), known.title.clone()));
        others.push((Kind::Attribute, Others::listed(attributes.collect())));
        let results = RESULTS.iter().map(|known| (known.name.to_owned(), known.title.to_owned()));
        others.push((Kind::Result, Others::listed(results.collect())));
        let mut places_of_former = HashMap::new();
        for known in former.iter() {
            if let Some(place) = market.place_of(&known.current) {
                places_of_former.entry(known.id.to_ascii_lowercase()).or_insert(place);
            }
        }
        Self {
            models: Models::new(market, &downloads, former),
            others,
            former: Arc::clone(former),
            places_of_former,
        }
    }

    /// The names that a model had before.
    pub(crate) fn former_of(&self, id: &str) -> impl Iterator<Item = &Former> {
        self.former.iter().filter(move |former| former.current == id)
    }

    /// The model that has this id, had it before, or has it in other letters.
    pub(crate) fn model(&self, market: &Market, id: &str) -> Option<Named> {
        let named = |place: u32, found_by| {
            let ids = market.grouping(&Group::Model).ok()?;
            Some(Named { id: ids.label(place).to_owned(), place, found_by })
        };
        if let Some(place) = market.place_of(id) {
            return named(place, "id");
        }
        if let Some(place) = self.places_of_former.get(&id.to_ascii_lowercase()) {
            return named(*place, "former_id");
        }
        let found = self.models.find(market, id, 1).into_iter().next()?;
        let place = market.place_of(&found.name).filter(|_| found.name.eq_ignore_ascii_case(id));
        named(place?, "other_case")
    }

    /// Finds up to `most` things of a kind, or of each kind as many as fit beside models: the kind
    /// of which something is found in the best way first. Says also of each whether there are more.
    pub(crate) fn find(&self, market: &Market, asked: &Asked<'_>) -> Vec<OfKind> {
        let Asked { text, kind, most } = *asked;
        let is_wanted = |of: Kind| kind.is_none_or(|kind| kind == of);
        let mut all = Vec::new();
        // One more than is shown tells whether there are more.
        for (of, others) in self.others.iter().filter(|(of, _)| is_wanted(*of)) {
            let most = if kind.is_some() { most } else { most.min(of.most_beside_models()) };
            all.push(OfKind::of(*of, others.find(market, *of, text, most + 1), most));
        }
        if is_wanted(Kind::Model) {
            all.push(OfKind::of(Kind::Model, self.models.find(market, text, most + 1), most));
        }
        if all.iter().flat_map(|of| &of.found).any(|found| found.how < How::Near) {
            // What is spelt right is what was meant.
            for of in &mut all {
                of.found.retain(|found| found.how < How::Near);
            }
        }
        all.retain(|of| !of.found.is_empty());
        all.sort_by_key(|of| (of.rank(), of.kind));
        all
    }
}

impl OfKind {
    fn of(kind: Kind, mut found: Vec<Found>, most: usize) -> Self {
        let has_more = found.len() > most;
        found.truncate(most);
        Self { kind, found, has_more }
    }

    /// What is the whole of a name comes first, what no part begins with last.
    fn rank(&self) -> u8 {
        // Most licences and tasks are named as some model is.
        let is_looked_for = matches!(self.kind, Kind::Model | Kind::Owner | Kind::Country);
        match self.found[0].how {
            How::Whole if is_looked_for => 0,
            How::Whole | How::Begins | How::Words => 1,
            How::Within | How::Near => 2,
        }
    }
}

impl Models {
    fn new(market: &Market, downloads: &[u64], known: &[Former]) -> Self {
        let ids = market.grouping(&Group::Model).expect("models are a group");
        let mut had_before: HashMap<&str, Vec<&str>> = HashMap::new();
        for Former { id, current, .. } in known {
            had_before.entry(current).or_default().push(id);
        }
        let mut names = Vec::with_capacity(ids.model_count());
        let mut places = Vec::with_capacity(ids.model_count());
        let mut former = HashMap::new();
        for place in market.models_by_downloads(downloads) {
            let id = ids.label(place);
            names.push(id);
            places.push(place);
            for name in had_before.get(id).into_iter().flatten() {
                former.insert(names.len() as u32, (*name).to_owned());
                names.push(name);
                places.push(place);
            }
        }
        Self { index: Index::new(names, THREADS), places, former }
    }

    fn find(&self, market: &Market, text: &str, most: usize) -> Vec<Found> {
        let ids = market.grouping(&Group::Model).expect("models are a group");
        let mut found: Vec<Found> = Vec::new();
        for hit in self.index.find(text, most) {
            let id = ids.label(self.places[hit.name as usize]);
            // Found by the name that it has and by the one that it had before.
            if found.iter().any(|found| found.name == id) {
                continue;
            }
            found.push(Found {
                kind: Kind::Model,
                name: id.to_owned(),
                title: id.to_owned(),
                former: self.former.get(&hit.name).cloned(),
                how: hit.how,
            });
        }
        found
    }
}

impl Others {
    fn units(group: &'static str, grouping: &Grouping, downloads: &[u64]) -> Self {
        let mut sums = vec![0_u64; grouping.unit_count()];
        for (place, count) in downloads.iter().enumerate() {
            let sum = &mut sums[grouping.code(place) as usize];
            *sum = sum.saturating_add(*count);
        }
        let mut codes: Vec<u32> = (0..grouping.unit_count() as u32).collect();
        codes.retain(|code| grouping.is_attributed(*code));
        let key = |code: &u32| (std::cmp::Reverse(sums[*code as usize]), grouping.label(*code));
        codes.sort_unstable_by(|a, b| key(a).cmp(&key(b)));
        let names = codes.iter().map(|code| grouping.label(*code));
        Self { index: Index::new(names, THREADS), things: codes, source: Source::Units(group) }
    }

    /// Things with a name and a title, by either of which they are found.
    fn listed(listed: Vec<(String, String)>) -> Self {
        let both = listed.iter().flat_map(|(name, title)| [title.as_str(), name.as_str()]);
        Self {
            index: Index::new(both, 1),
            things: (0..listed.len() as u32).flat_map(|thing| [thing, thing]).collect(),
            source: Source::Listed(listed),
        }
    }

    fn find(&self, market: &Market, kind: Kind, text: &str, most: usize) -> Vec<Found> {
        let mut found: Vec<Found> = Vec::new();
        let names_each = match self.source {
            Source::Units(_) => 1,
            Source::Listed(_) => 2,
        };
        for hit in self.index.find(text, most.saturating_mul(names_each)) {
            let thing = self.things[hit.name as usize];
            let (name, title) = match &self.source {
                Source::Units(group) => {
                    let grouping = market.grouping(&Group::named(group));
                    let label = grouping.map_or("", |grouping| grouping.label(thing));
                    (label.to_owned(), label.to_owned())
                }
                Source::Listed(listed) => listed[thing as usize].clone(),
            };
            if found.iter().any(|found| found.name == name) || found.len() == most {
                continue;
            }
            found.push(Found { kind, name, title, former: None, how: hit.how });
        }
        found
    }
}

/// The pages by their paths, and by what their headings say.
fn pages() -> Vec<(String, String)> {
    let titled = |page: &&'static Page| {
        let title = if page.heading.to_lowercase().contains(&page.name.to_lowercase()) {
            page.heading.to_owned()
        } else {
            format!("{}: {}", page.name, page.heading)
        };
        (page.path.to_owned(), title)
    };
    Page::FIRST.iter().chain(Page::MORE).map(titled).collect()
}
