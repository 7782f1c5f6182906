use crate::flow::message::Delivery;
use domain::user::User;
use serde_json::{Value, json};

/// `[AttributeType]`, `sub` first.
pub(in crate::cognito) fn attributes(user: &User) -> Value {
    let sub = json!({ "Name": "sub", "Value": user.sub });
    let rest = user.attributes.iter().map(|(name, value)| json!({ "Name": name, "Value": value }));
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
