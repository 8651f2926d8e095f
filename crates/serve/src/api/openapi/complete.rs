//! What is the same of every address of the API, told in its document once: names, refusals,
//! headers, quality, limits.

use std::fmt::Write as _;

use utoipa::openapi::header::HeaderBuilder;
use utoipa::openapi::path::{Operation, Parameter};
use utoipa::openapi::response::{Response, ResponseBuilder};
use utoipa::openapi::schema::{AllOfBuilder, AnyOfBuilder, ObjectBuilder, Schema, Type};
use utoipa::openapi::{ContentBuilder, Header, OpenApi, Ref, RefOr};

use super::limits;
use crate::refusal::CODES;

const JSON: &str = "application/json";
const PROBLEM: &str = "application/problem+json";
/// The parameter of every question about a collection.
const COLLECTION: &str = "collection";
/// Addresses that look at no parameter.
const WITHOUT_PARAMETERS: [&str; 2] = ["/api/v1/events", "/api/v1/openapi.json"];

/// Completes the document that the handlers make.
pub(super) fn complete(document: &mut OpenApi) {
    document.info.description = Some(description());
    for (path, item) in &mut document.paths.paths {
        let operations = [item.get.as_mut(), item.post.as_mut()].into_iter().flatten();
        for operation in operations {
            complete_operation(path, operation);
        }
    }
}

fn description() -> String {
    let mut text = String::from(
        "Numbers about the open-model economy, each with its interval, its bounds and its \
         release. Responses about simulated data carry the header `x-weighhouse-simulated`; the \
         header `x-weighhouse-quality`, and `quality` in each answer, say how far it can be relied \
         on.\n\nWhat is not answered is a problem (RFC 9457) with one of these codes:\n\n",
    );
    for code in CODES {
        let statuses: Vec<String> = code.statuses.iter().map(ToString::to_string).collect();
        let statuses = statuses.join(", ");
        let _ = writeln!(text, "- `{}` ({statuses}): {}", code.name, code.meaning);
    }
    text.push_str("\nThe promise of what stays as it is: docs/api.md.");
    text
}

fn complete_operation(path: &str, operation: &mut Operation) {
    operation.operation_id = Some(operation_id(path));
    let parameters = operation.parameters.get_or_insert_default();
    let mut has_collection = false;
    for parameter in parameters {
        if let RefOr::T(parameter) = parameter {
            has_collection |= parameter.name == COLLECTION;
            complete_parameter(path, parameter);
        }
    }
    let responses = &mut operation.responses.responses;
    if let Some(RefOr::T(answer)) = responses.get_mut("200") {
        complete_answer(answer, has_collection);
    }
    let mut refusals = vec![
        ("414", "The address is too long"),
        ("500", "The server failed; what happened is told on its terminal"),
        ("503", "Too busy, too slow, or still being computed; Retry-After says when to ask again"),
    ];
    if !WITHOUT_PARAMETERS.contains(&path) {
        refusals.push(("400", "A question that means nothing"));
    }
    if has_collection {
        refusals.push(("404", "An unknown collection, or nothing in it that is asked about"));
    }
    for (status, description) in refusals {
        let known = responses.entry(status.to_owned());
        let response = known.or_insert_with(|| RefOr::T(refusal(description)));
        if let (RefOr::T(response), "503") = (response, status) {
            let seconds = header("Seconds after which to ask again", Type::Integer);
            response.headers.insert("Retry-After".to_owned(), RefOr::T(seconds));
        }
    }
}

/// A name for programs, as `get_results_name` of `/api/v1/results/{name}`.
fn operation_id(path: &str) -> String {
    let words = path.trim_start_matches("/api/v1").replace(['{', '}'], "");
    format!("get{}", words.replace(['/', '-', '.'], "_"))
}

fn complete_parameter(path: &str, parameter: &mut Parameter) {
    if let Some(schema) = limits::schema(path, &parameter.name) {
        parameter.schema = Some(schema.into());
    }
}

fn complete_answer(answer: &mut Response, has_collection: bool) {
    for (name, meaning) in [
        ("ETag", "Of this answer; sent back as If-None-Match it saves sending it again"),
        ("x-weighhouse-quality", "How far the answer can be relied on: ok, tainted or blocked"),
        ("x-weighhouse-simulated", "Present, and true, where the numbers are invented"),
    ] {
        answer.headers.insert(name.to_owned(), RefOr::T(header(meaning, Type::String)));
    }
    let blocked = || RefOr::from(Ref::from_schema_name("Blocked"));
    let mut is_other = true;
    for (kind, content) in &mut answer.content {
        let RefOr::T(content) = content else { continue };
        let is_named = matches!(content.schema, Some(RefOr::Ref(_)));
        if kind != JSON || !is_named {
            continue;
        }
        is_other = false;
        let Some(body) = content.schema.take() else { continue };
        let judged = Ref::from_schema_name("Judgement");
        let judged = AllOfBuilder::new().item(body).item(judged).build();
        let judged = RefOr::T(Schema::AllOf(judged));
        content.schema = Some(if has_collection {
            RefOr::T(Schema::AnyOf(AnyOfBuilder::new().item(judged).item(blocked()).build()))
        } else {
            judged
        });
    }
    if is_other && has_collection {
        let content = ContentBuilder::new().schema(Some(blocked())).build();
        answer.content.insert(JSON.to_owned(), RefOr::T(content));
    }
}

fn refusal(description: &str) -> Response {
    let problem = Ref::from_schema_name("Problem");
    let content = ContentBuilder::new().schema(Some(problem)).build();
    ResponseBuilder::new().description(description).content(PROBLEM, content).build()
}

fn header(description: &str, kind: Type) -> Header {
    let schema = ObjectBuilder::new().schema_type(kind).build();
    HeaderBuilder::new().schema(Some(Schema::Object(schema))).description(Some(description)).build()
}
