//! What users of a dashboard ask for, and how often.

/// A kind of request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// A page.
    Page,
    /// A figure that was changed, or taken away.
    Figure,
    /// A question of the API that pages ask too.
    Question,
    /// A question that nobody has asked before.
    Arbitrary,
}

impl Kind {
    pub(super) const ALL: [Self; 4] = [Self::Page, Self::Figure, Self::Question, Self::Arbitrary];

    pub(super) fn title(self) -> &'static str {
        match self {
            Self::Page => "pages",
            Self::Figure => "figures",
            Self::Question => "dashboard questions",
            Self::Arbitrary => "arbitrary questions",
        }
    }
}

/// Kinds with how many of a hundred requests are of each.
pub(super) type Mix = [(Kind, u64)];

/// What users of a dashboard do.
pub(super) const DASHBOARD: [(Kind, u64); 4] =
    [(Kind::Page, 40), (Kind::Figure, 30), (Kind::Question, 20), (Kind::Arbitrary, 10)];
/// Only what cannot have been kept.
pub(super) const ARBITRARY: [(Kind, u64); 1] = [(Kind::Arbitrary, 100)];

const PAGES: [&str; 9] = [
    "/power",
    "/power",
    "/power?group=sector",
    "/power?group=owner",
    "/power?window=52",
    "/models",
    "/models?group=modality",
    "/attributes",
    "/data",
];
const FIGURES: [&str; 6] = [
    "shares",
    "concentration-hhi",
    "concentration-gini",
    "lorenz",
    "attribute-shares",
    "model-count",
];
const FORMS: [&str; 4] = ["", "", ".svg", ".json"];
const WINDOWS: [&str; 4] = ["1", "4", "13", "52"];
const QUESTIONS: [&str; 6] = [
    "/api/v1/leaderboard",
    "/api/v1/leaderboard?group=country_group",
    "/api/v1/query?stat=hhi,cr4,gini",
    "/api/v1/query?stat=share&group=country_group&window=13",
    "/api/v1/query?stat=hhi&from=2025-01-06",
    "/api/v1/collections",
];
const STATISTICS: [&str; 8] =
    ["hhi", "gini", "cr4", "entropy", "effective_number", "top", "hhi,cr4", "theil"];
const GROUPS: [&str; 7] = [
    "uploader",
    "developer",
    "country_group",
    "library",
    "architecture_family",
    "size_band",
    "license_family",
];
const CONDITIONS: [&str; 8] = [
    "",
    "",
    "country_group=USA",
    "country_group=China,is_moe=yes",
    "library=transformers",
    "is_quantized=yes",
    "openness_class=open weights",
    "role=quantizer,library=gguf",
];

/// Numbers that follow from a seed; good enough to choose by.
pub(super) struct Dice(u64);

impl Dice {
    pub(super) fn new(seed: u64) -> Self {
        Self(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1)
    }

    /// A number below another.
    pub(super) fn below(&mut self, end: u64) -> u64 {
        // xorshift64* (Vigna 2016).
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        (self.0.wrapping_mul(0x2545_F491_4F6C_DD1D) >> 33) % end
    }

    /// A number from 0 to 1.
    pub(super) fn part(&mut self) -> f64 {
        self.below(1 << 30) as f64 / f64::from(1 << 30)
    }

    fn of<'a>(&mut self, list: &[&'a str]) -> &'a str {
        list[self.below(list.len() as u64) as usize]
    }
}

/// What is asked for next, and of which kind it is.
pub(super) fn next(mix: &Mix, dice: &mut Dice) -> (Kind, String) {
    let mut left = dice.below(mix.iter().map(|(_, weight)| weight).sum());
    for (kind, weight) in mix {
        if left < *weight {
            return (*kind, address(*kind, dice));
        }
        left -= weight;
    }
    (Kind::Page, address(Kind::Page, dice))
}

fn address(kind: Kind, dice: &mut Dice) -> String {
    match kind {
        Kind::Page => dice.of(&PAGES).to_owned(),
        Kind::Figure => {
            let (figure, form) = (dice.of(&FIGURES), dice.of(&FORMS));
            format!("/figure/{figure}{form}?window={}", dice.of(&WINDOWS))
        }
        Kind::Question => dice.of(&QUESTIONS).to_owned(),
        Kind::Arbitrary => {
            let (stat, group) = (dice.of(&STATISTICS), dice.of(&GROUPS));
            let (window, conditions) =
                (dice.of(&WINDOWS), dice.of(&CONDITIONS).replace(' ', "%20"));
            let day = 1 + dice.below(28);
            let as_of = format!("202{}-{:02}-{day:02}", 3 + dice.below(3), 1 + dice.below(12));
            let conditions = match conditions.as_str() {
                "" => String::new(),
                some => format!("&where={some}"),
            };
            format!(
                "/api/v1/query?stat={stat}&group={group}&window={window}&as_of={as_of}{conditions}"
            )
        }
    }
}
