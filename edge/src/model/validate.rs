//! Holds JSON against a shape: first its types, then every constraint.

use std::fmt::Write;

use serde_json::Value;

use super::constraint::{Constraint, base64_length, constraints};
use super::invalid::{Invalid, Violation};
use super::shape::{Member, Shape};

/// Violations told in one answer.
const MAX_VIOLATIONS: usize = 10;
/// Characters of a refused value, and of a map key in a path, that are echoed.
const MAX_ECHO: usize = 256;

/// Reads a body. Lone surrogates, broken UTF-8 and nesting beyond 128 levels are malformed, and so is
/// anything but an object.
pub fn read(body: &[u8]) -> Result<Value, Invalid> {
    match serde_json::from_slice(body) {
        Ok(mut value @ Value::Object(_)) => {
            drop_nulls(&mut value);
            Ok(value)
        }
        Ok(_) => Err(Invalid::Malformed("Unexpected field type")),
        Err(_) => Err(Invalid::Malformed("The request body is not valid JSON")),
    }
}

/// A member that is null is a member that is not there, as AWS reads it: SDKs send such members for what their caller
/// left out. The parser has bounded the depth.
fn drop_nulls(value: &mut Value) {
    match value {
        Value::Object(members) => {
            members.retain(|_, member| !member.is_null());
            members.values_mut().for_each(drop_nulls);
        }
        Value::Array(elements) => elements.iter_mut().for_each(drop_nulls),
        _ => {}
    }
}

/// A null member counts as absent; a null input is no input.
pub(super) fn validate(shape: &Shape, input: &Value) -> Result<(), Invalid> {
    if input.is_null() {
        return Err(Invalid::Malformed("Unexpected field type"));
    }
    if let Some(message) = mistyped(shape, input) {
        return Err(Invalid::Malformed(message));
    }
    let mut walk = Walk { path: String::new(), found: Vec::new() };
    walk.visit(shape, input, false);
    if walk.found.is_empty() { Ok(()) } else { Err(Invalid::Violations(walk.found)) }
}

/// What the service says of the first value whose JSON type is not its shape's. Goes no deeper than the shape.
fn mistyped(shape: &Shape, value: &Value) -> Option<&'static str> {
    match (shape, value) {
        (_, Value::Null)
        | (Shape::Document, _)
        | (Shape::Text(_), Value::String(_))
        | (Shape::Flag, Value::Bool(_))
        | (Shape::Instant, Value::Number(_)) => None,
        (Shape::Structure { members, .. }, Value::Object(object)) => {
            members.iter().find_map(|member| mistyped(member.shape, object.get(member.name)?))
        }
        (Shape::Map { value: of, .. }, Value::Object(object)) => {
            object.values().find_map(|entry| mistyped(of, entry))
        }
        (Shape::List { element, .. }, Value::Array(array)) => {
            array.iter().find_map(|entry| mistyped(element, entry))
        }
        (Shape::Whole { long: true, .. }, Value::Number(number)) => {
            number.as_i64().is_none().then_some("NUMBER_VALUE can not be converted to a Long")
        }
        (Shape::Whole { long: false, .. }, Value::Number(number)) => {
            let fits = number.as_i64().is_some_and(|whole| i32::try_from(whole).is_ok());
            (!fits).then_some("NUMBER_VALUE can not be converted to an Integer")
        }
        (Shape::Blob(_), Value::String(text)) => {
            base64_length(text).is_none().then_some("STRING_VALUE can not be converted to a Blob")
        }
        (_, Value::Object(_)) => Some("Start of structure or map found where not expected"),
        (_, Value::Array(_)) => Some("Start of list found where not expected"),
        (Shape::Text(_), Value::Number(_)) => Some("NUMBER_VALUE can not be converted to a String"),
        (Shape::Text(_), Value::Bool(true)) => Some("TRUE_VALUE can not be converted to a String"),
        (Shape::Text(_), Value::Bool(false)) => Some("FALSE_VALUE can not be converted to a String"),
        (Shape::Whole { .. }, Value::String(_)) => Some("STRING_VALUE can not be converted to an Integer"),
        (Shape::Flag, Value::String(_)) => Some("STRING_VALUE can not be converted to a Boolean"),
        (_, Value::Bool(_) | Value::Number(_) | Value::String(_)) => Some("Unexpected field type"),
    }
}

/// Where the walk is, and what it has found.
struct Walk {
    path: String,
    found: Vec<Violation>,
}

impl Walk {
    /// Visits a value that is not null. `hidden` when something around it is sensitive.
    fn visit(&mut self, shape: &Shape, value: &Value, hidden: bool) {
        let hidden = hidden || shape.is_sensitive();
        for constraint in constraints(shape).filter(|constraint| !constraint.holds(value)) {
            self.report(shape, value, hidden, constraint.to_string());
        }
        match (shape, value) {
            (Shape::Structure { required, members, .. }, Value::Object(object)) => {
                for (at, Member { name, shape }) in members.iter().enumerate() {
                    let value = object.get(*name).unwrap_or(&Value::Null);
                    if at < *required || !value.is_null() {
                        self.enter(&lower_camel(name), |walk| walk.visit_or_null(shape, value, hidden));
                    }
                }
            }
            (Shape::List { element, .. }, Value::Array(array)) if element.is_nested() => {
                for (at, entry) in array.iter().enumerate() {
                    self.enter(&format!("{}.member", at + 1), |walk| {
                        walk.visit_or_null(element, entry, hidden);
                    });
                }
            }
            (Shape::List { element, .. }, Value::Array(array)) => {
                let broken = |constraint: Constraint| !array.iter().all(|entry| constraint.holds(entry));
                self.report_together(shape, value, hidden, "Member", element, broken);
            }
            (Shape::Map { key, value: of, .. }, Value::Object(object)) => {
                let broken = |constraint: Constraint| !object.keys().all(|key| constraint.holds_for(key));
                self.report_together(shape, value, hidden, "Map keys", key, broken);
                if !of.is_nested() {
                    let broken =
                        |constraint: Constraint| !object.values().all(|entry| constraint.holds(entry));
                    self.report_together(shape, value, hidden, "Map value", of, broken);
                    return;
                }
                for (key, entry) in object {
                    self.enter(&format!("{}.member", shorten(key)), |walk| {
                        walk.visit_or_null(of, entry, hidden);
                    });
                }
            }
            _ => {}
        }
    }

    fn visit_or_null(&mut self, shape: &Shape, value: &Value, hidden: bool) {
        if value.is_null() {
            self.report(shape, value, hidden, Constraint::NotNull.to_string());
        } else {
            self.visit(shape, value, hidden);
        }
    }

    fn enter(&mut self, step: &str, inside: impl FnOnce(&mut Self)) {
        if self.found.len() >= MAX_VIOLATIONS {
            return;
        }
        let length = self.path.len();
        if length > 0 {
            self.path.push('.');
        }
        self.path.push_str(step);
        inside(self);
        self.path.truncate(length);
    }

    /// Tells once for a whole list or map what its plain elements do not keep.
    fn report_together(
        &mut self,
        shape: &Shape,
        value: &Value,
        hidden: bool,
        what: &str,
        element: &Shape,
        broken: impl Fn(Constraint) -> bool,
    ) {
        let told: Vec<String> = constraints(element)
            .chain([Constraint::NotNull])
            .filter(|constraint| broken(*constraint))
            .map(|constraint| constraint.to_string())
            .collect();
        if !told.is_empty() {
            let constraint = format!("{what} must satisfy constraint: [{}]", told.join(", "));
            self.report(shape, value, hidden, constraint);
        }
    }

    fn report(&mut self, shape: &Shape, value: &Value, hidden: bool, constraint: String) {
        if self.found.len() < MAX_VIOLATIONS {
            let value = (!hidden && !shape.echoes_sensitive()).then(|| echo(value));
            self.found.push(Violation { path: self.path.clone(), value, constraint });
        }
    }
}

/// `UserPoolId` as `userPoolId`.
fn lower_camel(name: &str) -> String {
    let mut rest = name.chars();
    rest.next().map(|first| first.to_ascii_lowercase()).into_iter().chain(rest).collect()
}

/// A value as it is told: `'text'`, `'[a, b]'`, `'{k=v}'`; what is nested deeper is left out, since it may hold
/// something sensitive.
fn echo(value: &Value) -> String {
    let mut text = String::new();
    match value {
        Value::Null => return "null".to_owned(),
        Value::Array(array) => {
            text.push('[');
            for (at, entry) in array.iter().take(MAX_ECHO).enumerate() {
                text.push_str(if at == 0 { "" } else { ", " });
                push_plain(&mut text, entry);
            }
            text.push(']');
        }
        Value::Object(object) => {
            text.push('{');
            for (at, (key, entry)) in object.iter().take(MAX_ECHO).enumerate() {
                text.push_str(if at == 0 { "" } else { ", " });
                text.push_str(key);
                text.push('=');
                push_plain(&mut text, entry);
            }
            text.push('}');
        }
        plain => push_plain(&mut text, plain),
    }
    format!("'{}'", shorten(&text))
}

fn push_plain(text: &mut String, value: &Value) {
    match value {
        Value::String(string) => text.push_str(string),
        Value::Array(_) | Value::Object(_) => text.push('…'),
        plain => {
            let _ = write!(text, "{plain}");
        }
    }
}

/// What a client sent, fit to be sent back: short, and without control characters.
fn shorten(text: &str) -> String {
    let mut left = text.chars();
    let mut short: String =
        left.by_ref().take(MAX_ECHO).map(|c| if c.is_control() { '\u{fffd}' } else { c }).collect();
    if left.next().is_some() {
        short.push('…');
    }
    short
}
