//! Refusals of header signatures.

use super::super::{Content, key::sha256};
use super::*;

const PLAIN: [(&str, &str); 2] =
    [("host", "example.amazonaws.com"), ("content-type", "application/x-amz-json-1.1")];

/// A signed call of a JSON service, after `change` has been at its headers.
fn refusal(change: impl FnOnce(&mut Vec<(String, String)>)) -> SigError {
    let content = Content::Sha256(sha256(b"{}"));
    let added = signer("cognito-idp").headers(&request("POST", "/", "", &PLAIN), content).unwrap();
    let mut headers: Vec<(String, String)> =
        with(&PLAIN, &added).iter().map(|(name, value)| (name.to_string(), value.to_string())).collect();
    change(&mut headers);
    let headers: Vec<(&str, &str)> =
        headers.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    let request = request("POST", "/", "", &headers);
    judge(&request, SUITE_SECRET, &["cognito-idp"], SUITE_TIME, Body::Whole(b"{}")).unwrap_err()
}

fn in_authorization(old: &str, new: &str) -> SigError {
    refusal(|headers| {
        let (_, value) = headers.last_mut().unwrap();
        assert!(value.contains(old), "{old}");
        *value = value.replacen(old, new, 1);
    })
}

fn add(name: &str, value: &str) -> SigError {
    refusal(|headers| headers.push((name.to_owned(), value.to_owned())))
}

#[test]
fn a_request_without_a_signature_is_told_so() {
    assert_eq!(refusal(|headers| drop(headers.pop())), SigError::MissingAuthenticationToken);
}

#[test]
fn other_schemes_and_algorithms_are_refused() {
    for scheme in ["Bearer", "AWS4-ECDSA-P256-SHA256", "aws4-hmac-sha256", "AWS4-HMAC-SHA256x"] {
        assert_eq!(in_authorization("AWS4-HMAC-SHA256", scheme), SigError::UnsupportedAlgorithm, "{scheme}");
    }
    let bare = refusal(|headers| headers.last_mut().unwrap().1 = "AWS AKIDEXAMPLE:c2ln".to_owned());
    assert_eq!(bare, SigError::UnsupportedAlgorithm);
    let empty = refusal(|headers| headers.last_mut().unwrap().1 = String::new());
    assert_eq!(empty, SigError::UnsupportedAlgorithm);
}

#[test]
fn each_parameter_has_to_be_there_once() {
    for name in ["Credential", "SignedHeaders", "Signature"] {
        let gone = refusal(|headers| {
            let (_, value) = headers.last_mut().unwrap();
            let (scheme, parts) = value.split_once(' ').unwrap();
            let kept: Vec<&str> = parts.split(", ").filter(|part| !part.starts_with(name)).collect();
            *value = format!("{scheme} {}", kept.join(", "));
        });
        assert_eq!(gone, SigError::IncompleteSignature(name));
        assert_eq!(
            refusal(|headers| headers.last_mut().unwrap().1.extend([", ", name, "=x"])),
            SigError::Duplicate(name)
        );
    }
    assert_eq!(in_authorization("Signature=", "Other=1, Signature="), SigError::Malformed("authorization"));
    assert_eq!(in_authorization("Signature=", "Signature "), SigError::Malformed("authorization"));
}

#[test]
fn a_scope_of_another_shape_service_or_day_is_refused() {
    let credential = SigError::Malformed("Credential");
    assert_eq!(in_authorization("aws4_request", "aws5_request"), credential);
    assert_eq!(in_authorization("aws4_request", "aws4_request/x"), credential);
    assert_eq!(in_authorization("/us-east-1", ""), credential);
    assert_eq!(in_authorization("us-east-1", ""), credential);
    assert_eq!(in_authorization("us-east-1", "us east 1"), credential);
    assert_eq!(in_authorization("AKIDEXAMPLE", ""), credential);
    assert_eq!(in_authorization("AKIDEXAMPLE", "AKID\u{e9}"), credential);
    assert_eq!(in_authorization("AKIDEXAMPLE", &"A".repeat(129)), SigError::TooLong("Credential"));
    assert_eq!(in_authorization("cognito-idp", "sts"), SigError::WrongService("sts".into()));
    assert_eq!(in_authorization("20150830", "20150831"), SigError::WrongDay);
    assert_eq!(in_authorization("us-east-1", "eu-west-1"), SigError::SignatureDoesNotMatch);
}

#[test]
fn signed_headers_are_lower_case_sorted_and_bounded() {
    let wrong = SigError::Malformed("SignedHeaders");
    for names in
        ["", "host;", "Host;x-amz-date", "x-amz-date;host", "host;host;x-amz-date", "host; x-amz-date"]
    {
        assert_eq!(in_authorization("content-type;host;x-amz-date", names), wrong, "{names}");
    }
    let many: Vec<String> = (100..300).map(|number| format!("a{number}")).collect();
    assert_eq!(
        in_authorization("content-type;host;x-amz-date", &many.join(";")),
        SigError::TooLong("SignedHeaders")
    );
}

#[test]
fn the_host_and_every_amazon_header_have_to_be_signed() {
    assert_eq!(in_authorization(";host", ""), SigError::UnsignedHeader("host".into()));
    assert_eq!(in_authorization(";x-amz-date", ""), SigError::UnsignedHeader("x-amz-date".into()));
    for name in ["x-amz-security-token", "X-Amz-Target", "x-amz-acl"] {
        assert_eq!(add(name, "value"), SigError::UnsignedHeader(name.to_lowercase()));
    }
}

#[test]
fn a_signed_header_has_to_arrive() {
    let gone = refusal(|headers| headers.retain(|(name, _)| name != "content-type"));
    assert_eq!(gone, SigError::AbsentHeader("content-type".into()));
}

#[test]
fn a_header_that_decides_is_not_taken_twice() {
    assert_eq!(add("x-amz-date", "20150830T123600Z"), SigError::Duplicate("x-amz-date"));
    assert_eq!(add("host", "example.amazonaws.com"), SigError::Duplicate("host"));
    assert_eq!(add("Authorization", "Bearer x"), SigError::Duplicate("authorization"));
}

#[test]
fn a_changed_or_misspelt_signature_does_not_match() {
    let unlike = SigError::SignatureDoesNotMatch;
    assert_eq!(in_authorization("Signature=", "Signature=0"), unlike);
    assert_eq!(add("content-type", "text/plain"), unlike);
    assert_eq!(refusal(|headers| headers[1].1.push('x')), unlike);
    assert_eq!(
        refusal(|headers| {
            let (_, value) = headers.last_mut().unwrap();
            let last = value.pop().unwrap();
            value.push(if last == '0' { '1' } else { '0' });
        }),
        unlike
    );
}

#[test]
fn over_long_values_are_refused() {
    assert_eq!(
        in_authorization("Signature=", &format!("Signature={}", "0".repeat(20_000))),
        SigError::TooLong("authorization")
    );
    assert_eq!(add("x-amz-security-token", &"t".repeat(17_000)), SigError::TooLong("X-Amz-Security-Token"));
    let content = Content::Unsigned;
    let path = format!("/{}", "a".repeat(16 * 1024));
    assert_eq!(
        signer("s3").headers(&request("GET", &path, "", &PLAIN), content),
        Err(SigError::TooLong("the path"))
    );
    let query = "a".repeat(64 * 1024 + 1);
    assert_eq!(
        signer("s3").headers(&request("GET", "/", &query, &PLAIN), content),
        Err(SigError::TooLong("the query"))
    );
}

#[test]
fn no_line_can_be_smuggled_into_the_canonical_request() {
    let content = Content::Unsigned;
    for method in ["", "get", "GET\n/other", "GET "] {
        let signed = signer("s3").headers(&request(method, "/", "", &PLAIN), content);
        assert_eq!(signed, Err(SigError::Malformed("the method")), "{method}");
    }
    assert_eq!(
        signer("s3").headers(&request("GET", "key", "", &PLAIN), content),
        Err(SigError::Malformed("the path"))
    );
}

#[test]
fn a_clock_may_be_fifteen_minutes_off_and_no_more() {
    let content = Content::Sha256(sha256(b""));
    let added = signer("sts").headers(&request("GET", "/", "", &PLAIN), content).unwrap();
    let headers = with(&PLAIN, &added);
    let request = request("GET", "/", "", &headers);
    let at = |now| judge(&request, SUITE_SECRET, &["iam", "sts"], now, Body::Sha256(sha256(b"")));
    let signed = SUITE_TIME;
    for now in [signed - MAX_SKEW, signed, signed + MAX_SKEW] {
        assert_eq!(at(now).unwrap().signed_at(), signed);
    }
    for now in [signed + MAX_SKEW + 1, i64::MAX] {
        assert_eq!(at(now).unwrap_err(), SigError::SignatureExpired { signed, now });
    }
    for now in [signed - MAX_SKEW - 1, i64::MIN] {
        assert_eq!(at(now).unwrap_err(), SigError::SignatureNotYetCurrent { signed, now });
    }
}

#[test]
fn the_date_header_serves_where_it_is_signed() {
    let date = "Sun, 30 Aug 2015 12:36:00 GMT";
    // The signature of the suite's `get-vanilla` with the other date header, reckoned apart from this code.
    let judge_with = |signed: &str, date: &str| {
        let authorization = format!(
            "AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20150830/us-east-1/service/aws4_request, \
             SignedHeaders={signed}, Signature=1262aceaf1a79c7f0b69fda81cd744572fcbe2e4c23b647b4de183cd5a0f1075"
        );
        let headers = [("host", "example.amazonaws.com"), ("date", date), ("authorization", &authorization)];
        judge(&request("GET", "/", "", &headers), SUITE_SECRET, &["service"], SUITE_TIME, Body::Whole(b""))
    };
    assert_eq!(judge_with("date;host", date).unwrap().signed_at(), SUITE_TIME);
    assert_eq!(judge_with("host", date).unwrap_err(), SigError::UnsignedHeader("date".into()));
    assert_eq!(judge_with("date;host", "yesterday").unwrap_err(), SigError::Malformed("Date"));
    let undated = refusal(|headers| headers.retain(|(name, _)| name != "x-amz-date"));
    assert_eq!(undated, SigError::IncompleteSignature("X-Amz-Date"));
}

#[test]
fn a_json_service_takes_a_named_payload_only_if_it_is_the_body() {
    let named = sha256(b"{}");
    let digest = Content::Sha256(named).write();
    let headers = [PLAIN[0], ("x-amz-content-sha256", digest.as_str())];
    let bare = request("POST", "/", "", &headers);
    let added = signer("sts").headers(&bare, Content::Sha256(named)).unwrap();
    let headers = with(&headers, &added);
    let judge =
        |body| judge(&Request { headers: &headers, ..bare }, SUITE_SECRET, &["sts"], SUITE_TIME, body);
    judge(Body::Whole(b"{}")).unwrap();
    judge(Body::Later).unwrap();
    assert_eq!(judge(Body::Whole(b"{ }")).unwrap_err(), SigError::ContentSha256Mismatch);
}

#[test]
fn a_json_service_takes_no_unsigned_payload_and_no_unknown_body() {
    let headers = [PLAIN[0], ("x-amz-content-sha256", "UNSIGNED-PAYLOAD")];
    let added = signer("sts").headers(&request("POST", "/", "", &headers), Content::Unsigned).unwrap();
    let headers = with(&headers, &added);
    let bare = request("POST", "/", "", &headers);
    let refused = judge(&bare, SUITE_SECRET, &["sts"], SUITE_TIME, Body::Whole(b"{}"));
    assert_eq!(refused.unwrap_err(), SigError::UnsupportedContentSha256);

    let added =
        signer("sts").headers(&request("POST", "/", "", &PLAIN), Content::Sha256(sha256(b"{}"))).unwrap();
    let headers = with(&PLAIN, &added);
    let refused = judge(&request("POST", "/", "", &headers), SUITE_SECRET, &["sts"], SUITE_TIME, Body::Later);
    assert_eq!(refused.unwrap_err(), SigError::MissingContentSha256);
}

#[test]
fn a_rewritten_accept_encoding_verifies_by_what_the_client_sent() {
    let sent = [PLAIN[0], ("accept-encoding", "identity")];
    let added = signer("s3").headers(&request("GET", "/", "", &sent), Content::Unsigned).unwrap();
    let received = [PLAIN[0], ("accept-encoding", "br, gzip")];
    let headers = with(&received, &added);
    let seen = request("GET", "/", "", &headers);
    let judge = |request: Request<'_>| judge(&request, SUITE_SECRET, &["s3"], SUITE_TIME, Body::Later);
    assert_eq!(judge(seen).unwrap_err(), SigError::SignatureDoesNotMatch);
    judge(Request { accept_encoding: Some("identity"), ..seen }).unwrap();
}

#[test]
fn nothing_secret_prints() {
    let signer = Signer { session_token: Some("sesame"), ..signer("sts") };
    let content = Content::Sha256(sha256(b""));
    let added = signer.headers(&request("GET", "/", "", &PLAIN), content).unwrap();
    let headers = with(&PLAIN, &added);
    let request = request("GET", "/", "q=sesame", &headers);
    let unverified = Unverified::parse(&request).unwrap();
    let signature = unverified.signature();
    let printed = format!("{request:?} {unverified:?} {signer:?}");
    for secret in ["sesame", SUITE_SECRET, &signature] {
        assert!(!printed.contains(secret), "{printed}");
    }
}
