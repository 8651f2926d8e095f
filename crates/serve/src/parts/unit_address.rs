//! Where the page of a unit is: of an owner, a country, a licence, a model, or anything else that
//! models can be grouped by.

use schema::Group;

use crate::parameters::Parameters;
use crate::view::View;

/// A group with a page of its own: its name, the page's path, the parameter that names the unit.
type OfGroup = (&'static str, &'static str, &'static str);

const PAGES: [OfGroup; 13] = [
    ("model", "/model", "model"),
    ("uploader", "/owner", "owner"),
    ("developer", "/owner", "owner"),
    ("country", "/country", "country"),
    ("developer_country", "/country", "country"),
    ("country_group", "/country-group", "country_group"),
    ("developer_country_group", "/country-group", "country_group"),
    ("sector", "/sector", "sector"),
    ("developer_sector", "/sector", "sector"),
    ("license", "/license", "license"),
    ("library", "/library", "library"),
    ("task", "/task", "task"),
    ("family", "/family", "family"),
];

/// Groups that are of original developers.
const OF_DEVELOPERS: [&str; 4] =
    ["developer", "developer_country", "developer_country_group", "developer_sector"];

/// The page of a unit, in the collection and the measure of a view.
pub(crate) fn unit_address(view: &View, group: &Group, unit: &str) -> String {
    let collection = &view.shown.market.release.collection;
    let measure = view.given.get("measure").map(|_| view.measure.name());
    address(collection, measure, group.name(), unit)
}

/// The page of a unit of a collection.
pub(crate) fn address(collection: &str, measure: Option<&str>, group: &str, unit: &str) -> String {
    let mut given = Parameters::default();
    given.push("collection", collection);
    let known = PAGES.iter().find(|(name, ..)| *name == group);
    let path = if let Some((_, path, parameter)) = known {
        given.push(parameter, unit);
        if OF_DEVELOPERS.contains(&group) {
            given.push("attribution", "developer");
        }
        *path
    } else {
        given.push("group", group);
        given.push("unit", unit);
        "/unit"
    };
    if let Some(measure) = measure {
        given.push("measure", measure);
    }
    given.address(path)
}

#[cfg(test)]
mod tests {
    use super::address;

    #[test]
    fn names_are_written_as_a_query_writes_them() {
        let of = |group, unit| address("radar", None, group, unit);
        assert_eq!(of("uploader", "a b&c"), "/owner?collection=radar&owner=a%20b%26c");
        assert_eq!(of("family", "Qwen/Qwen3-8B"), "/family?collection=radar&family=Qwen/Qwen3-8B");
        assert_eq!(
            of("developer_country", "Türkiye"),
            "/country?collection=radar&country=T%C3%BCrkiye&attribution=developer"
        );
        assert_eq!(
            address("radar", Some("likes"), "size_band", "≥ 70 B"),
            "/unit?collection=radar&group=size_band&unit=%E2%89%A5%2070%20B&measure=likes"
        );
    }
}
