use std::collections::BTreeSet;

use serde_json::Value;

use super::*;
use crate::{Options, world};

const BASE: &str = "http://hub.test";

fn hub(models: u64) -> Hub {
    let at = Instant::parse("2026-09-07T06:00:00Z").unwrap();
    Hub::new(world(&Options { models, seed: 11, at }), at, None)
}

fn entries(answer: &Answer) -> Vec<Value> {
    assert_eq!(answer.status, 200, "{}", answer.text());
    serde_json::from_str(answer.text()).unwrap()
}

/// The query of the next page, where there is one.
fn next(answer: &Answer) -> Option<String> {
    let link = answer.header("link")?;
    let url = link.strip_prefix('<')?.strip_suffix(">; rel=\"next\"")?;
    Some(url.strip_prefix(&format!("{BASE}{PATH}?")).expect("links are absolute").to_owned())
}

fn crawl(hub: &Hub, query: &str) -> Vec<Value> {
    let mut all = Vec::new();
    let mut query = Some(query.to_owned());
    while let Some(page) = query {
        let answer = hub.answer(BASE, PATH, &page);
        all.extend(entries(&answer));
        query = next(&answer);
        assert!(all.len() <= 10_000, "the listing has no end");
    }
    all
}

fn text<'a>(entry: &'a Value, field: &str) -> &'a str {
    entry[field].as_str().unwrap()
}

#[test]
fn every_sort_pages_through_every_model_once_in_order() {
    let hub = hub(700);
    let mut ties = 0;
    for (sort, name) in Sort::ALL {
        let all = crawl(&hub, &format!("limit=90&sort={name}&direction=-1&expand[]={name}"));
        let ids: BTreeSet<_> = all.iter().map(|entry| text(entry, "_id")).collect();
        assert_eq!((all.len(), ids.len()), (700, 700), "{name}");
        for pair in all.windows(2) {
            let [left, right] = pair else { unreachable!("windows of two") };
            // Independent of the server's keys: dates as ISO texts, counts as numbers.
            let order = if matches!(sort, Sort::CreatedAt | Sort::LastModified) {
                text(left, name).cmp(text(right, name))
            } else {
                left[name].as_f64().unwrap().total_cmp(&right[name].as_f64().unwrap())
            };
            assert!(order.is_ge(), "{name}: {left} before {right}");
            if order.is_eq() {
                ties += 1;
                assert!(text(left, "_id") < text(right, "_id"), "{name}: {left} before {right}");
            }
        }
    }
    assert!(ties > 100, "{ties} ties are too few to show their order");
}

#[test]
fn a_page_boundary_amid_ties_loses_nothing() {
    let hub = hub(120);
    let whole = crawl(&hub, "limit=1000&sort=trendingScore&expand=likes");
    let single = crawl(&hub, "limit=1&sort=trendingScore&expand=likes");
    assert_eq!(whole, single);
}

/// The listing's cursor as recorded: hub-reference.md §2.5.
#[test]
fn the_cursor_has_the_form_of_the_recorded_one() {
    let object_id = ObjectId::parse("6a563842cb785d0d06a1cb7d").unwrap();
    let place = Place { key: 1_000, object_id, index: 0 };
    let text = Cursor::after(Sort::TrendingScore, &place).to_text();
    // From the Link header of hub-fixtures/models_list_default_limit3.head.json.
    let recorded = "eyIkb3IiOlt7InRyZW5kaW5nU2NvcmUiOjUwMCwiX2lkIjp7IiRndCI6IjZhNTYzODQyY2I3ODVkMGQwNmExY2I3ZCJ9fSx7InRyZW5kaW5nU2NvcmUiOnsiJGx0Ijo1MDB9fSx7InRyZW5kaW5nU2NvcmUiOm51bGx9XX0=";
    assert_eq!(text, recorded);
    let read = Cursor::read(recorded, Sort::TrendingScore).unwrap();
    assert_eq!(read.to_text(), recorded);
    assert_eq!(Cursor::read(recorded, Sort::Downloads), None);
}

#[test]
fn links_repeat_what_was_asked() {
    let hub = hub(300);
    let query = "limit=3&sort=downloads&expand%5B%5D=likes&expand[]=model-index&search=%61";
    let answer = hub.answer(BASE, PATH, query);
    let next = next(&answer).unwrap();
    let kept = "limit=3&sort=downloads&expand=likes&expand=model-index&search=%61&cursor=";
    assert!(next.starts_with(kept), "{next}");
    assert!(!next.ends_with('='), "the padding is escaped: {next}");
    let third = hub.answer(BASE, PATH, &next);
    assert_eq!(third.header("link").unwrap().matches("cursor=").count(), 1);
}

#[test]
fn what_is_wrong_is_refused() {
    let hub = hub(10);
    let check = |query: &str, reason: &str| {
        let answer = hub.answer(BASE, PATH, query);
        let body: Value = serde_json::from_str(answer.text()).unwrap();
        assert_eq!(answer.status, 400, "{query}");
        assert!(text(&body, "error").contains(reason), "{query}: {body}");
    };
    check("expand=nonsense", "expand: 'nonsense' is not one of author, baseModels, cardData");
    check("expand=_id", "'_id' is not one of");
    check("expand=usedStorage", "'usedStorage' is not one of");
    check("cursor=acme%2Ftiny", "cursor: is malformed");
    check("cursor=e30%3D", "cursor: is malformed");
    check("sort=stars", "sort: 'stars' is not one of createdAt, downloads");
    check("direction=1", "direction");
    check("limit=0", "limit");
    check("limit=many", "limit");
}

#[test]
fn filters_choose_what_they_name() {
    let hub = hub(400);
    let everything = crawl(&hub, "expand=tags&expand=author&expand=gated");
    let check = |query: &str, is_chosen: &dyn Fn(&Value) -> bool| {
        let chosen =
            crawl(&hub, &format!("limit=40&expand=tags&expand=author&expand=gated&{query}"));
        let expected: Vec<_> =
            everything.iter().filter(|entry| is_chosen(entry)).cloned().collect();
        assert!(!chosen.is_empty() && chosen.len() < everything.len(), "{query}");
        assert_eq!(chosen, expected, "{query}");
    };
    let has = |entry: &Value, tag: &str| entry["tags"].as_array().unwrap().iter().any(|t| t == tag);
    check("filter=gguf", &|entry| has(entry, "gguf"));
    check("filter=safetensors&filter=license%3Amit", &|entry| {
        has(entry, "safetensors") && has(entry, "license:mit")
    });
    check("author=LingshuLM", &|entry| entry["author"] == "LingshuLM");
    check("search=-GGUF", &|entry| text(entry, "id").to_lowercase().contains("-gguf"));
    check("gated=true", &|entry| entry["gated"] != false);
}

#[test]
fn a_page_is_at_most_a_thousand() {
    let hub = hub(1_100);
    assert_eq!(entries(&hub.answer(BASE, PATH, "")).len(), 1_000);
    assert_eq!(entries(&hub.answer(BASE, PATH, "limit=5000")).len(), 1_000);
}

#[test]
fn the_end_has_no_link() {
    let hub = hub(10);
    assert_eq!(next(&hub.answer(BASE, PATH, "limit=10")), None);
    assert!(next(&hub.answer(BASE, PATH, "limit=9")).is_some());
    assert_eq!(hub.answer(BASE, PATH, "author=nobody").text(), "[]");
}
