//! Proof key for code exchange (RFC 7636), S256 only.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use sha2::{Digest, Sha256};

/// Whether a challenge is what S256 makes: 32 bytes in base64url.
pub(crate) fn is_challenge(text: &str) -> bool {
    URL_SAFE_NO_PAD.decode(text).is_ok_and(|bytes| bytes.len() == 32)
}

/// Whether a verifier is one (§4.1): 43 to 128 unreserved characters.
pub(crate) fn is_verifier(text: &str) -> bool {
    let unreserved = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'.' | b'_' | b'~');
    (43..=128).contains(&text.len()) && text.bytes().all(unreserved)
}

/// The challenge of a verifier (§4.6).
pub(crate) fn challenge(verifier: &str) -> String {
    URL_SAFE_NO_PAD.encode(Sha256::digest(verifier.as_bytes()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_example_of_the_rfc_holds() {
        let verifier = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
        assert!(is_verifier(verifier));
        assert_eq!(challenge(verifier), "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM");
        assert!(is_challenge(&challenge(verifier)));
    }

    #[test]
    fn other_lengths_and_letters_are_no_verifiers_and_no_challenges() {
        for text in [&"a".repeat(42), &"a".repeat(129), &format!("{} ", "a".repeat(43)), &"ä".repeat(30)] {
            assert!(!is_verifier(text), "{text}");
        }
        assert!(is_verifier(&"~".repeat(128)));
        for text in ["", "abc", &"A".repeat(44), &"+".repeat(43), &"=".repeat(43)] {
            assert!(!is_challenge(text), "{text}");
        }
    }
}
