//! One statement of a policy.

use super::action::Actions;
use super::condition::{self, Condition};
use super::context::Request;
use super::document::{Kind, Version};
use super::error::{Malformed, Problem};
use super::json::Node;
use super::principal::Principals;
use super::resource::Resources;

const SID_LENGTH: usize = 128;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Effect {
    Allow,
    Deny,
}

#[derive(Debug, Clone, PartialEq)]
pub(super) struct Statement {
    pub(super) sid: Option<String>,
    pub(super) effect: Effect,
    /// In trust and resource policies, always there.
    principals: Option<Principals>,
    actions: Actions,
    /// Everywhere but in trust policies, always there.
    resources: Option<Resources>,
    conditions: Vec<Condition>,
}

#[derive(Default)]
struct Members {
    sid: Option<Node>,
    effect: Option<Node>,
    principal: Option<Node>,
    not_principal: Option<Node>,
    action: Option<Node>,
    not_action: Option<Node>,
    resource: Option<Node>,
    not_resource: Option<Node>,
    condition: Option<Node>,
}

impl Members {
    fn read(node: Node) -> Result<Self, Malformed> {
        let mut members = Self::default();
        for (name, node) in node.object()? {
            let member = match name.as_str() {
                "Sid" => &mut members.sid,
                "Effect" => &mut members.effect,
                "Principal" => &mut members.principal,
                "NotPrincipal" => &mut members.not_principal,
                "Action" => &mut members.action,
                "NotAction" => &mut members.not_action,
                "Resource" => &mut members.resource,
                "NotResource" => &mut members.not_resource,
                "Condition" => &mut members.condition,
                _ => return Err(Malformed::new(Problem::Unknown).within(name)),
            };
            *member = Some(node);
        }
        Ok(members)
    }
}

impl Statement {
    pub(super) fn parse(node: Node, kind: Kind, version: Version) -> Result<Self, Malformed> {
        let members = Members::read(node)?;
        let variables = version == Version::V2012;
        let effect = read(members.effect, "Effect", effect)?.ok_or(missing("Effect"))?;
        Ok(Self {
            sid: read(members.sid, "Sid", |node| sid(node, kind))?.filter(|sid| !sid.is_empty()),
            effect,
            principals: principals(members.principal, members.not_principal, kind, effect)?,
            actions: actions(members.action, members.not_action, kind)?,
            resources: resources(members.resource, members.not_resource, kind, variables)?,
            conditions: read(members.condition, "Condition", |node| condition::parse(node, variables))?
                .unwrap_or_default(),
        })
    }

    /// The keys, folded, that a request is asked for.
    pub(super) fn needed(&self) -> impl Iterator<Item = &str> {
        let resources = self.resources.iter().flat_map(Resources::needed);
        resources.chain(self.conditions.iter().flat_map(Condition::needed))
    }

    /// Whether the statement speaks about the request; `action` is the request's, folded.
    pub(super) fn applies(&self, action: &str, request: &Request<'_>) -> bool {
        self.actions.cover(action)
            && self.principals.as_ref().is_none_or(|principals| principals.cover(request.principal))
            && self.resources.as_ref().is_none_or(|resources| resources.cover(request, self.effect))
            && self.conditions.iter().all(|condition| condition.holds(request))
    }
}

fn missing(member: &'static str) -> Malformed {
    Malformed::new(Problem::Missing(member))
}

/// Reads a member that may be absent, naming it in the error.
fn read<T>(
    node: Option<Node>,
    name: &'static str,
    parse: impl FnOnce(Node) -> Result<T, Malformed>,
) -> Result<Option<T>, Malformed> {
    node.map(|node| parse(node).map_err(|error| error.within(name))).transpose()
}

/// Of a member and its negation, the one that is there, and whether it is the negation.
fn either(
    (name, plain): (&'static str, Option<Node>),
    (not_name, negated): (&'static str, Option<Node>),
) -> Result<Option<(&'static str, Node, bool)>, Malformed> {
    match (plain, negated) {
        (Some(_), Some(_)) => Err(Malformed::new(Problem::Conflict(name, not_name))),
        (Some(node), None) => Ok(Some((name, node, false))),
        (None, Some(node)) => Ok(Some((not_name, node, true))),
        (None, None) => Ok(None),
    }
}

fn effect(node: Node) -> Result<Effect, Malformed> {
    match node.text()?.as_str() {
        "Allow" => Ok(Effect::Allow),
        "Deny" => Ok(Effect::Deny),
        other => Err(Malformed::value("`Allow` or `Deny`", other)),
    }
}

fn sid(node: Node, kind: Kind) -> Result<String, Malformed> {
    let sid = node.text()?;
    let spaced = kind == Kind::Resource;
    let plain = |c: char| c.is_ascii_alphanumeric() || (spaced && matches!(c, ' ' | '-' | '_'));
    if sid.len() <= SID_LENGTH && sid.chars().all(plain) {
        Ok(sid)
    } else {
        Err(Malformed::value("at most 128 letters and digits", &sid))
    }
}

fn principals(
    plain: Option<Node>,
    negated: Option<Node>,
    kind: Kind,
    effect: Effect,
) -> Result<Option<Principals>, Malformed> {
    match either(("Principal", plain), ("NotPrincipal", negated))? {
        Some((name, ..)) if !kind.names_principals() => {
            Err(Malformed::new(Problem::Forbidden(kind)).within(name))
        }
        Some((_, _, true)) if effect == Effect::Allow => {
            Err(Malformed::value("in a statement whose effect is `Deny`", "Allow").within("NotPrincipal"))
        }
        Some((name, node, negated)) => {
            Principals::parse(node, negated).map(Some).map_err(|error| error.within(name))
        }
        None if kind.names_principals() => Err(missing("Principal")),
        None => Ok(None),
    }
}

fn actions(plain: Option<Node>, negated: Option<Node>, kind: Kind) -> Result<Actions, Malformed> {
    let (name, node, negated) =
        either(("Action", plain), ("NotAction", negated))?.ok_or_else(|| missing("Action"))?;
    let parsed = match (kind, negated) {
        (Kind::Trust, true) => Err(Malformed::new(Problem::Forbidden(kind))),
        (Kind::Trust, false) => Actions::parse_sts(node),
        _ => Actions::parse(node, negated),
    };
    parsed.map_err(|error| error.within(name))
}

fn resources(
    plain: Option<Node>,
    negated: Option<Node>,
    kind: Kind,
    variables: bool,
) -> Result<Option<Resources>, Malformed> {
    match either(("Resource", plain), ("NotResource", negated))? {
        Some((name, ..)) if kind == Kind::Trust => Err(Malformed::new(Problem::Forbidden(kind)).within(name)),
        Some((name, node, negated)) => {
            Resources::parse(node, negated, variables).map(Some).map_err(|error| error.within(name))
        }
        None if kind == Kind::Trust => Ok(None),
        None => Err(missing("Resource")),
    }
}
