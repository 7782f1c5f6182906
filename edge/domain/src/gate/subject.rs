use super::TokenUse;
use crate::jose::Claims;
use serde_json::Value;

/// Who passed, as an upstream is told.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Subject {
    pub sub: String,
    pub username: String,
    pub groups: Vec<String>,
    pub scopes: Vec<String>,
    pub client_id: String,
    /// The identity pool's identity, where temporary credentials proved it.
    pub identity_id: Option<String>,
}

impl Subject {
    /// Reads the claims of a verified token of a user pool; `None` if it is not of the shape that our tokens have. Says
    /// also which kind it is.
    pub fn of_claims(claims: &Claims) -> Option<(TokenUse, Self)> {
        let text = |name: &str| claims.text(name).map(str::to_owned);
        let (token_use, client_id, username) = match claims.text("token_use")? {
            "access" => (TokenUse::Access, text("client_id")?, text("username")?),
            "id" => (TokenUse::Id, text("aud")?, text("cognito:username")?),
            _ => return None,
        };
        let groups = match claims.get("cognito:groups") {
            None => Vec::new(),
            Some(Value::Array(names)) => {
                names.iter().map(|name| name.as_str().map(str::to_owned)).collect::<Option<_>>()?
            }
            Some(_) => return None,
        };
        let scopes = claims.text("scope").unwrap_or_default().split(' ').filter(|s| !s.is_empty());
        let scopes = scopes.map(str::to_owned).collect();
        Some((token_use, Self { sub: text("sub")?, username, groups, scopes, client_id, identity_id: None }))
    }
}
