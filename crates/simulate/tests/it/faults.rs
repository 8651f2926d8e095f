//! Every fault as a client meets it.

use std::io::Read as _;

use serde_json::Value;
use simulate::{Faults, RETRY_AFTER_SECONDS, WINDOW_LEFT_SECONDS};

use crate::{Served, agent, crawl, get, header, next_url, read, served};

/// The address of a page of ten, and of the whole listing behind it.
fn page(hub: &Served) -> String {
    format!("{}/api/models?limit=10&sort=createdAt&expand=downloads", hub.endpoint)
}

fn set(hub: &Served, text: &str) {
    hub.hub.set_faults(text.parse().unwrap());
}

/// What a plain client makes of an answer: status and body, or what went wrong.
fn outcome(url: &str) -> Result<(u16, String), String> {
    let mut response =
        agent().get(url).header("connection", "close").call().map_err(|error| error.to_string())?;
    let status = response.status().as_u16();
    let body = response.body_mut().read_to_string().map_err(|error| error.to_string())?;
    Ok((status, body))
}

#[test]
fn a_script_does_what_it_says_and_leaves_no_trace() {
    let hub = served(50);
    let url = page(&hub);
    let sound = read(&url);
    set(&hub, "1:500,2:502,3:503,4:504,5:html,6:error-object,7:404");
    let statuses: Vec<u16> = (0..8).map(|_| read(&url).0).collect();
    assert_eq!(statuses, [500, 502, 503, 504, 200, 200, 404, 200]);
    assert_eq!(read(&url), sound);
    set(&hub, "1:html,2:error-object");
    let html = get(&url);
    assert_eq!(header(&html, "content-type"), ["text/html; charset=utf-8"]);
    let object: Value = serde_json::from_str(&read(&url).1).unwrap();
    assert!(object["error"].is_string());
    assert_eq!(read(&url), sound);
}

/// hub-reference.md §8.3: the three ways in which a client is told to wait, or is not.
#[test]
fn too_many_requests_are_refused_in_three_ways() {
    let hub = served(50);
    set(&hub, "1:429,2:429-retry-after,3:429-bare");
    let url = page(&hub);
    let answers = [get(&url), get(&url), get(&url)];
    assert!(answers.iter().all(|answer| answer.status() == 429));
    let limits = answers.each_ref().map(|answer| header(answer, "ratelimit"));
    let spent = format!("\"api\";r=0;t={WINDOW_LEFT_SECONDS}");
    assert_eq!(limits, [vec![spent.as_str()], vec!["\"api\";r=499;t=300"], vec![]]);
    let waits = answers.each_ref().map(|answer| header(answer, "retry-after"));
    assert_eq!(waits, [vec![], vec![RETRY_AFTER_SECONDS.to_string().as_str()], vec![]]);
}

#[test]
fn connections_break_as_the_fault_has_it() {
    let hub = served(50);
    let url = page(&hub);
    let sound = read(&url);
    set(&hub, "1:reset,2:truncated,3:cut-json,4:timeout hold 0.05");
    let reset = outcome(&url).unwrap_err();
    assert!(reset.contains("reset"), "{reset}");

    let mut truncated = get(&url);
    assert_eq!(header(&truncated, "content-length"), [sound.1.len().to_string()]);
    let mut bytes = Vec::new();
    assert!(truncated.body_mut().as_reader().read_to_end(&mut bytes).is_err());
    assert_eq!(bytes, sound.1.as_bytes()[..sound.1.len() / 2], "what came is sound");

    let (status, cut) = read(&url);
    assert_eq!((status, cut.as_str()), (200, &sound.1[..sound.1.len() / 2]));
    assert!(serde_json::from_str::<Value>(&cut).is_err());

    assert!(outcome(&url).is_err(), "no answer ever comes");
    assert_eq!(read(&url), sound);
}

#[test]
fn a_withheld_answer_outlasts_a_client_in_a_hurry() {
    let hub = served(50);
    set(&hub, "1:timeout hold 1");
    let hurry = ureq::Agent::config_builder()
        .proxy(None)
        .timeout_global(Some(std::time::Duration::from_millis(50)))
        .build()
        .new_agent();
    let error = hurry.get(&page(&hub)).call().unwrap_err().to_string();
    assert!(error.contains("timeout"), "{error}");
    assert_eq!(read(&page(&hub)).0, 200);
}

#[test]
fn a_detour_leads_to_the_same_page() {
    let hub = served(50);
    let url = page(&hub);
    let sound = read(&url);
    let link = next_url(&get(&url)).unwrap();
    set(&hub, "1:detour");
    let answer = get(&url);
    assert_eq!(answer.status(), 307);
    let location = header(&answer, "location")[0].to_owned();
    assert!(location.starts_with("/api/models?"), "{location}");
    let behind = format!("{}{location}", hub.endpoint);
    let answer = get(&behind);
    assert_eq!(next_url(&answer), Some(link), "the next link leads back to the road");
    assert_eq!(read(&behind), sound);
}

#[test]
fn a_page_repeats_with_the_link_it_had() {
    let hub = served(50);
    let mut urls = vec![page(&hub)];
    while let Some(next) = next_url(&get(urls.last().unwrap())) {
        urls.push(next);
    }
    assert_eq!(urls.len(), 5);
    for pair in urls.windows(2) {
        let (before, asked) = (&pair[0], &pair[1]);
        let sound = read(asked);
        set(&hub, "1-2:repeat");
        assert_eq!(next_url(&get(asked)).as_ref(), Some(asked));
        assert_eq!(read(asked), {
            set(&hub, "none");
            read(before)
        });
        assert_eq!(read(asked), sound);
    }
    set(&hub, "1:repeat");
    assert_eq!(crawl(&urls[0]).0.len(), 50, "there is nothing before the first page");
}

#[test]
fn cursors_expire_and_listings_end_early() {
    let hub = served(50);
    let second = next_url(&get(&page(&hub))).unwrap();
    set(&hub, "1:expired-cursor,2:early-end");
    let (status, body) = read(&second);
    assert_eq!(status, 400);
    assert!(body.contains("cursor"), "{body}");
    let early = get(&second);
    assert_eq!((early.status().as_u16(), next_url(&early)), (200, None));
    assert!(next_url(&get(&second)).is_some());
    assert_eq!(crawl(&page(&hub)).0.len(), 50);
}

#[test]
fn deep_pages_time_out_at_the_gateway_while_the_first_does_not() {
    let hub = served(50);
    set(&hub, "deep*2:504");
    let first = get(&page(&hub));
    assert_eq!(first.status(), 200);
    let second = next_url(&first).unwrap();
    let statuses: Vec<u16> = (0..3).map(|_| read(&second).0).collect();
    assert_eq!(statuses, [504, 504, 200]);
}

/// The body of an answer that looks sound: 200, JSON, and an array.
fn sound_body(url: &str) -> Option<String> {
    let (status, body) = outcome(url).ok()?;
    let is_array = serde_json::from_str::<Value>(&body).is_ok_and(|value| value.is_array());
    (status == 200 && is_array).then_some(body)
}

#[test]
fn a_rate_never_alters_a_sound_body_and_three_repetitions_win() {
    let hub = served(200);
    let mut url = page(&hub);
    let mut pages = Vec::new();
    loop {
        pages.push((url.clone(), read(&url).1));
        match next_url(&get(&url)) {
            Some(next) => url = next,
            None => break,
        }
    }
    assert_eq!(pages.len(), 20);
    let recognisable = "429,429-retry-after,429-bare,500,502,503,504,reset,truncated,cut-json,\
                        html,error-object,expired-cursor,detour";
    set(&hub, &format!("rate 0.5 seed 3 of {recognisable}"));
    let mut repetitions = 0;
    for (url, expected) in &pages {
        let tries = (0..4).find(|_| match sound_body(url) {
            Some(body) => {
                assert_eq!(body, *expected, "{url}");
                true
            }
            None => false,
        });
        repetitions += tries.expect("the fourth try is never in vain");
    }
    assert!(repetitions > 5, "{repetitions} are too few for a rate of a half");
}

#[test]
fn faults_are_switched_over_http() {
    let hub = served(20);
    let put = |body: &str| {
        let url = format!("{}/simulated/faults", hub.endpoint);
        agent().put(&url).header("connection", "close").send(body).unwrap().status().as_u16()
    };
    assert_eq!(put("script 2:503"), 204);
    let url = page(&hub);
    assert_eq!([read(&url).0, read(&url).0, read(&url).0], [200, 503, 200]);
    assert_eq!(put("all:500"), 204);
    assert_eq!(put("nonsense"), 400);
    assert_eq!(read(&url).0, 500, "what is refused changes nothing");
    assert_eq!(put("none"), 204);
    assert_eq!(read(&url).0, 200);
    assert_eq!(Faults::none(), "none".parse().unwrap());
}

/// A connection that is kept is as good as new for the next request.
#[test]
fn what_has_no_body_is_not_cut() {
    let hub = served(20);
    let url = page(&hub);
    hub.hub.set_faults("1-2:truncated,3:detour".parse().unwrap());
    let agent = agent();
    assert_eq!(agent.head(&url).call().unwrap().status(), 200);
    let missing = format!("{}/api/models/{}", hub.endpoint, "no/such");
    assert!(agent.get(&missing).call().unwrap().body_mut().read_to_string().is_err());
    assert_eq!(agent.get(&url).call().unwrap().status(), 307);
    let mut sound = agent.get(&url).call().unwrap();
    assert!(sound.body_mut().read_to_string().is_ok());
}
