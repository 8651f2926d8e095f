//! Whether models of one kind are adopted more than others of the same age.

use schema::{Estimate, Group};
use stats::{GroupParts, LinearParts, MeanPart, PermutationOptions, cluster_permutation};

use super::verdict::{Direction, correct, direction};
use super::{Context, End, Form, Found, Line, Piece, Sentence, What};
use crate::sampling::Drawn;
use crate::{Error, Result};

/// The attribute that tells downloads in the first 365 days.
const FIRST_YEAR: &str = "downloads_first_year";
/// How a difference is tested.
const METHOD: &str = "owners permuted with all their models, corrected by Benjamini and Hochberg";
/// Kinds of models: an attribute, and the units that are told of, all if none.
const KINDS: [(&str, Option<&str>); 5] = [
    ("sector", None),
    ("openness_class", None),
    ("is_quantized", Some("yes")),
    ("is_moe", Some("yes")),
    ("is_multimodal", Some("yes")),
];
/// The fewest models of a kind, and of others, that are compared.
const FEWEST: usize = 30;

const PERMUTATIONS: PermutationOptions = PermutationOptions { permutations: 499, seed: 20_240_601 };

/// A model whose first year is over.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Adopted {
    place: u32,
    owner: u32,
    /// The logarithm of one more than its downloads, less the mean of the models of its year.
    excess: f64,
}

/// A kind of models against all others.
struct Compared {
    name: String,
    /// By owner: the others, then the kind.
    parts: Vec<GroupParts>,
    models: u64,
}

/// How many times as often as others of their year the models of each kind were downloaded in
/// their first year.
pub(crate) fn adoption(context: &Context<'_>) -> Result<Found> {
    let mut found = Found::default();
    let models = models(context)?;
    let mut compared = Vec::new();
    for (attribute, only) in KINDS {
        match kinds(context, &models, attribute, only) {
            Ok(kinds) => compared.extend(kinds),
            Err(error) => {
                let reason = crate::claims::reason(error)?;
                found.notes.push(format!("{attribute}: {reason}"));
            }
        }
    }
    if compared.is_empty() {
        let reason = "no two kinds of models have thirty each whose first year is known";
        return Err(Error::Contradiction { reason });
    }
    let mut tests = Vec::new();
    for (kind, p) in compared.iter().zip(p_values(&compared)) {
        tests.extend(p.map(|p| (found.lines.len(), p)));
        found.lines.push(line(context, kind));
    }
    correct(context, &mut found, &tests, METHOD)?;
    found.sentences = (0..found.lines.len()).filter_map(|at| sentence(&found.lines, at)).collect();
    if found.sentences.is_empty() {
        found.sentences.push(Sentence::plain(vec![Piece::Words(
            "No kind of models was adopted more or less than others of its year by more than the \
             luck of a few owners can do.",
        )]));
    }
    found.notes.push(
        "the ratio of geometric means of one more than the downloads in the first 365 days, each \
         model held against those created in the same year; younger models are not compared"
            .to_owned(),
    );
    Ok(found)
}

/// The models whose first year is known, held against those of the same year.
fn models(context: &Context<'_>) -> Result<Vec<Adopted>> {
    let market = context.market;
    let numbers = context.asker.numbers(FIRST_YEAR)?;
    let values = crate::averages::values_of(&numbers.grouping);
    let owners = market.grouping(&Group::named(context.owner()))?;
    let years = market.grouping(&Group::named("created_year"))?;
    let filter = market.filter(&context.conditions)?;
    let mut of_years = vec![(0.0, 0.0); years.unit_count()];
    let mut models = Vec::new();
    for place in (0..market.model_count() as u32).filter(|place| filter.keeps(*place)) {
        let (owner, year) = (owners.code(place as usize), years.code(place as usize));
        let is_placed = owners.is_attributed(owner) && years.is_attributed(year);
        let value = values[numbers.grouping.code(place as usize) as usize];
        if let Some(value) = value.filter(|_| is_placed) {
            let excess = value.max(0.0).ln_1p();
            let of_year: &mut (f64, f64) = &mut of_years[year as usize];
            (of_year.0, of_year.1) = (of_year.0 + excess, of_year.1 + 1.0);
            models.push(Adopted { place, owner, excess });
        }
    }
    for model in &mut models {
        let (sum, count) = of_years[years.code(model.place as usize) as usize];
        model.excess -= sum / count;
    }
    Ok(models)
}

/// The kinds of an attribute that have models enough, against all others of which it is known.
fn kinds(
    context: &Context<'_>,
    models: &[Adopted],
    attribute: &str,
    only: Option<&str>,
) -> Result<Vec<Compared>> {
    let units = context.market.grouping(&context.group(attribute))?;
    let code = |model: &Adopted| units.code(model.place as usize);
    let known: Vec<&Adopted> =
        models.iter().filter(|model| units.is_attributed(code(model))).collect();
    let mut compared = Vec::new();
    for unit in (0..units.unit_count() as u32).filter(|unit| units.is_attributed(*unit)) {
        let label = units.label(unit);
        if only.is_some_and(|only| only != label) {
            continue;
        }
        let of_kind = known.iter().filter(|model| code(model) == unit).count();
        if of_kind < FEWEST || known.len() - of_kind < FEWEST {
            continue;
        }
        let members = known.iter().map(|model| (model.owner, model.excess, code(model) == unit));
        compared.push(Compared {
            name: if only.is_some() { attribute.to_owned() } else { label.to_owned() },
            parts: parts(members),
            models: of_kind as u64,
        });
    }
    Ok(compared)
}

/// What each owner has among the others and in the kind, of models with their owner, their excess
/// and whether they are of the kind.
fn parts(models: impl Iterator<Item = (u32, f64, bool)>) -> Vec<GroupParts> {
    let mut parts = std::collections::BTreeMap::<u32, GroupParts>::new();
    for (owner, excess, is_of_kind) in models {
        let of_owner = parts.entry(owner).or_default();
        let part = if is_of_kind { &mut of_owner.second } else { &mut of_owner.first };
        *part = MeanPart { sum: part.sum + excess, weight: part.weight + 1.0 };
    }
    parts.into_values().collect()
}

/// The test of each kind; `None` where it has too few owners. Half of them on each processor.
fn p_values(compared: &[Compared]) -> Vec<Option<f64>> {
    let of = |kinds: &[Compared]| -> Vec<Option<f64>> {
        let test = |kind: &Compared| cluster_permutation(&kind.parts, &PERMUTATIONS);
        kinds.iter().map(|kind| Some(test(kind).ok()?.p_value)).collect()
    };
    let (first, second) = compared.split_at(compared.len() / 2);
    std::thread::scope(|scope| {
        let first = scope.spawn(move || of(first));
        let second = of(second);
        let mut all = first.join().expect("permuting does not panic");
        all.extend(second);
        all
    })
}

/// How many times as often models of a kind are downloaded, with owners drawn again.
fn line(context: &Context<'_>, kind: &Compared) -> Line {
    let mut sums = LinearParts::new(4);
    for GroupParts { first, second } in &kind.parts {
        sums.push([(0, first.sum), (1, first.weight), (2, second.sum), (3, second.weight)]);
    }
    let times = |sums: &[f64]| (sums[2] / sums[3] - sums[0] / sums[1]).exp();
    let drawn = Drawn::new(sums.each(&context.draws, |sums| vec![times(sums)]));
    let mut estimate = Estimate::alone(times(&sums.sums()), kind.models);
    drawn.mark(&mut estimate, 0);
    Line {
        what: What::Value("first-year downloads against others of the year"),
        unit: Some(kind.name.clone()),
        when: context.market.data_through.day().to_string(),
        form: Form::Times,
        estimate,
        test: None,
    }
}

/// What a difference that is more than luck says.
fn sentence(lines: &[Line], at: usize) -> Option<Sentence> {
    let words = match direction(&lines[at], 1.0) {
        Direction::Up => {
            ": downloaded more in their first year than others created in the same year, "
        }
        Direction::Down => {
            ": downloaded less in their first year than others created in the same year, "
        }
        Direction::NotFromTheseData | Direction::MayBeLuck => return None,
    };
    Some(Sentence::finding(vec![
        Piece::Name(lines[at].unit.clone().unwrap_or_default()),
        Piece::Words(words),
        Piece::Number { line: at, end: End::Value },
        Piece::Words(" as often (sampling interval "),
        Piece::Number { line: at, end: End::SamplingLow },
        Piece::Words(" to "),
        Piece::Number { line: at, end: End::SamplingHigh },
        Piece::Words(")."),
    ]))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// By hand: owner 7 has two of the kind, 1.0 and 2.0, and one other, 0.5; owner 3 one other.
    #[test]
    fn an_owner_has_a_part_in_the_kind_and_one_among_the_others() {
        let models = [(7, 1.0, true), (3, 4.0, false), (7, 2.0, true), (7, 0.5, false)];
        let parts = parts(models.into_iter());
        let part = |sum: f64, weight: f64| MeanPart { sum, weight };
        assert_eq!(
            parts,
            [
                GroupParts { first: part(4.0, 1.0), second: MeanPart::default() },
                GroupParts { first: part(0.5, 1.0), second: part(3.0, 2.0) },
            ]
        );
    }
}
