use crate::aws::signed::session_arn;
use crate::aws::xml::Xml;
use crate::edge::Edge;
use crate::flow::credential::{self, Assume};
use domain::calendar;
use domain::credential::PROVIDER;
use domain::error::{Error, fault};
use serde::Deserialize;
use serde_json::Value;

/// Seconds, where none are asked for.
const LIVES: i64 = 3600;

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Ask {
    role_arn: String,
    role_session_name: String,
    web_identity_token: String,
    duration_seconds: Option<i64>,
}

pub(super) async fn run(edge: &Edge, input: Value) -> Result<Xml, Error> {
    let ask: Ask = serde_json::from_value(input)
        .map_err(|e| fault(format!("validated input that does not read: {e}")))?;
    let assume = Assume {
        role: &ask.role_arn,
        name: &ask.role_session_name,
        token: &ask.web_identity_token,
        lives: ask.duration_seconds.unwrap_or(LIVES),
    };
    let made = credential::assume(edge, &assume).await?;
    let account = &edge.settings().account;
    let mut xml = Xml::new();
    xml.text("SubjectFromWebIdentityToken", &made.subject)
        .text("Audience", &made.audience)
        .inside("AssumedRoleUser", |xml| {
            xml.text("Arn", session_arn(account, &made.role, &ask.role_session_name))
                .text("AssumedRoleId", format!("{}:{}", made.role_id, ask.role_session_name));
        })
        .inside("Credentials", |xml| {
            let credentials = &made.credentials;
            xml.text("AccessKeyId", &credentials.access_key_id)
                .text("SecretAccessKey", credentials.secret.expose())
                .text("SessionToken", credentials.session_token.expose())
                .text("Expiration", calendar::extended(credentials.expires));
        })
        .text("Provider", PROVIDER);
    Ok(xml)
}
