//! JSON as a tree that keeps what a policy must not lose: a repeated member is an error here, where a map would
//! silently keep the last (`{"Effect": "Deny", "Effect": "Allow"}`), and nesting is bounded.

use std::collections::BTreeSet;
use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, Error, MapAccess, SeqAccess, Visitor};

use super::error::{Malformed, Problem};

/// A policy nests six deep: document, statements, statement, condition, operator, values.
const DEPTH: usize = 8;
/// Above this a JSON number that passes through an `f64` is no longer the one that was written.
const EXACT: f64 = 9_007_199_254_740_992.0;

#[derive(Debug, Clone, PartialEq)]
pub(super) enum Node {
    Null,
    Bool(bool),
    /// As written, in decimal.
    Number(String),
    Text(String),
    List(Vec<Node>),
    /// In the order written; no name twice.
    Object(Vec<(String, Node)>),
}

impl Node {
    pub(super) fn parse(text: &str) -> Result<Self, Malformed> {
        let bad = |error: serde_json::Error| Malformed::new(Problem::Json(error.to_string()));
        let mut reader = serde_json::Deserializer::from_str(text);
        let node = Level(DEPTH).deserialize(&mut reader).map_err(bad)?;
        reader.end().map_err(bad)?;
        Ok(node)
    }

    fn name(&self) -> &'static str {
        match self {
            Self::Null => "null",
            Self::Bool(_) => "a boolean",
            Self::Number(_) => "a number",
            Self::Text(_) => "a string",
            Self::List(_) => "a list",
            Self::Object(_) => "an object",
        }
    }

    fn unexpected(&self, expected: &'static str) -> Malformed {
        Malformed::new(Problem::Type { expected, found: self.name() })
    }

    pub(super) fn text(self) -> Result<String, Malformed> {
        match self {
            Self::Text(text) => Ok(text),
            other => Err(other.unexpected("a string")),
        }
    }

    pub(super) fn object(self) -> Result<Vec<(String, Self)>, Malformed> {
        match self {
            Self::Object(members) => Ok(members),
            other => Err(other.unexpected("an object")),
        }
    }

    /// As text; numbers and booleans may be written bare.
    pub(super) fn scalar(self) -> Result<String, Malformed> {
        match self {
            Self::Text(text) | Self::Number(text) => Ok(text),
            Self::Bool(flag) => Ok(flag.to_string()),
            other => Err(other.unexpected("a string, a number or a boolean")),
        }
    }

    /// Reads one item, or each of a list of at least one, naming the item that is refused.
    pub(super) fn each<T>(
        self,
        mut read: impl FnMut(Self) -> Result<T, Malformed>,
    ) -> Result<Vec<T>, Malformed> {
        match self {
            Self::List(items) if items.is_empty() => {
                let problem = Problem::Type { expected: "a list with an item", found: "an empty list" };
                Err(Malformed::new(problem))
            }
            Self::List(items) => items
                .into_iter()
                .enumerate()
                .map(|(index, item)| read(item).map_err(|error| error.within(format_args!("[{index}]"))))
                .collect(),
            one => Ok(vec![read(one)?]),
        }
    }
}

/// Reads one value that may nest this many levels more.
#[derive(Clone, Copy)]
struct Level(usize);

impl Level {
    fn deeper<E: Error>(self) -> Result<Self, E> {
        self.0.checked_sub(1).map(Self).ok_or_else(|| E::custom("nested too deeply"))
    }
}

impl<'de> DeserializeSeed<'de> for Level {
    type Value = Node;

    fn deserialize<D: Deserializer<'de>>(self, reader: D) -> Result<Node, D::Error> {
        reader.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Level {
    type Value = Node;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a JSON value")
    }

    fn visit_unit<E: Error>(self) -> Result<Node, E> {
        Ok(Node::Null)
    }

    fn visit_bool<E: Error>(self, value: bool) -> Result<Node, E> {
        Ok(Node::Bool(value))
    }

    fn visit_i64<E: Error>(self, value: i64) -> Result<Node, E> {
        Ok(Node::Number(value.to_string()))
    }

    fn visit_u64<E: Error>(self, value: u64) -> Result<Node, E> {
        Ok(Node::Number(value.to_string()))
    }

    fn visit_f64<E: Error>(self, value: f64) -> Result<Node, E> {
        if value.abs() < EXACT {
            Ok(Node::Number(value.to_string()))
        } else {
            Err(E::custom("number out of range; write it as a string"))
        }
    }

    fn visit_str<E: Error>(self, value: &str) -> Result<Node, E> {
        Ok(Node::Text(value.to_owned()))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Node, A::Error> {
        let inner = self.deeper()?;
        let mut items = Vec::new();
        while let Some(item) = list.next_element_seed(inner)? {
            items.push(item);
        }
        Ok(Node::List(items))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Node, A::Error> {
        let inner = self.deeper()?;
        let mut seen = BTreeSet::new();
        let mut members = Vec::new();
        while let Some(name) = map.next_key::<String>()? {
            if !seen.insert(name.clone()) {
                return Err(A::Error::custom(format_args!("repeated member `{name}`")));
            }
            members.push((name, map.next_value_seed(inner)?));
        }
        Ok(Node::Object(members))
    }
}
