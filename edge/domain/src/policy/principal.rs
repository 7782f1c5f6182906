//! `Principal` and `NotPrincipal`, and who stands behind a request.

use super::error::{Malformed, Problem};
use super::json::Node;

const AWS: &str =
    "`*`, an account of 12 digits, or the ARN of an account root, user, role or session, without wildcards";
const NAME: &str = "a name without wildcards";

/// Who asks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Principal<'a> {
    Anonymous,
    /// The ARN of a user, role, role session or account root.
    Aws(&'a str),
    /// The identity provider that vouched: `cognito-identity.amazonaws.com`, or the ARN of an OIDC or SAML provider.
    Federated(&'a str),
    /// A service, as `lambda.amazonaws.com`.
    Service(&'a str),
}

/// The principals that a statement is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Principals {
    negated: bool,
    entries: Vec<Entry>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Entry {
    Everyone,
    /// Everybody in the account.
    Account(String),
    Arn(String),
    Federated(String),
    Service(String),
}

impl Principals {
    pub(super) fn parse(node: Node, negated: bool) -> Result<Self, Malformed> {
        let entries = match node {
            Node::Text(text) if text == "*" => vec![Entry::Everyone],
            Node::Text(text) => return Err(Malformed::value("`*` or an object", &text)),
            node => typed(node.object()?)?,
        };
        Ok(Self { negated, entries })
    }

    /// A negated list covers exactly whom the same list, not negated, would not.
    pub(super) fn cover(&self, principal: Principal<'_>) -> bool {
        self.entries.iter().any(|entry| entry.names(principal)) != self.negated
    }
}

fn typed(members: Vec<(String, Node)>) -> Result<Vec<Entry>, Malformed> {
    let mut entries = Vec::new();
    for (name, node) in members {
        let read = match name.as_str() {
            "AWS" => aws,
            "Federated" => |text: String| named(text).map(Entry::Federated),
            "Service" => |text: String| named(text).map(Entry::Service),
            _ => return Err(Malformed::new(Problem::Unknown).within(name)),
        };
        let listed = node.each(|item| read(item.text()?)).map_err(|error| error.within(name))?;
        entries.extend(listed);
    }
    if entries.is_empty() {
        return Err(Malformed::new(Problem::Type {
            expected: "an object with a principal",
            found: "an empty object",
        }));
    }
    Ok(entries)
}

fn aws(text: String) -> Result<Entry, Malformed> {
    if text == "*" {
        return Ok(Entry::Everyone);
    }
    if is_account(&text) {
        return Ok(Entry::Account(text));
    }
    if text.contains(['*', '?']) {
        return Err(Malformed::value(AWS, &text));
    }
    match Arn::parse(&text) {
        Some(Arn { service: "iam", account, resource: "root" }) => Ok(Entry::Account(account.to_owned())),
        Some(Arn { service: "iam", resource, .. })
            if resource.starts_with("user/") || resource.starts_with("role/") =>
        {
            Ok(Entry::Arn(text))
        }
        Some(Arn { service: "sts", resource, .. })
            if resource.starts_with("assumed-role/") || resource.starts_with("federated-user/") =>
        {
            Ok(Entry::Arn(text))
        }
        _ => Err(Malformed::value(AWS, &text)),
    }
}

fn named(text: String) -> Result<String, Malformed> {
    if text.is_empty() || text.contains(['*', '?']) { Err(Malformed::value(NAME, &text)) } else { Ok(text) }
}

fn is_account(text: &str) -> bool {
    text.len() == 12 && text.bytes().all(|byte| byte.is_ascii_digit())
}

impl Entry {
    fn names(&self, principal: Principal<'_>) -> bool {
        match (self, principal) {
            (Self::Everyone, _) => true,
            (Self::Account(account), Principal::Aws(arn)) => {
                Arn::parse(arn).is_some_and(|arn| arn.account == account)
            }
            (Self::Arn(listed), Principal::Aws(arn)) => listed == arn || is_session_of(listed, arn),
            (Self::Federated(listed), Principal::Federated(name))
            | (Self::Service(listed), Principal::Service(name)) => listed == name,
            _ => false,
        }
    }
}

/// Whether `arn` is a session of the role `role`. A session's ARN leaves the role's path out; the name alone is
/// unique in its account.
fn is_session_of(role: &str, arn: &str) -> bool {
    let (Some(role), Some(session)) = (Arn::parse(role), Arn::parse(arn)) else { return false };
    let name = role.resource.strip_prefix("role/").and_then(|path| path.rsplit('/').next());
    let assumed = session.resource.strip_prefix("assumed-role/").and_then(|path| path.split('/').next());
    role.service == "iam"
        && session.service == "sts"
        && role.account == session.account
        && name.is_some_and(|name| !name.is_empty())
        && name == assumed
}

struct Arn<'a> {
    service: &'a str,
    account: &'a str,
    resource: &'a str,
}

impl<'a> Arn<'a> {
    fn parse(arn: &'a str) -> Option<Self> {
        let mut segments = arn.splitn(6, ':');
        if segments.next() != Some("arn") || segments.next().is_none_or(str::is_empty) {
            return None;
        }
        let (service, _region) = (segments.next()?, segments.next()?);
        let (account, resource) = (segments.next()?, segments.next()?);
        is_account(account).then_some(Self { service, account, resource })
    }
}
