//! The `Link` header (RFC 8288), as far as paging needs it.

/// The target of the first link that is `rel="next"`.
pub(crate) fn next(header: &str) -> Option<&str> {
    let mut rest = header;
    while let Some(start) = rest.find('<') {
        let (target, after) = rest[start + 1..].split_once('>')?;
        let (parameters, others) = split_unquoted(after, ',');
        if is_next(parameters) {
            return Some(target);
        }
        rest = others;
    }
    None
}

fn is_next(parameters: &str) -> bool {
    let mut rest = parameters;
    while !rest.is_empty() {
        let (parameter, others) = split_unquoted(rest, ';');
        if parameter.split_once('=').is_some_and(|(name, value)| is_rel_next(name, value)) {
            return true;
        }
        rest = others;
    }
    false
}

fn is_rel_next(name: &str, value: &str) -> bool {
    let mut relations = value.trim().trim_matches('"').split_ascii_whitespace();
    name.trim().eq_ignore_ascii_case("rel")
        && relations.any(|relation| relation.eq_ignore_ascii_case("next"))
}

/// The text before and after the first separator that no quotation marks enclose.
fn split_unquoted(text: &str, separator: char) -> (&str, &str) {
    let mut is_quoted = false;
    for (place, letter) in text.char_indices() {
        if letter == '"' {
            is_quoted = !is_quoted;
        } else if letter == separator && !is_quoted {
            return (&text[..place], &text[place + 1..]);
        }
    }
    (text, "")
}

#[cfg(test)]
mod tests;
