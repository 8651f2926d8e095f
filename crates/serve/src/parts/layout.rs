//! What stands around every page: head, header, banner, footer.

use maud::{DOCTYPE, Markup, html};

use crate::compute::AppState;
use crate::pages::Page;
use crate::parts::preview::preview;
use crate::parts::{counted, day, mark, search_box};
use crate::shown::Shown;

/// What a page is put into.
pub(crate) struct Shell<'a> {
    pub(crate) page: Option<&'static Page>,
    /// Its own path, where the page is one of several below the page's.
    pub(crate) address: Option<&'a str>,
    /// The page's title, and its one first-level heading.
    pub(crate) heading: &'a str,
    /// One sentence below it.
    pub(crate) lead: &'a str,
    /// The collection shown, where there is one.
    pub(crate) shown: Option<&'a Shown>,
    /// What stays in the address when another collection is chosen.
    pub(crate) kept: &'a [(&'a str, &'a str)],
    /// What the page shows again when it changes.
    pub(crate) follows: Follows,
    pub(crate) state: &'a AppState,
}

/// What a page shows again when it changes, as its script reads it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Follows {
    /// The collection shown.
    Shown,
    /// Every collection, and the standing jobs.
    All,
    /// Neither.
    Nothing,
}

/// A whole page.
pub(crate) fn shell(shell: &Shell<'_>, body: &Markup) -> Markup {
    html! {
        (DOCTYPE)
        html lang="en" {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="color-scheme" content="light dark";
                title { (shell.heading) " · weighhouse" }
                (preview(shell, &body.0))
                link rel="icon" href="/assets/favicon.svg" type="image/svg+xml";
                link rel="stylesheet" href="/assets/app.css";
                link rel="stylesheet" href="/assets/chart.css";
                script src="/assets/theme.js" {}
                script type="module" src="/assets/figure.js" {}
                script type="module" src="/assets/filters.js" {}
                script type="module" src="/assets/later.js" {}
                script type="module" src="/assets/lazy.js" {}
                script type="module" src="/assets/offer.js" {}
                script type="module" src="/assets/slider.js" {}
                script type="module" src="/assets/live.js" {}
                script type="module" src="/assets/search.js" {}
                script type="module" src="/assets/copy.js" {}
            }
            body {
                a.skip href="#content" { "Skip to the content" }
                (header(shell))
                p.visually-hidden role="status" data-updates {}
                (main(shell, body))
                (footer(shell.shown))
            }
        }
    }
}

/// The content, which says what it follows and which state of it it shows.
fn main(shell: &Shell<'_>, body: &Markup) -> Markup {
    let release = shell.shown.map(|shown| &shown.market.release);
    let (collection, jobs) = match shell.follows {
        Follows::Shown => (release.map(|release| release.collection.as_str()), None),
        Follows::All => (Some("*"), Some(shell.state.jobs.digest(shell.state.now))),
        Follows::Nothing => (None, None),
    };
    let release = release.filter(|_| shell.follows == Follows::Shown);
    html! {
        main #content tabindex="-1" data-follows=[collection]
            data-release=[release.map(|release| release.id.as_str())] data-jobs=[jobs] {
            h1 { (shell.heading) }
            @if !shell.lead.is_empty() { p.lead { (shell.lead) } }
            @if let Some(shown) = shell.shown { (context(shell, shown)) }
            (body)
        }
    }
}

fn header(shell: &Shell<'_>) -> Markup {
    let current = |page: &Page| {
        let here = shell.page?;
        let is_within = here.within == Some(page.path);
        (here.path == page.path).then_some("page").or(is_within.then_some("true"))
    };
    // The collection stays; everything else of a view belongs to its page.
    let collection = shell.shown.map(|shown| shown.market.release.collection.as_str());
    let address = |page: &Page| match collection {
        Some(name) => format!("{}?collection={name}", page.path),
        None => page.path.to_owned(),
    };
    let names = |pages: &[&'static Page]| {
        html! {
            ul {
                @for page in pages {
                    li {
                        a href=(address(page)) aria-current=[current(page)] { (page.name) }
                    }
                }
            }
        }
    };
    let is_among_more = Page::MORE.iter().any(|page| current(page).is_some());
    html! {
        header.site {
            div.inside {
                a.brand href="/" {
                    img src="/assets/favicon.svg" alt="" width="28" height="28";
                    span { "weighhouse" }
                }
                nav aria-label="Pages" {
                    (names(Page::FIRST))
                    details.more-pages {
                        summary aria-current=[is_among_more.then_some("true")] { "More" }
                        (names(Page::MORE))
                    }
                }
                (search_box(collection))
                (mark(&shell.state.jobs, shell.state.now))
                button.theme type="button" hidden data-theme-toggle { "Dark" }
            }
        }
    }
}

/// Which collection is shown and how far it reaches.
fn context(shell: &Shell<'_>, shown: &Shown) -> Markup {
    let market = &shown.market;
    let action = shell.address.or(shell.page.map(|page| page.path)).unwrap_or("/");
    let collection = &market.release.collection;
    html! {
        div.context {
            form.picker action=(action) method="get" data-instant {
                @for (name, value) in shell.kept { input type="hidden" name=(name) value=(value); }
                label for="collection" { "Collection" }
                select #collection name="collection" {
                    @for known in shell.state.app.ready() {
                        @let release = &known.market.release;
                        option value=(release.collection) selected[release.collection == *collection] {
                            (known.market.collection.title)
                            @if release.is_simulated { " (simulated)" }
                        }
                    }
                }
                button type="submit" { "Show" }
            }
            p.reach {
                "Data through " strong { (day(market.data_through.day())) }
                " · " (counted(market.model_count() as u64, "model", "models"))
                " · " (counted(market.snapshots.len() as u64, "snapshot", "snapshots"))
            }
            p.covers { (market.collection.covers) }
        }
        @if market.release.is_simulated {
            p.banner role="note" {
                strong { "Simulated data: " }
                "invented by weighhouse's simulated Hub. No number here is about the real world."
            }
        }
    }
}

fn footer(shown: Option<&Shown>) -> Markup {
    html! {
        footer.site {
            div.inside {
                @if let Some(shown) = shown {
                    @let market = &shown.market;
                    p {
                        "Source: " (market.collection.source)
                        " · release " code { (market.release.id) }
                        " · data through " (market.data_through)
                    }
                }
                p {
                    a href="/data" { "About the data" } " · "
                    a href="/methods" { "Methods" } " · "
                    a href="/api" { "API" } " · "
                    "weighhouse: a public scale for the open-model economy"
                }
            }
        }
    }
}
