//! Who uploaded the model, who made the one it descends from, and where they are.

use schema::{Attribute, Value};

use super::describe::group;
use super::{Context, Explanation, Family};
use crate::identity::owner_of;
use crate::registry::{Owner, OwnerReview};
use crate::tables::Model;

/// The family.
pub(super) const FAMILY: Family = Family { attributes: ATTRIBUTES, derive, explain };

const REGISTRY: &str = "registry/owners";
const BY_REVIEW: &str = "looked up in the reviewed registry of owners; null is unreviewed, \
                         'unknown' was reviewed and could not be placed";

const BY_UNION: &str = "the country by the reviewed registry of owners, among the 27 member \
                        states since 2020; null is unreviewed, 'unknown' was reviewed and could \
                        not be placed";

/// What tells who uploaded.
const UPLOADER: &[&str] = &["model_id", "registry"];
/// What tells who made the root.
const DEVELOPER: &[&str] = &["annotated_developer", "lineage", "registry"];

const fn text(
    name: &'static str,
    inputs: &'static [&'static str],
    title: &'static str,
    meaning: &'static str,
) -> Attribute {
    Attribute {
        name,
        inputs,
        title,
        meaning,
        source: REGISTRY,
        method: BY_REVIEW,
        ..group("owner")
    }
}

/// The descriptions, in the order of the values.
pub(super) const ATTRIBUTES: &[Attribute] = &[
    Attribute {
        source: "model id",
        method: "the part of the id before '/', after the alias table; null without one",
        ..text("uploader", &["model_id"], "Uploader", "The namespace that holds the repository.")
    },
    Attribute {
        source: "account type of the source",
        method: "as the source says",
        ..text(
            "uploader_type",
            &["uploader_type"],
            "Uploader's account",
            "Whether the uploader is a user or an organisation.",
        )
    },
    Attribute {
        source: "base models and registry/owners",
        method: "the organisation of the owner of the root model; null where the source says \
                 nothing about bases",
        ..text(
            "developer",
            DEVELOPER,
            "Original developer",
            "The organisation that owns the root of the model's lineage.",
        )
    },
    text("country", UPLOADER, "Country", "Country of the uploader's seat."),
    text(
        "country_group",
        UPLOADER,
        "Country group",
        "Group of countries that the uploader's seat is counted with.",
    ),
    Attribute {
        method: BY_UNION,
        ..text(
            "european_union",
            UPLOADER,
            "Seat in the European Union",
            "Whether the uploader's seat is in a member state of the European Union.",
        )
    },
    text(
        "sector",
        UPLOADER,
        "Sector",
        "Sector of the uploader; unaffiliated is a reviewed individual.",
    ),
    Attribute {
        method: "whether the uploader is in the registry",
        ..text(
            "owner_review",
            UPLOADER,
            "Review of the uploader",
            "Whether someone has reviewed who the uploader is.",
        )
    },
    Attribute {
        method: "as reviewed; low is the look of a handle, medium is general knowledge, high is \
                 another registry or a public name; null is unreviewed",
        ..text(
            "owner_confidence",
            UPLOADER,
            "Confidence of the review",
            "How sure the review of the uploader is: high, medium or low.",
        )
    },
    text(
        "uploader_kind",
        UPLOADER,
        "Kind of uploader",
        "Who holds the account: organisation, team, project, community, or person.",
    ),
    Attribute {
        method: "looked up in the reviewed registry of owners; null is unreviewed, or owned by no \
                 other as far as is known",
        ..text(
            "uploader_parent",
            UPLOADER,
            "Owner of the uploader",
            "Another organisation that owns the uploader's.",
        )
    },
    text(
        "developer_country",
        DEVELOPER,
        "Developer's country",
        "Country of the original developer's seat.",
    ),
    text(
        "developer_country_group",
        DEVELOPER,
        "Developer's country group",
        "Group of countries of the original developer's seat.",
    ),
    Attribute {
        method: BY_UNION,
        ..text(
            "developer_european_union",
            DEVELOPER,
            "Developer's seat in the European Union",
            "Whether the original developer's seat is in a member state of the European Union.",
        )
    },
    text("developer_sector", DEVELOPER, "Developer's sector", "Sector of the original developer."),
];

fn derive(model: &Model, context: &Context<'_>) -> Vec<Value> {
    let registry = context.registry;
    let uploader = owner_of(&model.model_id);
    let developer = developer(model, context);
    let find = |owner: Option<&str>| registry.reviewed(owner?);
    let reviewed = find(uploader);
    let is_same = uploader == developer;
    let of_developer = if is_same { reviewed } else { find(developer) };
    let review = uploader.map(|_| reviewed.map_or("unreviewed", |_| "reviewed"));
    let parent = reviewed.map(|found| &found.parent).filter(|parent| !parent.is_empty());
    vec![
        uploader.into(),
        model.facts.uploader_type.as_ref().into(),
        developer.into(),
        reviewed.and_then(|found| registry.country_of(found)).into(),
        reviewed.and_then(|found| registry.country_group_of(found)).into(),
        reviewed.and_then(|found| registry.european_union_of(found)).into(),
        reviewed.map(|found| &found.sector).into(),
        review.into(),
        reviewed.map(|found| &found.confidence).into(),
        reviewed.map(|found| &found.kind).into(),
        parent.into(),
        of_developer.and_then(|found| registry.country_of(found)).into(),
        of_developer.and_then(|found| registry.country_group_of(found)).into(),
        of_developer.and_then(|found| registry.european_union_of(found)).into(),
        of_developer.map(|found| &found.sector).into(),
    ]
}

/// Says who the owner was found to be, and on what grounds.
fn explain(model: &Model, context: &Context<'_>, name: &str) -> Option<Explanation> {
    let attribute = ATTRIBUTES.iter().find(|attribute| attribute.name == name)?;
    if !attribute.inputs.contains(&"registry") {
        return None;
    }
    let is_of_developer = name.starts_with("developer");
    let developer = is_of_developer.then(|| developer(model, context)).flatten();
    let owner = if is_of_developer { developer? } else { owner_of(&model.model_id)? };
    let root = context.lineage.root(context.index).filter(|_| is_of_developer);
    let root = root.map(|root| format!("the lineage begins with {}; ", root.model_id));
    let review = match context.registry.review(owner) {
        OwnerReview::Unreviewed => format!("nobody has reviewed who {owner} is"),
        OwnerReview::Reviewed(found) => reviewed(found),
    };
    let because = root.unwrap_or_default() + &review;
    Some(Explanation { confidence: attribute.confidence, because })
}

fn reviewed(owner: &Owner) -> String {
    let Owner { owner, name, evidence, reviewed_on, confidence, alternatives, .. } = owner;
    let others = match alternatives.as_str() {
        "" => String::new(),
        alternatives => format!("; also defensible: {alternatives}"),
    };
    format!(
        "{owner} is {name}: {evidence} ({confidence} confidence, reviewed on {reviewed_on}{others})"
    )
}

/// An annotator's word stands above the declared lineage.
fn developer<'a>(model: &'a Model, context: &Context<'a>) -> Option<&'a str> {
    if let Some(annotated) = &model.facts.annotated_developer {
        return Some(context.registry.organisation(annotated));
    }
    let root = context.lineage.root_id(context.index)?;
    // Lineages may end at a legacy name.
    let root = context.registry.alias(root).unwrap_or(root);
    owner_of(root).map(|owner| context.registry.organisation(owner))
}
