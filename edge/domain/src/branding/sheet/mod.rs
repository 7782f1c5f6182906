//! The classic style sheet of the hosted pages (`SetUICustomization`): 15 classes, a few properties each.
//!
//! A sheet is read by a real tokenizer into typed values and written again from those values. No byte of the owner's
//! text is ever served, so escapes, comments and half-open strings have nothing to hide in. Whatever is not listed is
//! refused with its place, as Cognito refuses a whole sheet for one class it does not know. The caller keeps the
//! original text for `GetUICustomization`.
//!
//! <https://docs.aws.amazon.com/cognito/latest/developerguide/hosted-ui-classic-branding.html>

mod colour;
mod error;
mod parse;
mod target;
#[cfg(test)]
mod tests;
mod value;

use std::collections::BTreeMap;

pub use error::{EXCERPT, Problem, SheetError};
use target::{Property, Target};
use value::Value;

/// The longest sheet of the API's model, in characters.
pub const MAX_CHARS: usize = 131_072;
/// More rules than any sheet of 18 selectors needs.
pub const MAX_RULES: usize = 1_000;
/// More declarations than any sheet of 21 properties needs.
pub const MAX_DECLARATIONS: usize = 8_000;

/// A sheet that holds nothing but known classes, known properties and checked values. Of a declaration given twice the
/// last counts, so its size has a bound whatever was sent.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sheet {
    rules: BTreeMap<Target, BTreeMap<Property, Value>>,
}

/// What the served rules are put under. Static strings: nothing that an owner wrote can get here.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Scope {
    /// The cascade layer around all rules, so that our later, unlayered rules win.
    pub layer: Option<&'static str>,
    /// The selector of the ancestor that each rule asks for.
    pub ancestor: Option<&'static str>,
}

impl Scope {
    /// The scope of the hosted pages.
    pub const HOSTED: Self = Self { layer: Some("owner"), ancestor: Some(".brand") };
    /// No scope: the form that [`Sheet::parse`] reads.
    pub const NONE: Self = Self { layer: None, ancestor: None };
}

impl Sheet {
    /// Reads a sheet, or says what in it is refused first. Time is linear in the length of `css`.
    pub fn parse(css: &str) -> Result<Self, SheetError> {
        parse::sheet(css)
    }

    /// The sheet as it is served: one line a rule, in a fixed order, colours as hex, at most a few kilobytes of ASCII
    /// without `<`, `@` (but for the layer) or any function. An empty sheet is the empty string.
    pub fn to_css(&self, scope: Scope) -> String {
        let mut css = String::new();
        for (target, declarations) in &self.rules {
            if let Some(ancestor) = scope.ancestor {
                css.extend([ancestor, " "]);
            }
            css.extend([".", target.class()]);
            if let Some(state) = target.state() {
                css.extend([":", state]);
            }
            css.push('{');
            for (index, (property, value)) in declarations.iter().enumerate() {
                if index > 0 {
                    css.push(';');
                }
                css.extend([property.name(), ":", &value.to_string()]);
            }
            css.push_str("}\n");
        }
        match scope.layer {
            Some(layer) if !css.is_empty() => format!("@layer {layer}{{\n{css}}}\n"),
            _ => css,
        }
    }

    /// Whether the sheet changes nothing.
    pub fn is_empty(&self) -> bool {
        self.rules.is_empty()
    }

    fn set(&mut self, target: Target, property: Property, value: Value) {
        self.rules.entry(target).or_default().insert(property, value);
    }
}
