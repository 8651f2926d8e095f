//! Asking beforehand what will be asked first of a new release.
//!
//! What nobody has asked of a release takes longest: the index of names, the first figures of each
//! page, the page of a model, the results that pages quote. So the server asks for them itself, one
//! after another, as a reader's browser would, as soon as something new is shown.

use std::collections::VecDeque;
use std::time::Duration;

use axum::http::Request;

use crate::pages::Page;
use crate::{Live, inside};

/// Any question will do that finds a model, to have the index of names made.
const SEARCH: &str = "/search?q=a";
/// Before the address of a part of a page that is still being computed.
const PART: &str = "data-fragment=\"";
/// Before the query of a model's page.
const MODEL: &str = "href=\"/model?";
/// Answers that are not there in time are asked for again, all together so often.
const MOST_REPEATS: usize = 100;

/// Asks whenever other releases are shown, for as long as it is polled.
pub(crate) async fn ask(live: Live) {
    let mut tag = None;
    loop {
        tag = Some(live.next_tag(tag.as_ref()).await);
        ask_all(&live).await;
    }
}

/// Asks for every page that the header names, and for the parts that these wait for.
async fn ask_all(live: &Live) {
    let pages = Page::FIRST.iter().map(|page| page.path);
    let mut addresses: VecDeque<String> = pages.chain([SEARCH]).map(str::to_owned).collect();
    let mut repeats = 0;
    while let Some(address) = addresses.pop_front() {
        let state = live.state(&Request::new(()));
        if state.app.default_collection().is_none() {
            return;
        }
        match inside::html(live, &state, &address).await {
            Ok(html) => {
                addresses.extend(parts_of(&html));
                if address == SEARCH
                    && let Some(model) = first_model(&html)
                {
                    addresses.push_front(model);
                }
            }
            Err(refusal) => {
                // Others are asking, or it takes longer than a request may: it will be there.
                let Some(seconds) = refusal.retry_seconds else { continue };
                repeats += 1;
                if repeats > MOST_REPEATS {
                    return;
                }
                tokio::time::sleep(Duration::from_secs(seconds.into())).await;
                addresses.push_back(address);
            }
        }
    }
}

/// The address of the first model that a page names: with its page what is kept of all models is
/// there.
fn first_model(html: &str) -> Option<String> {
    let (_, rest) = html.split_once(MODEL)?;
    let (query, _) = rest.split_once('"')?;
    Some(format!("/model?{}", query.replace("&amp;", "&")))
}

/// The addresses of what a page waits for.
fn parts_of(html: &str) -> Vec<String> {
    let addresses = html.split(PART).skip(1).filter_map(|rest| rest.split_once('"'));
    addresses.map(|(address, _)| address.replace("&amp;", "&")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_parts_of_a_page_are_found() {
        let html = r#"<p data-fragment="/fragment/result/a?collection=b&amp;extent=c">…</p>
            <p data-other="/x"></p><p data-fragment="/d"></p>"#;
        assert_eq!(parts_of(html), ["/fragment/result/a?collection=b&extent=c", "/d"]);
        assert!(parts_of("<p>whole</p>").is_empty());
    }

    #[test]
    fn the_first_model_of_a_page_is_found() {
        let html = r#"<a href="/owner?owner=a">a</a> <a href="/model?collection=c&amp;model=a/b">a/b</a>
            <a href="/model?collection=c&amp;model=a/c">a/c</a>"#;
        assert_eq!(first_model(html).as_deref(), Some("/model?collection=c&model=a/b"));
        assert_eq!(first_model("<p>nothing is found</p>"), None);
    }
}
