//! The content security policy of every page: nothing but our own sheet, the island's script, pictures from here, and
//! forms that lead to us or on to the client.

use super::uri;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use sha2::{Digest, Sha256};
use std::sync::OnceLock;

/// The policy of a page. `redirect_uri` is where its form may end, for those that lead to the client.
pub(crate) fn policy(redirect_uri: Option<&str>) -> String {
    let onward = redirect_uri.and_then(onward).map(|sources| format!(" {sources}")).unwrap_or_default();
    format!(
        "default-src 'none'; style-src 'self' '{}'; img-src 'self'; script-src 'self' 'wasm-unsafe-eval'; \
         connect-src 'self'; form-action 'self'{onward}; frame-ancestors 'none'; base-uri 'none'; \
         require-trusted-types-for 'script'",
        sheet_hash()
    )
}

/// Where a form that leads to the client may end. Chromium holds every redirect on the way against the policy, also
/// those by which the client goes on from the address that it registered: to `www.`, to another of its hosts. A policy
/// that named the one address would leave the person before a button that does nothing; so any other is taken that is
/// as safe.
fn onward(redirect_uri: &str) -> Option<String> {
    let source = uri::source(redirect_uri)?;
    Some(match source.split_once(':')?.0 {
        "https" => "https:".to_owned(),
        // Only this machine's names can be registered without TLS.
        "http" => "http://localhost:* http://127.0.0.1:* https:".to_owned(),
        // An app's own scheme: nothing leads on from there.
        _ => source,
    })
}

/// The source expression of the sheet that stands in the document.
fn sheet_hash() -> &'static str {
    static HASH: OnceLock<String> = OnceLock::new();
    HASH.get_or_init(|| format!("sha256-{}", STANDARD.encode(Sha256::digest(app::style::CSS))))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_form_may_lead_on_only_where_it_is_as_safe_as_the_registered_address() {
        for (redirect_uri, sources) in [
            (None, ""),
            (Some("https://app.example/cb?x=1"), " https:"),
            (Some("http://localhost:3000/cb"), " http://localhost:* http://127.0.0.1:* https:"),
            (Some("com.example.app://cb"), " com.example.app:"),
        ] {
            let policy = policy(redirect_uri);
            assert!(policy.contains(&format!("form-action 'self'{sources}; frame")), "{policy}");
        }
    }

    #[test]
    fn a_policy_admits_the_inlined_sheet_by_its_hash() {
        let policy = policy(None);
        let hash = STANDARD.encode(Sha256::digest(app::style::CSS));
        assert!(policy.contains(&format!("style-src 'self' 'sha256-{hash}';")), "{policy}");
        for part in ["default-src 'none'", "frame-ancestors 'none'", "base-uri 'none'", "img-src 'self'"] {
            assert!(policy.contains(part), "{part}");
        }
        assert!(!policy.contains("unsafe-inline") && !policy.contains("'unsafe-eval'"));
    }

    #[test]
    fn nothing_a_client_registered_can_add_a_directive() {
        for uri in ["https://a.example;script-src *", "https://a.example, default-src *", "javascript\n:x"] {
            assert!(policy(Some(uri)).contains("form-action 'self'; frame"), "{uri}");
        }
    }
}
