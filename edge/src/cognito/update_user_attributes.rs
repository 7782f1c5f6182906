use super::wire;
use crate::edge::Edge;
use crate::flow::{token, user};
use domain::error::Error;
use serde::Deserialize;
use serde_json::{Value, json};

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Ask {
    access_token: String,
    user_attributes: Vec<wire::attribute::Attribute>,
}

pub(super) async fn run(edge: &Edge, input: Value) -> Result<Value, Error> {
    let ask: Ask = wire::read(input)?;
    let (pool, claims) = token::verify_account(edge, &ask.access_token).await?;
    let attributes = wire::attribute::collect(ask.user_attributes)?;
    let sent = user::set_attributes(edge, &pool, &claims, attributes).await?;
    let list: Vec<Value> = sent.iter().map(wire::user::delivery).collect();
    Ok(json!({ "CodeDeliveryDetailsList": list }))
}
