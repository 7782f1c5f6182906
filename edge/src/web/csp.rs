//! The content security policy of every page: nothing but our own sheet, the island's script, pictures from here, and
//! forms that lead to us or on to the client.

use super::uri;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use sha2::{Digest, Sha256};
use std::sync::OnceLock;

/// The policy of a page whose form may end at this redirect address.
pub(crate) fn policy(redirect_uri: Option<&str>) -> String {
    let onward = redirect_uri.and_then(uri::source).map(|source| format!(" {source}")).unwrap_or_default();
    format!(
        "default-src 'none'; style-src 'self' '{}'; img-src 'self'; script-src 'self' 'wasm-unsafe-eval'; \
         connect-src 'self'; form-action 'self'{onward}; frame-ancestors 'none'; base-uri 'none'; \
         require-trusted-types-for 'script'",
        sheet_hash()
    )
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
    fn a_policy_admits_the_inlined_sheet_by_its_hash_and_the_redirect_by_its_origin() {
        let policy = policy(Some("https://app.example/cb?x=1"));
        assert!(policy.contains("form-action 'self' https://app.example;"), "{policy}");
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
