//! The tools: which question of the API each asks, and which page shows the same.

use std::sync::LazyLock;

use axum::Router;
use axum::routing::{MethodRouter, get};
use serde_json::{Map, Value as Json, json};

use crate::api::{self, openapi};

/// One question of the API as a tool.
pub(super) struct Tool {
    pub(super) name: &'static str,
    title: &'static str,
    description: &'static str,
    /// The address of the API that it asks.
    pub(super) path: &'static str,
    handler: fn() -> MethodRouter,
    /// The page that shows the same.
    pub(super) page: &'static str,
    /// The arguments that the page knows, too.
    pub(super) kept: &'static [&'static str],
}

/// What the pages of views know.
const OF_VIEWS: &[&str] =
    &["collection", "measure", "group", "where", "window", "from", "to", "flagged"];
const OF_COLLECTION: &[&str] = &["collection"];
const OF_RESULTS: &[&str] = &["collection", "attribution"];
const OF_MODEL: &[&str] = &["collection", "model"];

/// Every tool, in the order of lists.
pub(super) static TOOLS: [Tool; 15] = [
    Tool {
        name: "search",
        title: "Find names",
        description: "Finds models (also by names they had before), owners, countries, licences, libraries, tasks, attributes, results and pages by any part of their name, mistyped ones too. Use it to learn exact names before other tools.",
        path: "/api/v1/search",
        handler: || get(api::search::show),
        page: "/search",
        kept: &["collection", "q", "kind"],
    },
    Tool {
        name: "query",
        title: "Statistics of a market",
        description: "Sums, shares, concentration (HHI, CRk, Gini, entropy, Theil) and the largest units of any group of models, over time or at a date, each number with interval, bounds and n.",
        path: "/api/v1/query",
        handler: || get(api::query::show),
        page: "/explore",
        kept: OF_VIEWS,
    },
    Tool {
        name: "leaderboard",
        title: "Who leads",
        description: "The largest units of a market with share, sum and their places at an earlier time.",
        path: "/api/v1/leaderboard",
        handler: || get(api::leaderboard::show),
        page: "/power",
        kept: OF_VIEWS,
    },
    Tool {
        name: "average",
        title: "Means and quantiles",
        description: "Mean, median and quantiles of a numeric attribute of models, as parameters, by download or by model.",
        path: "/api/v1/averages",
        handler: || get(api::averages::show),
        page: "/models",
        kept: &[
            "collection",
            "of",
            "weight",
            "measure",
            "where",
            "window",
            "from",
            "to",
            "flagged",
        ],
    },
    Tool {
        name: "results",
        title: "What can be asked as a result",
        description: "Lists the standing questions that a collection answers with tests and sentences; `result` gives one.",
        path: "/api/v1/results",
        handler: || get(api::results::list),
        page: "/results",
        kept: OF_RESULTS,
    },
    Tool {
        name: "result",
        title: "One result",
        description: "One standing question with what the data bear out: sentences, numbers with intervals, tests adjusted for their number.",
        path: "/api/v1/results/{name}",
        handler: || get(api::results::show),
        page: "/results/{name}",
        kept: OF_RESULTS,
    },
    Tool {
        name: "claims",
        title: "The paper's claims",
        description: "The claims of Economies of Open Intelligence (arXiv 2512.03073), each with what the collection says of it: reproduced, differs, cannot be told, or not reproducible.",
        path: "/api/v1/replication",
        handler: || get(api::replication::show),
        page: "/replication",
        kept: OF_COLLECTION,
    },
    Tool {
        name: "robustness",
        title: "A claim under every reasonable definition",
        description: "One claim asked under many definitions: how many agree, and the answer under each. `claims` lists the claims.",
        path: "/api/v1/robustness/{claim}",
        handler: || get(api::robustness::show),
        page: "/robustness/{claim}",
        kept: OF_COLLECTION,
    },
    Tool {
        name: "what_if",
        title: "What would be",
        description: "What becomes of every index and of the shares of countries and sectors if owners merged, left, or sat elsewhere.",
        path: "/api/v1/whatif",
        handler: || get(api::whatif::show),
        page: "/whatif",
        kept: OF_COLLECTION,
    },
    Tool {
        name: "why",
        title: "What is known of a model, and why",
        description: "A model's attributes, each with its evidence (file and line of the source) and the rule that made it. Ask for one attribute where one is meant: all of them are long.",
        path: "/api/v1/why",
        handler: || get(api::why::show),
        page: "/model",
        kept: OF_MODEL,
    },
    Tool {
        name: "counted",
        title: "Is a model counted?",
        description: "Whether each collection has a model, under which id, its readings, known and missing weeks, the rule by which it is counted, and as what it counts.",
        path: "/api/v1/counted",
        handler: || get(api::counted::show),
        page: "/counted",
        kept: &["model"],
    },
    Tool {
        name: "family",
        title: "A model's family",
        description: "The models that descend from the same root, by the role of who published them, and how much is downloaded through each.",
        path: "/api/v1/family",
        handler: || get(api::family::show),
        page: "/model",
        kept: OF_MODEL,
    },
    Tool {
        name: "collections",
        title: "What can be asked",
        description: "The collections: which population each covers, how far its data reach, its measures and groups. Ask this first.",
        path: "/api/v1/collections",
        handler: || get(api::collections::show),
        page: "/data",
        kept: &[],
    },
    Tool {
        name: "attributes",
        title: "What models are grouped and filtered by",
        description: "The attributes of models: what each means, how it is derived, of how many models it is known.",
        path: "/api/v1/attributes",
        handler: || get(api::attributes::show),
        page: "/attributes",
        kept: OF_COLLECTION,
    },
    Tool {
        name: "status",
        title: "How fresh and how sound the data are",
        description: "Releases, how far the data reach, what is late, what could not be read.",
        path: "/api/v1/status",
        handler: || get(api::status::show),
        page: "/data",
        kept: &[],
    },
];

/// The handlers of the tools' questions, without what stands around them for browsers.
pub(super) static QUESTIONS: LazyLock<Router> = LazyLock::new(|| {
    TOOLS.iter().fold(Router::new(), |router, tool| router.route(tool.path, (tool.handler)()))
});

/// The API's own description.
static DOCUMENT: LazyLock<Json> = LazyLock::new(openapi::document);

impl Tool {
    /// The tool as the protocol lists it.
    pub(super) fn described(&self) -> Json {
        json!({
            "name": self.name,
            "title": self.title,
            "description": self.description,
            "inputSchema": self.input(),
            "annotations": {
                "readOnlyHint": true,
                "destructiveHint": false,
                "idempotentHint": true,
                "openWorldHint": false,
            },
        })
    }

    /// What it takes, as the API describes its parameters.
    fn input(&self) -> Json {
        let parameters = &DOCUMENT["paths"][self.path]["get"]["parameters"];
        let mut properties = Map::new();
        let mut required = Vec::new();
        for parameter in parameters.as_array().into_iter().flatten() {
            let name = parameter["name"].as_str().unwrap_or_default();
            let mut schema = parameter["schema"].clone();
            // An argument that is not given is left out; it is never null.
            if let Some(kinds) = schema["type"].as_array_mut() {
                kinds.retain(|kind| kind != "null");
                if let [kind] = kinds.as_slice() {
                    schema["type"] = kind.clone();
                }
            }
            schema["description"] = parameter["description"].clone();
            properties.insert(name.to_owned(), schema);
            if parameter["required"] == true {
                required.push(name);
            }
        }
        json!({
            "type": "object",
            "properties": properties,
            "required": required,
            "additionalProperties": false,
        })
    }
}
