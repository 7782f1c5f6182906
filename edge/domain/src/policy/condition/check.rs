//! What one operator asks of one value of a request.

use super::super::context::Request;
use super::super::error::{Malformed, Problem};
use super::super::json::Node;
use super::super::variable::{Syntax, Template, Wildcards, fold};
use super::address::Network;
use super::date::{self, Instant};
use super::number::Number;
use super::operator::{Comparison, Manner, Relation};

/// A comparison with the policy's values, which are read when the policy is.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Check {
    Text {
        templates: Vec<Template>,
        folded: bool,
        negated: bool,
    },
    Number {
        relation: Relation,
        listed: Vec<Number>,
    },
    Date {
        relation: Relation,
        listed: Vec<Instant>,
    },
    Bool {
        listed: Vec<bool>,
    },
    /// Canonical base64, in which equal texts are equal bytes.
    Binary {
        listed: Vec<String>,
    },
    Address {
        listed: Vec<Network>,
        negated: bool,
    },
    /// Whether the key must be absent.
    Null(bool),
}

impl Check {
    pub(super) fn parse(comparison: Comparison, values: Node, variables: bool) -> Result<Self, Malformed> {
        Ok(match comparison {
            Comparison::Text { manner, negated } => {
                let templates = values.each(|item| template(&item.scalar()?, manner, variables))?;
                Self::Text { templates, folded: manner == Manner::EqualsIgnoreCase, negated }
            }
            Comparison::Number(relation) => {
                Self::Number { relation, listed: typed(values, "a decimal number", Number::parse)? }
            }
            Comparison::Date(relation) => {
                let expected = "a date in ISO 8601 or seconds since the epoch";
                Self::Date { relation, listed: typed(values, expected, date::parse)? }
            }
            Comparison::Bool => Self::Bool { listed: typed(values, "`true` or `false`", flag)? },
            Comparison::Binary => {
                let read = |value: &str| is_base64(value).then(|| value.to_owned());
                Self::Binary { listed: typed(values, "base64 with padding", read)? }
            }
            Comparison::Address { negated } => {
                let expected = "an IP address or a range in CIDR notation";
                Self::Address { listed: typed(values, expected, Network::parse)?, negated }
            }
            Comparison::Null => match typed(values, "`true` or `false`", flag)?.as_slice() {
                [absent] => Self::Null(*absent),
                _ => return Err(Malformed::new(Problem::TooMany { limit: 1 })),
            },
        })
    }

    pub(super) fn is_negated(&self) -> bool {
        match self {
            Self::Text { negated, .. } | Self::Address { negated, .. } => *negated,
            Self::Number { relation, .. } | Self::Date { relation, .. } => *relation == Relation::NotEquals,
            Self::Bool { .. } | Self::Binary { .. } | Self::Null(_) => false,
        }
    }

    /// The keys of its variables that have no default.
    pub(super) fn needed(&self) -> impl Iterator<Item = &str> {
        let templates = match self {
            Self::Text { templates, .. } => templates.as_slice(),
            Self::Number { .. }
            | Self::Date { .. }
            | Self::Bool { .. }
            | Self::Binary { .. }
            | Self::Address { .. }
            | Self::Null(_) => &[],
        };
        templates.iter().flat_map(Template::needed)
    }

    pub(super) fn passes(&self, value: &str, request: &Request<'_>) -> bool {
        match self {
            Self::Text { templates, folded, negated } => {
                let folded = folded.then(|| fold(value));
                let value = folded.as_deref().unwrap_or(value);
                // A template whose variable has no value is equal to nothing and like nothing.
                let listed = templates.iter().any(|one| one.matches(value, request) == Some(true));
                listed != *negated
            }
            Self::Number { relation, listed } => relation.holds(Number::parse(value).as_ref(), listed),
            Self::Date { relation, listed } => relation.holds(date::parse(value).as_ref(), listed),
            Self::Bool { listed } => flag(value).is_some_and(|value| listed.contains(&value)),
            Self::Binary { listed } => listed.iter().any(|one| one == value),
            Self::Address { listed, negated } => {
                let inside =
                    value.parse().is_ok_and(|address| listed.iter().any(|one| one.contains(address)));
                inside != *negated
            }
            // Absence is the condition's matter, not a value's.
            Self::Null(absent) => !absent,
        }
    }
}

fn typed<T>(
    values: Node,
    expected: &'static str,
    read: impl Fn(&str) -> Option<T>,
) -> Result<Vec<T>, Malformed> {
    values.each(|item| {
        let value = item.scalar()?;
        read(&value).ok_or_else(|| Malformed::value(expected, &value))
    })
}

fn template(value: &str, manner: Manner, variables: bool) -> Result<Template, Malformed> {
    let wildcards = match manner {
        Manner::Equals | Manner::EqualsIgnoreCase => Wildcards::None,
        Manner::Like => Wildcards::Free,
        Manner::Arn => Wildcards::Segmented,
    };
    let syntax = Syntax { wildcards, variables, folded: manner == Manner::EqualsIgnoreCase };
    let template = Template::parse(value, syntax)?;
    if manner == Manner::Arn && !template.has_variables() && value.matches(':').count() < 5 {
        return Err(Malformed::value("an ARN of six segments", value));
    }
    Ok(template)
}

fn flag(value: &str) -> Option<bool> {
    if value.eq_ignore_ascii_case("true") {
        Some(true)
    } else if value.eq_ignore_ascii_case("false") {
        Some(false)
    } else {
        None
    }
}

/// Whether a text is base64 as an encoder writes it: padded, and with no bit set that no byte holds.
fn is_base64(text: &str) -> bool {
    let digits = text.trim_end_matches('=');
    let last = digits.bytes().next_back().and_then(base64_digit).unwrap_or(0);
    let spare = match (digits.len() % 4, text.len() - digits.len()) {
        (0, 0) => 0,
        (2, 2) => last & 0b1111,
        (3, 1) => last & 0b11,
        _ => return false,
    };
    spare == 0 && digits.bytes().all(|byte| base64_digit(byte).is_some())
}

fn base64_digit(byte: u8) -> Option<u8> {
    match byte {
        b'A'..=b'Z' => Some(byte - b'A'),
        b'a'..=b'z' => Some(byte - b'a' + 26),
        b'0'..=b'9' => Some(byte - b'0' + 52),
        b'+' => Some(62),
        b'/' => Some(63),
        _ => None,
    }
}
