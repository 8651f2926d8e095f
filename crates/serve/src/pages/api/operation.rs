//! One address of the API: what it answers, its parameters with their limits, and a form.

use std::collections::BTreeSet;

use maud::{Markup, html};
use utoipa::openapi::path::{Operation, Parameter};
use utoipa::openapi::schema::{Object, Schema};
use utoipa::openapi::{RefOr, Required};

use super::ADDRESS;
use crate::api::openapi::described;
use crate::parts::scrolled;

/// A stream of events has no end, which a form would wait for.
const WITHOUT_FORM: &str = "/api/v1/events";

/// The id of the section of an address.
pub(super) fn id(path: &str) -> String {
    path.trim_start_matches("/api/v1/").replace(['{', '}'], "").replace(['/', '.'], "-")
}

/// Every name that a field of the forms can have.
pub(super) fn names() -> Vec<&'static str> {
    let operations = described().paths.paths.values().filter_map(|item| item.get.as_ref());
    let fields = operations.flat_map(parameters).map(|parameter| parameter.name.as_str());
    let names: BTreeSet<&str> = fields.chain([ADDRESS]).collect();
    names.into_iter().collect()
}

/// What an address answers, and a form that asks it.
pub(super) fn section(path: &str, operation: &Operation) -> Markup {
    let id = id(path);
    let parameters: Vec<&Parameter> = parameters(operation).collect();
    html! {
        section.operation aria-labelledby=(id) {
            h2 id=(id) { code { "GET " (path) } }
            @if let Some(summary) = &operation.summary { p.subtitle { (summary) } }
            @if let Some(description) = &operation.description { p { (description) } }
            @if !parameters.is_empty() { (table(path, &parameters)) }
            (answers(path, operation))
            @if path != WITHOUT_FORM { (form(path, &id, &parameters)) }
        }
    }
}

fn parameters(operation: &Operation) -> impl Iterator<Item = &Parameter> {
    operation.parameters.iter().flatten().filter_map(|parameter| match parameter {
        RefOr::T(parameter) => Some(parameter),
        RefOr::Ref(_) => None,
    })
}

fn table(path: &str, parameters: &[&Parameter]) -> Markup {
    let table = html! {
        table {
            thead {
                tr {
                    th scope="col" { "Parameter" }
                    th scope="col" { "What it can be" }
                    th scope="col" { "Meaning" }
                }
            }
            tbody {
                @for parameter in parameters {
                    tr {
                        th scope="row" {
                            code { (parameter.name) }
                            @if is_required(parameter) { span.method { "needed" } }
                        }
                        td.long { @if let Some(object) = object(parameter) { (limits(object)) } }
                        td.long { (parameter.description.as_deref().unwrap_or_default()) }
                    }
                }
            }
        }
    };
    scrolled(&format!("Parameters of {path}"), &table)
}

fn is_required(parameter: &Parameter) -> bool {
    parameter.required == Required::True
}

fn object(parameter: &Parameter) -> Option<&Object> {
    match parameter.schema.as_ref()? {
        RefOr::T(Schema::Object(object)) => Some(object),
        _ => None,
    }
}

/// The values that an enumeration has.
fn choices(object: &Object) -> Vec<String> {
    let values = object.enum_values.iter().flatten();
    values.map(|value| value.as_str().map_or_else(|| value.to_string(), str::to_owned)).collect()
}

fn limits(object: &Object) -> Markup {
    let choices = choices(object);
    html! {
        @if choices.len() > 20 {
            (choices.len()) " names, from " code { (choices[0]) } " on"
        } @else if !choices.is_empty() {
            @for (place, choice) in choices.iter().enumerate() {
                @if place > 0 { ", " }
                code { (choice) }
            }
        } @else if let (Some(least), Some(most)) = (number(object.minimum.as_ref()), number(object.maximum.as_ref())) {
            (least) " to " (most)
        } @else if let Some(most) = object.max_length {
            "text of at most " (most) " characters"
        }
    }
}

fn number(limit: Option<&utoipa::Number>) -> Option<String> {
    limit.map(|limit| match limit {
        utoipa::Number::Int(number) => number.to_string(),
        utoipa::Number::UInt(number) => number.to_string(),
        utoipa::Number::Float(number) => number.to_string(),
    })
}

fn answers(path: &str, operation: &Operation) -> Markup {
    html! {
        details {
            summary { "What it answers" }
            dl.answers aria-label={ "Answers of " (path) } {
                @for (status, response) in &operation.responses.responses {
                    @if let RefOr::T(response) = response {
                        dt { (status) }
                        dd {
                            (response.description)
                            @for kind in response.content.keys() { " " code { (kind) } }
                        }
                    }
                }
            }
        }
    }
}

fn form(path: &str, id: &str, parameters: &[&Parameter]) -> Markup {
    html! {
        details.try {
            summary { "Try it" }
            form action="/api/try" method="get" data-try {
                input type="hidden" name=(ADDRESS) value=(path);
                @for parameter in parameters {
                    @let field = format!("{id}-{}", parameter.name);
                    div.field {
                        label for=(field) {
                            (parameter.name) @if is_required(parameter) { " (needed)" }
                        }
                        (input(parameter, &field))
                    }
                }
                button type="submit" { "Ask" }
            }
            output.answer data-answer hidden {}
        }
    }
}

fn input(parameter: &Parameter, field: &str) -> Markup {
    let choices = object(parameter).map(choices).unwrap_or_default();
    let most = object(parameter).and_then(|object| object.max_length);
    html! {
        @if choices.is_empty() {
            input type="text" id=(field) name=(parameter.name) maxlength=[most]
                required[is_required(parameter)] autocomplete="off" spellcheck="false";
        } @else {
            select id=(field) name=(parameter.name) required[is_required(parameter)] {
                @if !is_required(parameter) { option value="" { "not given" } }
                @for choice in &choices { option value=(choice) { (choice) } }
            }
        }
    }
}
