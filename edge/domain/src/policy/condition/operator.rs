//! The names of condition operators.

use super::super::error::{Malformed, Problem};

/// `ForAllValues:` + comparison + `IfExists`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Operator {
    pub(super) quantifier: Quantifier,
    pub(super) comparison: Comparison,
    pub(super) if_exists: bool,
}

/// Which of a key's values must pass.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Quantifier {
    /// No set operator: the one value, or each of several.
    None,
    All,
    Any,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Comparison {
    Text { manner: Manner, negated: bool },
    Number(Relation),
    Date(Relation),
    Bool,
    Binary,
    Address { negated: bool },
    Null,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Manner {
    Equals,
    EqualsIgnoreCase,
    Like,
    /// `ArnEquals` and `ArnLike` are one: segment by segment, with wildcards.
    Arn,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Relation {
    Equals,
    NotEquals,
    LessThan,
    LessThanEquals,
    GreaterThan,
    GreaterThanEquals,
}

impl Operator {
    pub(super) fn parse(name: &str) -> Result<Self, Malformed> {
        let unknown = || Malformed::new(Problem::Unknown);
        let (quantifier, rest) = if let Some(rest) = name.strip_prefix("ForAllValues:") {
            (Quantifier::All, rest)
        } else if let Some(rest) = name.strip_prefix("ForAnyValue:") {
            (Quantifier::Any, rest)
        } else {
            (Quantifier::None, name)
        };
        let (base, if_exists) = rest.strip_suffix("IfExists").map_or((rest, false), |base| (base, true));
        let comparison = Comparison::parse(base).ok_or_else(unknown)?;
        if comparison == Comparison::Null && name != "Null" {
            return Err(unknown());
        }
        Ok(Self { quantifier, comparison, if_exists })
    }
}

impl Comparison {
    fn parse(name: &str) -> Option<Self> {
        if let Some(relation) = name.strip_prefix("Numeric") {
            return Relation::parse(relation).map(Self::Number);
        }
        if let Some(relation) = name.strip_prefix("Date") {
            return Relation::parse(relation).map(Self::Date);
        }
        let text = |manner, negated| Some(Self::Text { manner, negated });
        match name {
            "StringEquals" => text(Manner::Equals, false),
            "StringNotEquals" => text(Manner::Equals, true),
            "StringEqualsIgnoreCase" => text(Manner::EqualsIgnoreCase, false),
            "StringNotEqualsIgnoreCase" => text(Manner::EqualsIgnoreCase, true),
            "StringLike" => text(Manner::Like, false),
            "StringNotLike" => text(Manner::Like, true),
            "ArnEquals" | "ArnLike" => text(Manner::Arn, false),
            "ArnNotEquals" | "ArnNotLike" => text(Manner::Arn, true),
            "Bool" => Some(Self::Bool),
            "BinaryEquals" => Some(Self::Binary),
            "IpAddress" => Some(Self::Address { negated: false }),
            "NotIpAddress" => Some(Self::Address { negated: true }),
            "Null" => Some(Self::Null),
            _ => None,
        }
    }
}

impl Relation {
    fn parse(name: &str) -> Option<Self> {
        match name {
            "Equals" => Some(Self::Equals),
            "NotEquals" => Some(Self::NotEquals),
            "LessThan" => Some(Self::LessThan),
            "LessThanEquals" => Some(Self::LessThanEquals),
            "GreaterThan" => Some(Self::GreaterThan),
            "GreaterThanEquals" => Some(Self::GreaterThanEquals),
            _ => None,
        }
    }

    /// Whether a request's value stands in this relation to one of the policy's; for `NotEquals`, to all of them.
    /// `None`, a value that is not of the type, equals nothing and is neither less nor greater.
    pub(super) fn holds<T: Ord>(self, value: Option<&T>, listed: &[T]) -> bool {
        let any =
            |test: fn(&T, &T) -> bool| value.is_some_and(|value| listed.iter().any(|one| test(value, one)));
        match self {
            Self::Equals => any(|value, one| value == one),
            Self::NotEquals => !any(|value, one| value == one),
            Self::LessThan => any(|value, one| value < one),
            Self::LessThanEquals => any(|value, one| value <= one),
            Self::GreaterThan => any(|value, one| value > one),
            Self::GreaterThanEquals => any(|value, one| value >= one),
        }
    }
}
