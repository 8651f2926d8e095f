//! What a name is of.

use crate::parameters::Parameters;
use crate::parts::address_of;
use crate::refusal::Refusal;

/// What a name is of; lists show them in this order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Kind {
    /// A model.
    Model,
    /// Who uploads models.
    Owner,
    /// Where owners are.
    Country,
    /// A licence as the model card names it.
    License,
    /// A library that models are made for.
    Library,
    /// What models are for.
    Task,
    /// An attribute of models.
    Attribute,
    /// A result.
    Result,
    /// A page.
    Page,
}

impl Kind {
    /// Every kind, in the order of lists.
    pub(crate) const ALL: [Self; 9] = [
        Self::Model,
        Self::Owner,
        Self::Country,
        Self::License,
        Self::Library,
        Self::Task,
        Self::Attribute,
        Self::Result,
        Self::Page,
    ];

    /// The kinds that are units of a group.
    pub(crate) const GROUPS: [(Self, &'static str); 5] = [
        (Self::Owner, "uploader"),
        (Self::Country, "country"),
        (Self::License, "license"),
        (Self::Library, "library"),
        (Self::Task, "task"),
    ];

    /// Its name in addresses and answers.
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Owner => "owner",
            Self::Model => "model",
            Self::Country => "country",
            Self::License => "license",
            Self::Library => "library",
            Self::Task => "task",
            Self::Attribute => "attribute",
            Self::Result => "result",
            Self::Page => "page",
        }
    }

    /// Several of it, as a heading.
    pub(crate) const fn plural(self) -> &'static str {
        match self {
            Self::Owner => "Owners",
            Self::Model => "Models",
            Self::Country => "Countries",
            Self::License => "Licences",
            Self::Library => "Libraries",
            Self::Task => "Tasks",
            Self::Attribute => "Attributes",
            Self::Result => "Results",
            Self::Page => "Pages",
        }
    }

    /// How many are shown beside models, of which most people look for one.
    pub(super) const fn most_beside_models(self) -> usize {
        match self {
            Self::Owner => 4,
            _ => 3,
        }
    }

    /// Reads a kind from an address.
    pub(crate) fn parse(text: &str) -> Result<Self, Refusal> {
        Self::ALL.into_iter().find(|kind| kind.name() == text).ok_or_else(|| {
            let known = Self::ALL.map(Self::name).map(str::to_owned).to_vec();
            schema::Error::UnknownName { what: "kind", given: text.to_owned(), known }.into()
        })
    }

    /// The page about a thing of the kind.
    pub(crate) fn address(self, collection: &str, name: &str) -> String {
        let group = Self::GROUPS.into_iter().find(|(kind, _)| *kind == self);
        if let Some((_, group)) = group {
            return address_of(collection, None, group, name);
        }
        let mut given = Parameters::default();
        given.push("collection", collection);
        match self {
            Self::Page => given.address(name),
            Self::Attribute => {
                given.push("attribute", name);
                given.address("/attribute")
            }
            Self::Result => given.address(&format!("/results/{name}")),
            _ => {
                given.push("model", name);
                given.address("/model")
            }
        }
    }
}
