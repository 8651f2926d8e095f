//! Where countries lie on a map of equal squares, and what they are called.
//!
//! The places are our own: a country keeps its side of its neighbours and about its latitude, and
//! gives up its size and its coast. Islands lie off the coast that they are nearest to.

mod countries;

use countries::COUNTRIES;

/// How wide the map is, in squares.
pub(crate) const COLUMNS: usize = 31;
/// How high the map is, in squares.
pub(crate) const ROWS: usize = 17;

/// What stands where there is no country.
const SEA: &str = "..";

/// The map, a code of ISO 3166-1 a square.
#[rustfmt::skip]
const MAP: [&str; ROWS] = [
    ".. .. .. .. .. .. .. .. .. .. .. .. .. .. SJ .. .. .. .. .. .. .. .. .. .. .. .. .. .. .. ..",
    ".. .. .. .. .. .. .. .. .. .. IS FO .. .. NO SE AX FI .. .. .. .. .. .. .. .. .. .. .. .. ..",
    ".. .. .. .. .. .. .. GL .. .. IE IM GB .. NL DK .. EE .. RU .. .. .. .. .. .. .. .. .. .. ..",
    ".. .. .. .. .. .. .. .. .. .. .. GG JE BE LU DE PL LT LV BY .. .. .. .. .. .. .. .. .. .. ..",
    ".. .. CA .. .. PM .. .. .. .. .. .. .. FR CH LI CZ SK .. UA .. .. .. .. .. .. .. .. .. .. ..",
    ".. .. US .. .. BM .. .. .. .. .. .. AD MC .. AT SI HU RO MD .. .. .. .. KZ .. .. .. .. .. ..",
    ".. MX .. BS TC .. .. .. .. .. PT ES .. .. IT SM HR BA RS BG .. GE .. TM UZ KG MN .. KP .. ..",
    ".. .. CU HT DO PR VI VG AI .. .. GI .. .. VA MT ME AL MK GR TR AM AZ IR AF TJ CN .. KR JP ..",
    ".. BZ KY JM .. SX MF BL AG .. .. .. .. MA DZ TN LY EG .. CY LB SY IQ KW PK NP BT MO HK TW ..",
    "GT HN .. .. KN MS GP DM MQ .. CV EH MR ML .. NE TD SD ER DJ IL PS JO BH QA IN BD LA VN .. MP",
    "SV NI AW CW BQ GD VC LC BB .. SN GM GN BF .. BJ NG CF SS ET .. .. SA AE OM .. MM TH KH PH GU",
    ".. CR PA CO VE TT GY SR GF .. GW SL LR CI GH TG CM UG KE SO .. .. YE .. MV LK .. MY BN PW FM",
    "UM TK .. EC .. BR .. .. .. .. .. .. .. ST GQ CG CD RW TZ .. SC .. .. .. IO .. SG ID .. NR MH",
    "WF WS .. PE BO PY .. .. .. .. .. SH .. .. GA AO ZM BI MW KM YT .. .. .. .. CC CX TL PG SB KI",
    "AS NU .. CL AR UY .. .. .. .. .. .. .. .. .. NA BW ZW MZ MG MU .. .. .. .. .. .. AU .. VU TV",
    "TO CK PF .. .. FK .. .. .. .. .. .. .. .. .. .. ZA LS SZ .. RE .. .. .. .. .. .. .. NC .. FJ",
    ".. .. PN .. .. .. .. GS .. .. .. .. .. BV .. .. AQ .. .. .. .. .. .. TF HM .. .. .. .. NF NZ",
];

/// A country and its square.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Spot {
    /// The code of ISO 3166-1.
    pub(crate) code: &'static str,
    pub(crate) name: &'static str,
    /// From the left, from 0.
    pub(crate) column: usize,
    /// From the top, from 0.
    pub(crate) row: usize,
}

/// A part of the map that can stand by itself where the whole is too wide.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Part {
    Americas,
    EuropeAndAfrica,
    AsiaAndOceania,
}

impl Part {
    pub(crate) const ALL: [Self; 3] = [Self::Americas, Self::EuropeAndAfrica, Self::AsiaAndOceania];

    pub(crate) const fn title(self) -> &'static str {
        match self {
            Self::Americas => "Americas and the eastern Pacific",
            Self::EuropeAndAfrica => "Europe and Africa",
            Self::AsiaAndOceania => "Asia and the western Pacific",
        }
    }
}

impl Spot {
    /// The part of the map that it belongs to.
    pub(crate) const fn part(&self) -> Part {
        match (self.column, self.row) {
            (0..=9, _) => Part::Americas,
            // Islands off Africa lie in the column in which Asia begins further north.
            (10..=19, _) | (20, 12..) => Part::EuropeAndAfrica,
            _ => Part::AsiaAndOceania,
        }
    }
}

/// Every country of the map, row by row.
pub(crate) fn spots() -> impl Iterator<Item = Spot> {
    MAP.iter().enumerate().flat_map(|(row, codes)| {
        let codes = codes.split(' ').enumerate();
        codes.filter(|(_, code)| *code != SEA).filter_map(move |(column, code)| {
            let known = COUNTRIES.binary_search_by_key(&code, |(known, ..)| known).ok()?;
            let (code, name, _) = COUNTRIES[known];
            Some(Spot { code, name, column, row })
        })
    })
}

/// The country that goes by a name, whatever its case; its code is a name too.
pub(crate) fn find(name: &str) -> Option<Spot> {
    let is_it = |known: &str| lowercase(known).eq(lowercase(name));
    let is_named = |(code, usual, others): &&(&str, &str, &[&str])| {
        is_it(code) || is_it(usual) || others.iter().any(|other| is_it(other))
    };
    let (code, ..) = COUNTRIES.iter().find(is_named)?;
    spots().find(|spot| spot.code == *code)
}

fn lowercase(text: &str) -> impl Iterator<Item = char> + '_ {
    text.chars().flat_map(char::to_lowercase)
}

#[cfg(test)]
mod tests;
