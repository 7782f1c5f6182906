//! What holds for every request, however hostile.

use proptest::prelude::*;

use super::super::{Content, key::sha256};
use super::*;

/// A request as a client would send it.
#[derive(Clone, Debug)]
struct Sent {
    path: String,
    query: String,
    headers: Vec<(String, String)>,
    body: Vec<u8>,
    service: &'static str,
    token: Option<String>,
}

/// Text that has been thought of as hard to canonicalise.
fn odd() -> impl Strategy<Value = String> {
    prop_oneof![
        "[a-zA-Z0-9._~-]{0,8}",
        "[ -~]{0,8}",
        "\\PC{0,4}",
        "(%[0-9a-fA-F]{2}){0,4}",
        proptest::sample::select(vec![
            "..", ".", "%2e%2E", "%2F", "%", "%%", "+", "%2B", "%zz", "", "é", "%C3%A9"
        ])
        .prop_map(str::to_owned),
    ]
}

fn sent() -> impl Strategy<Value = Sent> {
    let path = proptest::collection::vec(odd(), 0..5)
        .prop_map(|parts| parts.iter().fold(String::new(), |path, part| path + "/" + &part.replace('?', "")));
    let query = proptest::collection::vec((odd(), odd()), 0..5).prop_map(|pairs| {
        let pairs: Vec<String> = pairs.iter().map(|(name, value)| format!("{name}={value}")).collect();
        pairs.join("&")
    });
    let header = ("(x-amz-meta-|X-AMZ-|[a-g])[a-z]{1,6}1", "[\\t -~é]{0,16}");
    let headers = proptest::collection::vec(header, 0..5);
    let service = proptest::sample::select(vec!["s3", "sts", "cognito-idp"]);
    let token = proptest::option::of("[a-zA-Z0-9/+=]{1,40}");
    (path, query, headers, proptest::collection::vec(any::<u8>(), 0..64), service, token).prop_map(
        |(path, query, mut headers, body, service, token)| {
            headers.push(("host".to_owned(), "h.example:8787".to_owned()));
            Sent { path, query, headers, body, service, token }
        },
    )
}

impl Sent {
    fn signer(&self) -> Signer<'_> {
        Signer { session_token: self.token.as_deref(), ..signer(self.service) }
    }

    fn headers(&self) -> Vec<(&str, &str)> {
        self.headers.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect()
    }

    /// The same request with the headers of a signature.
    fn signed(&self) -> Self {
        let headers = self.headers();
        let bare = request("PUT", &self.path, &self.query, &headers);
        let mut signed = self.clone();
        signed.headers.extend(self.signer().headers(&bare, Content::Sha256(sha256(&self.body))).unwrap());
        signed
    }

    /// The same request with a signature in its query.
    fn presigned(&self) -> Self {
        let headers = self.headers();
        let bare = request("PUT", &self.path, &self.query, &headers);
        let query = self.signer().presign(&bare, 60, Content::Sha256(sha256(&self.body))).unwrap();
        Self { query, ..self.clone() }
    }

    fn judge(&self) -> Result<Verified, SigError> {
        let headers = self.headers();
        let request = request("PUT", &self.path, &self.query, &headers);
        // The signature covers the access key id only through the secret that is found by it.
        let known = Unverified::parse(&request)?.access_key_id() == "AKIDEXAMPLE";
        let secret = if known { SUITE_SECRET } else { "of another key" };
        judge(&request, secret, &[self.service], SUITE_TIME, Body::Whole(&self.body))
    }
}

/// Flips something at a place, where that makes another text.
fn change(text: &mut String, place: usize) {
    let characters: Vec<char> = text.chars().collect();
    let place = if characters.is_empty() { 0 } else { place % characters.len() };
    let swap = |character: char| if character == 'q' { 'w' } else { 'q' };
    let changed = characters.iter().enumerate();
    *text = changed
        .map(|(other, character)| if other == place { swap(*character) } else { *character })
        .collect();
    if characters.is_empty() {
        text.push('q');
    }
}

proptest! {
    #[test]
    fn what_is_signed_verifies_in_both_forms(sent in sent()) {
        for signed in [sent.signed(), sent.presigned()] {
            let token = signed.judge().map(|verified| verified.session_token().map(str::to_owned));
            prop_assert_eq!(token, Ok(sent.token.clone()), "{:?}", signed);
        }
    }

    #[test]
    fn what_is_respelt_on_the_way_still_verifies(sent in sent(), turn in any::<usize>()) {
        let signed = sent.signed();
        let mut respelt = signed.clone();
        let turn = turn % respelt.headers.len();
        // The values of one name keep their order: it says what they mean.
        let mut names: Vec<String> = signed.headers.iter().map(|(name, _)| name.to_ascii_lowercase()).collect();
        names.sort_unstable();
        names.dedup();
        if names.len() == signed.headers.len() {
            respelt.headers.rotate_left(turn);
        }
        for (name, value) in &mut respelt.headers {
            *name = if name.starts_with('x') { name.to_ascii_uppercase() } else { name.to_ascii_lowercase() };
            // What we read besides is trimmed by whoever parses HTTP.
            if !["authorization", "x-amz-date", "x-amz-content-sha256", "x-amz-security-token"]
                .contains(&name.to_ascii_lowercase().as_str())
            {
                *value = format!("  {value}\t");
            }
        }
        let mut pairs: Vec<&str> = signed.query.split('&').collect();
        pairs.reverse();
        respelt.query = pairs.join("&");
        prop_assert!(respelt.judge().is_ok(), "{:?}", respelt);
    }

    #[test]
    fn another_body_is_refused(sent in sent(), place in any::<usize>(), bit in 0_u32..8) {
        for mut signed in [sent.signed(), sent.presigned()] {
            if signed.body.is_empty() {
                signed.body.push(0);
            } else {
                let place = place % signed.body.len();
                signed.body[place] ^= 1 << bit;
            }
            prop_assert!(signed.judge().is_err());
        }
    }

    #[test]
    fn a_character_more_in_the_path_is_refused(sent in sent(), extra in "[a-zA-Z0-9%]") {
        for mut signed in [sent.signed(), sent.presigned()] {
            signed.path.push_str("/x");
            signed.path.push_str(&extra);
            prop_assert!(signed.judge().is_err());
        }
    }

    #[test]
    fn a_changed_header_is_refused(sent in sent(), which in any::<usize>(), place in any::<usize>()) {
        for mut signed in [sent.signed(), sent.presigned()] {
            let which = which % signed.headers.len();
            let (_, value) = &mut signed.headers[which];
            // White space may change, since it is collapsed.
            let before = value.split_whitespace().collect::<Vec<_>>().join(" ");
            change(value, place);
            if value.split_whitespace().collect::<Vec<_>>().join(" ") != before {
                prop_assert!(signed.judge().is_err(), "{signed:?}");
            }
        }
    }

    #[test]
    fn a_parameter_more_is_refused(sent in sent(), name in "[a-zA-Z]{1,4}", value in odd()) {
        for mut signed in [sent.signed(), sent.presigned()] {
            let value = value.replace('&', "");
            signed.query.extend(["&", &name, "=", &value]);
            prop_assert!(signed.judge().is_err());
        }
    }

    #[test]
    fn another_secret_is_refused(sent in sent(), secret in "[ -~]{0,80}") {
        let signed = sent.signed();
        let headers = signed.headers();
        let request = request("PUT", &signed.path, &signed.query, &headers);
        let judged = judge(&request, &secret, &[signed.service], SUITE_TIME, Body::Whole(&signed.body));
        prop_assert_eq!(judged.unwrap_err(), SigError::SignatureDoesNotMatch);
    }

    #[test]
    fn noise_is_refused_in_order(
        authorization in "(AWS4-HMAC-SHA256 )?(Credential=|SignedHeaders=|Signature=|[ -~]|[,;/=]|aws4_request){0,40}",
        query in "(X-Amz-(Algorithm|Credential|Date|Expires|SignedHeaders|Signature)|[ -~]|[&=%;/]){0,40}",
        date in "\\PC{0,20}",
    ) {
        let headers = [("host", "h"), ("authorization", &*authorization), ("x-amz-date", &*date)];
        prop_assert!(Unverified::parse(&request("GET", "/", "", &headers)).is_err());
        prop_assert!(Unverified::parse(&request("GET", "/", &query, &headers[..1])).is_err());
    }
}
