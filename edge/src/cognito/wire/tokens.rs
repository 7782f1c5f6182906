use crate::flow::token::Issued;
use serde_json::{Value, json};

/// `AuthenticationResultType` in its answer.
pub(in crate::cognito) fn result(issued: Issued) -> Value {
    let mut result = json!({
        "AccessToken": issued.access_token,
        "ExpiresIn": issued.expires_in,
        "TokenType": "Bearer",
    });
    if let Some(members) = result.as_object_mut() {
        if let Some(token) = issued.id_token {
            members.insert("IdToken".into(), token.into());
        }
        if let Some(token) = issued.refresh_token {
            members.insert("RefreshToken".into(), token.into());
        }
    }
    json!({ "AuthenticationResult": result, "ChallengeParameters": {} })
}
