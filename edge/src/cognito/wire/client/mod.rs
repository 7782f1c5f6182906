mod lifetime;

use crate::edge::Edge;
use crate::flow::{attribute, secret};
use domain::error::{Error, Refusal, invalid};
use domain::id::ClientId;
use domain::pool::{Client, Rotation, UserPool, ValidityAsGiven};
use serde::Deserialize;
use serde_json::{Map, Value, json};

use lifetime::Lifetimes;

/// The members that creating and updating a client share.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(in crate::cognito) struct Ask {
    client_name: Option<String>,
    refresh_token_validity: Option<i64>,
    access_token_validity: Option<i64>,
    id_token_validity: Option<i64>,
    #[serde(default)]
    token_validity_units: Units,
    read_attributes: Option<Vec<String>>,
    write_attributes: Option<Vec<String>>,
    explicit_auth_flows: Option<Vec<String>>,
    #[serde(default)]
    supported_identity_providers: Vec<String>,
    #[serde(default, rename = "CallbackURLs")]
    callback_urls: Vec<String>,
    #[serde(default, rename = "LogoutURLs")]
    logout_urls: Vec<String>,
    #[serde(rename = "DefaultRedirectURI")]
    default_redirect: Option<String>,
    #[serde(default, rename = "AllowedOAuthFlows")]
    oauth_flows: Vec<String>,
    #[serde(default, rename = "AllowedOAuthScopes")]
    oauth_scopes: Vec<String>,
    #[serde(default, rename = "AllowedOAuthFlowsUserPoolClient")]
    oauth_enabled: bool,
    prevent_user_existence_errors: Option<String>,
    enable_token_revocation: Option<bool>,
    #[serde(default)]
    enable_propagate_additional_user_context_data: bool,
    auth_session_validity: Option<i64>,
    refresh_token_rotation: Option<RotationAsk>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "PascalCase")]
#[expect(clippy::struct_field_names, reason = "AWS's own")]
struct Units {
    access_token: Option<String>,
    id_token: Option<String>,
    refresh_token: Option<String>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
struct RotationAsk {
    feature: String,
    #[serde(default)]
    retry_grace_period_seconds: i64,
}

/// Scopes that need no resource server.
const SCOPES: &[&str] = &["openid", "email", "phone", "profile", "aws.cognito.signin.user.admin"];

const REFRESH: &str = "ALLOW_REFRESH_TOKEN_AUTH";

/// A client's configuration from what was asked; what is left out takes its default, on update too.
pub(in crate::cognito) fn build(
    pool: &UserPool,
    id: ClientId,
    sealed_secret: Option<String>,
    ask: Ask,
    old_name: &str,
) -> Result<Client, Error> {
    let lifetimes = Lifetimes::read(&ask)?;
    let rotation = ask
        .refresh_token_rotation
        .map(|ask| Rotation { enabled: ask.feature == "ENABLED", grace: ask.retry_grace_period_seconds });
    let rotates = rotation.is_some_and(|rotation| rotation.enabled);
    let auth_flows = ask.explicit_auth_flows.filter(|flows| !flows.is_empty()).unwrap_or_else(|| {
        let usual = [REFRESH, "ALLOW_USER_SRP_AUTH", "ALLOW_CUSTOM_AUTH"];
        // Whoever asks for rotation alone does not ask for what excludes it.
        usual.iter().filter(|flow| !(rotates && **flow == REFRESH)).map(|flow| (*flow).to_owned()).collect()
    });
    let (new, legacy): (Vec<&String>, Vec<&String>) =
        auth_flows.iter().partition(|f| f.starts_with("ALLOW_"));
    if !new.is_empty() && !legacy.is_empty() {
        return Err(invalid("ExplicitAuthFlows: names with and without the prefix ALLOW_ cannot be mixed"));
    }
    if rotates && auth_flows.iter().any(|flow| flow == REFRESH) {
        return Err(invalid(format!("{REFRESH} is not supported when refresh token rotation is enabled")));
    }
    check_oauth(&ask.oauth_flows, &ask.oauth_scopes, ask.oauth_enabled)?;
    for url in ask.callback_urls.iter().chain(&ask.logout_urls) {
        check_redirect(url)?;
    }
    if let Some(url) = &ask.default_redirect
        && !ask.callback_urls.contains(url)
    {
        return Err(invalid(format!("DefaultRedirectURI `{url}` is not one of CallbackURLs")));
    }
    let known = |name: &String| pool.settings.attribute(name).is_some();
    if !ask.read_attributes.iter().flatten().all(known) {
        return Err(invalid("Invalid read attributes specified while creating a client"));
    }
    let writable = |name: &String| known(name) && !attribute::is_ours(name);
    if !ask.write_attributes.iter().flatten().all(writable) {
        return Err(invalid("Invalid write attributes specified while creating a client"));
    }
    Ok(Client {
        id,
        name: ask.client_name.unwrap_or_else(|| old_name.to_owned()),
        secret: sealed_secret,
        refresh_validity: lifetimes.refresh,
        access_validity: lifetimes.access,
        id_validity: lifetimes.id,
        validity_as_given: ValidityAsGiven {
            refresh: lifetimes.told_refresh,
            access: ask.access_token_validity,
            id: ask.id_token_validity,
            refresh_unit: ask.token_validity_units.refresh_token,
            access_unit: ask.token_validity_units.access_token,
            id_unit: ask.token_validity_units.id_token,
        },
        auth_flows,
        read_attributes: ask.read_attributes,
        write_attributes: ask.write_attributes,
        identity_providers: ask.supported_identity_providers,
        callback_urls: ask.callback_urls,
        logout_urls: ask.logout_urls,
        default_redirect: ask.default_redirect,
        oauth_flows: ask.oauth_flows,
        oauth_scopes: ask.oauth_scopes,
        oauth_enabled: ask.oauth_enabled,
        hides_missing_users: ask.prevent_user_existence_errors.as_deref() == Some("ENABLED"),
        hides_missing_users_given: ask.prevent_user_existence_errors.is_some(),
        revocation: ask.enable_token_revocation.unwrap_or(true),
        propagates_context: ask.enable_propagate_additional_user_context_data,
        session_minutes: ask.auth_session_validity.unwrap_or(3),
        rotation,
        created: 0,
        modified: 0,
    })
}

fn check_oauth(flows: &[String], scopes: &[String], enabled: bool) -> Result<(), Error> {
    for scope in scopes {
        if !SCOPES.contains(&scope.as_str()) {
            return Err(Refusal::ScopeNotFound { scope: scope.clone() }.into());
        }
    }
    let profile = ["email", "phone", "profile"].iter().any(|s| scopes.iter().any(|scope| scope == s));
    if profile && !scopes.iter().any(|scope| scope == "openid") {
        return Err(invalid("the scopes email, phone and profile need the scope openid"));
    }
    if enabled && (flows.is_empty() || scopes.is_empty()) {
        return Err(invalid(
            "AllowedOAuthFlows and AllowedOAuthScopes are required if user pool client is allowed to use OAuth flows.",
        ));
    }
    Ok(())
}

/// An absolute URL without a fragment; https, or http to this very machine, or an app's own scheme.
fn check_redirect(url: &str) -> Result<(), Error> {
    let bad = |why: &str| Err(invalid(format!("`{url}` is not a usable redirect: {why}")));
    let parsed = match url::Url::parse(url) {
        Ok(parsed) => parsed,
        Err(url::ParseError::IdnaError) => {
            return bad("its host is no domain name; write an international one in Punycode (`xn--…`)");
        }
        Err(_) => return bad("it is not an absolute URL"),
    };
    if parsed.fragment().is_some() || url.contains('#') {
        return bad("it has a fragment");
    }
    match parsed.scheme() {
        "http" if matches!(parsed.host_str(), Some("localhost" | "127.0.0.1" | "[::1]")) => Ok(()),
        "http" => bad("http is only for localhost"),
        "https" if parsed.host_str().is_some() => Ok(()),
        "javascript" | "data" | "vbscript" | "file" | "blob" | "about" => {
            bad("its scheme is not one of an app")
        }
        _ => Ok(()),
    }
}

/// `UserPoolClientType`; the secret only to administrators, who are the only ones who ask.
pub(in crate::cognito) fn describe(edge: &Edge, pool: &UserPool, client: &Client) -> Result<Value, Error> {
    let given = &client.validity_as_given;
    let mut out = Map::new();
    let mut set = |name: &str, value: Value| {
        if !value.is_null() {
            out.insert(name.to_owned(), value);
        }
    };
    set("UserPoolId", json!(pool.id.as_str()));
    set("ClientName", json!(client.name));
    set("ClientId", json!(client.id.as_str()));
    set("ClientSecret", json!(secret::client_secret(edge, client)?.map(domain::secret::Secret::into_inner)));
    set("LastModifiedDate", json!(client.modified));
    set("CreationDate", json!(client.created));
    set("RefreshTokenValidity", json!(given.refresh));
    set("AccessTokenValidity", json!(given.access));
    set("IdTokenValidity", json!(given.id));
    let units: Map<String, Value> = [
        ("AccessToken", &given.access_unit),
        ("IdToken", &given.id_unit),
        ("RefreshToken", &given.refresh_unit),
    ]
    .into_iter()
    .filter_map(|(name, unit)| Some((name.to_owned(), json!(unit.as_ref()?))))
    .collect();
    set("TokenValidityUnits", if units.is_empty() { json!({}) } else { Value::Object(units) });
    set("ReadAttributes", json!(client.read_attributes));
    set("WriteAttributes", json!(client.write_attributes));
    set("ExplicitAuthFlows", json!(client.auth_flows));
    let list = |list: &[String]| if list.is_empty() { Value::Null } else { json!(list) };
    set("SupportedIdentityProviders", list(&client.identity_providers));
    set("CallbackURLs", list(&client.callback_urls));
    set("LogoutURLs", list(&client.logout_urls));
    set("DefaultRedirectURI", json!(client.default_redirect));
    set("AllowedOAuthFlows", list(&client.oauth_flows));
    set("AllowedOAuthScopes", list(&client.oauth_scopes));
    set("AllowedOAuthFlowsUserPoolClient", json!(client.oauth_enabled));
    if client.hides_missing_users_given {
        set(
            "PreventUserExistenceErrors",
            json!(if client.hides_missing_users { "ENABLED" } else { "LEGACY" }),
        );
    }
    set("EnableTokenRevocation", json!(client.revocation));
    set("EnablePropagateAdditionalUserContextData", json!(client.propagates_context));
    set("AuthSessionValidity", json!(client.session_minutes));
    if let Some(rotation) = client.rotation {
        let feature = if rotation.enabled { "ENABLED" } else { "DISABLED" };
        set("RefreshTokenRotation", json!({ "Feature": feature, "RetryGracePeriodSeconds": rotation.grace }));
    }
    Ok(Value::Object(out))
}
