use why::Member;

use super::*;

fn member(id: &str, role: &str, base: Option<&str>, downloads_30d: Option<i64>) -> Member {
    Member {
        model_id: id.to_owned(),
        role: role.to_owned(),
        derivation: None,
        downloads_30d,
        base: base.map(str::to_owned),
    }
}

fn family(asked: &str, members: Vec<Member>) -> Kinship {
    Kinship {
        collection: "tiny".to_owned(),
        release: "release".to_owned(),
        is_simulated: false,
        data_through: "2026-01-01T00:00:00Z".to_owned(),
        model_id: asked.to_owned(),
        ancestry: Vec::new(),
        family: Some("a/root".to_owned()),
        roles: Vec::new(),
        members,
    }
}

fn few() -> Vec<Member> {
    vec![
        member("a/root", "originator", None, Some(100)),
        member("b/tuned", "finetuner", Some("a/root"), Some(10)),
        member("c/small", "quantizer", Some("a/root"), Some(30)),
        member("c/tuned-small", "quantizer", Some("b/tuned"), Some(50)),
        member("d/lost", "converter", Some("gone/base"), None),
    ]
}

#[test]
fn the_largest_branch_comes_first_and_what_hangs_from_nothing_known_from_the_root() {
    let leaves = leaves(&family("a/root", few()));
    let told: Vec<(&str, Option<usize>, (u64, i64))> =
        leaves.iter().map(|leaf| (leaf.label.as_str(), leaf.parent, leaf.below)).collect();
    assert_eq!(
        told,
        [
            ("a/root", None, (4, 90)),
            ("b/tuned", Some(0), (1, 50)),
            ("c/tuned-small", Some(1), (0, 0)),
            ("c/small", Some(0), (0, 0)),
            ("d/lost", Some(0), (0, 0)),
        ]
    );
    assert_eq!(leaves[4].downloads, None, "unknown is not zero");
}

#[test]
fn a_branch_is_shown_by_itself() {
    let leaves = leaves(&family("b/tuned", few()));
    let told: Vec<&str> = leaves.iter().map(|leaf| leaf.label.as_str()).collect();
    assert_eq!(told, ["b/tuned", "c/tuned-small"]);
}

#[test]
fn a_root_that_the_collection_does_not_have_is_there_without_a_number() {
    let members = few().into_iter().filter(|member| member.model_id != "a/root").collect();
    let leaves = leaves(&family("a/root", members));
    assert_eq!((leaves[0].label.as_str(), leaves[0].models), ("a/root", 0));
    assert_eq!((leaves[0].role.as_str(), leaves[0].downloads), ("(outside)", None));
    assert_eq!(leaves.len(), 5);
}

/// By hand: 100 quantized ones with 1 to 100 downloads add up to 5,050.
#[test]
fn many_are_told_together_and_nothing_is_lost() {
    let many = (1..=100)
        .map(|place| member(&format!("q/{place:03}"), "quantizer", Some("a/root"), Some(place)));
    let mut members = vec![member("a/root", "originator", None, Some(7))];
    members.extend(many);
    let leaves = leaves(&family("a/root", members));
    let sum: i64 = leaves.iter().filter_map(|leaf| leaf.downloads).sum();
    let models: u64 = leaves.iter().map(|leaf| leaf.models).sum();
    assert_eq!((sum, models), (5_057, 101));
    assert_eq!(leaves[0].below, (100, 5_050));
    let last: Vec<&str> = leaves[35..].iter().map(|leaf| leaf.label.as_str()).collect();
    assert_eq!(last, ["q/066", "65 further models"]);
}

#[test]
fn series_are_roles_and_every_node_is_in_one() {
    let leaves = leaves(&family("a/root", few()));
    let series = series(&leaves, &["quantizer".to_owned()]);
    let told: Vec<(&str, &str, bool)> = series
        .iter()
        .map(|series| (series.key.as_str(), series.label.as_str(), series.is_hidden))
        .collect();
    assert_eq!(told[0], ("originator", "Originator", false));
    assert!(told.contains(&("quantizer", "Quantizer", true)));
    let nodes: usize = series.iter().map(|series| series.points.len()).sum();
    assert_eq!(nodes, leaves.len());
}
