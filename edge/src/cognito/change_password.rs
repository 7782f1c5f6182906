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
    previous_password: Option<String>,
    proposed_password: String,
}

pub(super) async fn run(edge: &Edge, input: Value) -> Result<Value, Error> {
    let ask: Ask = wire::read(input)?;
    let (pool, claims) = token::verify_account(edge, &ask.access_token).await?;
    let old = ask.previous_password.as_deref().unwrap_or_default();
    user::change_password(edge, &pool, &claims, old, &ask.proposed_password).await?;
    Ok(json!({}))
}
