//! Results as markup: what pages and reports show of them.

mod asked;
mod lines;
mod links;
mod pictures;
mod section;
mod sentence;
mod what;

use analyze::results::{About as Subject, Answered};

pub(crate) use asked::{Results, all_kept, answered, of_name};
pub(crate) use links::Links;
pub(crate) use pictures::{Picture, blank, pictures};
pub(crate) use section::{Within, details, details_within, not_asked};
pub(crate) use sentence::{findings, linked_sentence, sentence};

/// The results about each subject, in the order of reports; subjects without any are left out.
pub(crate) fn by_subject(answered: &[Answered]) -> Vec<(Subject, Vec<&Answered>)> {
    let of = |about: Subject| {
        let is_about = |one: &&Answered| one.described.about == about;
        (about, answered.iter().filter(is_about).collect::<Vec<_>>())
    };
    Subject::ALL.into_iter().map(of).filter(|(_, of)| !of.is_empty()).collect()
}

/// The name of a subject in addresses within a page.
pub(crate) fn subject_id(about: Subject) -> String {
    format!("about-{}", about.title().to_lowercase().replace(' ', "-"))
}
