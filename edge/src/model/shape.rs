//! The shape of an input as the API model gives it: what JSON it takes and what bounds it must keep.

use super::pattern::Pattern;

/// No upper bound.
const UNBOUNDED: u32 = u32::MAX;

/// One shape of the model. The tables under `table` are written in its builders.
#[derive(Debug)]
pub(super) enum Shape {
    /// A JSON object with named members, the required ones first.
    Structure { required: usize, members: &'static [Member], sensitive: bool },
    /// A JSON array. The bounds count its elements.
    List { element: &'static Shape, bounds: Bounds },
    /// A JSON object with free keys. The bounds count its entries.
    Map { key: &'static Shape, value: &'static Shape, bounds: Bounds, sensitive: bool },
    /// A JSON string. The bounds count Unicode scalar values.
    Text(Text),
    /// A JSON integer of 32 bits, or of 64 when `long`.
    Whole { min: Option<i32>, max: Option<i32>, long: bool },
    /// `true` or `false`.
    Flag,
    /// Base64 in a JSON string. The bounds count the bytes it stands for.
    Blob(Bounds),
    /// Epoch seconds as a JSON number, a fraction allowed.
    Instant,
    /// Any JSON value.
    Document,
}

/// A member of a structure.
#[derive(Debug)]
pub(super) struct Member {
    pub(super) name: &'static str,
    pub(super) shape: &'static Shape,
}

/// What a string must keep.
#[derive(Debug)]
pub(super) struct Text {
    pub(super) bounds: Bounds,
    pub(super) pattern: Option<&'static Pattern>,
    /// The values of an enumeration; none when it is not one.
    pub(super) allowed: &'static [&'static str],
    pub(super) sensitive: bool,
}

/// Least and greatest length, both inclusive.
#[derive(Debug, Clone, Copy)]
pub(super) struct Bounds {
    pub(super) min: u32,
    max: u32,
}

impl Bounds {
    pub(super) fn max(self) -> Option<u32> {
        (self.max != UNBOUNDED).then_some(self.max)
    }
}

impl Shape {
    pub(super) fn is_sensitive(&self) -> bool {
        match self {
            Self::Text(Text { sensitive, .. })
            | Self::Structure { sensitive, .. }
            | Self::Map { sensitive, .. } => *sensitive,
            Self::List { .. }
            | Self::Whole { .. }
            | Self::Flag
            | Self::Blob(_)
            | Self::Instant
            | Self::Document => false,
        }
    }

    /// Whether an echo of its value would tell something sensitive. An echo goes one level deep.
    pub(super) fn echoes_sensitive(&self) -> bool {
        self.is_sensitive()
            || match self {
                Self::List { element, .. } => element.is_sensitive(),
                Self::Map { key, value, .. } => key.is_sensitive() || value.is_sensitive(),
                _ => false,
            }
    }

    /// Whether its violations are told per element or entry (`schema.1.member.name`) when it stands in a
    /// list or map, rather than once for the whole of it.
    pub(super) fn is_nested(&self) -> bool {
        matches!(self, Self::Structure { .. } | Self::List { .. } | Self::Map { .. } | Self::Document)
    }

    pub(super) const fn min(self, least: u32) -> Self {
        self.bound(Some(least), None)
    }

    pub(super) const fn max(self, greatest: u32) -> Self {
        self.bound(None, Some(greatest))
    }

    const fn bound(self, least: Option<u32>, greatest: Option<u32>) -> Self {
        match self {
            Self::Text(text) => Self::Text(Text { bounds: text.bounds.with(least, greatest), ..text }),
            Self::List { element, bounds } => Self::List { element, bounds: bounds.with(least, greatest) },
            Self::Map { key, value, bounds, sensitive } => {
                Self::Map { key, value, bounds: bounds.with(least, greatest), sensitive }
            }
            Self::Blob(bounds) => Self::Blob(bounds.with(least, greatest)),
            other => other,
        }
    }

    pub(super) const fn like(self, pattern: &'static Pattern) -> Self {
        match self {
            Self::Text(text) => Self::Text(Text { pattern: Some(pattern), ..text }),
            other => other,
        }
    }

    pub(super) const fn secret(self) -> Self {
        match self {
            Self::Text(text) => Self::Text(Text { sensitive: true, ..text }),
            Self::Structure { required, members, .. } => {
                Self::Structure { required, members, sensitive: true }
            }
            Self::Map { key, value, bounds, .. } => Self::Map { key, value, bounds, sensitive: true },
            other => other,
        }
    }
}

impl Bounds {
    const OPEN: Self = Self { min: 0, max: UNBOUNDED };

    const fn with(self, least: Option<u32>, greatest: Option<u32>) -> Self {
        Self {
            min: if let Some(least) = least { least } else { self.min },
            max: if let Some(greatest) = greatest { greatest } else { self.max },
        }
    }
}

pub(super) const fn text() -> Shape {
    one_of(&[])
}

pub(super) const fn one_of(allowed: &'static [&'static str]) -> Shape {
    Shape::Text(Text { bounds: Bounds::OPEN, pattern: None, allowed, sensitive: false })
}

pub(super) const fn whole(min: Option<i32>, max: Option<i32>) -> Shape {
    Shape::Whole { min, max, long: false }
}

pub(super) const fn long(min: Option<i32>, max: Option<i32>) -> Shape {
    Shape::Whole { min, max, long: true }
}

pub(super) const fn blob() -> Shape {
    Shape::Blob(Bounds::OPEN)
}

pub(super) const fn list(element: &'static Shape) -> Shape {
    Shape::List { element, bounds: Bounds::OPEN }
}

pub(super) const fn map(key: &'static Shape, value: &'static Shape) -> Shape {
    Shape::Map { key, value, bounds: Bounds::OPEN, sensitive: false }
}

/// A structure whose first `required` members must be there.
pub(super) const fn structure(required: usize, members: &'static [Member]) -> Shape {
    Shape::Structure { required, members, sensitive: false }
}

pub(super) const fn m(name: &'static str, shape: &'static Shape) -> Member {
    Member { name, shape }
}
