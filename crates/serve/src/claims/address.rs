//! Where the API answers the question of a claim.

use analyze::Condition;
use analyze::claims::{Definition, What, When, question};
use schema::Flagged;

use crate::parameters::Parameters;

/// The address at which a question is asked of a collection, at each of its periods.
///
/// The answer has the shares of all units of a group, as the question at the command line has.
pub(crate) fn address(collection: &str, what: What, when: When, definition: &Definition) -> String {
    let query = question(what, definition);
    let mut asked = Parameters::default();
    let path = if let What::Average { attribute, average, weight } = what {
        asked.push("of", attribute);
        asked.push("stat", &average.to_string());
        asked.push("weight", &weight.to_string());
        "/api/v1/averages"
    } else {
        let statistic = query.statistics.first().map_or("sum", |statistic| statistic.name());
        asked.push("stat", statistic);
        asked.push("group", query.group.name());
        "/api/v1/query"
    };
    asked.push("collection", collection);
    asked.push("measure", query.measure.name());
    if !query.conditions.is_empty() {
        asked.push("where", &Condition::list_text(&query.conditions));
    }
    if query.flagged != Flagged::Include {
        asked.push("flagged", query.flagged.name());
    }
    let periods: Vec<String> = when.periods().iter().map(ToString::to_string).collect();
    asked.push("period", &periods.join(","));
    asked.address(path)
}
