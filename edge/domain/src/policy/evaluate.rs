//! The verdict of policies on a request.

use super::context::Request;
use super::document::{Document, Kind};
use super::statement::Effect;
use super::variable::fold;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Decision<'a> {
    Allowed {
        by: Reason<'a>,
    },
    /// A statement forbids it, whatever allows it.
    ExplicitDeny {
        by: Reason<'a>,
    },
    /// Nothing forbids it, and nothing (or not everything that must) allows it.
    NotAllowed,
}

impl Decision<'_> {
    pub fn is_allowed(&self) -> bool {
        matches!(self, Self::Allowed { .. })
    }
}

/// The statement that decided.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Reason<'a> {
    pub kind: Kind,
    /// The policy's place among those of its list.
    pub policy: usize,
    /// The statement's place in its policy.
    pub statement: usize,
    pub sid: Option<&'a str>,
}

/// What identity policies say: one of them must allow, none may deny.
pub fn evaluate<'a>(policies: &[&'a Document], request: &Request<'_>) -> Decision<'a> {
    if !policies.iter().all(|policy| grants_permissions(policy)) {
        return Decision::NotAllowed;
    }
    decide(policies, request)
}

/// What is left of identity policies under the session policies: both must allow, neither may deny.
///
/// An empty list of session policies allows nothing; where a session has none, ask [`evaluate`].
pub fn evaluate_with_session<'a>(
    policies: &[&'a Document],
    session: &[&'a Document],
    request: &Request<'_>,
) -> Decision<'a> {
    let (identity, session) = (evaluate(policies, request), evaluate(session, request));
    match (identity, session) {
        (deny @ Decision::ExplicitDeny { .. }, _) | (_, deny @ Decision::ExplicitDeny { .. }) => deny,
        (allow @ Decision::Allowed { .. }, Decision::Allowed { .. }) => allow,
        _ => Decision::NotAllowed,
    }
}

/// What a resource's policy says to the request's principal.
pub fn evaluate_resource<'a>(policy: &'a Document, request: &Request<'_>) -> Decision<'a> {
    if policy.kind() == Kind::Resource { decide(&[policy], request) } else { Decision::NotAllowed }
}

/// Whether a role's trust policy lets the request's principal assume it; the action is one of `sts`.
pub fn evaluate_trust<'a>(policy: &'a Document, request: &Request<'_>) -> Decision<'a> {
    if policy.kind() == Kind::Trust { decide(&[policy], request) } else { Decision::NotAllowed }
}

/// A trust or resource policy among identity policies is a mistake of the caller, and must not be read as if it
/// granted to whoever asks.
fn grants_permissions(policy: &Document) -> bool {
    matches!(policy.kind(), Kind::Identity | Kind::Session)
}

fn decide<'a>(policies: &[&'a Document], request: &Request<'_>) -> Decision<'a> {
    let action = fold(request.action);
    let mut decision = Decision::NotAllowed;
    for (policy, document) in policies.iter().enumerate() {
        for (index, statement) in document.statements().iter().enumerate() {
            let settled = statement.effect == Effect::Allow && decision.is_allowed();
            if settled || !statement.applies(&action, request) {
                continue;
            }
            let by =
                Reason { kind: document.kind(), policy, statement: index, sid: statement.sid.as_deref() };
            match statement.effect {
                Effect::Deny => return Decision::ExplicitDeny { by },
                Effect::Allow => decision = Decision::Allowed { by },
            }
        }
    }
    decision
}
