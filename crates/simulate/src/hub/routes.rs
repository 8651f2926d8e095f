//! Which path leads where.

use std::time::Duration;

use schema::Instant;

use super::Hub;
use crate::answer::Answer;
use crate::entry::{self, FIELDS, Field, Route, View};
use crate::faults::{self, Fault, Reply};
use crate::query::{decode_path, parameters};
use crate::request::Request;
use crate::{accounts, files, listing};

impl Hub {
    /// What the Hub says when nothing goes wrong.
    pub(super) fn route(&self, at: Instant, request: &Request) -> Answer {
        let path = decode_path(&request.path);
        if path == listing::PATH {
            return listing::page(self, at, &request.base, &request.query);
        }
        if let Some(name) = path.strip_prefix("/api/models/").filter(|name| !name.is_empty()) {
            return self.detail(at, name, request);
        }
        let account = |kind: &str| path.strip_prefix(kind)?.strip_suffix("/overview");
        if let Some(name) = account("/api/organizations/") {
            return accounts::organisation(&self.accounts(at), name);
        }
        if let Some(name) = account("/api/users/") {
            return accounts::user(&self.accounts(at), name, request);
        }
        if let Some(rest) = path.strip_prefix("/api/datasets/") {
            return files::tree(self.files(), rest, request);
        }
        if let Some(rest) = path.strip_prefix("/api/resolve-cache/models/") {
            return self.cached_card(at, rest, request);
        }
        if path.starts_with("/datasets/") {
            return files::resolve(self.files(), at, path.trim_start_matches('/'), &request.base);
        }
        match path.trim_start_matches('/').split_once("/resolve/") {
            Some((name, rest)) => self.resolve(at, name, rest, request),
            None => Answer::no_route(&request.path),
        }
    }

    /// What is said at a signed address, which lies outside of the Hub and its limits.
    pub(super) fn signed_reply(
        &self,
        at: Instant,
        request: &Request,
        fault: Option<Fault>,
        hold: Duration,
    ) -> Reply {
        // Only what befalls a store of files: it knows no limits, pages and cursors.
        let allowance = crate::budget::Limits::off().allow(&request.path, Duration::ZERO);
        let reply = fault.and_then(|fault| faults::instead(fault, request, &allowance, hold));
        reply.unwrap_or_else(|| faults::turn(fault, files::signed(self.files(), at, request)))
    }

    /// The model that a name leads to, or the answer for who may not see it or asks by another
    /// name; `prefix` and `rest` are what stands before and after the name.
    fn named(
        &self,
        at: Instant,
        name: &str,
        (prefix, rest): (&str, &str),
        request: &Request,
    ) -> Result<u32, Answer> {
        let Some(index) = self.world().find(name, at) else {
            // The Hub does not tell anonymous callers what is missing from what is private.
            return Err(Answer::refusal(401, "Invalid username or password."));
        };
        let id = self.world().id_at(index, at);
        if id != name {
            let location = format!("{prefix}{id}{rest}{}", request.query_part());
            return Err(Answer::moved(307, &location));
        }
        Ok(index)
    }

    /// One model, or the way to its present name.
    fn detail(&self, at: Instant, name: &str, request: &Request) -> Answer {
        let (name, revision) = match name.split_once("/revision/") {
            Some((name, revision)) => (name, Some(revision)),
            None => (name, None),
        };
        let rest = revision.map_or_else(String::new, |revision| format!("/revision/{revision}"));
        let index = match self.named(at, name, ("/api/models/", &rest), request) {
            Ok(index) => index,
            Err(answer) => return answer,
        };
        let view = View::new(self.world(), index, at, Route::Detail);
        if revision.is_some_and(|revision| !view.is_head(revision)) {
            return no_revision();
        }
        let given = parameters(&request.query);
        let expand: Vec<String> = given
            .iter()
            .filter(|parameter| parameter.name == "expand")
            .map(|parameter| parameter.value.clone())
            .collect();
        let (fields, has_model_id) = if expand.is_empty() {
            (detail_fields(), true)
        } else {
            match listing::fields(&expand, &FIELDS) {
                Ok(fields) => (fields, false),
                Err(refusal) => return refusal,
            }
        };
        let is_set = |name: &str| {
            given.iter().any(|parameter| parameter.name == name && parameter.value == "true")
        };
        let (has_blobs, has_security) = (is_set("blobs"), is_set("securityStatus"));
        let view = View { has_blobs, has_security, ..view };
        let mut body = String::new();
        entry::write(&mut body, &view, &fields, has_model_id);
        Answer::ok(body)
    }

    /// A file of a model: only cards are kept, everything else is said not to be there.
    fn resolve(&self, at: Instant, name: &str, rest: &str, request: &Request) -> Answer {
        let after = format!("/resolve/{rest}");
        let index = match self.named(at, name, ("/", &after), request) {
            Ok(index) => index,
            Err(answer) => return answer,
        };
        let view = View::new(self.world(), index, at, Route::Detail);
        let (revision, path) = rest.split_once('/').unwrap_or((rest, ""));
        if !view.is_head(revision) {
            return no_revision();
        }
        if view.is_gated() {
            let reason = format!(
                "Access to model {name} is restricted and you are not in the authorized list."
            );
            return Answer::refusal_with_code(401, "GatedRepo", &reason);
        }
        let Some(card) = entry::card_text(&view).filter(|_| path == "README.md") else {
            return Answer::refusal_with_code(404, "EntryNotFound", "Entry not found");
        };
        let location = format!("/api/resolve-cache/models/{name}/{}/{path}", view.sha());
        Answer::moved(307, &location)
            .with("x-repo-commit", &view.sha())
            .with("x-linked-size", &card.len().to_string())
            .with("etag", &format!("\"{}\"", entry::blob_id(card.as_bytes())))
            .with("accept-ranges", "bytes")
    }

    /// A card at its commit: `NAMESPACE/NAME/COMMIT/README.md`.
    fn cached_card(&self, at: Instant, rest: &str, request: &Request) -> Answer {
        let missing = || Answer::refusal_with_code(404, "EntryNotFound", "Entry not found");
        let mut parts = rest.splitn(4, '/');
        let (Some(owner), Some(name), Some(commit), Some("README.md")) =
            (parts.next(), parts.next(), parts.next(), parts.next())
        else {
            return missing();
        };
        let Some(index) = self.world().find(&format!("{owner}/{name}"), at) else {
            return missing();
        };
        let view = View::new(self.world(), index, at, Route::Detail);
        if view.sha() != commit || view.is_gated() {
            return missing();
        }
        let Some(card) = entry::card_text(&view) else { return missing() };
        let etag = format!("\"{}\"", entry::blob_id(card.as_bytes()));
        files::ranged(card.into(), "text/plain; charset=utf-8", request)
            .with("etag", &etag)
            .with("x-repo-commit", commit)
    }
}

fn no_revision() -> Answer {
    Answer::refusal_with_code(404, "RevisionNotFound", "Invalid rev id")
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
