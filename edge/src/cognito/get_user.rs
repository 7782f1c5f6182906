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
}

pub(super) async fn run(edge: &Edge, input: Value) -> Result<Value, Error> {
    let ask: Ask = wire::read(input)?;
    let (pool, claims) = token::verify_account(edge, &ask.access_token).await?;
    let user = user::of_token(edge, &pool, &claims).await?;
    let (_, client) = edge.client_named(&claims.client_id).await?;
    Ok(json!({ "Username": user.username, "UserAttributes": wire::user::readable(&user, &client) }))
}
