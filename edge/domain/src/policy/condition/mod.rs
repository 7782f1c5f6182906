//! `Condition`: what must hold about a request for a statement to apply.

mod address;
mod check;
mod date;
mod number;
mod operator;

use super::context::Request;
use super::error::{Malformed, Problem};
use super::json::Node;
use super::variable::{fold, is_key};
use check::Check;
use operator::{Operator, Quantifier};

/// One key under one operator. All of a statement's conditions must hold.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Condition {
    /// Folded.
    key: String,
    quantifier: Quantifier,
    if_exists: bool,
    check: Check,
}

pub(super) fn parse(node: Node, variables: bool) -> Result<Vec<Condition>, Malformed> {
    let mut conditions = Vec::new();
    for (name, node) in node.object()? {
        let block = Operator::parse(&name).and_then(|operator| {
            let keys = node.object()?;
            if keys.is_empty() {
                let problem = Problem::Type { expected: "an object with a key", found: "an empty object" };
                return Err(Malformed::new(problem));
            }
            keys.into_iter()
                .map(|(key, node)| {
                    condition(operator, &key, node, variables).map_err(|error| error.within(key))
                })
                .collect::<Result<Vec<_>, _>>()
        });
        conditions.extend(block.map_err(|error| error.within(name))?);
    }
    Ok(conditions)
}

fn condition(operator: Operator, key: &str, node: Node, variables: bool) -> Result<Condition, Malformed> {
    if !is_key(key) {
        return Err(Malformed::value("a condition key, `prefix:name`", key));
    }
    let check = Check::parse(operator.comparison, node, variables)?;
    Ok(Condition { key: fold(key), quantifier: operator.quantifier, if_exists: operator.if_exists, check })
}

impl Condition {
    /// The keys, folded, that a request is asked for.
    pub(super) fn needed(&self) -> impl Iterator<Item = &str> {
        std::iter::once(self.key.as_str()).chain(self.check.needed())
    }

    /// A key that is absent fails a test, passes a negated one and passes `…IfExists`. A set operator looks at the
    /// set alone: over an empty one, `ForAllValues` is true and `ForAnyValue` false, negated or not, `IfExists`
    /// or not.
    pub(super) fn holds(&self, request: &Request<'_>) -> bool {
        let values = request.values(&self.key);
        if let Check::Null(expected) = self.check {
            return values.is_none_or(|values| values.is_empty()) == expected;
        }
        let passes = |value: &str| self.check.passes(value, request);
        match (self.quantifier, values) {
            (Quantifier::All, values) => {
                values.is_none_or(|values| values.is_empty() || values.iter().all(passes))
            }
            (Quantifier::Any, values) => {
                values.is_some_and(|values| !values.is_empty() && values.iter().any(passes))
            }
            (Quantifier::None, None) => self.if_exists || self.check.is_negated(),
            (Quantifier::None, Some(values)) => values.iter().all(passes),
        }
    }
}

#[cfg(test)]
mod tests;
