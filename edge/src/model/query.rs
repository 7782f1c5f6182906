//! The Query protocol's form parameters (`Tags.member.1.Key=a`) as the JSON the same input would be.

use serde_json::{Map, Value};

use super::Operation;
use super::invalid::Invalid;
use super::shape::{Member, Shape};

/// Parameters of one request.
const MAX_PARAMETERS: usize = 1_000;
/// Places in a list; the longest one modelled has 50.
const MAX_PLACES: usize = 100;

/// Reads decoded form pairs by the operation's shape. `Action`, `Version` and the parameters of a presigned
/// signature are left out; a parameter the shape does not have stays under its name, so that asking for support
/// refuses it.
pub fn decode<'a>(
    operation: &Operation,
    pairs: impl IntoIterator<Item = (&'a str, &'a str)>,
) -> Result<Value, Invalid> {
    let mut input = Value::Object(Map::new());
    for (count, (name, text)) in pairs.into_iter().enumerate() {
        if count >= MAX_PARAMETERS {
            return Err(Invalid::Malformed("Too many parameters"));
        }
        if matches!(name, "Action" | "Version") || name.starts_with("X-Amz-") {
            continue;
        }
        place(operation.input, &mut input, Some(name), text)?;
    }
    Ok(input)
}

/// Puts the text where the rest of its name leads. Goes no deeper than the shape.
fn place(shape: &Shape, slot: &mut Value, rest: Option<&str>, text: &str) -> Result<(), Invalid> {
    match (shape, rest) {
        (Shape::Structure { members, .. }, Some(rest)) => {
            let (name, below) = step(rest);
            let object = as_object(slot)?;
            let Some(Member { shape, .. }) = members.iter().find(|member| member.name == name) else {
                return once(object.entry(rest).or_insert(Value::Null), text.into());
            };
            place(shape, object.entry(name).or_insert(Value::Null), below, text)
        }
        (Shape::List { element, .. }, Some(rest)) => {
            let place_in_list = rest
                .strip_prefix("member.")
                .map(step)
                .and_then(|(place, below)| Some((place.parse::<usize>().ok()?.checked_sub(1)?, below)));
            let Some((at, below)) = place_in_list.filter(|(at, _)| *at < MAX_PLACES) else {
                return Err(Invalid::Malformed("Unexpected list element"));
            };
            let array = as_array(slot)?;
            if array.len() <= at {
                array.resize(at + 1, Value::Null);
            }
            let Some(slot) = array.get_mut(at) else {
                return Err(Invalid::Malformed("Unexpected list element"));
            };
            place(element, slot, below, text)
        }
        // An empty list is sent as its bare name.
        (Shape::List { .. }, None) if text.is_empty() => as_array(slot).map(|_| ()),
        (Shape::Whole { .. }, None) => match text.parse::<i64>() {
            Ok(whole) => once(slot, whole.into()),
            Err(_) => Err(Invalid::Malformed("STRING_VALUE can not be converted to an Integer")),
        },
        (Shape::Flag, None) => match text {
            "true" => once(slot, true.into()),
            "false" => once(slot, false.into()),
            _ => Err(Invalid::Malformed("STRING_VALUE can not be converted to a Boolean")),
        },
        (Shape::Text(_) | Shape::Blob(_), None) => once(slot, text.into()),
        _ => Err(Invalid::Malformed("Unexpected parameter")),
    }
}

/// The first step of a name, and what is below it.
fn step(name: &str) -> (&str, Option<&str>) {
    name.split_once('.').map_or((name, None), |(first, below)| (first, Some(below)))
}

/// A parameter given twice is refused: which of the two counts must not depend on the reader.
fn once(slot: &mut Value, value: Value) -> Result<(), Invalid> {
    if !slot.is_null() {
        return Err(Invalid::Malformed("A parameter is given twice"));
    }
    *slot = value;
    Ok(())
}

fn as_object(slot: &mut Value) -> Result<&mut Map<String, Value>, Invalid> {
    if slot.is_null() {
        *slot = Value::Object(Map::new());
    }
    slot.as_object_mut().ok_or(Invalid::Malformed("Unexpected parameter"))
}

fn as_array(slot: &mut Value) -> Result<&mut Vec<Value>, Invalid> {
    if slot.is_null() {
        *slot = Value::Array(Vec::new());
    }
    slot.as_array_mut().ok_or(Invalid::Malformed("Unexpected parameter"))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::super::Service;
    use super::*;

    fn create_role(pairs: &[(&str, &str)]) -> Result<Value, Invalid> {
        decode(&Service::Iam.operation("CreateRole").unwrap(), pairs.iter().copied())
    }

    #[test]
    fn a_form_becomes_the_json_of_its_shape() {
        let input = create_role(&[
            ("Action", "CreateRole"),
            ("Version", "2010-05-08"),
            ("RoleName", "demo"),
            ("MaxSessionDuration", "3600"),
            ("Tags.member.2.Key", "b"),
            ("Tags.member.1.Key", "a"),
            ("Tags.member.1.Value", ""),
        ]);
        let expected = json!({
            "RoleName": "demo",
            "MaxSessionDuration": 3600,
            "Tags": [{"Key": "a", "Value": ""}, {"Key": "b"}],
        });
        assert_eq!(input, Ok(expected));
    }

    #[test]
    fn an_empty_list_is_its_bare_name() {
        assert_eq!(create_role(&[("Tags", "")]), Ok(json!({"Tags": []})));
    }

    #[test]
    fn a_gap_in_a_list_is_a_null_that_validation_refuses() {
        let operation = Service::Iam.operation("CreateRole").unwrap();
        let input = create_role(&[
            ("RoleName", "demo"),
            ("AssumeRolePolicyDocument", "{}"),
            ("Tags.member.2.Key", "b"),
            ("Tags.member.2.Value", "b"),
        ]);
        let refused = operation.validate(&input.unwrap()).unwrap_err().to_string();
        assert_eq!(
            refused,
            "1 validation error detected: Value null at 'tags.1.member' failed to satisfy constraint: \
             Member must not be null"
        );
    }

    #[test]
    fn an_unknown_parameter_is_kept_and_refused_by_name() {
        let operation = Service::Iam.operation("GetRole").unwrap();
        let input = decode(&operation, [("RoleName", "demo"), ("Colour.member.1", "red")]).unwrap();
        assert_eq!(operation.check_supported(&input).unwrap_err().member, "Colour.member.1");
    }

    #[test]
    fn what_does_not_fit_the_shape_is_malformed() {
        for pairs in [
            &[("MaxSessionDuration", "an hour")][..],
            &[("RoleName.x", "demo")],
            &[("RoleName", "demo"), ("RoleName", "other")],
            &[("Tags", "a")],
            &[("Tags.member.0.Key", "a")],
            &[("Tags.member.101.Key", "a")],
            &[("Tags.member.1", "a")],
            &[("Tags.1.Key", "a")],
            &[("Tags.member.18446744073709551616.Key", "a")],
        ] {
            assert!(matches!(create_role(pairs), Err(Invalid::Malformed(_))), "{pairs:?}");
        }
        let many = vec![("Action", ""); MAX_PARAMETERS + 1];
        assert!(matches!(create_role(&many), Err(Invalid::Malformed(_))));
    }
}
