//! The box in the header of every page in which anything is looked for by its name.

use maud::{Markup, html};

/// A form that leads to the page of what is found; scripts show that below the box as one types.
pub(crate) fn search_box(collection: Option<&str>) -> Markup {
    html! {
        form.search action="/search" method="get" role="search" data-search {
            @if let Some(collection) = collection {
                input type="hidden" name="collection" value=(collection);
            }
            label.visually-hidden for="search" { "Find a model, an owner or anything else by name" }
            input #search name="q" type="search" placeholder="Find a model or owner"
                autocomplete="off" autocapitalize="off" spellcheck="false" maxlength="128" required;
            button type="submit" { "Find" }
            // Filled by the script.
            div.found #search-found role="listbox" aria-label="Found" hidden {}
            p.visually-hidden role="status" data-found-count {}
        }
    }
}
