use super::wire;
use crate::edge::Edge;
use crate::flow::identity;
use crate::flow::login::{self, Logins};
use domain::error::{Error, Refusal};
use serde::Deserialize;
use serde_json::{Value, json};

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Ask {
    identity_pool_id: String,
    logins: Option<Logins>,
}

pub(super) async fn run(edge: &Edge, input: Value) -> Result<Value, Error> {
    let ask: Ask = wire::read(input)?;
    let pool = identity::pool_named(edge, &ask.identity_pool_id).await?;
    let verified = login::verify(edge, &pool, &ask.logins.unwrap_or_default()).await?;
    let login = login::only(verified)?;
    if login.is_none() && !pool.guests {
        return Err(Refusal::GuestsNotAllowed.into());
    }
    let id = identity::admit(edge, &pool, login).await?;
    Ok(json!({ "IdentityId": id.as_str() }))
}
