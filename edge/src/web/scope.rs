//! Scopes of an authorization request (RFC 6749 §3.3).

use domain::pool::Client;

/// Those that say something about a person and mean nothing without `openid`.
const ABOUT_A_PERSON: &[&str] = &["email", "phone", "profile"];

/// The request asked for something this client may not have; the text says what.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct NotAllowed(pub(crate) String);

/// What a request gets: what it asked for, each once, in its order; all that the client may have when it asked for
/// nothing.
pub(crate) fn grant(client: &Client, asked: Option<&str>) -> Result<String, NotAllowed> {
    let mut scopes: Vec<&str> = Vec::new();
    for scope in asked.unwrap_or_default().split(' ').filter(|scope| !scope.is_empty()) {
        if !client.oauth_scopes.iter().any(|allowed| allowed == scope) {
            return Err(NotAllowed(format!("scope `{}` is not allowed", printable(scope))));
        }
        if !scopes.contains(&scope) {
            scopes.push(scope);
        }
    }
    if scopes.is_empty() {
        scopes = client.oauth_scopes.iter().map(String::as_str).collect();
    }
    if scopes.is_empty() {
        return Err(NotAllowed("the client has no scope".into()));
    }
    if let Some(scope) = scopes.iter().find(|scope| ABOUT_A_PERSON.contains(scope))
        && !scopes.contains(&"openid")
    {
        return Err(NotAllowed(format!("scope `{scope}` needs `openid`")));
    }
    Ok(scopes.join(" "))
}

/// What RFC 6749 lets stand in an error's description, and no more of it than helps.
pub(crate) fn printable(text: &str) -> String {
    text.chars().filter(|c| matches!(c, ' '..='~') && !matches!(c, '"' | '\\' | '`')).take(64).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::web::testing;

    fn granted(asked: Option<&str>) -> Result<String, NotAllowed> {
        grant(&testing::client(), asked)
    }

    #[test]
    fn asking_for_nothing_gets_all_that_the_client_may_have() {
        assert_eq!(granted(None).as_deref(), Ok("openid email profile"));
        assert_eq!(granted(Some("")).as_deref(), Ok("openid email profile"));
        assert_eq!(granted(Some("  ")).as_deref(), Ok("openid email profile"));
    }

    #[test]
    fn what_is_asked_is_given_once_and_in_its_order() {
        assert_eq!(granted(Some("email openid email")).as_deref(), Ok("email openid"));
    }

    #[test]
    fn a_scope_that_is_not_the_clients_is_refused_by_name() {
        assert_eq!(granted(Some("openid phone")), Err(NotAllowed("scope `phone` is not allowed".into())));
        assert_eq!(
            granted(Some("openid\u{a0}email")),
            Err(NotAllowed("scope `openidemail` is not allowed".into()))
        );
    }

    #[test]
    fn what_is_about_a_person_needs_openid() {
        assert_eq!(granted(Some("email")), Err(NotAllowed("scope `email` needs `openid`".into())));
    }
}
