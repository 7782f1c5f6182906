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

/// A list of attributes by name; the last of a name counts.
pub(in crate::cognito) fn collect(list: Vec<Attribute>) -> BTreeMap<String, String> {
    list.into_iter().map(|attribute| (attribute.name, attribute.value)).collect()
}
