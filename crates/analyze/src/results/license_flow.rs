//! Licences down the lineage: derivatives whose stated terms are wider than their root's.

use panel::Grouping;
use schema::{Estimate, Group, Statistic};
use stats::LinearParts;

use super::{Context, End, Form, Found, Line, Piece, Sentence, What};
use crate::Result;
use crate::sampling::{Drawn, Holdings};

/// What a derivative's terms are, held against its root's.
const FLOWS: [&str; 4] = [
    "wider: commercial use allowed that the root's terms bar",
    "narrower: commercial use barred that the root's terms allow",
    "as the root's, commercial use allowed",
    "as the root's, commercial use barred",
];
const UNKNOWN: &str = "unknown";

/// The shares of derivatives' downloads by what became of their root's terms.
pub(crate) fn license_flow(context: &Context<'_>) -> Result<Found> {
    let market = context.market;
    let spans = context.spans(&context.query("model", vec![Statistic::Sum]))?;
    let flows = flows(context)?;
    let owners = market.grouping(&Group::named(context.owner()))?;
    let holdings = Holdings::read(market, owners, &flows, &spans.queries())?;
    let times = spans.all().len();
    let parts = parts(&holdings, &flows, times);
    let share = |sums: &[f64], flow: usize, time: usize| {
        let known: f64 = (0..FLOWS.len()).map(|flow| sums[flow * times + time]).sum();
        if known > 0.0 { sums[flow * times + time] / known } else { f64::NAN }
    };
    let drawn = Drawn::new(parts.each(&context.draws, |sums| {
        let each = (0..FLOWS.len()).flat_map(|flow| (0..times).map(move |time| (flow, time)));
        each.map(|(flow, time)| share(sums, flow, time)).collect()
    }));
    let sums = parts.sums();
    let mut found = Found { notes: vec![spans.note()], ..Found::default() };
    for (flow, name) in FLOWS.iter().enumerate() {
        for (time, span) in spans.all().iter().enumerate() {
            let value = Some(share(&sums, flow, time)).filter(|share| !share.is_nan());
            let of = sums[flow * times + time];
            let all: f64 = (0..=FLOWS.len()).map(|flow| sums[flow * times + time]).sum();
            let unknown = sums[FLOWS.len() * times + time];
            let mut estimate = Estimate {
                value,
                bound_low: value.map(|_| of / all),
                bound_high: value.map(|_| (of + unknown) / all),
                ..Estimate::undefined(parts.clusters() as u64)
            };
            drawn.mark(&mut estimate, flow * times + time);
            found.lines.push(Line {
                what: What::Value("share of derivatives with known terms"),
                unit: Some((*name).to_owned()),
                when: span.name.clone(),
                form: Form::Share,
                estimate,
                test: None,
            });
        }
    }
    if found.lines[times - 1].estimate.value.is_some() {
        found.sentences.push(sentence(&found.lines, times - 1));
    } else {
        found.notes.push("of no derivative are its terms and its root's known".to_owned());
    }
    found.notes.push(
        "terms as they are stated: whether a derivative may state others than its root is a \
         question of law that is not asked here"
            .to_owned(),
    );
    Ok(found)
}

/// What is drawn again: the sums of each flow, and of what is not known, by time.
fn parts(holdings: &Holdings, flows: &Grouping, times: usize) -> LinearParts {
    let mut parts = LinearParts::new((FLOWS.len() + 1) * times);
    let place = |code: u32| {
        let label = flows.label(code);
        let flow = FLOWS.iter().position(|flow| *flow == label);
        flow.or((label == UNKNOWN).then_some(FLOWS.len()))
    };
    let place_of: Vec<Option<usize>> = (0..flows.unit_count() as u32).map(place).collect();
    for rows in holdings.by_owner() {
        parts.push(rows.flat_map(|row| {
            let place = place_of[holdings.rows[row].unit as usize];
            let values = holdings.of_row(row).iter().enumerate();
            values.filter_map(move |(time, value)| {
                place.map(|place| ((place * times + time) as u32, *value))
            })
        }));
    }
    parts
}

fn sentence(lines: &[Line], last: usize) -> Sentence {
    Sentence::plain(vec![
        Piece::Words("Of downloads of derivatives whose terms and whose root's are known, "),
        Piece::Number { line: last, end: End::Value },
        Piece::Words(
            " are of models that allow commercial use although their root's terms bar it (",
        ),
        Piece::Name(lines[last].when.clone()),
        Piece::Words("; by what is not known "),
        Piece::Number { line: last, end: End::BoundLow },
        Piece::Words(" to "),
        Piece::Number { line: last, end: End::BoundHigh },
        Piece::Words(")."),
    ])
}

/// Each derivative by its terms and its root's; other models are of no unit that is told of.
fn flows(context: &Context<'_>) -> Result<Grouping> {
    let market = context.market;
    let families = market.grouping(&Group::named("family"))?;
    let terms = market.grouping(&Group::named("is_license_commercial"))?;
    let root_of = crate::lineage::roots(market)?;
    let allows = |place: usize| {
        let code = terms.code(place);
        terms.is_attributed(code).then(|| terms.label(code) == "yes")
    };
    let names: Vec<&str> = FLOWS.into_iter().chain([UNKNOWN, "original"]).collect();
    let key = |place: usize| {
        let root = root_of[families.code(place) as usize];
        if root == Some(place) {
            return Some(FLOWS.len() as u32 + 1);
        }
        Some(match (root.and_then(allows), allows(place)) {
            (Some(false), Some(true)) => 0,
            (Some(true), Some(false)) => 1,
            (Some(true), Some(true)) => 2,
            (Some(false), Some(false)) => 3,
            _ => FLOWS.len() as u32,
        })
    };
    let keys: Vec<Option<u32>> = (0..market.model_count()).map(key).collect();
    Ok(Grouping::by_key(&keys, &names, "", ""))
}
