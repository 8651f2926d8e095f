//! `GET /embed/{figure}`: a figure in a bare page, to stand in the pages of others.
//!
//! It is live: it shows the numbers of the release that is shown. With `release` it is frozen to
//! one, and says so where that release is no longer shown, rather than show other numbers.

use axum::extract::{Extension, Path, State};
use axum::http::Uri;
use axum::response::{Html, IntoResponse, Response};
use maud::{DOCTYPE, Markup, PreEscaped, html};

use crate::Live;
use crate::compute::AppState;
use crate::headers::mark;
use crate::inside;
use crate::parameters::Parameters;
use crate::parts;
use crate::refusal::Refusal;
use crate::shown::Shown;
use crate::site;

/// Where every embedded figure lies.
pub(crate) const BELOW: &str = "/embed/";
const FIGURES: &str = "/figure/";
/// What belongs to the bare page rather than to the figure.
const OWN: [&str; 3] = ["release", "theme", "size"];

/// The address of a figure's bare page, by that of its fragment.
pub(crate) fn path(figure: &str) -> String {
    format!("{BELOW}{}", figure.trim_start_matches(FIGURES))
}

/// Answers with the bare page.
pub(crate) async fn show(
    State(live): State<Live>,
    Extension(state): Extension<AppState>,
    Path(figure): Path<String>,
    uri: Uri,
) -> Response {
    let answer = answer(&live, &state, &figure, &uri).await;
    answer.unwrap_or_else(|refusal| {
        let body = html! { p.reason { strong { (refusal.title) ": " } (refusal.detail) "." } };
        let page = bare(refusal.title, None, &body).into_string();
        (refusal.status, Html(page)).into_response()
    })
}

async fn answer(
    live: &Live,
    state: &AppState,
    figure: &str,
    uri: &Uri,
) -> Result<Response, Refusal> {
    let given = Parameters::all_of(uri)?;
    let theme = theme(given.get("theme"))?;
    let shown = state.app.collection(given.get("collection"))?;
    let asked = OWN.iter().fold(given.clone(), |given, name| given.without(name));
    if let Some(release) = given.get("release")
        && release != shown.market.release.id
    {
        let body = gone(&shown, release, &asked.address(&path(figure)));
        let page = bare("No longer shown", theme, &body).into_string();
        return Ok(mark(Html(page).into_response(), shown.market.release.is_simulated));
    }
    let is_sound = !figure.contains(['.', '?', '#', '%']);
    if !is_sound {
        return Err(Refusal::not_found(format!("there is no figure '{figure}' to embed")));
    }
    let address = asked.address(&format!("{FIGURES}{figure}"));
    let fragment = inside::html(live, state, &address).await?;
    let title = &shown.market.collection.title;
    let body = html! {
        (PreEscaped(fragment))
        p.from {
            (shown.market.collection.covers) " "
            a href={ (site::HERE) "/power?collection=" (shown.market.release.collection) } target="_top" { "weighhouse" }
        }
    };
    let page = site::told(&bare(title, theme, &body).into_string(), &state.site);
    let response = Html(page).into_response();
    Ok(mark(response, shown.market.release.is_simulated))
}

/// Says that the release of a frozen figure is no longer shown.
fn gone(shown: &Shown, asked: &str, live: &str) -> Markup {
    let release = &shown.market.release;
    html! {
        p.reason {
            strong { "These numbers are no longer shown. " }
            "This figure was frozen to release " code { (asked) } " of "
            (shown.market.collection.title) ". Shown now is release " code { (release.id) }
            ", with data through " (parts::day(shown.market.data_through.day())) "."
        }
        p { a href=(live) { "See the figure as it is now" } }
    }
}

fn theme(text: Option<&str>) -> Result<Option<&'static str>, Refusal> {
    let known = [("light", Some("light")), ("dark", Some("dark"))];
    crate::view::one_of("theme", text, None, &known)
}

/// A page without anything around its content, in colours of its own or as the reader has them.
fn bare(title: &str, theme: Option<&str>, body: &Markup) -> Markup {
    html! {
        (DOCTYPE)
        html lang="en" data-theme=[theme] {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="color-scheme" content=(theme.unwrap_or("light dark"));
                title { (title) " · weighhouse" }
                link rel="icon" href="/assets/favicon.svg" type="image/svg+xml";
                link rel="stylesheet" href="/assets/app.css";
                link rel="stylesheet" href="/assets/chart.css";
                script type="module" src="/assets/figure.js" {}
                script type="module" src="/assets/copy.js" {}
            }
            body.embed { main { (body) } }
        }
    }
}
