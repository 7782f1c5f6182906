use super::wire;
use crate::edge::Edge;
use crate::flow::user::{self, Invite, InviteDelivery};
use domain::error::Error;
use domain::pool::Contact;
use serde::Deserialize;
use serde_json::{Value, json};

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Ask {
    user_pool_id: String,
    username: String,
    #[serde(default)]
    user_attributes: Vec<wire::attribute::Attribute>,
    temporary_password: Option<String>,
    message_action: Option<String>,
    #[serde(default)]
    desired_delivery_mediums: Vec<String>,
}

pub(super) async fn run(edge: &Edge, input: Value) -> Result<Value, Error> {
    let ask: Ask = wire::read(input)?;
    let pool = edge.pool_named(&ask.user_pool_id).await?;
    let action = ask.message_action.as_deref();
    let delivery = if action == Some("SUPPRESS") {
        InviteDelivery::Suppressed
    } else if ask.desired_delivery_mediums.is_empty() {
        InviteDelivery::Usual
    } else {
        let by = |medium: &str| ask.desired_delivery_mediums.iter().any(|asked| asked == medium);
        let media = [("EMAIL", Contact::Email), ("SMS", Contact::PhoneNumber)];
        InviteDelivery::By(
            media.into_iter().filter(|(medium, _)| by(medium)).map(|(_, contact)| contact).collect(),
        )
    };
    let invite = Invite {
        username: ask.username,
        password: ask.temporary_password,
        attributes: wire::attribute::collect(ask.user_attributes)?,
        delivery,
    };
    let made = if action == Some("RESEND") {
        user::invite_again(edge, &pool, invite).await?
    } else {
        user::invite(edge, &pool, invite).await?
    };
    Ok(json!({ "User": wire::user::describe(&made) }))
}
