use super::{auth, wire};
use crate::edge::Edge;
use domain::error::Error;
use serde::Deserialize;
use serde_json::Value;
use std::collections::BTreeMap;

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Ask {
    client_id: String,
    challenge_name: String,
    session: Option<String>,
    #[serde(default)]
    challenge_responses: BTreeMap<String, String>,
}

pub(super) async fn run(edge: &Edge, input: Value) -> Result<Value, Error> {
    let ask: Ask = wire::read(input)?;
    let (pool, client) = edge.client_named(&ask.client_id).await?;
    let session = ask.session.as_deref();
    auth::respond(edge, &pool, &client, &ask.challenge_name, session, &ask.challenge_responses).await
}
