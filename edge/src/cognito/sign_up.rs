use super::wire;
use crate::edge::Edge;
use crate::flow::{
    secret,
    sign_up::{self, SignUp},
};
use domain::error::{Error, invalid};
use serde::Deserialize;
use serde_json::{Value, json};

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Ask {
    client_id: String,
    secret_hash: Option<String>,
    username: String,
    password: Option<String>,
    #[serde(default)]
    user_attributes: Vec<wire::attribute::Attribute>,
}

pub(super) async fn run(edge: &Edge, input: Value) -> Result<Value, Error> {
    let ask: Ask = wire::read(input)?;
    let (pool, client) = edge.client_named(&ask.client_id).await?;
    secret::check_hash(edge, &client, &ask.username, ask.secret_hash.as_deref())?;
    let Some(password) = ask.password else {
        return Err(invalid("Password is required: signing up without one is not supported yet"));
    };
    let attributes = wire::attribute::collect(ask.user_attributes)?;
    let signed =
        sign_up::sign_up(edge, &pool, &client, SignUp { username: ask.username, password, attributes })
            .await?;
    let mut out = json!({ "UserConfirmed": false, "UserSub": signed.user.sub });
    if let (Some(delivery), Some(members)) = (&signed.delivery, out.as_object_mut()) {
        members.insert("CodeDeliveryDetails".into(), wire::user::delivery(delivery));
    }
    Ok(out)
}
