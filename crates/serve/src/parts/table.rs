//! The numbers behind a figure as a table.

use chart::Table;
use maud::{Markup, html};

/// A page shows at most this many rows; the files have them all.
const MOST_ROWS: usize = 240;

/// A table that scrolls inside its own box; the box takes the keyboard's focus.
pub(crate) fn scrolled(label: &str, table: &Markup) -> Markup {
    html! {
        div.scroll tabindex="0" role="region" aria-label=(label) { (table) }
    }
}

/// The newest rows of a figure's table.
pub(crate) fn table(table: &Table, title: &str) -> Markup {
    let skipped = table.rows.len().saturating_sub(MOST_ROWS);
    let rows = &table.rows[skipped..];
    let numbers = 2..table.header.len().saturating_sub(1);
    html! {
        details.numbers {
            summary { "Table" }
            @if skipped > 0 {
                p { "The newest " (rows.len()) " of " (table.rows.len()) " rows; the CSV has all of them." }
            }
            (scrolled(&format!("Table: {title}"), &html! {
                table {
                    thead {
                        tr {
                            @for name in &table.header { th scope="col" { (name) } }
                        }
                    }
                    tbody {
                        @for row in rows {
                            tr {
                                @for (column, cell) in row.iter().enumerate() {
                                    @if numbers.contains(&column) {
                                        td.number { (cell) }
                                    } @else {
                                        td { (cell) }
                                    }
                                }
                            }
                        }
                    }
                }
            }))
        }
    }
}
