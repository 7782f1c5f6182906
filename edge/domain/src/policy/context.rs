//! What a policy is evaluated against: the request and the facts known about it.

use std::borrow::Cow;
use std::collections::BTreeMap;

use super::principal::Principal;
use super::variable::fold;
use crate::calendar;

const CURRENT_TIME: &str = "aws:currenttime";
const EPOCH_TIME: &str = "aws:epochtime";

/// Condition keys and their values. Keys are compared without regard to case.
///
/// A key holds one text or, where the protocol says it is multivalued (`cognito-identity.amazonaws.com:amr`,
/// `aws:TagKeys`), a list; only the former can be a policy variable.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Context(BTreeMap<String, Value>);

#[derive(Debug, Clone, PartialEq, Eq)]
enum Value {
    One(String),
    Many(Vec<String>),
}

impl Context {
    pub fn new() -> Self {
        Self::default()
    }

    /// Sets a single value, in place of any the key had. Booleans are `true` and `false`, times ISO 8601 or seconds
    /// since the epoch, binary values base64.
    pub fn set(&mut self, key: &str, value: impl Into<String>) {
        self.0.insert(fold(key), Value::One(value.into()));
    }

    /// Sets the values of a multivalued key, in place of any it had.
    pub fn set_many<V: Into<String>>(&mut self, key: &str, values: impl IntoIterator<Item = V>) {
        self.0.insert(fold(key), Value::Many(values.into_iter().map(Into::into).collect()));
    }

    /// As [`Self::set`], for building a context in one expression.
    pub fn with(mut self, key: &str, value: impl Into<String>) -> Self {
        self.set(key, value);
        self
    }

    /// As [`Self::set_many`], for building a context in one expression.
    pub fn with_many<V: Into<String>>(mut self, key: &str, values: impl IntoIterator<Item = V>) -> Self {
        self.set_many(key, values);
        self
    }
}

/// One question to a policy.
#[derive(Debug, Clone, Copy)]
pub struct Request<'a> {
    /// `service:Operation`, as `s3:PutObject`.
    pub action: &'a str,
    /// The resource's ARN, or `*` for an action on no resource in particular. In a trust evaluation it is the role
    /// and not consulted.
    pub resource: &'a str,
    /// Who asks; consulted by trust and resource policies only.
    pub principal: Principal<'a>,
    pub context: &'a Context,
    /// Seconds since the epoch. `aws:CurrentTime` and `aws:EpochTime` come from here, whatever the context says.
    pub now: i64,
}

/// The values of one key of a request.
#[derive(Debug)]
pub(super) enum Values<'a> {
    One(Cow<'a, str>),
    Many(&'a [String]),
}

impl Values<'_> {
    pub(super) fn iter(&self) -> impl Iterator<Item = &str> {
        let (one, many) = match self {
            Self::One(one) => (Some(one.as_ref()), None),
            Self::Many(many) => (None, Some(many.iter().map(String::as_str))),
        };
        one.into_iter().chain(many.into_iter().flatten())
    }

    /// Nothing, or nothing but empty texts: an empty data set to the set operators, and null.
    pub(super) fn is_empty(&self) -> bool {
        self.iter().all(str::is_empty)
    }
}

impl Request<'_> {
    /// The values of a key, which must be folded; `None` where the request does not have it.
    pub(super) fn values(&self, key: &str) -> Option<Values<'_>> {
        match key {
            CURRENT_TIME => Some(Values::One(Cow::Owned(calendar::extended(self.now)))),
            EPOCH_TIME => Some(Values::One(Cow::Owned(self.now.to_string()))),
            key => match self.context.0.get(key)? {
                Value::One(one) => Some(Values::One(Cow::Borrowed(one))),
                Value::Many(many) if many.is_empty() => None,
                Value::Many(many) => Some(Values::Many(many)),
            },
        }
    }

    /// The value of a key as a policy variable. An empty one would turn `home/${key}*` into everybody's home.
    pub(super) fn variable(&self, key: &str) -> Option<Cow<'_, str>> {
        match self.values(key)? {
            Values::One(value) if !value.is_empty() => Some(value),
            Values::One(_) | Values::Many(_) => None,
        }
    }
}
