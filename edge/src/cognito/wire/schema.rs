//! A user pool's schema.

use domain::error::{Error, invalid};
use domain::pool::{Attribute, AttributeKind, STANDARD, Settings, Standard};
use serde::Deserialize;
use serde_json::{Map, Value, json};
use std::collections::BTreeMap;

#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Ask {
    name: String,
    attribute_data_type: Option<AttributeKind>,
    #[serde(default)]
    developer_only_attribute: bool,
    mutable: Option<bool>,
    #[serde(default)]
    required: bool,
    #[serde(default)]
    string_attribute_constraints: Range,
    #[serde(default)]
    number_attribute_constraints: Range,
}

#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Range {
    #[serde(alias = "MinLength", alias = "MinValue")]
    min: Option<String>,
    #[serde(alias = "MaxLength", alias = "MaxValue")]
    max: Option<String>,
}

/// The attributes of a new pool, by name.
pub(super) fn read(asked: Vec<Ask>) -> Result<BTreeMap<String, Attribute>, Error> {
    let mut out = BTreeMap::new();
    for ask in asked {
        let (name, kind, mutable, min, max) = if let Some(standard) = Standard::named(&ask.name) {
            let Standard { name, kind, mutable, min, max } = *standard;
            if ask.developer_only_attribute || ask.attribute_data_type.is_some_and(|asked| asked != kind) {
                return Err(invalid(format!(
                    "You can not change AttributeDataType or set developerOnlyAttribute for standard schema attribute {name}"
                )));
            }
            if name == "sub" && ask.mutable == Some(true) {
                return Err(invalid("The standard schema attribute sub cannot be mutable"));
            }
            (name.to_owned(), kind, mutable, min, max)
        } else {
            if ask.required {
                return Err(invalid("Required custom attributes are not supported currently."));
            }
            let kind = ask.attribute_data_type.unwrap_or(AttributeKind::String);
            // AWS makes a custom attribute mutable only when that is said.
            (format!("custom:{}", ask.name), kind, false, None, None)
        };
        let (strings, numbers) = (&ask.string_attribute_constraints, &ask.number_attribute_constraints);
        let given = |range: &Range| range.min.is_some() || range.max.is_some();
        for (range, of) in [(strings, AttributeKind::String), (numbers, AttributeKind::Number)] {
            if kind != of && given(range) {
                return Err(invalid(format!(
                    "Invalid {of:?}AttributeConstraints for schema attribute {name}: its type is {kind:?}"
                )));
            }
        }
        let range = if kind == AttributeKind::String { strings } else { numbers };
        let bound = |text: &Option<String>, default: Option<i64>| match text {
            None => Ok(default),
            Some(text) => text.parse::<i64>().map(Some).map_err(|_| {
                invalid(format!("Invalid {kind:?}AttributeConstraints for schema attribute {name}"))
            }),
        };
        let (min, max) = (bound(&range.min, min)?, bound(&range.max, max)?);
        if let (Some(min), Some(max)) = (min, max)
            && max < min
        {
            return Err(invalid(format!("user.{name}: Max length cannot be less than min length.")));
        }
        if kind == AttributeKind::String && max.is_some_and(|max| max > 2048) {
            return Err(invalid(format!(
                "user.{name}: String attributes cannot have a length of more than 2048"
            )));
        }
        let attribute = Attribute {
            kind,
            mutable: ask.mutable.unwrap_or(mutable),
            required: ask.required,
            developer_only: ask.developer_only_attribute,
            min,
            max,
        };
        if out.insert(name.clone(), attribute).is_some() {
            return Err(invalid(format!("{name}: the schema has this attribute twice")));
        }
    }
    if out.len() > 50 {
        return Err(invalid("a user pool has at most 50 custom attributes"));
    }
    Ok(out)
}

/// `[SchemaAttributeType]`: AWS's own attributes, then the pool's.
pub(super) fn describe(settings: &Settings) -> Value {
    let standard = STANDARD.iter().map(|standard| standard.name.to_owned());
    let own = settings.schema.keys().filter(|name| Standard::named(name).is_none()).cloned();
    let entries = standard.chain(own).filter_map(|name| {
        let attribute = settings.attribute(&name)?;
        let kind = match attribute.kind {
            AttributeKind::String => "String",
            AttributeKind::Number => "Number",
            AttributeKind::DateTime => "DateTime",
            AttributeKind::Boolean => "Boolean",
        };
        let mut entry = json!({
            "Name": name,
            "AttributeDataType": kind,
            "DeveloperOnlyAttribute": attribute.developer_only,
            "Mutable": attribute.mutable,
            "Required": attribute.required,
        });
        let (shape, least, most) = match attribute.kind {
            AttributeKind::String => ("StringAttributeConstraints", "MinLength", "MaxLength"),
            AttributeKind::Number => ("NumberAttributeConstraints", "MinValue", "MaxValue"),
            _ => return Some(entry),
        };
        let mut range = Map::new();
        for (name, bound) in [(least, attribute.min), (most, attribute.max)] {
            if let Some(bound) = bound {
                range.insert(name.to_owned(), json!(bound.to_string()));
            }
        }
        if let Some(members) = entry.as_object_mut() {
            members.insert(shape.to_owned(), Value::Object(range));
        }
        Some(entry)
    });
    Value::Array(entries.collect())
}
