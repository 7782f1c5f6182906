use serde::Deserialize;

use super::super::Service;
use super::super::shape::{Shape, Text};
use super::Pattern;

/// What a real engine says of each pattern of the model; `build/model.py` writes it.
#[derive(Deserialize)]
struct Fixture {
    samples: Vec<String>,
    patterns: Vec<Verdicts>,
}

#[derive(Deserialize)]
struct Verdicts {
    pattern: String,
    /// Places in `samples`.
    takes: Vec<usize>,
}

/// Every pattern that the shapes reach.
fn reached() -> Vec<&'static Pattern> {
    fn walk(shape: &'static Shape, found: &mut Vec<&'static Pattern>) {
        match shape {
            Shape::Structure { members, .. } => members.iter().for_each(|member| walk(member.shape, found)),
            Shape::List { element, .. } => walk(element, found),
            Shape::Map { key, value, .. } => {
                walk(key, found);
                walk(value, found);
            }
            Shape::Text(Text { pattern: Some(pattern), .. }) => found.push(pattern),
            _ => {}
        }
    }
    let mut found = Vec::new();
    for service in [Service::Idp, Service::Identity, Service::Sync, Service::Sts, Service::Iam] {
        service.table().iter().for_each(|(_, input)| walk(input, &mut found));
    }
    found.sort_by_key(|pattern| pattern.text);
    found.dedup_by_key(|pattern| pattern.text);
    found
}

#[test]
fn every_matcher_agrees_with_a_real_engine() {
    let fixture: Fixture = serde_json::from_str(include_str!("../fixture/pattern.json")).unwrap();
    let known: Vec<&str> = fixture.patterns.iter().map(|verdicts| verdicts.pattern.as_str()).collect();
    let reached = reached();
    assert_eq!(known, reached.iter().map(|pattern| pattern.text).collect::<Vec<_>>());
    for (pattern, verdicts) in reached.iter().zip(&fixture.patterns) {
        for (at, sample) in fixture.samples.iter().enumerate() {
            let expected = verdicts.takes.contains(&at);
            assert_eq!(pattern.matches(sample), expected, "`{}` on {sample:?}", pattern.text);
        }
    }
}
