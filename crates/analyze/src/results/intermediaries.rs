//! Who stands between makers and users: what they capture, and how much hangs on a single account.

use panel::Grouping;
use schema::{Estimate, Group, Statistic};

use super::{Context, End, Form, Found, Line, Piece, Sentence, Span, What};
use crate::sampling::Holdings;
use crate::{Condition, Query, Result, answer};

/// Families that are told of.
const FAMILIES: usize = 12;
/// The role of who made the root of a family.
const ORIGINATOR: &str = "originator";

/// How much of the largest families' downloads flows through others than who made them.
pub(crate) fn capture(context: &Context<'_>) -> Result<Found> {
    let spans = context.spans(&context.query("family", vec![Statistic::Sum]))?;
    let last = spans.all()[spans.all().len() - 1].clone();
    let market = context.market;
    let families = market.grouping(&Group::named("family"))?;
    let roles = market.grouping(&Group::named("role"))?;
    let holdings =
        Holdings::read(market, families, roles, std::slice::from_ref(&last.within.query))?;
    let all: Vec<Flow> =
        holdings.by_owner().map(|rows| Flow::of(&holdings, rows, families, roles)).collect();
    let mut found = Found { notes: vec![last.within.to_string()], ..Found::default() };
    let models = market.model_count();
    found.lines.push(Flow::sum(&all).line(None, &last, models));
    let mut flows = all;
    flows.retain(|flow| families.is_attributed(flow.family));
    flows.sort_by(|a, b| b.total.total_cmp(&a.total));
    for flow in flows.iter().take(FAMILIES) {
        let name = families.label(flow.family).to_owned();
        found.lines.push(flow.line(Some(name), &last, 1));
    }
    found.sentences.push(Sentence::plain(vec![
        Piece::Words("Of downloads whose way is known, "),
        Piece::Number { line: 0, end: End::Value },
        Piece::Words(
            " flow through others than who made the root of the family (of all downloads ",
        ),
        Piece::Number { line: 0, end: End::BoundLow },
        Piece::Words(" to "),
        Piece::Number { line: 0, end: End::BoundHigh },
        Piece::Words("), in "),
        Piece::Name(last.name.clone()),
        Piece::Words("."),
    ]));
    found.notes.push(
        "total = originator + others + unknown; what is unknown, of the family or of the role, may \
         be either, and that is what the bounds say"
            .to_owned(),
    );
    Ok(found)
}

/// The downloads of a family.
#[derive(Clone, Copy, Default)]
struct Flow {
    family: u32,
    total: f64,
    originator: f64,
    unknown: f64,
}

impl Flow {
    fn of(
        holdings: &Holdings,
        rows: std::ops::Range<usize>,
        families: &Grouping,
        roles: &Grouping,
    ) -> Self {
        let mut flow = Self { family: holdings.rows[rows.start].owner, ..Self::default() };
        for row in rows {
            let (role, value) = (holdings.rows[row].unit, holdings.of_row(row)[0]);
            flow.total += value;
            if !roles.is_attributed(role) || !families.is_attributed(flow.family) {
                flow.unknown += value;
            } else if roles.label(role) == ORIGINATOR {
                flow.originator += value;
            }
        }
        flow
    }

    /// What is captured: of what is known, and of all at least and at most; `None` where nothing
    /// is known.
    fn captured(&self) -> Option<[f64; 3]> {
        let (captured, known) =
            (self.total - self.originator - self.unknown, self.total - self.unknown);
        let parts =
            [captured / known, captured / self.total, (captured + self.unknown) / self.total];
        (known > 0.0).then_some(parts)
    }

    fn sum(flows: &[Self]) -> Self {
        flows.iter().fold(Self::default(), |sum, flow| Self {
            family: 0,
            total: sum.total + flow.total,
            originator: sum.originator + flow.originator,
            unknown: sum.unknown + flow.unknown,
        })
    }

    fn line(&self, unit: Option<String>, span: &Span, n: usize) -> Line {
        let [value, least, most] = self.captured().map_or([None; 3], |parts| parts.map(Some));
        Line {
            what: What::Value("captured by others than its originator"),
            unit,
            when: span.name.clone(),
            form: Form::Share,
            estimate: Estimate {
                value,
                bound_low: least,
                bound_high: most,
                ..Estimate::undefined(n as u64)
            },
            test: None,
        }
    }
}

/// How much of what flows through each role hangs on its largest account.
pub(crate) fn fragility(context: &Context<'_>) -> Result<Found> {
    let roles = context.market.grouping(&Group::named("role"))?;
    let mut query = context.query("uploader", vec![Statistic::Share, Statistic::EffectiveNumber]);
    query.group = Group::named("uploader");
    let spans = context.spans(&query)?;
    let last = spans.all()[spans.all().len() - 1].clone();
    let mut found = Found { notes: vec![last.within.to_string()], ..Found::default() };
    let mut names: Vec<String> = (0..roles.unit_count() as u32)
        .filter(|code| roles.is_attributed(*code) && roles.label(*code) != ORIGINATOR)
        .map(|code| roles.label(code).to_owned())
        .collect();
    names.sort_unstable();
    for name in names {
        let role = Condition { attribute: "role".to_owned(), values: vec![name.clone()] };
        let conditions = context.conditions.iter().cloned().chain([role]).collect();
        let query = Query { conditions, top: Some(1), ..last.within.query.clone() };
        let rows = answer(context.market, &query)?.rows;
        let largest =
            rows.iter().find(|row| row.statistic == Statistic::Share && row.is_attributed);
        let number = rows.iter().find(|row| row.statistic == Statistic::EffectiveNumber);
        let Some((largest, number)) = largest.zip(number) else { continue };
        let account = largest.unit.clone().unwrap_or_default();
        let line = |what: &'static str, form, estimate: &Estimate| Line {
            what: What::Value(what),
            unit: Some(format!("{name}: {account}")),
            when: last.name.clone(),
            form,
            estimate: estimate.clone(),
            test: None,
        };
        found.lines.push(line(
            "share of the role's largest account",
            Form::Share,
            &largest.estimate,
        ));
        found.lines.push(Line {
            unit: Some(name.clone()),
            ..line("effective number of accounts", Form::Plain, &number.estimate)
        });
    }
    let share = |line: &usize| found.lines[*line].estimate.value.unwrap_or_default();
    let fragile = (0..found.lines.len()).step_by(2).max_by(|a, b| share(a).total_cmp(&share(b)));
    if let Some(line) = fragile {
        found.sentences.push(Sentence::plain(vec![
            Piece::Words("The most fragile role hangs by "),
            Piece::Number { line, end: End::Value },
            Piece::Words(" of its downloads on one account ("),
            Piece::Name(found.lines[line].unit.clone().unwrap_or_default()),
            Piece::Words("), in "),
            Piece::Name(last.name.clone()),
            Piece::Words("."),
        ]));
    }
    Ok(found)
}

/// Concentration at the origin, in distribution and at runtime, span by span.
pub(crate) fn layers(context: &Context<'_>) -> Result<Found> {
    const LAYERS: [(&str, &str); 3] =
        [("developer", "origin"), ("uploader", "distribution"), ("library", "runtime")];
    let mut found = Found::default();
    for (group, layer) in LAYERS {
        let statistics = vec![Statistic::Hhi, Statistic::EffectiveNumber];
        let query = Query { group: Group::named(group), ..context.query(group, statistics) };
        let spans = context.spans(&query)?;
        for span in spans.all() {
            for row in answer(context.market, &span.within.query)?.rows {
                let is_index = row.statistic == Statistic::Hhi;
                found.lines.push(Line {
                    what: What::Value(row.statistic.name()),
                    unit: Some(format!("{layer}, by {group}")),
                    when: span.name.clone(),
                    form: if is_index { Form::Index } else { Form::Plain },
                    estimate: row.estimate,
                    test: None,
                });
            }
        }
        if found.notes.is_empty() {
            found.notes.push(spans.note());
        }
    }
    Ok(found)
}

/// Adaptation for efficiency against adaptation for expression.
pub(crate) fn adaptation(context: &Context<'_>) -> Result<Found> {
    let market = context.market;
    let derivations = market.grouping(&Group::named("derivation"))?;
    let modalities = market.grouping(&Group::named("modality"))?;
    let spans = context.spans(&context.query("model", vec![Statistic::Sum]))?;
    let holdings = Holdings::read_with_models(market, derivations, modalities, &spans.queries())?;
    let mut found = Found { notes: vec![spans.note()], ..Found::default() };
    for (purpose, name) in [
        (Purpose::Efficiency, "efficiency: quantized or converted"),
        (
            Purpose::Expression,
            "expression: adapters, finetunes and merges that give pictures, video or sound",
        ),
    ] {
        for (time, span) in spans.all().iter().enumerate() {
            let estimate = of_purpose(&holdings, derivations, modalities, purpose, time);
            found.lines.push(Line {
                what: What::Share,
                unit: Some(name.to_owned()),
                when: span.name.clone(),
                form: Form::Share,
                estimate,
                test: None,
            });
        }
    }
    found.notes.push(
        "expression is told by what a model gives out; an adapter of a text model for role play is \
         not told apart from one for work"
            .to_owned(),
    );
    Ok(found)
}

/// The share of a purpose at a time; what is not known of derivation or, for expression, of
/// modality, may have it too.
fn of_purpose(
    holdings: &Holdings,
    derivations: &Grouping,
    modalities: &Grouping,
    purpose: Purpose,
    time: usize,
) -> Estimate {
    let (mut sum, mut unknown, mut total, mut models) = (0.0, 0.0, 0.0, 0);
    for (row, holding) in holdings.rows.iter().enumerate() {
        let value = holdings.of_row(row)[time];
        let (derivation, modality) = (holding.owner, holding.unit);
        total += value;
        models += u64::from(holdings.models_of_row(row)[time]);
        let is_known = derivations.is_attributed(derivation)
            && (purpose == Purpose::Efficiency || modalities.is_attributed(modality));
        let of = Purpose::of(derivations.label(derivation), modalities.label(modality));
        if !is_known {
            unknown += value;
        } else if of == Some(purpose) {
            sum += value;
        }
    }
    let part = |value: f64| (total > 0.0).then(|| value / total);
    Estimate {
        value: part(sum),
        bound_low: part(sum),
        bound_high: part(sum + unknown),
        ..Estimate::undefined(models)
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Purpose {
    Efficiency,
    Expression,
}

impl Purpose {
    fn of(derivation: &str, modality: &str) -> Option<Self> {
        let gives = modality.rsplit('→').next().unwrap_or_default();
        let is_artistic = ["Image", "Video", "Audio"].iter().any(|kind| gives.trim() == *kind);
        match derivation {
            "quantized" | "converted" => Some(Self::Efficiency),
            "adapter" | "finetune" | "merge" if is_artistic => Some(Self::Expression),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn purposes_are_told_by_derivation_and_what_is_given_out() {
        assert_eq!(Purpose::of("quantized", "Text → Text"), Some(Purpose::Efficiency));
        assert_eq!(Purpose::of("adapter", "Text → Image"), Some(Purpose::Expression));
        assert_eq!(Purpose::of("adapter", "Text → Text"), None);
        assert_eq!(Purpose::of("original", "Text → Image"), None);
        assert_eq!(Purpose::of("finetune", "Image → Image Embed/Class"), None);
    }

    /// By hand: 10 of which 4 are the originator's and 1 is unknown: 5 of the known 9, and 5 to 6
    /// of all.
    #[test]
    fn what_is_captured_is_bounded_by_what_is_unknown() {
        let flow = Flow { family: 0, total: 10.0, originator: 4.0, unknown: 1.0 };
        let [value, least, most] = flow.captured().unwrap();
        assert!((value - 5.0 / 9.0).abs() < 1e-12 && (least - 0.5).abs() < 1e-12);
        assert!((most - 0.6).abs() < 1e-12);
        assert_eq!(Flow { unknown: 10.0, originator: 0.0, ..flow }.captured(), None);
    }
}
