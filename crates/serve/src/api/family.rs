//! `GET /api/v1/family`: what a model's family adds up to, by the role of who published each part.

use axum::extract::Extension;
use axum::http::Uri;
use axum::response::Response;
use serde::Serialize;
use utoipa::ToSchema;
use why::{Kinship, Member, RoleSum};

use super::{Answered, Problem, respond};
use crate::compute::AppState;
use crate::parameters::Parameters;
use crate::refusal::Refusal;

const KNOWN: &[&str] = &["model", "collection"];
/// Members that are listed.
const LISTED: usize = 50;

/// The family of a model; its roles add up to it.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct FamilyResponse {
    /// The collection that was asked.
    pub collection: String,
    /// The data release.
    pub release: String,
    /// The newest reading of the release (RFC 3339).
    pub data_through: String,
    /// Whether the data are invented by the simulated Hub.
    pub simulated: bool,
    /// The model's current id.
    pub model: String,
    /// The root of the family; null where nothing is known of the model's bases.
    #[schema(required = true)]
    pub family: Option<String>,
    /// The ids from the model up to the root.
    pub ancestry: Vec<String>,
    /// Models of the family in the collection.
    pub models: u64,
    /// Newest 30-day sums of all of them that are known.
    pub downloads_30d: i64,
    /// Share of these that flows through others than who made the root; null without any, and where
    /// those of the root are not known.
    #[schema(required = true)]
    pub captured: Option<f64>,
    /// What each role adds up to.
    pub roles: Vec<FamilyRole>,
    /// The models with the most downloads.
    pub members: Vec<FamilyMember>,
}

/// What the models of a role add up to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct FamilyRole {
    /// The role: originator, finetuner, adapter maker, quantizer, merger, converter, mirror, unknown.
    pub role: String,
    /// Models.
    pub models: u64,
    /// Of these, those whose 30-day sum is known.
    pub counted: u64,
    /// The newest 30-day sums of these.
    pub downloads_30d: i64,
}

/// One model of the family.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct FamilyMember {
    /// Its id.
    pub model: String,
    /// What its uploader does with it.
    pub role: String,
    /// How it was made; null where too little shows.
    #[schema(required = true)]
    pub derivation: Option<String>,
    /// Its newest 30-day sum; null where it is not known.
    #[schema(required = true)]
    pub downloads_30d: Option<i64>,
}

/// A family in the shape in which it is sent, with so many of its models.
#[must_use]
pub fn family_response(family: &Kinship, listed: usize) -> FamilyResponse {
    FamilyResponse {
        collection: family.collection.clone(),
        release: family.release.clone(),
        data_through: family.data_through.clone(),
        simulated: family.is_simulated,
        model: family.model_id.clone(),
        family: family.family.clone(),
        ancestry: family.ancestry.clone(),
        models: family.members.len() as u64,
        downloads_30d: family.downloads_30d(),
        captured: family.captured(),
        roles: family.roles.iter().map(role).collect(),
        members: family.members.iter().take(listed).map(member).collect(),
    }
}

fn role(role: &RoleSum) -> FamilyRole {
    let RoleSum { role, models, counted, downloads_30d } = *role;
    FamilyRole { role: role.to_owned(), models, counted, downloads_30d }
}

fn member(member: &Member) -> FamilyMember {
    FamilyMember {
        model: member.model_id.clone(),
        role: member.role.clone(),
        derivation: member.derivation.clone(),
        downloads_30d: member.downloads_30d,
    }
}

/// What a model's family adds up to, by the role of who published each part.
#[utoipa::path(
    get,
    path = "/api/v1/family",
    params(
        ("model" = String, Query, description = "The model: its id, an id it had before, or the Hub's _id"),
        ("collection" = Option<String>, Query, description = "The collection; without it the one with the newest reading"),
    ),
    responses(
        (status = 200, description = "The family, its roles and its 50 largest models", body = FamilyResponse),
        (status = 400, description = "A question that means nothing", body = Problem, content_type = "application/problem+json"),
        (status = 404, description = "An unknown collection or model", body = Problem, content_type = "application/problem+json"),
    )
)]
pub(crate) async fn show(Extension(state): Extension<AppState>, uri: Uri) -> Response {
    respond(state, uri, KNOWN, tell).await
}

fn tell(state: &AppState, given: &Parameters) -> Result<Answered<FamilyResponse>, Refusal> {
    let shown = state.app.collection(given.get("collection"))?;
    let model = given.get("model").ok_or_else(|| {
        Refusal::missing_parameter("model", "the id of a model, as Qwen/Qwen3-8B")
    })?;
    let family = why::kinship(state.files_of(&shown)?, &shown.market.release, model)?;
    let body = family_response(&family, LISTED);
    Ok(Answered { body, is_simulated: family.is_simulated })
}
