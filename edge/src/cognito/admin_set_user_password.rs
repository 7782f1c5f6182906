use super::wire;
use crate::edge::Edge;
use crate::flow::user;
use domain::error::Error;
use serde::Deserialize;
use serde_json::{Value, json};

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Ask {
    user_pool_id: String,
    username: String,
    password: String,
    #[serde(default)]
    permanent: bool,
}

pub(super) async fn run(edge: &Edge, input: Value) -> Result<Value, Error> {
    let ask: Ask = wire::read(input)?;
    let pool = edge.pool_named(&ask.user_pool_id).await?;
    user::set_password(edge, &pool, &ask.username, &ask.password, ask.permanent).await?;
    Ok(json!({}))
}
