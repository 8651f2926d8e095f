use schema::{Instant, Problem};
use serde_json::Map;

use super::*;
use crate::fields::FileContext;
use crate::problems::Problems;

/// What a card's text makes of facts, and what is wrong with it.
fn read_into(text: &str, mut facts: Facts) -> (Facts, Vec<Problem>) {
    let (object, mut problems) = (Map::new(), Problems::default());
    let context = FileContext { file: "details.jsonl", now: Instant::from_millis(0) };
    read(&mut Row::new(context, 1, &object, &mut problems), text, &mut facts);
    (facts, problems.into_parts().0)
}

fn facts_of(text: &str) -> Facts {
    read_into(text, Facts::default()).0
}

fn joined(texts: Option<&Vec<String>>) -> String {
    texts.map_or_else(|| "–".to_owned(), |texts| texts.join(" | "))
}

/// A card as people write them, in our own words.
const CARD: &str = "---
license: mit
---
# 🐋 Whale-7B

[![badge](https://img.shields.io/badge/a-b)](https://whale.example)
![loss](loss.png) <img src='x.png'>

A model that was trained on **public** data; see [the paper](https://arxiv.org/abs/2310.06825v2),
[code](https://github.com/whale/whale.git) and the [space](https://huggingface.co/spaces/whale/demo?x=1).
Data: [one](https://huggingface.co/datasets/whale/songs), [two](/datasets/whale/calls).

## 1. How to use

```py
print('# no heading')
```
~~~
plain
~~~

Limitations & *Biases*:
-----------------------

| a | b |
|---|--:|
| 1 | 2 |

**Intended use:**

Songs.

<h3 align=\"center\">Out-of-Scope <b>Use</b></h3>

- Storms.

## [Citation](#citation)

```bibtex
@misc{whale, eprint={2401.00001}, doi = {10.5281/zenodo.123456}, }
```
";

#[test]
fn an_outline_is_read_line_by_line() {
    let facts = facts_of(CARD);
    let expected = "whale-7b | how to use | limitations & biases | intended use | \
                    out-of-scope use | citation";
    assert_eq!(joined(facts.readme_headings.as_ref()), expected);
    // The citation is no code; the second block names no language.
    assert_eq!(facts.readme_code_count, Some(2));
    assert_eq!(joined(facts.readme_code_languages.as_ref()), "python");
    assert_eq!(facts.readme_image_count, Some(2));
    assert_eq!(facts.readme_table_count, Some(1));
    assert_eq!(facts.readme_has_bibtex, Some(true));
}

/// In the shape of the Hub's template, a part of it filled.
const TEMPLATE: &str = "# Model Card for Whale

<!-- Provide a quick summary of what the model is
trained on and its malicious use. -->

## Model Details

- **License:** [More Information Needed]

## Uses

<!-- Direct use. --> [More Information Needed]

## Training Details

### Training Data

Songs of whales. <!-- the training data -->

### Training Procedure

#### Hyperparameters

[More Information Needed]

## Environmental Impact

Carbon emissions can be estimated using the [calculator](https://x.example) of [others](https://arxiv.org/abs/1910.09700).

- **Carbon Emitted:** [More Information Needed]

## How to Get Started

Use the code below to get started with the model.

```python
run()
```
";

#[test]
fn a_heading_counts_when_something_stands_under_it() {
    let facts = facts_of(TEMPLATE);
    let expected = "model card for whale | training details | training data | how to get started";
    assert_eq!(joined(facts.readme_headings.as_ref()), expected);
    assert_eq!(facts.readme_placeholder_count, Some(4));
    // What the template explains in comments and says by itself is nobody's statement.
    assert_eq!(joined(facts.readme_topics.as_ref()), "");
    assert_eq!(joined(facts_of("<!-- never closed\n# Title\ntext").readme_headings.as_ref()), "");
    let signed = "<!-- This model card has been generated automatically according to it. -->\nx";
    assert_eq!(joined(facts_of(signed).readme_topics.as_ref()), "generated");
}

#[test]
fn links_are_told_apart_by_what_they_lead_to() {
    let facts = facts_of(CARD);
    let expected = "code:github.com/whale/whale | dataset:whale/calls | dataset:whale/songs | \
                    demo:whale/demo | paper:arxiv.org/abs/2310.06825v2";
    assert_eq!(joined(facts.readme_links.as_ref()), expected);
    // The badge's image, its target, and the five above.
    assert_eq!(facts.readme_link_count, Some(7));
    assert_eq!(joined(facts.readme_arxiv_ids.as_ref()), "2310.06825 | 2401.00001");
    assert_eq!(joined(facts.readme_dois.as_ref()), "10.5281/zenodo.123456");
}

#[test]
fn numbers_that_look_like_papers_are_none() {
    for text in [
        "version 2310.06825 of the file",
        "arXiv: 2313.06825",
        "arXiv: 12310.06825",
        "arXiv: 2310.068251",
        "it costs 10.5 or 10.12/3",
    ] {
        let facts = facts_of(text);
        assert_eq!(joined(facts.readme_arxiv_ids.as_ref()), "", "{text}");
        assert_eq!(joined(facts.readme_dois.as_ref()), "", "{text}");
    }
    let facts = facts_of("See arXiv:2310.06825 and https://doi.org/10.1000/ABC.");
    assert_eq!(joined(facts.readme_arxiv_ids.as_ref()), "2310.06825");
    assert_eq!(joined(facts.readme_dois.as_ref()), "10.1000/abc");
}

/// What has no end is cut, or each of them would reach to the end of the text.
#[test]
fn many_links_without_an_end_are_read_in_time() {
    let facts = facts_of(&"http://".repeat(200_000));
    // All of them are cut at the same length, but for the tail, which is cut off.
    assert_eq!(facts.readme_link_count, Some(1));
    let facts = facts_of(&"10.1234/".repeat(200_000));
    assert_eq!(facts.readme_dois, Some(Vec::new()));
}

#[test]
fn phrases_say_what_a_card_speaks_of() {
    let topics = |text: &str| joined(facts_of(text).readme_topics.as_ref());
    assert_eq!(
        topics("It was pre-trained\non 3T tokens; use at your own risk."),
        "disclaimer | training data"
    );
    assert_eq!(topics("A fine-tuned version of x on an unknown dataset."), "undisclosed data");
    assert_eq!(topics("The set of training was retrained onwards."), "");
    let facts =
        facts_of("- **Language:** [More Information Needed]\n- [More Information Needed]\n");
    assert_eq!(facts.readme_placeholder_count, Some(2));
}

#[test]
fn a_language_shows_only_when_there_is_enough_of_it() {
    let language = |text: &str| facts_of(text).readme_language;
    let english = "This is the model of the year and the best of the rest, with this to show.";
    assert_eq!(language(english).as_deref(), Some("en"));
    let german = "Das ist die Karte der Modelle und das ist von uns für die Welt mit der Kraft.";
    assert_eq!(language(german).as_deref(), Some("de"));
    assert_eq!(
        language("这个模型在公开数据上训练，可以用于对话。 pip install x").as_deref(),
        Some("zh")
    );
    assert_eq!(language("このモデルは公開データで学習されています。").as_deref(), Some("ja"));
    assert_eq!(language("이 모델은 공개 데이터로 학습되었습니다.").as_deref(), Some("ko"));
    assert_eq!(language("Модель обучена на открытых данных.").as_deref(), Some("ru"));
    assert_eq!(language("Whale 7B GGUF"), None);
    assert_eq!(language(""), None);
}

#[test]
fn no_card_is_known_to_hold_nothing() {
    let mut facts = Facts::default();
    nothing(&mut facts);
    assert_eq!(facts.readme_characters, Some(0));
    assert_eq!(facts.readme_headings, Some(Vec::new()));
    assert_eq!(facts.readme_has_bibtex, Some(false));
    assert_eq!(facts.readme_language, None);
}

#[test]
fn front_matter_is_no_text() {
    // Four letters and a blank line that is trimmed.
    assert_eq!(facts_of("---\na: b\n---\r\n\nText\n").readme_characters, Some(4));
    assert_eq!(facts_of("\u{feff}---\na: b\n---\nText").readme_characters, Some(4));
    assert_eq!(facts_of("Text --- and\n---\n").readme_characters, Some(16));
}

#[test]
fn faults_of_a_card_are_problems_and_never_more() {
    let reason = |text: &str, facts: Facts| {
        let (_, problems) = read_into(text, facts);
        problems.into_iter().map(|problem| problem.reason).collect::<Vec<_>>().join("; ")
    };
    let known = || Facts { card_keys: Some(Vec::new()), ..Facts::default() };
    assert_eq!(reason("---\nlicense: mit\n", known()), "the front matter has no end");
    let unread = "the Hub could not read the front matter as YAML";
    assert_eq!(reason("---\nlicense: [mit\n---\n", Facts::default()), unread);
    assert_eq!(reason("---\nlicense: mit\n---\n", known()), "");
    assert_eq!(reason("---\n\n---\n", Facts::default()), "");
    let (facts, problems) = read_into(&"a".repeat(MAX_BYTES + 1), Facts::default());
    assert_eq!(problems[0].reason, "the card is longer than 4 MiB");
    assert_eq!(facts, Facts::default());
}

/// Found by the fuzz target `card`.
#[test]
fn hidden_characters_are_no_part_of_a_heading() {
    let facts = facts_of("# Tiny \u{202e}mo\0del\u{200b}\n\nSee https://github.com/a/\u{202e}b.\n");
    assert_eq!(facts.readme_headings.unwrap(), ["tiny model"]);
    assert_eq!(facts.readme_links.unwrap(), ["code:github.com/a/b"]);
}

proptest::proptest! {
    #[test]
    fn any_text_can_be_read(text in "(?s)[-#*`~<>|@{}()\\[\\]./: a-z0-9é漢\\n]{0,200}|.{0,200}") {
        let facts = facts_of(&text);
        assert!(facts.readme_characters.is_some());
    }
}
