//! `Action` and `NotAction`.

use super::error::Malformed;
use super::json::Node;
use super::variable::{Syntax, Template, Wildcards};

const ACTION: &str = "`*` or `service:Action`, with wildcards only in the action";

/// The actions that a statement is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Actions {
    negated: bool,
    patterns: Vec<Template>,
}

impl Actions {
    pub(super) fn parse(node: Node, negated: bool) -> Result<Self, Malformed> {
        let patterns = node.each(|item| pattern(&item.text()?))?;
        Ok(Self { negated, patterns })
    }

    /// The actions of a trust policy, which are STS's and named one by one or as `sts:…*`.
    pub(super) fn parse_sts(node: Node) -> Result<Self, Malformed> {
        let patterns = node.each(|item| {
            let text = item.text()?;
            match text.split_once(':') {
                Some((service, _)) if service.eq_ignore_ascii_case("sts") => pattern(&text),
                _ => Err(Malformed::value("an action of `sts`, as all in a trust policy", &text)),
            }
        })?;
        Ok(Self { negated: false, patterns })
    }

    /// `action` must be folded.
    pub(super) fn cover(&self, action: &str) -> bool {
        self.patterns.iter().any(|pattern| pattern.matches_fixed(action)) != self.negated
    }
}

fn pattern(text: &str) -> Result<Template, Malformed> {
    let service = |c: char| c.is_ascii_alphanumeric() || c == '-';
    let name = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '*' | '?');
    let known = match text.split_once(':') {
        None => text == "*",
        Some(("*", "*")) => true,
        Some((prefix, action)) => {
            !prefix.is_empty()
                && prefix.chars().all(service)
                && !action.is_empty()
                && action.chars().all(name)
        }
    };
    if !known {
        return Err(Malformed::value(ACTION, text));
    }
    Template::parse(text, Syntax { wildcards: Wildcards::Free, variables: false, folded: true })
}
