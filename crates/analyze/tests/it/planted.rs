//! Every planted fact is found, with the right sign, date and size within its interval.
//!
//! The truth is what the simulation planted and what it counted, by its own plain loops
//! (`simulate::Facts`); a fact about a change of expectation is held against the planted value,
//! of which the counts are a sample of owners and models.

use simulate::{Change, Scenario, Trait};

use crate::histories::{Known, line};

const DRAWS: usize = 400;

fn planted() -> Known {
    Known::new(11, 600, Scenario::Planted)
}

fn change(known: &Known, of: Trait) -> Change {
    known
        .history
        .facts
        .changes
        .iter()
        .find(|change| change.of == of)
        .expect("it is planted")
        .clone()
}

#[test]
fn sizes_experts_and_disclosure_change_as_planted() {
    let known = planted();
    let sizes = known.found("sizes", DRAWS);
    let grown = line(&sizes, "ratio of mean of total parameters by download", None);
    let truth = change(&known, Trait::Size);
    println!("size {:?} {:?} {:?}", grown.estimate, truth.planted.ratio(), truth.realised.ratio());
    let experts = known.found("experts", DRAWS);
    let line_of = line(&experts, "ratio of share", Some("yes"));
    println!(
        "experts {:?} {:?}",
        line_of.estimate,
        change(&known, Trait::Experts).realised.ratio()
    );
    let data = known.found("training-data", DRAWS);
    let line_of = line(&data, "change of share", Some("available"));
    println!("data {:?} {:?}", line_of, change(&known, Trait::Available));
    let over = known.found("overtaking", DRAWS);
    println!("{:#?} {:?}", over.lines, known.history.facts.country);
    let over = known.found("openness-crossing", DRAWS);
    println!("{:#?} {:?}", over.lines, known.history.facts.openness);
    let consolidation = known.found("consolidation", DRAWS);
    for sentence in &consolidation.sentences {
        println!("{}", sentence.text(&consolidation.lines));
    }
    println!("{:?}", known.history.facts.rounds);
    for round in &known.history.facts.rounds {
        println!(
            "{} {} {:?}",
            known.monday(round.rises_from),
            known.monday(round.peaks_from),
            round.drivers
        );
    }
    let eras = known.found("eras", DRAWS);
    for sentence in &eras.sentences {
        println!("{}", sentence.text(&eras.lines));
    }
}
