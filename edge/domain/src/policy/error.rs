//! Why a text is not a policy.

use std::fmt;

use super::document::Kind;

/// How much of a text that we refuse is repeated in the error, in characters.
const QUOTED: usize = 80;

/// What is wrong with a document, and where: `MalformedPolicyDocument` at the doors, save for
/// [`Problem::TooLong`], which is a limit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Malformed {
    at: String,
    problem: Problem,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Problem {
    /// More characters than the kind of policy may have, white space not counted.
    TooLong { limit: usize },
    /// More items in a list than we evaluate.
    TooMany { limit: usize },
    /// Not JSON, or JSON that repeats a member or nests too deeply; the parser's own words.
    Json(String),
    /// A member that must be there.
    Missing(&'static str),
    /// A member or operator that the policy language does not have.
    Unknown,
    /// A member that this kind of policy does not take.
    Forbidden(Kind),
    /// Two members that exclude each other.
    Conflict(&'static str, &'static str),
    /// A value of the wrong JSON type.
    Type { expected: &'static str, found: &'static str },
    /// A text that is not what its place takes.
    Value { expected: &'static str, found: String },
    /// A condition key, or a variable without default, that no request has here.
    Unsupplied(String),
    /// A `Sid` that another statement has.
    Repeated(String),
}

impl Malformed {
    pub(super) fn new(problem: Problem) -> Self {
        Self { at: String::new(), problem }
    }

    pub(super) fn value(expected: &'static str, found: &str) -> Self {
        Self::new(Problem::Value { expected, found: shorten(found) })
    }

    pub(super) fn unsupplied(key: &str) -> Self {
        Self::new(Problem::Unsupplied(shorten(key)))
    }

    /// Adds one step to the front of the place, as the error passes up through the document.
    pub(super) fn within(self, step: impl fmt::Display) -> Self {
        let at = match self.at.as_str() {
            "" => step.to_string(),
            inner if inner.starts_with('[') => format!("{step}{inner}"),
            inner => format!("{step}.{inner}"),
        };
        Self { at, problem: self.problem }
    }

    /// The place, from the root: `Statement[1].Condition.StringLike`; empty for the document as a whole.
    pub fn at(&self) -> &str {
        &self.at
    }

    pub fn problem(&self) -> &Problem {
        &self.problem
    }
}

impl fmt::Display for Malformed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.at.is_empty() {
            f.write_str("the policy document ")?;
        } else {
            write!(f, "`{}` ", shorten(&self.at))?;
        }
        match &self.problem {
            Problem::TooLong { limit } => write!(f, "is longer than {limit} characters"),
            Problem::TooMany { limit } => write!(f, "has more than {limit} items"),
            Problem::Json(why) => write!(f, "is not valid JSON: {why}"),
            Problem::Missing(member) => write!(f, "has no `{member}`"),
            Problem::Unknown => f.write_str("is not known to this policy language"),
            Problem::Forbidden(kind) => write!(f, "is not taken in {kind}"),
            Problem::Conflict(one, other) => write!(f, "has both `{one}` and `{other}`"),
            Problem::Type { expected, found } => write!(f, "must be {expected}, not {found}"),
            Problem::Value { expected, found } => write!(f, "must be {expected}, not `{found}`"),
            Problem::Unsupplied(key) => write!(f, "asks about `{key}`, which no request has here"),
            Problem::Repeated(sid) => write!(f, "repeats the statement id `{sid}`"),
        }
    }
}

impl std::error::Error for Malformed {}

fn shorten(text: &str) -> String {
    let mut short: String = text.chars().take(QUOTED).collect();
    if short.len() < text.len() {
        short.push('…');
    }
    short
}
