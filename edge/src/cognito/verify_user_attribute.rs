use super::wire;
use crate::edge::Edge;
use crate::flow::{token, verify};
use domain::error::Error;
use serde::Deserialize;
use serde_json::{Value, json};

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Ask {
    access_token: String,
    attribute_name: String,
    code: String,
}

pub(super) async fn run(edge: &Edge, input: Value) -> Result<Value, Error> {
    let ask: Ask = wire::read(input)?;
    let (pool, claims) = token::verify_account(edge, &ask.access_token).await?;
    let contact = verify::contact(&ask.attribute_name)?;
    verify::verify(edge, &pool, &claims, contact, &ask.code).await?;
    Ok(json!({}))
}
