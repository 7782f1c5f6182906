//! Texts with policy variables: `${aws:username}`, `${aws:PrincipalTag/team, 'everyone'}`, `${*}`, `${?}`, `${$}`.
//!
//! Substitution happens once, from the request into the pattern's text items, so that nothing inside a value can
//! act as a wildcard or as another variable.

use std::borrow::Cow;

use super::context::Request;
use super::error::Malformed;
use super::pattern::{Builder, Item, matches, open_end};

const VARIABLE: &str =
    "a text whose variables are `${prefix:key}`, `${prefix:key, 'default'}`, `${*}`, `${?}` or `${$}`";
const KEY_LENGTH: usize = 512;

/// What `*` and `?` are in a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Wildcards {
    /// Plain characters.
    None,
    Free,
    /// Wildcards in an ARN, which keep to their segment in the first five.
    Segmented,
}

/// How a text is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Syntax {
    pub(super) wildcards: Wildcards,
    /// `${…}` is a variable; without, it is plain text (version 2008-10-17).
    pub(super) variables: bool,
    /// Case does not count; the text to match must come through [`fold`].
    pub(super) folded: bool,
}

/// A text of a policy, ready to be matched against requests.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Template(Form);

#[derive(Debug, Clone, PartialEq, Eq)]
enum Form {
    Fixed(Vec<Item<'static>>),
    Variable { parts: Vec<Part>, syntax: Syntax },
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Part {
    Text(String),
    One,
    Many,
    /// The key in lower case.
    Variable {
        key: String,
        default: Option<String>,
    },
}

impl Template {
    pub(super) fn parse(text: &str, syntax: Syntax) -> Result<Self, Malformed> {
        let parts = split(text, syntax)?;
        if parts.iter().any(|part| matches!(part, Part::Variable { .. })) {
            return Ok(Self(Form::Variable { parts, syntax }));
        }
        let mut builder = Builder::new(syntax.wildcards == Wildcards::Segmented);
        for part in parts {
            match part {
                Part::Text(text) => builder.text(Cow::Owned(text)),
                Part::One => builder.one(),
                Part::Many => builder.many(),
                Part::Variable { .. } => {}
            }
        }
        Ok(Self(Form::Fixed(builder.finish())))
    }

    /// Lets a `*` at the very end of a fixed text reach over further segments.
    pub(super) fn open_ended(mut self) -> Self {
        if let Form::Fixed(items) = &mut self.0 {
            open_end(items);
        }
        self
    }

    pub(super) fn has_variables(&self) -> bool {
        matches!(self.0, Form::Variable { .. })
    }

    /// The keys, folded, without whose value nothing matches.
    pub(super) fn needed(&self) -> impl Iterator<Item = &str> {
        let parts = match &self.0 {
            Form::Fixed(_) => [].as_slice(),
            Form::Variable { parts, .. } => parts,
        };
        parts.iter().filter_map(|part| match part {
            Part::Variable { key, default: None } => Some(key.as_str()),
            Part::Variable { .. } | Part::Text(_) | Part::One | Part::Many => None,
        })
    }

    /// Whether the text matches; `None` where a variable has no value, so that nothing can.
    pub(super) fn matches(&self, text: &str, request: &Request<'_>) -> Option<bool> {
        match &self.0 {
            Form::Fixed(items) => Some(matches(items, text)),
            Form::Variable { parts, syntax } => Some(matches(&resolve(parts, *syntax, request)?, text)),
        }
    }

    /// As [`Self::matches`] for a text that can hold no variable.
    pub(super) fn matches_fixed(&self, text: &str) -> bool {
        match &self.0 {
            Form::Fixed(items) => matches(items, text),
            Form::Variable { .. } => false,
        }
    }
}

fn resolve<'a>(parts: &'a [Part], syntax: Syntax, request: &'a Request<'_>) -> Option<Vec<Item<'a>>> {
    let mut builder = Builder::new(syntax.wildcards == Wildcards::Segmented);
    for part in parts {
        match part {
            Part::Text(text) => builder.text(Cow::Borrowed(text)),
            Part::One => builder.one(),
            Part::Many => builder.many(),
            Part::Variable { key, default } => {
                let value = request.variable(key).or(default.as_deref().map(Cow::Borrowed))?;
                builder.text(if syntax.folded { Cow::Owned(fold(&value)) } else { value });
            }
        }
    }
    Some(builder.finish())
}

/// Lower case, character by character: unlike `str::to_lowercase` the result does not depend on the neighbours,
/// so a value folds to the same text wherever it is put.
pub(super) fn fold(text: &str) -> String {
    text.chars().flat_map(char::to_lowercase).collect()
}

/// Whether a text can name a key of the request: `prefix:name`.
pub(super) fn is_key(key: &str) -> bool {
    let plain = |c: char| !c.is_control() && !matches!(c, '*' | '?' | '$' | '{' | '}' | '\'');
    key.len() <= KEY_LENGTH
        && key.chars().all(plain)
        && key.split_once(':').is_some_and(|(prefix, name)| !prefix.is_empty() && !name.is_empty())
}

fn split(text: &str, syntax: Syntax) -> Result<Vec<Part>, Malformed> {
    let mut parts = Vec::new();
    let mut rest = text;
    loop {
        if syntax.variables
            && let Some(body) = rest.strip_prefix("${")
        {
            let (part, after) = variable(body).ok_or_else(|| Malformed::value(VARIABLE, text))?;
            match part {
                Part::Text(special) => push(&mut parts, &special, syntax),
                part => parts.push(part),
            }
            rest = after;
            continue;
        }
        let mut chars = rest.chars();
        let Some(c) = chars.next() else { return Ok(parts) };
        match c {
            '*' if syntax.wildcards != Wildcards::None => parts.push(Part::Many),
            '?' if syntax.wildcards != Wildcards::None => parts.push(Part::One),
            c => push(&mut parts, c.encode_utf8(&mut [0; 4]), syntax),
        }
        rest = chars.as_str();
    }
}

fn push(parts: &mut Vec<Part>, text: &str, syntax: Syntax) {
    let text = if syntax.folded { Cow::Owned(fold(text)) } else { Cow::Borrowed(text) };
    if let Some(Part::Text(last)) = parts.last_mut() {
        last.push_str(&text);
    } else {
        parts.push(Part::Text(text.into_owned()));
    }
}

/// Reads a variable from behind its `${`; answers what stands behind its `}` as well.
fn variable(body: &str) -> Option<(Part, &str)> {
    for special in ["*", "?", "$"] {
        if let Some(after) = body.strip_prefix(special).and_then(|left| left.strip_prefix('}')) {
            return Some((Part::Text(special.to_owned()), after));
        }
    }
    let (key, tail) = body.split_at_checked(body.find([',', '}'])?)?;
    let (default, after) = match tail.strip_prefix(',') {
        None => (None, tail.strip_prefix('}')?),
        Some(tail) => {
            let (default, tail) = tail.trim_start().strip_prefix('\'')?.split_once('\'')?;
            (Some(default.to_owned()), tail.trim_start().strip_prefix('}')?)
        }
    };
    let key = key.trim();
    is_key(key).then(|| (Part::Variable { key: fold(key), default }, after))
}
