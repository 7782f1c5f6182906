use crate::flow::message::Delivery;
use domain::pool::Client;
use domain::user::User;
use serde_json::{Value, json};

/// `[AttributeType]`, `sub` first.
pub(in crate::cognito) fn attributes(user: &User) -> Value {
    those(user, |_| true)
}

/// The same as a person sees them through a client, which may read some only; `sub` is always among them.
pub(in crate::cognito) fn readable(user: &User, client: &Client) -> Value {
    those(user, |name| client.reads(name))
}

fn those(user: &User, shown: impl Fn(&str) -> bool) -> Value {
    let sub = json!({ "Name": "sub", "Value": user.sub });
    let rest = user.attributes.iter().filter(|(name, _)| shown(name));
    let rest = rest.map(|(name, value)| json!({ "Name": name, "Value": value }));
    Value::Array(std::iter::once(sub).chain(rest).collect())
}

/// `UserType`.
pub(in crate::cognito) fn describe(user: &User) -> Value {
    json!({
        "Username": user.username,
        "Attributes": attributes(user),
        "UserCreateDate": user.created,
        "UserLastModifiedDate": user.modified,
        "Enabled": user.enabled,
        "UserStatus": user.status.label(),
    })
}

/// `CodeDeliveryDetailsType`.
pub(in crate::cognito) fn delivery(delivery: &Delivery) -> Value {
    json!({
        "Destination": delivery.destination,
        "DeliveryMedium": delivery.contact.medium(),
        "AttributeName": delivery.contact.attribute(),
    })
}
