//! What the models of simulated tables are grouped and filtered by.

/// An attribute of each model, in codes from 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PanelAttribute {
    /// Where the owner is: 60 countries, of which a few have most owners.
    Country,
    /// What the owner is.
    Sector,
    /// What the model works on; `audio` has 10 % of the models, `video` 1 %.
    Modality,
    /// Under which terms it may be used.
    LicenseFamily,
}

/// Values with the share of models, or owners, that have them.
type Shares = [(&'static str, f64)];

const COUNTRIES: usize = 60;

const SECTORS: &Shares = &[
    ("industry", 0.07),
    ("academia", 0.06),
    ("non-profit", 0.02),
    ("government", 0.01),
    ("community", 0.12),
    ("unaffiliated", 0.72),
];

const MODALITIES: &Shares = &[
    ("text", 0.52),
    ("image", 0.22),
    ("audio", 0.10),
    ("multimodal", 0.08),
    ("tabular", 0.03),
    ("time-series", 0.02),
    ("video", 0.01),
    ("robotics", 0.01),
    ("molecules", 0.01),
];

const LICENSE_FAMILIES: &Shares = &[
    ("permissive", 0.38),
    ("none", 0.31),
    ("use-restricted", 0.12),
    ("custom", 0.09),
    ("non-commercial", 0.06),
    ("copyleft", 0.03),
    ("public-domain", 0.01),
];

impl PanelAttribute {
    /// Every attribute.
    pub const ALL: [Self; 4] = [Self::Country, Self::Sector, Self::Modality, Self::LicenseFamily];

    /// The attribute's name.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Country => "country",
            Self::Sector => "sector",
            Self::Modality => "modality",
            Self::LicenseFamily => "license_family",
        }
    }

    /// What each code stands for.
    #[must_use]
    pub fn labels(self) -> Vec<String> {
        match self.shares() {
            None => (1..=COUNTRIES).map(|number| format!("country-{number:02}")).collect(),
            Some(shares) => shares.iter().map(|(label, _)| (*label).to_owned()).collect(),
        }
    }

    /// Whether all models of an owner have the same value.
    pub(super) const fn is_of_owner(self) -> bool {
        matches!(self, Self::Country | Self::Sector)
    }

    /// The code of a value by a draw from 0..1.
    pub(super) fn draw(self, drawn: f64) -> u8 {
        let Some(shares) = self.shares() else {
            // The first country has (1/60)^(1/2) = 13 % of the owners, the last 0.8 %.
            return ((drawn * drawn * COUNTRIES as f64) as usize).min(COUNTRIES - 1) as u8;
        };
        let mut left = drawn;
        for (code, (_, share)) in shares.iter().enumerate() {
            if left < *share {
                return code as u8;
            }
            left -= share;
        }
        (shares.len() - 1) as u8
    }

    /// `None` for countries, which are too many to name.
    const fn shares(self) -> Option<&'static Shares> {
        match self {
            Self::Country => None,
            Self::Sector => Some(SECTORS),
            Self::Modality => Some(MODALITIES),
            Self::LicenseFamily => Some(LICENSE_FAMILIES),
        }
    }
}
