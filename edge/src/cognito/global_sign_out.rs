use super::wire;
use crate::edge::Edge;
use crate::flow::{token, user};
use domain::error::{Error, Refusal};
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
    match user::sign_out_everywhere(edge, &pool, &claims).await {
        Ok(()) => Ok(json!({})),
        // The operation's model knows no missing person.
        Err(Error::Refused(Refusal::UserNotFound)) => Err(Refusal::AccessTokenRevoked.into()),
        Err(error) => Err(error),
    }
}
