use domain::error::{Error, invalid};
use serde::Deserialize;
use std::collections::BTreeMap;

/// `AttributeType`.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(in crate::cognito) struct Attribute {
    name: String,
    #[serde(default)]
    value: String,
}

/// A list of attributes by name; one that stands twice is refused, for either could be meant.
pub(in crate::cognito) fn collect(list: Vec<Attribute>) -> Result<BTreeMap<String, String>, Error> {
    let mut attributes = BTreeMap::new();
    for Attribute { name, value } in list {
        if attributes.insert(name.clone(), value).is_some() {
            return Err(invalid(format!("user.{name}: Attribute is given twice.")));
        }
    }
    Ok(attributes)
}
