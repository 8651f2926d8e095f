use super::*;
use crate::RegistryFiles;

const ALIASES: &str = "old_id,new_id,moved_on,evidence\n\
                       gpt2,openai-community/gpt2,2024-02-19,x\n\
                       acme/one,acme-labs/one,2025-04-16,x\n";

fn current(id: &str, at: &str) -> String {
    let registry = Registry::parse(&RegistryFiles {
        owners: Vec::new(),
        countries: "code,name,country_group,other_names\n".to_owned(),
        model_aliases: ALIASES.to_owned(),
    })
    .unwrap();
    current_id(&registry, id, Instant::parse(at).unwrap()).to_owned()
}

#[test]
fn an_id_without_a_namespace_means_the_model_that_moved_before_and_after_the_move() {
    assert_eq!(current("gpt2", "2023-01-01T00:00:00Z"), "openai-community/gpt2");
    assert_eq!(current("gpt2", "2024-02-19T00:00:00Z"), "openai-community/gpt2");
    assert_eq!(current("gpt2", "2026-01-01T00:00:00Z"), "openai-community/gpt2");
}

#[test]
fn an_old_id_with_a_namespace_means_the_model_that_moved_until_the_day_of_the_move() {
    assert_eq!(current("acme/one", "2025-04-15T23:59:59Z"), "acme-labs/one");
    assert_eq!(current("acme/one", "2025-04-16T00:00:00Z"), "acme/one");
}

#[test]
fn an_id_that_is_not_in_the_table_stays() {
    assert_eq!(current("acme-labs/one", "2025-04-15T00:00:00Z"), "acme-labs/one");
    assert_eq!(current("gpt3", "2025-04-15T00:00:00Z"), "gpt3");
}
