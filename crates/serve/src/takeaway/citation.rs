//! How what is taken away is cited: in words, as BibTeX and as CSL-JSON.

use schema::Day;
use serde_json::json;

use crate::parts;

/// What a citation names.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Citation<'a> {
    pub(crate) title: &'a str,
    pub(crate) collection: &'a str,
    pub(crate) release: &'a str,
    pub(crate) data_through: Day,
    pub(crate) source: &'a str,
    /// Where it is seen, from the scheme on.
    pub(crate) url: &'a str,
    pub(crate) is_simulated: bool,
}

impl Citation<'_> {
    /// In words.
    pub(crate) fn text(&self) -> String {
        let Self { title, collection, release, source, url, .. } = self;
        let through = parts::day(self.data_through).replace('\u{a0}', " ");
        let simulated = if self.is_simulated { " Simulated data." } else { "" };
        format!(
            "weighhouse ({}). {}. Collection {collection}, release {release}, data through \
             {through}.{simulated} Source of the data: {}. {url}",
            self.data_through.year(),
            ended(title),
            ended(source),
        )
    }

    /// As an entry of BibTeX.
    pub(crate) fn bibtex(&self) -> String {
        let Self { title, url, .. } = self;
        format!(
            "@misc{{{key},\n  author = {{{{weighhouse}}}},\n  title = {{{{{title}}}}},\n  \
             year = {{{year}}},\n  note = {{{note}}},\n  url = {{{url}}}\n}}\n",
            key = self.key(),
            title = tex(title),
            year = self.data_through.year(),
            note = tex(&self.note()),
        )
    }

    /// As CSL-JSON, a list of one item.
    pub(crate) fn csl(&self) -> String {
        let on = self.data_through;
        let item = json!([{
            "id": self.key(),
            "type": "dataset",
            "title": self.title,
            "author": [{ "literal": "weighhouse" }],
            "issued": { "date-parts": [[on.year(), on.month(), on.day_of_month()]] },
            "version": self.release,
            "URL": self.url,
            "note": self.note(),
        }]);
        serde_json::to_string_pretty(&item).expect("texts and numbers are JSON") + "\n"
    }

    /// What names it among other entries.
    fn key(&self) -> String {
        let is_plain = |c: &char| c.is_ascii_alphanumeric() || *c == '-';
        let collection: String = self.collection.chars().filter(is_plain).collect();
        let release: String = self.release.chars().filter(is_plain).take(12).collect();
        format!("weighhouse-{collection}-{release}")
    }

    fn note(&self) -> String {
        let simulated = if self.is_simulated { "; simulated data" } else { "" };
        format!(
            "Collection {}, release {}, data through {}{simulated}; source of the data: {}",
            self.collection, self.release, self.data_through, self.source
        )
    }
}

/// A sentence without its full stop.
fn ended(text: &str) -> &str {
    text.trim_end().trim_end_matches('.')
}

/// Text with what TeX reserves escaped.
fn tex(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '\\' => out.push_str("\\textbackslash{}"),
            '~' => out.push_str("\\textasciitilde{}"),
            '^' => out.push_str("\\textasciicircum{}"),
            '&' | '%' | '$' | '#' | '_' | '{' | '}' => out.extend(['\\', character]),
            '\u{a0}' => out.push('~'),
            _ => out.push(character),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn citation() -> Citation<'static> {
        Citation {
            title: "Shares of R&D_models {x}",
            collection: "tiny",
            release: "0123456789abcdef",
            data_through: "2024-05-26".parse().unwrap(),
            source: "someone, CC-BY 4.0.",
            url: "https://example.org/power?collection=tiny&measure=downloads",
            is_simulated: false,
        }
    }

    #[test]
    fn the_words_name_release_date_source_and_place() {
        let expected = "weighhouse (2024). Shares of R&D_models {x}. Collection tiny, release \
                        0123456789abcdef, data through 26 May 2024. Source of the data: someone, \
                        CC-BY 4.0. https://example.org/power?collection=tiny&measure=downloads";
        assert_eq!(citation().text(), expected);
        let simulated = Citation { is_simulated: true, ..citation() };
        assert!(simulated.text().contains("Simulated data."));
    }

    #[test]
    fn bibtex_has_balanced_braces_and_no_bare_signs() {
        let entry = citation().bibtex();
        assert!(entry.starts_with("@misc{weighhouse-tiny-0123456789ab,\n"), "{entry}");
        assert!(entry.contains("title = {{Shares of R\\&D\\_models \\{x\\}}}"), "{entry}");
        let plain = entry.replace("\\{", "").replace("\\}", "");
        assert_eq!(plain.matches('{').count(), plain.matches('}').count());
    }

    #[test]
    fn csl_is_a_dataset_of_the_date() {
        let items: serde_json::Value = serde_json::from_str(&citation().csl()).unwrap();
        assert_eq!(items[0]["type"], "dataset");
        assert_eq!(items[0]["issued"]["date-parts"][0], serde_json::json!([2024, 5, 26]));
        assert_eq!(items[0]["URL"], citation().url);
    }
}
