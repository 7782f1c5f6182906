//! A policy document: its text, kept as it came, and its statements, ready to evaluate.

use std::collections::BTreeSet;
use std::fmt;

use super::error::{Malformed, Problem};
use super::json::Node;
use super::known::is_known;
use super::statement::Statement;

/// The most characters a document may have with its white space, which the limit of its kind does not count.
const WITH_SPACE: usize = 65_536;
/// More than fit into the longest policy by AWS's grammar, short of statements that say nothing.
const STATEMENTS: usize = 512;

/// What a document is for, which decides what it may say.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// What a role or an operator may do.
    Identity,
    /// What a session may do at most.
    Session,
    /// Who may assume a role.
    Trust,
    /// Who may do what to a resource.
    Resource,
}

impl Kind {
    /// The most characters a document of this kind may have, white space not counted.
    pub fn limit(self) -> usize {
        match self {
            Self::Identity => 10_240,
            Self::Session | Self::Trust => 2_048,
            Self::Resource => 20_480,
        }
    }

    pub(super) fn names_principals(self) -> bool {
        matches!(self, Self::Trust | Self::Resource)
    }
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Identity => "an identity policy",
            Self::Session => "a session policy",
            Self::Trust => "a trust policy",
            Self::Resource => "a resource policy",
        })
    }
}

/// The version of the policy language.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Version {
    /// 2008-10-17, which also holds where none is given: `${…}` is plain text.
    V2008,
    /// 2012-10-17.
    V2012,
}

/// A policy that was understood in full.
#[derive(Debug, Clone, PartialEq)]
pub struct Document {
    text: String,
    kind: Kind,
    version: Version,
    statements: Vec<Statement>,
}

impl Document {
    pub fn parse(text: &str, kind: Kind) -> Result<Self, Malformed> {
        let too_long = |limit| Err(Malformed::new(Problem::TooLong { limit }));
        if text.chars().nth(WITH_SPACE).is_some() {
            return too_long(WITH_SPACE);
        }
        if text.chars().filter(|c| !c.is_whitespace()).nth(kind.limit()).is_some() {
            return too_long(kind.limit());
        }
        let (mut version, mut statements) = (Version::V2008, None);
        for (name, node) in Node::parse(text)?.object()? {
            match name.as_str() {
                "Version" => version = parse_version(node).map_err(|error| error.within(name))?,
                "Id" if kind.names_principals() => {
                    node.text().map_err(|error| error.within(name))?;
                }
                "Id" => return Err(Malformed::new(Problem::Forbidden(kind)).within(name)),
                "Statement" => statements = Some(node),
                _ => return Err(Malformed::new(Problem::Unknown).within(name)),
            }
        }
        let statements = statements.ok_or(Malformed::new(Problem::Missing("Statement")))?;
        let statements =
            parse_statements(statements, kind, version).map_err(|error| error.within("Statement"))?;
        Ok(Self { text: text.to_owned(), kind, version, statements })
    }

    /// Refuses a document that asks about what no request has here. For whoever stores one: what is stored stays readable
    /// when the list of keys changes.
    pub fn check_keys(&self) -> Result<(), Malformed> {
        let mut needed = self.statements.iter().flat_map(Statement::needed);
        match needed.find(|key| !is_known(key, self.kind)) {
            Some(key) => Err(Malformed::unsupplied(key)),
            None => Ok(()),
        }
    }

    /// The document as it was given, to the character.
    pub fn text(&self) -> &str {
        &self.text
    }

    pub fn kind(&self) -> Kind {
        self.kind
    }

    pub fn version(&self) -> Version {
        self.version
    }

    pub(super) fn statements(&self) -> &[Statement] {
        &self.statements
    }
}

fn parse_version(node: Node) -> Result<Version, Malformed> {
    match node.text()?.as_str() {
        "2008-10-17" => Ok(Version::V2008),
        "2012-10-17" => Ok(Version::V2012),
        other => Err(Malformed::value("`2012-10-17` or `2008-10-17`", other)),
    }
}

fn parse_statements(node: Node, kind: Kind, version: Version) -> Result<Vec<Statement>, Malformed> {
    if let Node::List(items) = &node
        && items.len() > STATEMENTS
    {
        return Err(Malformed::new(Problem::TooMany { limit: STATEMENTS }));
    }
    let mut sids = BTreeSet::new();
    node.each(|node| {
        let statement = Statement::parse(node, kind, version)?;
        match &statement.sid {
            Some(sid) if !sids.insert(sid.clone()) => {
                Err(Malformed::new(Problem::Repeated(sid.clone())).within("Sid"))
            }
            _ => Ok(statement),
        }
    })
}
