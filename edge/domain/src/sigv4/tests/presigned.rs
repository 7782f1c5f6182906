//! Refusals of presigned requests.

use super::super::{Content, key::sha256};
use super::*;

const HOST: [(&str, &str); 1] = [("host", "bucket.example.com")];

fn presigned() -> String {
    signer("s3").presign(&request("GET", "/key", "a=1", &HOST), 60, Content::Unsigned).unwrap()
}

fn refusal(query: &str, headers: &[(&str, &str)]) -> SigError {
    let request = request("GET", "/key", query, headers);
    judge(&request, SUITE_SECRET, &["s3"], SUITE_TIME, Body::Later).unwrap_err()
}

#[test]
fn each_part_has_to_be_there_once() {
    let query = presigned();
    for name in [
        "X-Amz-Algorithm",
        "X-Amz-Credential",
        "X-Amz-Date",
        "X-Amz-Expires",
        "X-Amz-SignedHeaders",
        "X-Amz-Signature",
    ] {
        let part = query.split('&').find(|part| part.starts_with(name)).unwrap();
        let without: Vec<&str> = query.split('&').filter(|other| *other != part).collect();
        assert_eq!(refusal(&without.join("&"), &HOST), SigError::IncompleteSignature(name));
        assert_eq!(refusal(&format!("{query}&{part}"), &HOST), SigError::Duplicate(name));
        // An escape in the name hides nothing.
        let escaped = part.replace("X-Amz", "X%2DAm%7a");
        assert_eq!(refusal(&format!("{query}&{escaped}"), &HOST), SigError::Duplicate(name));
    }
}

#[test]
fn a_lone_part_is_no_unsigned_request() {
    for query in ["X-Amz-Signature=", "X-Amz-Credential=a", "x=1&X-Amz-Algorithm"] {
        assert_ne!(refusal(query, &HOST), SigError::MissingAuthenticationToken, "{query}");
    }
    assert_eq!(refusal("x-amz-signature=1&X-Amz-Date=1", &HOST), SigError::MissingAuthenticationToken);
}

#[test]
fn parts_that_do_not_read_are_refused() {
    let query = presigned();
    for (old, new, error) in [
        ("AWS4-HMAC-SHA256", "AWS4-ECDSA-P256-SHA256", SigError::UnsupportedAlgorithm),
        ("X-Amz-Expires=60", "X-Amz-Expires=604801", SigError::ExpiresTooLong),
        ("X-Amz-Expires=60", "X-Amz-Expires=99999999999999999999", SigError::ExpiresTooLong),
        ("X-Amz-Expires=60", "X-Amz-Expires=-1", SigError::Malformed("X-Amz-Expires")),
        ("X-Amz-Expires=60", "X-Amz-Expires=", SigError::Malformed("X-Amz-Expires")),
        ("20150830T123600Z", "20150830T1236", SigError::Malformed("X-Amz-Date")),
        ("20150830T123600Z", "%ff", SigError::Malformed("X-Amz-Date")),
        ("20150830T123600Z", "20150831T000000Z", SigError::WrongDay),
        ("%2Fs3%2F", "%2Fiam%2F", SigError::WrongService("iam".into())),
        ("X-Amz-Expires=60", "X-Amz-Expires=61", SigError::SignatureDoesNotMatch),
        ("a=1", "a=2", SigError::SignatureDoesNotMatch),
        ("SignedHeaders=host", "SignedHeaders=range", SigError::UnsignedHeader("host".into())),
    ] {
        assert!(query.contains(old));
        assert_eq!(refusal(&query.replacen(old, new, 1), &HOST), error, "{new}");
    }
}

#[test]
fn a_header_that_instructs_s3_cannot_be_added_to_a_presigned_request() {
    let headers = [HOST[0], ("X-Amz-Copy-Source", "/other/secret")];
    assert_eq!(refusal(&presigned(), &headers), SigError::UnsignedHeader("x-amz-copy-source".into()));
}

#[test]
fn a_second_signature_in_the_header_is_refused() {
    for authorization in ["Bearer token", "AWS4-HMAC-SHA256 Credential=x"] {
        assert_eq!(refusal(&presigned(), &[HOST[0], ("authorization", authorization)]), SigError::TwoForms);
    }
}

#[test]
fn a_session_token_in_the_query_is_signed() {
    let signer = Signer { session_token: Some("token/+=="), ..signer("s3") };
    let query = signer.presign(&request("GET", "/key", "", &HOST), 60, Content::Unsigned).unwrap();
    let verified =
        judge(&request("GET", "/key", &query, &HOST), SUITE_SECRET, &["s3"], SUITE_TIME, Body::Later)
            .unwrap();
    assert_eq!(verified.session_token(), Some("token/+=="));
    assert_eq!(refusal(&query.replace("token", "tokem"), &HOST), SigError::SignatureDoesNotMatch);
    let again = [HOST[0], ("x-amz-security-token", "token/+==")];
    assert_eq!(refusal(&query, &again), SigError::Duplicate("x-amz-security-token"));
    let long = query.replace("token", &"t".repeat(17_000));
    assert_eq!(refusal(&long, &HOST), SigError::TooLong("X-Amz-Security-Token"));
}

#[test]
fn a_payload_named_in_the_query_is_held_against_the_body() {
    let content = Content::Sha256(sha256(b"body"));
    let query = signer("s3").presign(&request("PUT", "/key", "", &HOST), 60, content).unwrap();
    let request = request("PUT", "/key", &query, &HOST);
    let put = |body| judge(&request, SUITE_SECRET, &["s3"], SUITE_TIME, body);
    assert_eq!(put(Body::Whole(b"body")).unwrap().content(), content);
    assert_eq!(put(Body::Whole(b"bodz")).unwrap_err(), SigError::ContentSha256Mismatch);
    assert_eq!(put(Body::Later).unwrap().content(), content);
}
