//! Why a sheet is refused, and where.

use std::fmt;

/// The first thing in a sheet that cannot stay. Lines and columns start at 1; columns count UTF-16 code units.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SheetError {
    pub line: u32,
    pub column: u32,
    pub problem: Problem,
}

/// What is wrong. The strings are excerpts of the sheet, cut to [`EXCERPT`] characters, control characters escaped.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Problem {
    /// More characters than the API's model takes.
    TooLong,
    TooManyRules,
    TooManyDeclarations,
    /// A `<` anywhere, comments included.
    Markup,
    AtRule(String),
    /// A class outside the 15.
    Class(String),
    /// A customisable class with a state that it does not take.
    State {
        class: &'static str,
        state: String,
    },
    /// Anything in a selector but one class and one state.
    Selector(String),
    /// A rule inside a rule.
    Nested,
    /// A property that this class does not take.
    Property {
        selector: String,
        property: String,
    },
    /// A value that the property does not take, at its first odd token.
    Value {
        property: &'static str,
        found: String,
    },
    /// A value that ends too early.
    ValueMissing {
        property: &'static str,
    },
    /// A number out of bounds.
    Range {
        property: &'static str,
        found: String,
    },
    /// A function other than the colour ones: `url(`, `var(`, `attr(`, `expression(` and the like.
    Function(String),
    /// `!important`, which would reverse the order of layers.
    Important,
    /// Not a rule, or a rule without its block.
    Syntax(String),
}

/// The longest excerpt of a sheet in an error, in characters.
pub const EXCERPT: usize = 60;

pub(super) fn excerpt(text: &str) -> String {
    let mut cut: String = text.chars().take(EXCERPT).flat_map(char::escape_debug).collect();
    if text.chars().nth(EXCERPT).is_some() {
        cut.push('…');
    }
    cut
}

impl fmt::Display for SheetError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "line {}, column {}: {}", self.line, self.column, self.problem)
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::TooLong => write!(f, "the sheet is longer than {} characters", super::MAX_CHARS),
            Self::TooManyRules => write!(f, "the sheet has more than {} rules", super::MAX_RULES),
            Self::TooManyDeclarations => {
                write!(f, "the sheet has more than {} declarations", super::MAX_DECLARATIONS)
            }
            Self::Markup => write!(f, "`<` is not allowed"),
            Self::AtRule(name) => write!(f, "the at-rule `@{name}` is not allowed"),
            Self::Class(name) => write!(f, "the class `{name}` is not customizable"),
            Self::State { class, state } => write!(f, "the state `{state}` of `{class}` is not customizable"),
            Self::Selector(found) => {
                write!(f, "a selector is one class and at most one state, found `{found}`")
            }
            Self::Nested => write!(f, "a rule inside a rule is not allowed"),
            Self::Property { selector, property } => {
                write!(f, "the property `{property}` of `{selector}` is not customizable")
            }
            Self::Value { property, found } => write!(f, "`{property}` does not take `{found}`"),
            Self::ValueMissing { property } => write!(f, "`{property}` has no value or only part of one"),
            Self::Range { property, found } => write!(f, "`{property}` does not take a size of `{found}`"),
            Self::Function(name) => write!(f, "the function `{name}()` is not allowed"),
            Self::Important => write!(f, "`!important` is not allowed"),
            Self::Syntax(found) => write!(f, "expected a rule, found `{found}`"),
        }
    }
}

impl std::error::Error for SheetError {}
