//! An authorization request (RFC 6749 §4.1.1, `OpenID` Connect Core §3.1.2.1), read and checked. The pages carry it along
//! in their query, so it is read again at each step: nothing of it is remembered anywhere.

use super::{pkce, scope};
use crate::edge::Edge;
use crate::flow::grant::Bounds;
use crate::path::{Pairs, PathError};
use domain::error::{Error, Refusal};
use domain::pool::{Client, UserPool};
use std::rc::Rc;

/// The longest values taken, in bytes.
const MOST: &[(&str, usize)] = &[
    ("response_type", 64),
    ("scope", 4096),
    ("state", 8192),
    ("nonce", 2048),
    ("code_challenge", 128),
    ("code_challenge_method", 16),
    ("prompt", 64),
    ("max_age", 16),
    ("login_hint", 2048),
    ("lang", 64),
    ("ui_locales", 256),
    ("identity_provider", 128),
    ("idp_identifier", 128),
    ("response_mode", 32),
    ("resource", 1024),
    ("request", 16_384),
    ("request_uri", 2048),
];

/// Who asks, and where the answer goes: what has to be right before anything is sent there.
#[derive(Clone, Debug)]
pub(crate) struct Asker {
    pub(crate) client: Rc<Client>,
    pub(crate) redirect_uri: String,
    /// Echoed byte for byte.
    pub(crate) state: Option<String>,
}

#[derive(Clone, Debug)]
pub(crate) struct Ask {
    pub(crate) asker: Asker,
    /// Space-separated.
    pub(crate) scope: String,
    pub(crate) nonce: Option<String>,
    pub(crate) challenge: Option<String>,
    pub(crate) prompt: Prompt,
    /// How old a proof may be, in seconds.
    pub(crate) max_age: Option<i64>,
    pub(crate) login_hint: Option<String>,
}

/// Whether the person has to, may, or must not see a page.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Prompt {
    #[default]
    IfNeeded,
    None,
    Login,
}

/// Why a request goes no further.
#[derive(Clone, Debug)]
pub(crate) enum Wrong {
    /// The client is unknown, or of another pool: nothing is sent anywhere.
    Client,
    /// The redirect address is missing or not the client's, to the byte: nothing is sent there.
    Redirect,
    /// Not even that can be told.
    Unreadable,
    /// The client is told.
    Told { asker: Box<Asker>, error: &'static str, description: String },
    /// We could not find out.
    Failed(Error),
}

impl Ask {
    pub(crate) async fn read(edge: &Edge, pool: &UserPool, pairs: &Pairs) -> Result<Self, Wrong> {
        let asker = Asker::read(edge, pool, pairs).await?;
        Self::check(asker, pairs)
    }

    fn check(asker: Asker, pairs: &Pairs) -> Result<Self, Wrong> {
        match Self::checked(&asker, pairs) {
            Ok(ask) => Ok(ask),
            Err((error, description)) => Err(Wrong::Told { asker: Box::new(asker), error, description }),
        }
    }

    fn checked(asker: &Asker, pairs: &Pairs) -> Result<Self, (&'static str, String)> {
        for (name, most) in MOST {
            match pairs.one(name) {
                Ok(value) if value.is_none_or(|value| value.len() <= *most) => {}
                Ok(_) => return invalid(format!("{name} is too long")),
                Err(_) => return invalid(format!("{name} is repeated")),
            }
        }
        let value = |name| pairs.one(name).ok().flatten().filter(|value| !value.is_empty());
        for (name, error) in [
            ("request", "request_not_supported"),
            ("request_uri", "request_uri_not_supported"),
            ("resource", "invalid_target"),
            ("idp_identifier", "invalid_request"),
        ] {
            if value(name).is_some() {
                return Err((error, format!("{name} is not supported")));
            }
        }
        if value("identity_provider").is_some_and(|provider| provider != "COGNITO") {
            return invalid("identity_provider is not supported");
        }
        if value("response_mode").is_some_and(|mode| mode != "query") {
            return invalid("response_mode is not supported");
        }
        let client = &asker.client;
        match value("response_type") {
            None => return invalid("response_type is missing"),
            Some("code") => {}
            Some(_) => return Err(("unsupported_response_type", "response_type must be code".into())),
        }
        if !client.oauth_enabled || !client.oauth_flows.iter().any(|flow| flow == "code") {
            return Err(("unauthorized_client", "the client may not use the authorization code flow".into()));
        }
        if !client.identity_providers.iter().any(|provider| provider == "COGNITO") {
            return Err((
                "unauthorized_client",
                "the client has no identity provider to sign in with".into(),
            ));
        }
        let challenge = match (value("code_challenge"), value("code_challenge_method")) {
            (None, None) => None,
            (None, Some(_)) => return invalid("code_challenge is missing"),
            (Some(challenge), Some("S256")) if pkce::is_challenge(challenge) => Some(challenge.to_owned()),
            (Some(_), Some("S256")) => return invalid("code_challenge is malformed"),
            (Some(_), _) => return invalid("code_challenge_method must be S256"),
        };
        let scope =
            scope::grant(client, value("scope")).map_err(|scope::NotAllowed(why)| ("invalid_scope", why))?;
        let max_age = match value("max_age").map(str::parse::<u32>) {
            None => None,
            Some(Ok(seconds)) => Some(i64::from(seconds)),
            Some(Err(_)) => return invalid("max_age is malformed"),
        };
        Ok(Self {
            asker: asker.clone(),
            scope,
            nonce: value("nonce").map(str::to_owned),
            challenge,
            prompt: Prompt::read(value("prompt"))?,
            max_age,
            login_hint: value("login_hint").map(str::to_owned),
        })
    }

    /// What a code for this request is bound to.
    pub(crate) fn bounds(&self) -> Bounds {
        Bounds {
            client: self.asker.client.id.to_string(),
            redirect_uri: self.asker.redirect_uri.clone(),
            scope: self.scope.clone(),
            nonce: self.nonce.clone(),
            challenge: self.challenge.clone(),
        }
    }

    /// Whether somebody who proved themselves at `auth_time` may go on without doing so again. Nobody meets an age of
    /// zero, not in the very second either: it is another way to ask for a sign-in (`OpenID` Connect Core §3.1.2.1).
    pub(crate) fn is_met_by(&self, auth_time: i64, now: i64) -> bool {
        let young = |most| most > 0 && now - auth_time <= most;
        self.prompt != Prompt::Login && self.max_age.is_none_or(young)
    }
}

impl Asker {
    async fn read(edge: &Edge, pool: &UserPool, pairs: &Pairs) -> Result<Self, Wrong> {
        let client_id = one(pairs, "client_id")?.ok_or(Wrong::Client)?;
        let client = client_of(edge, pool, client_id).await?;
        let default = client.default_redirect.as_deref();
        let redirect_uri = one(pairs, "redirect_uri")?.or(default).ok_or(Wrong::Redirect)?.to_owned();
        // Compared as strings (RFC 9700 §4.1.3): no reader of URLs is asked for its opinion.
        if !client.callback_urls.contains(&redirect_uri) {
            return Err(Wrong::Redirect);
        }
        let state = pairs.one("state").ok().flatten().map(str::to_owned);
        Ok(Self { client, redirect_uri, state })
    }

    /// The client's address with an answer on it.
    pub(crate) fn back<'a>(&'a self, answer: impl IntoIterator<Item = (&'a str, &'a str)>) -> String {
        let state = self.state.as_deref().map(|state| ("state", state));
        super::uri::with(&self.redirect_uri, answer.into_iter().chain(state))
    }
}

impl Prompt {
    fn read(text: Option<&str>) -> Result<Self, (&'static str, String)> {
        let mut prompt = Self::default();
        let words: Vec<&str> = text.unwrap_or_default().split(' ').filter(|word| !word.is_empty()).collect();
        for word in &words {
            prompt = match *word {
                "none" if words.len() > 1 => return invalid("prompt=none stands alone"),
                "none" => Self::None,
                // Choosing an account is signing in as it.
                "login" | "select_account" => Self::Login,
                // There is nothing to consent to: clients are the owner's own.
                "consent" => prompt,
                _ => return invalid("prompt is not supported"),
            };
        }
        Ok(prompt)
    }
}

/// A client of this pool.
pub(crate) async fn client_of(edge: &Edge, pool: &UserPool, id: &str) -> Result<Rc<Client>, Wrong> {
    match edge.client_named(id).await {
        Ok((owner, client)) if owner.id == pool.id => Ok(client),
        Ok(_) | Err(Error::Refused(Refusal::ClientNotFound { .. })) => Err(Wrong::Client),
        Err(error) => Err(Wrong::Failed(error)),
    }
}

/// A parameter that decides where answers go: it stands once.
pub(crate) fn one<'a>(pairs: &'a Pairs, name: &str) -> Result<Option<&'a str>, Wrong> {
    let value = pairs.one(name).map_err(|_: PathError| Wrong::Unreadable)?;
    Ok(value.filter(|value| !value.is_empty()))
}

fn invalid<T>(description: impl Into<String>) -> Result<T, (&'static str, String)> {
    Err(("invalid_request", description.into()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::path::{MAX_QUERY_PAIRS, Plus};
    use crate::web::testing;

    const CHALLENGE: &str = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";

    fn asker(state: Option<&str>) -> Asker {
        let client = Rc::new(testing::client());
        let redirect_uri = "https://app.example/cb?x=1".into();
        Asker { client, redirect_uri, state: state.map(str::to_owned) }
    }
    fn check_with(asker: Asker, query: &str) -> Result<Ask, (&'static str, String)> {
        let pairs = Pairs::read(query, Plus::Space, MAX_QUERY_PAIRS).unwrap();
        match Ask::check(asker, &pairs) {
            Ok(ask) => Ok(ask),
            Err(Wrong::Told { error, description, .. }) => Err((error, description)),
            Err(other) => panic!("{other:?}"),
        }
    }
    fn check(query: &str) -> Result<Ask, (&'static str, String)> {
        check_with(asker(None), query)
    }
    fn error(query: &str) -> &'static str {
        check(query).unwrap_err().0
    }

    #[test]
    fn a_plain_request_for_a_code_is_taken() {
        let ask = check("response_type=code").unwrap();
        assert_eq!(
            (ask.scope.as_str(), ask.challenge, ask.prompt),
            ("openid email profile", None, Prompt::IfNeeded)
        );
        let ask = check(&format!(
            "response_type=code&scope=openid&nonce=n&code_challenge={CHALLENGE}&code_challenge_method=S256&max_age=9"
        ))
        .unwrap();
        assert_eq!(ask.bounds().challenge.as_deref(), Some(CHALLENGE));
        assert_eq!((ask.nonce.as_deref(), ask.max_age), (Some("n"), Some(9)));
    }

    #[test]
    fn only_codes_are_given() {
        assert_eq!(error(""), "invalid_request");
        assert_eq!(error("response_type=token"), "unsupported_response_type");
        assert_eq!(error("response_type=code+token"), "unsupported_response_type");
        let without = Client { oauth_flows: vec!["implicit".into()], ..testing::client() };
        let asker = Asker { client: Rc::new(without), ..asker(None) };
        assert_eq!(check_with(asker, "response_type=code").unwrap_err().0, "unauthorized_client");
    }

    /// The pool's own users are one of the providers that a client may have, and the only one there is.
    #[test]
    fn a_client_without_a_provider_signs_nobody_in_on_the_pages() {
        let without = Client { identity_providers: Vec::new(), ..testing::client() };
        let asker = Asker { client: Rc::new(without), ..asker(None) };
        assert_eq!(check_with(asker, "response_type=code").unwrap_err().0, "unauthorized_client");
    }

    #[test]
    fn a_plain_or_broken_challenge_is_refused() {
        for tail in [
            format!("code_challenge={CHALLENGE}"),
            format!("code_challenge={CHALLENGE}&code_challenge_method=plain"),
            "code_challenge_method=S256".into(),
            "code_challenge=short&code_challenge_method=S256".into(),
        ] {
            assert_eq!(error(&format!("response_type=code&{tail}")), "invalid_request", "{tail}");
        }
    }

    #[test]
    fn what_we_cannot_honour_is_refused_by_name() {
        for (tail, wanted) in [
            ("request=x", "request_not_supported"),
            ("request_uri=x", "request_uri_not_supported"),
            ("resource=https://api.example", "invalid_target"),
            ("identity_provider=Google", "invalid_request"),
            ("response_mode=fragment", "invalid_request"),
            ("prompt=create", "invalid_request"),
            ("prompt=none+login", "invalid_request"),
            ("max_age=-1", "invalid_request"),
            ("scope=openid+phone", "invalid_scope"),
        ] {
            assert_eq!(error(&format!("response_type=code&{tail}")), wanted, "{tail}");
        }
        assert!(check("response_type=code&identity_provider=COGNITO").is_ok());
    }

    #[test]
    fn a_repeated_or_endless_parameter_is_refused() {
        assert_eq!(error("response_type=code&nonce=a&nonce=b"), "invalid_request");
        assert_eq!(error("response_type=code&state=a&state=b"), "invalid_request");
        assert_eq!(error(&format!("response_type=code&nonce={}", "a".repeat(2049))), "invalid_request");
    }

    #[test]
    fn state_comes_back_as_it_came() {
        let asker = asker(Some("a+b %41\u{e9}&=\""));
        let back = asker.back([("code", "c")]);
        assert_eq!(back, "https://app.example/cb?x=1&code=c&state=a%2Bb%20%2541%C3%A9%26%3D%22");
    }

    #[test]
    fn an_old_proof_does_not_meet_a_younger_wish() {
        let ask = check("response_type=code&max_age=60").unwrap();
        assert!(ask.is_met_by(1_000, 1_060));
        assert!(!ask.is_met_by(1_000, 1_061));
        assert!(!check("response_type=code&max_age=0").unwrap().is_met_by(1_000, 1_000));
        assert!(!check("response_type=code&prompt=login").unwrap().is_met_by(1_000, 1_000));
    }
}
