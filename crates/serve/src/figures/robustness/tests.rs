use analyze::claims::{CLAIMS, Definition, Specification};
use schema::Estimate;

use super::*;

fn claim(name: &str) -> &'static Claim {
    CLAIMS.iter().find(|claim| claim.name == name).unwrap()
}

fn curve() -> Curve {
    let claim = claim("china-rises");
    let answer = |value: f64, choices: &[&str]| Answer {
        specification: Specification {
            choices: choices.iter().map(|choice| (*choice).to_owned()).collect(),
            what: claim.what,
            when: claim.when,
            definition: Definition::of(claim),
        },
        estimate: Estimate::exact(value, 1),
        agrees: value > 0.0,
        is_sure: true,
        command: None,
    };
    Curve {
        points: vec![answer(-0.1, &["a", "b"]), answer(0.1, &[]), answer(0.2, &["b"])],
        not_asked: Vec::new(),
        choices: ["a", "b", "never answered"].map(str::to_owned).to_vec(),
    }
}

#[test]
fn answers_keep_their_places_on_either_side() {
    let places = |series: &Series| series.points.iter().map(|point| point.x).collect::<Vec<X>>();
    let sides = sides(&curve(), &["disagrees"]);
    assert_eq!(places(&sides[0]), [X::Place(2), X::Place(3)]);
    assert_eq!(places(&sides[1]), [X::Place(1)]);
    assert_eq!((sides[0].is_hidden, sides[1].is_hidden), (false, true));
}

#[test]
fn choices_are_those_that_an_answer_makes() {
    let told: Vec<(String, Vec<u32>)> =
        choices(&curve()).into_iter().map(|choice| (choice.label, choice.places)).collect();
    let expected =
        [(OWN.to_owned(), vec![2]), ("a".to_owned(), vec![1]), ("b".to_owned(), vec![1, 3])];
    assert_eq!(told, expected);
}

#[test]
fn a_line_stands_where_the_claim_would_turn() {
    let told = |name: &str| {
        let lines = references(claim(name)).into_iter();
        lines.map(|line| (line.value, line.label)).collect::<Vec<_>>()
    };
    assert_eq!(told("china-rises"), [(0.0, "no change".to_owned())]);
    assert_eq!(told("open-weights-ahead"), [(0.0, "neither is ahead".to_owned())]);
    assert_eq!(told("industry-late"), [(0.37, "the paper: 37.0 %".to_owned())]);
    let growth = [(1.0, "no growth".to_owned()), (7.0, "the paper: 7 times".to_owned())];
    assert_eq!(told("moe-growth"), growth);
}
