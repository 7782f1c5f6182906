//! The AWS APIs as their models describe them: which operations there are, what input each takes, and which
//! of its members we honour.
//!
//! A door finds the operation by name, reads the body, validates it, and asks whether every parameter in it
//! is honoured; only then does it look at members. The tables are written by `build/model.py`.

mod category;
mod constraint;
mod invalid;
mod pattern;
pub mod query;
mod shape;
mod support;
mod table;
mod validate;

use serde_json::Value;

pub use invalid::{Invalid, Violation};
pub use support::Unsupported;
pub use validate::read;

use shape::Shape;
use support::Rule;

/// An AWS API that we speak.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Service {
    /// cognito-idp: user pools.
    Idp,
    /// cognito-identity: identity pools.
    Identity,
    /// cognito-sync.
    Sync,
    /// Of sts, only the operations that are built are described.
    Sts,
    /// Of iam, only the operations that are built are described.
    Iam,
}

/// What we know of an operation's name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Known {
    /// It works.
    Built,
    /// AWS has it, we do not yet.
    Modelled,
    /// Nobody has it.
    Unknown,
}

/// An operation of the model, built or not.
#[derive(Debug, Clone, Copy)]
pub struct Operation {
    service: Service,
    name: &'static str,
    input: &'static Shape,
    rules: Option<&'static [Rule]>,
}

impl Service {
    pub fn operation(self, name: &str) -> Option<Operation> {
        let table = self.table();
        let at = table.binary_search_by_key(&name, |(known, _)| known).ok()?;
        let (name, input) = *table.get(at)?;
        Some(Operation { service: self, name, input, rules: self.rules(name) })
    }

    pub fn known(self, name: &str) -> Known {
        match self.operation(name) {
            Some(Operation { rules: Some(_), .. }) => Known::Built,
            Some(_) => Known::Modelled,
            None => Known::Unknown,
        }
    }

    /// The operation that a REST API binds to a method and a decoded path.
    pub fn routed(self, method: &str, path: &str) -> Option<Operation> {
        let routes = match self {
            Self::Sync => table::sync::ROUTES,
            Self::Idp | Self::Identity | Self::Sts | Self::Iam => &[],
        };
        let is_asked = |(bound, template, _): &&(&str, &str, &str)| *bound == method && fits(template, path);
        routes.iter().find(is_asked).and_then(|(_, _, name)| self.operation(name))
    }

    fn table(self) -> &'static [(&'static str, &'static Shape)] {
        match self {
            Self::Idp => table::idp::OPERATIONS,
            Self::Identity => table::identity::OPERATIONS,
            Self::Sync => table::sync::OPERATIONS,
            Self::Sts => table::sts::OPERATIONS,
            Self::Iam => table::iam::OPERATIONS,
        }
    }

    fn rules(self, name: &str) -> Option<&'static [Rule]> {
        let built = support::built(self);
        built.iter().find(|entry| entry.name == name).map(|entry| entry.input)
    }
}

/// Whether a path has a template's segments; one in braces is any that is not empty.
fn fits(template: &str, path: &str) -> bool {
    let mut segments = path.split('/');
    let each = template.split('/').all(|wanted| {
        segments.next().is_some_and(|segment| {
            if wanted.starts_with('{') { !segment.is_empty() } else { segment == wanted }
        })
    });
    each && segments.next().is_none()
}

impl Operation {
    pub fn service(&self) -> Service {
        self.service
    }

    pub fn name(&self) -> &'static str {
        self.name
    }

    pub fn is_built(&self) -> bool {
        self.rules.is_some()
    }

    /// Holds the input against the model: types first, then every constraint.
    pub fn validate(&self, input: &Value) -> Result<(), Invalid> {
        validate::validate(self.input, input)
    }

    /// Refuses the first parameter that we would not honour; call it on input that has been validated.
    /// An operation that is not built honours none.
    pub fn check_supported(&self, input: &Value) -> Result<(), Unsupported> {
        support::check(self.rules.unwrap_or_default(), input)
    }
}

#[cfg(test)]
mod tests;
