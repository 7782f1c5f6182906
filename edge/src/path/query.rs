//! Percent-encoding, and the parameters of a query or a form.

use std::fmt;

use super::PathError;

/// The most parameters that a query may have.
pub const MAX_QUERY_PAIRS: usize = 128;

/// What `+` stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Plus {
    /// A space, as in forms (`application/x-www-form-urlencoded`) and the queries that browsers make of them.
    Space,
    /// Itself, as RFC 3986 and `SigV4` have it.
    Literal,
}

/// Decoded parameters in their order. `Debug` shows names only.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Pairs(Vec<(String, String)>);

impl Pairs {
    /// Reads `a=1&b=2`: a query without its `?`, or the body of a form whose length the door has bounded. A parameter
    /// without `=` has an empty value; empty parameters are skipped. Refuses bad encoding, NUL, what is not UTF-8, and
    /// more than `most` parameters.
    pub fn read(raw: &str, plus: Plus, most: usize) -> Result<Self, PathError> {
        let mut pairs = Vec::new();
        for pair in raw.split('&').filter(|pair| !pair.is_empty()) {
            if pairs.len() >= most {
                return Err(PathError::TooManyPairs);
            }
            let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
            pairs.push((text(name, plus)?, text(value, plus)?));
        }
        Ok(Self(pairs))
    }

    /// The value of a parameter that may stand at most once.
    pub fn one(&self, name: &str) -> Result<Option<&str>, PathError> {
        let mut values = self.all(name);
        match (values.next(), values.next()) {
            (_, Some(_)) => Err(PathError::Repeated),
            (value, None) => Ok(value),
        }
    }

    /// All values of a parameter.
    pub fn all<'a>(&'a self, name: &str) -> impl Iterator<Item = &'a str> {
        self.iter().filter(move |(found, _)| *found == name).map(|(_, value)| value)
    }

    /// Names and values, as sent.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0.iter().map(|(name, value)| (name.as_str(), value.as_str()))
    }
}

impl fmt::Debug for Pairs {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_set().entries(self.iter().map(|(name, _)| name)).finish()
    }
}

fn text(raw: &str, plus: Plus) -> Result<String, PathError> {
    let text = String::from_utf8(decode(raw, plus)?).map_err(|_| PathError::Utf8)?;
    if text.contains('\0') { Err(PathError::Nul) } else { Ok(text) }
}

/// Decodes each `%xx` once.
pub(super) fn decode(raw: &str, plus: Plus) -> Result<Vec<u8>, PathError> {
    let mut decoded = Vec::with_capacity(raw.len());
    let mut bytes = raw.bytes();
    while let Some(byte) = bytes.next() {
        decoded.push(match byte {
            b'%' => {
                let (high, low) = (digit(bytes.next())?, digit(bytes.next())?);
                high << 4 | low
            }
            b'+' if plus == Plus::Space => b' ',
            byte => byte,
        });
    }
    Ok(decoded)
}

fn digit(byte: Option<u8>) -> Result<u8, PathError> {
    match byte {
        Some(byte @ b'0'..=b'9') => Ok(byte - b'0'),
        Some(byte @ b'a'..=b'f') => Ok(byte - b'a' + 10),
        Some(byte @ b'A'..=b'F') => Ok(byte - b'A' + 10),
        _ => Err(PathError::Encoding),
    }
}
