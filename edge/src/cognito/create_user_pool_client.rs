use super::wire;
use crate::edge::Edge;
use crate::flow::secret;
use domain::address::Address;
use domain::error::{Error, invalid};
use domain::id::ClientId;
use domain::pool::CreateClient;
use domain::secret::Secret;
use serde::Deserialize;
use serde_json::{Value, json};

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Ask {
    user_pool_id: String,
    #[serde(default)]
    generate_secret: bool,
    client_secret: Option<String>,
    #[serde(flatten)]
    client: wire::client::Ask,
}

pub(super) async fn run(edge: &Edge, input: Value) -> Result<Value, Error> {
    let ask: Ask = wire::read(input)?;
    let pool = edge.pool_now(&ask.user_pool_id).await?;
    let id = ClientId::draw(&edge.id_key(), pool.id.tag(), edge.platform.random());
    let secret = match (ask.generate_secret, ask.client_secret) {
        (true, Some(_)) => return Err(invalid("GenerateSecret and ClientSecret cannot both be given")),
        (true, None) => Some(secret::draw(edge)),
        (false, given) => given.map(Secret::new),
    };
    let sealed = secret.map(|secret| secret::seal(edge, &id, &secret));
    let client = wire::client::build(&pool, id, sealed, ask.client, "")?;
    let client = edge.call(&Address::pool(pool.id.tag()), &CreateClient { client }).await?;
    Ok(json!({ "UserPoolClient": wire::client::describe(edge, &pool, &client)? }))
}
