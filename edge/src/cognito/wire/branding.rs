use crate::edge::Edge;
use crate::flow::branding;
use crate::hosts;
use domain::branding::Branding;
use domain::pool::UserPool;
use serde_json::{Map, Value, json};

/// `UICustomizationType`; without a look only the pool is named.
pub(in crate::cognito) fn describe(
    edge: &Edge,
    pool: &UserPool,
    client: &str,
    look: Option<&Branding>,
) -> Value {
    let mut out = Map::new();
    out.insert("UserPoolId".into(), json!(pool.id.as_str()));
    let Some(look) = look else { return Value::Object(out) };
    out.insert("ClientId".into(), json!(if look.client.is_empty() { client } else { &look.client }));
    if let Some(source) = &look.source {
        out.insert("CSS".into(), json!(source));
    }
    out.insert("CSSVersion".into(), json!(stamp(look.modified)));
    if let (Some(path), Some(base)) = (branding::logo_path(look), hosts::hosted_base(edge.settings(), pool)) {
        out.insert("ImageUrl".into(), json!(format!("{base}{path}")));
    }
    out.insert("CreationDate".into(), json!(look.created));
    out.insert("LastModifiedDate".into(), json!(look.modified));
    Value::Object(out)
}

/// `yyyymmddhhmmss` of epoch seconds.
fn stamp(at: i64) -> String {
    let basic = domain::calendar::basic(at);
    basic.chars().filter(char::is_ascii_digit).collect()
}
