//! `Resource` and `NotResource`.

use super::context::Request;
use super::error::Malformed;
use super::json::Node;
use super::statement::Effect;
use super::variable::{Syntax, Template, Wildcards};

const RESOURCE: &str =
    "`*`, an ARN of six segments that names its service in full, or one whose last segment is `*` alone";
const VARIABLE: &str = "an ARN with variables only after its fifth colon";

/// The resources that a statement is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Resources {
    negated: bool,
    entries: Vec<Entry>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Entry {
    Everything,
    Arn(Template),
}

impl Resources {
    pub(super) fn parse(node: Node, negated: bool, variables: bool) -> Result<Self, Malformed> {
        let entries = node.each(|item| entry(&item.text()?, variables))?;
        Ok(Self { negated, entries })
    }

    /// The keys of its variables that have no default.
    pub(super) fn needed(&self) -> impl Iterator<Item = &str> {
        self.entries
            .iter()
            .filter_map(|entry| match entry {
                Entry::Everything => None,
                Entry::Arn(arn) => Some(arn.needed()),
            })
            .flatten()
    }

    pub(super) fn cover(&self, request: &Request<'_>, effect: Effect) -> bool {
        let mut unknown = false;
        let listed = self.entries.iter().any(|entry| match entry {
            Entry::Everything => true,
            Entry::Arn(arn) => arn.matches(request.resource, request).unwrap_or_else(|| {
                unknown = true;
                false
            }),
        });
        if self.negated {
            // What the author meant to leave out is not known: that may deny more, never allow more.
            !(listed || (unknown && effect == Effect::Allow))
        } else {
            listed
        }
    }
}

fn entry(text: &str, variables: bool) -> Result<Entry, Malformed> {
    if text == "*" {
        return Ok(Entry::Everything);
    }
    let syntax = Syntax { wildcards: Wildcards::Segmented, variables, folded: false };
    let template = Template::parse(text, syntax)?;
    // The variables of a template are well formed, so the first `${` is where they begin.
    let head =
        if template.has_variables() { text.split_once("${").map_or(text, |(head, _)| head) } else { text };
    let segments: Vec<&str> = head.splitn(6, ':').collect();
    match segments.as_slice() {
        ["arn", partition, service, .., last] if !partition.is_empty() && named(service) => {
            if segments.len() == 6 && (head.len() < text.len() || !last.is_empty()) {
                Ok(Entry::Arn(template))
            } else if template.has_variables() {
                Err(Malformed::value(VARIABLE, text))
            } else if *last == "*" {
                Ok(Entry::Arn(template.open_ended()))
            } else {
                Err(Malformed::value(RESOURCE, text))
            }
        }
        _ if template.has_variables() => Err(Malformed::value(VARIABLE, text)),
        _ => Err(Malformed::value(RESOURCE, text)),
    }
}

fn named(service: &str) -> bool {
    !service.is_empty() && service.chars().all(|c| c.is_ascii_alphanumeric() || c == '-')
}
