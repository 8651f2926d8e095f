//! `GET /api/organizations/{name}/overview` and `GET /api/users/{name}/overview`.

use std::collections::BTreeMap;

use schema::Instant;
use serde_json::json;

use crate::answer::Answer;
use crate::model::ObjectId;
use crate::numbers::mix;
use crate::owners::{Organisation, organisations};
use crate::request::Request;
use crate::world::World;

/// Every account that owns or owned a model, or that is known to.
#[derive(Debug)]
pub(crate) struct Accounts {
    /// By lower-case name.
    by_name: BTreeMap<String, Account>,
}

#[derive(Debug)]
struct Account {
    /// As it is written.
    name: String,
    organisation: Option<&'static Organisation>,
    /// How many models it has.
    models: u64,
}

impl Accounts {
    /// Counts the models of each account at a date.
    pub(crate) fn new(world: &World, at: Instant) -> Self {
        let mut by_name = BTreeMap::new();
        for organisation in organisations() {
            let account = Account {
                name: organisation.name.to_owned(),
                organisation: Some(organisation),
                models: 0,
            };
            by_name.insert(organisation.name.to_ascii_lowercase(), account);
        }
        for (index, _) in world.visible(at) {
            let owner = world.id_at(index, at).split_once('/').map_or("", |(owner, _)| owner);
            let account = by_name.entry(owner.to_ascii_lowercase()).or_insert_with(|| Account {
                name: owner.to_owned(),
                organisation: None,
                models: 0,
            });
            account.models += 1;
        }
        Self { by_name }
    }

    fn find(&self, name: &str) -> Option<&Account> {
        self.by_name.get(&name.to_ascii_lowercase())
    }
}

impl Account {
    fn bits(&self) -> u64 {
        self.name.bytes().fold(1, |bits, byte| mix(bits ^ u64::from(byte)))
    }

    /// An id of its own; accounts are older than the models that they own.
    fn object_id(&self) -> ObjectId {
        const FIRST: u32 = 0x5b00_0000;
        let bits = self.bits();
        ObjectId::new(FIRST + (bits % 0x0700_0000) as u32, mix(bits))
    }

    fn avatar_url(&self) -> String {
        format!("https://avatars.invalid/{:016x}.png", self.bits())
    }
}

/// An organisation; the letter case of its name does not matter.
pub(crate) fn organisation(accounts: &Accounts, name: &str) -> Answer {
    let found = accounts.find(name).and_then(|account| Some((account, account.organisation?)));
    let Some((account, organisation)) = found else {
        return Answer::refusal(404, "This organization does not exist");
    };
    let bits = account.bits();
    let mut overview = json!({
        "_id": account.object_id().to_string(),
        "avatarUrl": account.avatar_url(),
        "fullname": account.name.replace('-', " "),
        "name": account.name,
        "isVerified": organisation.is_verified(),
        "isFollowing": false,
        "numUsers": 1 + bits % 400,
        "numModels": account.models,
        "numSpaces": bits >> 8 & 31,
        "numDatasets": bits >> 16 & 63,
        "numKernels": 0,
        "numBuckets": 0,
        "numPapers": bits >> 24 & 63,
        "numFollowers": bits >> 32 & 0xffff,
    });
    if bits.is_multiple_of(3) {
        overview["plan"] = json!("enterprise");
    }
    Answer::ok(overview.to_string())
}

/// A user; another letter case leads to the right one.
pub(crate) fn user(accounts: &Accounts, name: &str, request: &Request) -> Answer {
    let found = accounts.find(name).filter(|account| account.organisation.is_none());
    let Some(account) = found else {
        return Answer::refusal(404, "This user does not exist");
    };
    if account.name != name {
        let location = format!("/api/users/{}/overview{}", account.name, request.query_part());
        return Answer::moved(307, &location);
    }
    let bits = account.bits();
    let object_id = account.object_id();
    let overview = json!({
        "_id": object_id.to_string(),
        "avatarUrl": account.avatar_url(),
        "isPro": bits.is_multiple_of(9),
        "fullname": account.name,
        "user": account.name,
        "type": "user",
        "createdAt": crate::entry::timestamp(object_id.created_at()),
        "numModels": account.models,
        "numDatasets": bits >> 8 & 7,
        "numSpaces": bits >> 16 & 7,
        "numKernels": 0,
        "numBuckets": 0,
        "numDiscussions": bits >> 20 & 15,
        "numPapers": 0,
        "numUpvotes": bits >> 24 & 63,
        "numLikes": bits >> 32 & 255,
        "numFollowers": bits >> 40 & 255,
        "numFollowing": bits >> 48 & 63,
        "numFollowingOrgs": bits >> 54 & 15,
        "orgs": [],
        "isFollowing": false,
    });
    Answer::ok(overview.to_string())
}

#[cfg(test)]
mod tests;
