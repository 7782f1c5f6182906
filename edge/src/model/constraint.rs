//! The constraints a shape puts on one value, each with its test and its text.

use std::fmt;

use serde_json::Value;

use super::pattern::Pattern;
use super::shape::{Bounds, Shape};

/// A test of one value, written as the service writes it.
#[derive(Debug, Clone, Copy)]
pub(super) enum Constraint {
    MaxLength(u32),
    MinLength(u32),
    /// Of what the base64 stands for.
    MaxBytes(u32),
    MinBytes(u32),
    MaxValue(i32),
    MinValue(i32),
    Pattern(&'static Pattern),
    OneOf(&'static [&'static str]),
    /// Ours: NUL ends a string somewhere below us.
    NoNul,
    NotNull,
}

impl fmt::Display for Constraint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::MaxLength(most) | Self::MaxBytes(most) => {
                write!(f, "Member must have length less than or equal to {most}")
            }
            Self::MinLength(least) | Self::MinBytes(least) => {
                write!(f, "Member must have length greater than or equal to {least}")
            }
            Self::MaxValue(most) => write!(f, "Member must have value less than or equal to {most}"),
            Self::MinValue(least) => write!(f, "Member must have value greater than or equal to {least}"),
            Self::Pattern(pattern) => {
                write!(f, "Member must satisfy regular expression pattern: {}", pattern.text)
            }
            Self::OneOf(allowed) => write!(f, "Member must satisfy enum value set: [{}]", allowed.join(", ")),
            Self::NoNul => f.write_str("Member must not contain the NUL character"),
            Self::NotNull => f.write_str("Member must not be null"),
        }
    }
}

impl Constraint {
    /// Whether a value of the right JSON type keeps it. A value that it says nothing about does.
    pub(super) fn holds(self, value: &Value) -> bool {
        match (self, value) {
            (Self::NotNull, value) => !value.is_null(),
            (Self::NoNul, Value::Array(array)) => array.iter().all(|entry| self.holds(entry)),
            (Self::NoNul, Value::Object(object)) => {
                object.iter().all(|(key, entry)| self.holds_for(key) && self.holds(entry))
            }
            (Self::MaxLength(most), Value::Array(array)) => array.len() <= most as usize,
            (Self::MinLength(least), Value::Array(array)) => array.len() >= least as usize,
            (Self::MaxLength(most), Value::Object(object)) => object.len() <= most as usize,
            (Self::MinLength(least), Value::Object(object)) => object.len() >= least as usize,
            (Self::MaxValue(most), Value::Number(number)) => {
                number.as_i64().is_none_or(|whole| whole <= i64::from(most))
            }
            (Self::MinValue(least), Value::Number(number)) => {
                number.as_i64().is_none_or(|whole| whole >= i64::from(least))
            }
            (constraint, Value::String(text)) => constraint.holds_for(text),
            _ => true,
        }
    }

    /// The same for a map's key.
    pub(super) fn holds_for(self, text: &str) -> bool {
        match self {
            Self::MaxLength(most) => text.chars().count() <= most as usize,
            Self::MinLength(least) => text.chars().count() >= least as usize,
            Self::MaxBytes(most) => base64_length(text).is_none_or(|length| length <= most as usize),
            Self::MinBytes(least) => base64_length(text).is_none_or(|length| length >= least as usize),
            Self::Pattern(pattern) => pattern.matches(text),
            Self::OneOf(allowed) => allowed.contains(&text),
            Self::NoNul => !text.contains('\0'),
            Self::MaxValue(_) | Self::MinValue(_) | Self::NotNull => true,
        }
    }
}

/// In the order in which the service tells them.
pub(super) fn constraints(shape: &Shape) -> impl Iterator<Item = Constraint> {
    let within = |bounds: &Bounds| {
        [
            bounds.max().map(Constraint::MaxLength),
            (bounds.min > 0).then_some(Constraint::MinLength(bounds.min)),
        ]
    };
    let ([most, least], rest) = match shape {
        Shape::Text(text) => (
            within(&text.bounds),
            [
                text.pattern.map(Constraint::Pattern),
                (!text.allowed.is_empty()).then_some(Constraint::OneOf(text.allowed)),
                Some(Constraint::NoNul),
            ],
        ),
        Shape::Whole { min, max, .. } => {
            ([max.map(Constraint::MaxValue), min.map(Constraint::MinValue)], [None; 3])
        }
        Shape::Blob(bounds) => (
            [
                bounds.max().map(Constraint::MaxBytes),
                (bounds.min > 0).then_some(Constraint::MinBytes(bounds.min)),
            ],
            [None; 3],
        ),
        Shape::List { bounds, .. } | Shape::Map { bounds, .. } => (within(bounds), [None; 3]),
        Shape::Document => ([None, None], [Some(Constraint::NoNul), None, None]),
        Shape::Structure { .. } | Shape::Flag | Shape::Instant => ([None, None], [None; 3]),
    };
    [most, least].into_iter().chain(rest).flatten()
}

/// How many bytes standard base64 with its padding stands for, if it is that.
pub(super) fn base64_length(text: &str) -> Option<usize> {
    let digits = text.trim_end_matches('=');
    let padding = text.len() - digits.len();
    let whole = text.len().is_multiple_of(4)
        && padding <= 2
        && digits.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'/'));
    whole.then_some(digits.len() * 3 / 4)
}
