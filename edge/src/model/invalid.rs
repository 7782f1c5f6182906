//! Why an input is refused, in the service's own words.

use std::fmt;

/// Why an input is refused.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Invalid {
    /// Not JSON, or JSON of the wrong types: a `SerializationException` with this message.
    Malformed(&'static str),
    /// Of the right types, but breaking constraints: at least one, and no more than are told in one answer.
    Violations(Vec<Violation>),
}

/// One constraint that one member breaks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Violation {
    /// In lower camel case, with one-based places in lists: `schema.1.member.name`.
    pub path: String,
    /// The value as it is echoed: quoted and shortened, or `null`. None for a sensitive one, which is left out.
    pub value: Option<String>,
    /// `Member must have length less than or equal to 128`, for instance.
    pub constraint: String,
}

impl fmt::Display for Invalid {
    /// Writes the message of the answer.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Malformed(message) => f.write_str(message),
            Self::Violations(violations) => {
                let plural = if violations.len() == 1 { "" } else { "s" };
                write!(f, "{} validation error{plural} detected: ", violations.len())?;
                for (at, violation) in violations.iter().enumerate() {
                    let joint = if at == 0 { "" } else { "; " };
                    write!(f, "{joint}{violation}")?;
                }
                Ok(())
            }
        }
    }
}

impl std::error::Error for Invalid {}

impl fmt::Display for Violation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Value ")?;
        if let Some(value) = &self.value {
            write!(f, "{value} ")?;
        }
        write!(f, "at '{}' failed to satisfy constraint: {}", self.path, self.constraint)
    }
}
