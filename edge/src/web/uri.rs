//! Writing addresses: parameters put on one that a client registered, and what of one a policy or a person may read.

use domain::percent;

/// A query without its `?`.
pub(crate) fn query<'a>(pairs: impl IntoIterator<Item = (&'a str, &'a str)>) -> String {
    let pairs: Vec<String> = pairs
        .into_iter()
        .map(|(name, value)| format!("{}={}", percent::encode(name), percent::encode(value)))
        .collect();
    pairs.join("&")
}

/// `uri` with parameters added: after those it has (RFC 6749 §3.1.2), before its fragment.
pub(crate) fn with<'a>(uri: &str, pairs: impl IntoIterator<Item = (&'a str, &'a str)>) -> String {
    let added = query(pairs);
    let (base, fragment) = match uri.split_once('#') {
        Some((base, fragment)) => (base, Some(fragment)),
        None => (uri, None),
    };
    let joint = match base.split_once('?') {
        None => "?",
        Some((_, before)) if before.is_empty() || before.ends_with('&') => "",
        Some(_) => "&",
    };
    let joint = if added.is_empty() { "" } else { joint };
    match fragment {
        None => format!("{base}{joint}{added}"),
        Some(fragment) => format!("{base}{joint}{added}#{fragment}"),
    }
}

/// Scheme and authority of an address, or the scheme alone where there is no host: as a source of a content security
/// policy. `None` for what no policy could name.
pub(crate) fn source(uri: &str) -> Option<String> {
    let (scheme, rest) = uri.split_once(':')?;
    let named = |c: char| c.is_ascii_alphanumeric() || matches!(c, '+' | '-' | '.');
    if !scheme.starts_with(|c: char| c.is_ascii_alphabetic()) || !scheme.chars().all(named) {
        return None;
    }
    let scheme = scheme.to_ascii_lowercase();
    let host = rest.strip_prefix("//").map(|rest| rest.split(['/', '?', '#']).next().unwrap_or_default());
    match host {
        Some(host) if matches!(scheme.as_str(), "http" | "https") => {
            let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | ':');
            (!host.is_empty() && host.chars().all(plain)).then(|| format!("{scheme}://{host}"))
        }
        _ => Some(format!("{scheme}:")),
    }
}

/// The host of an address, with its port, for a person to read.
pub(crate) fn host(uri: &str) -> Option<String> {
    let source = source(uri)?;
    source.split_once("://").map(|(_, host)| host.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parameters_follow_those_that_are_there() {
        let code = [("code", "a b"), ("state", "ü&=")];
        assert_eq!(with("https://a.example/cb", code), "https://a.example/cb?code=a%20b&state=%C3%BC%26%3D");
        assert_eq!(with("https://a.example/cb?x=1", [("c", "1")]), "https://a.example/cb?x=1&c=1");
        assert_eq!(with("https://a.example/cb?", [("c", "1")]), "https://a.example/cb?c=1");
        assert_eq!(with("myapp://cb#f", [("c", "1")]), "myapp://cb?c=1#f");
        assert_eq!(with("myapp://cb", []), "myapp://cb");
    }

    #[test]
    fn a_policy_names_where_a_form_may_lead_and_nothing_else() {
        assert_eq!(source("https://a.example:8443/cb?x").as_deref(), Some("https://a.example:8443"));
        assert_eq!(source("HTTP://localhost/cb").as_deref(), Some("http://localhost"));
        assert_eq!(source("com.example.app://cb").as_deref(), Some("com.example.app:"));
        for uri in
            ["", "https://", "https://a.example;script-src *", "https://a b", "1x://cb", "x y://cb", "/cb"]
        {
            assert_eq!(source(uri), None, "{uri}");
        }
    }
}
