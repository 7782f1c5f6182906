//! The worked examples of S3's documentation for header and query signatures.

use super::super::{Content, Form};
use super::*;

const EMPTY: &str = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

fn judge_example(
    target: (&str, &str, &str),
    headers: &[(&str, &str)],
    signed: &str,
    signature: &str,
    body: &[u8],
) -> Result<Verified, SigError> {
    let (method, path, query) = target;
    // S3's documentation writes the parameters without spaces between them.
    let authorization = format!(
        "AWS4-HMAC-SHA256 Credential=AKIAIOSFODNN7EXAMPLE/20130524/us-east-1/s3/aws4_request,\
         SignedHeaders={signed},Signature={signature}"
    );
    let mut headers = headers.to_vec();
    headers.push(("host", "examplebucket.s3.amazonaws.com"));
    headers.push(("x-amz-date", "20130524T000000Z"));
    headers.push(("authorization", &authorization));
    judge(&request(method, path, query, &headers), S3_SECRET, &["s3"], S3_TIME, Body::Whole(body))
}

#[test]
fn the_documented_header_signatures_verify() {
    let empty = ("x-amz-content-sha256", EMPTY);
    let verified = judge_example(
        ("GET", "/test.txt", ""),
        &[("range", "bytes=0-9"), empty],
        "host;range;x-amz-content-sha256;x-amz-date",
        "f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41",
        b"",
    );
    assert_eq!(verified.unwrap().access_key_id(), "AKIAIOSFODNN7EXAMPLE");
    let put = |body: &[u8]| {
        judge_example(
            ("PUT", "/test$file.text", ""),
            &[
                ("date", "Fri, 24 May 2013 00:00:00 GMT"),
                ("x-amz-storage-class", "REDUCED_REDUNDANCY"),
                ("x-amz-content-sha256", "44ce7dd67c959e0d3524ffac1771dfbba87d2b6b4b4e99e42034a8b803f8b072"),
            ],
            "date;host;x-amz-content-sha256;x-amz-date;x-amz-storage-class",
            "98ad721746da40c64f1a55b78f14c238d841ea1380cd77a1b5971af0ece108bd",
            body,
        )
    };
    put(b"Welcome to Amazon S3.").unwrap();
    assert_eq!(put(b"Welcome to Amazon S4.").unwrap_err(), SigError::ContentSha256Mismatch);
    for (query, signature) in [
        ("lifecycle", "fea454ca298b7da1c68078a5d1bdbfbbe0d65c699e0f91ac7a200a0136783543"),
        ("max-keys=2&prefix=J", "34b48302e7b5fa45bde8084f4b7868a86f0a534bc59db6670ed5711ef69dc6f7"),
    ] {
        judge_example(("GET", "/", query), &[empty], "host;x-amz-content-sha256;x-amz-date", signature, b"")
            .unwrap();
    }
}

#[test]
fn the_documented_presigned_request_verifies_until_it_expires() {
    let query = "X-Amz-Algorithm=AWS4-HMAC-SHA256\
        &X-Amz-Credential=AKIAIOSFODNN7EXAMPLE%2F20130524%2Fus-east-1%2Fs3%2Faws4_request\
        &X-Amz-Date=20130524T000000Z&X-Amz-Expires=86400&X-Amz-SignedHeaders=host\
        &X-Amz-Signature=aeeed9bbccd4d02ee5c0109b86d86835f995330da4c265957d157751f604d404";
    let headers = [("host", "examplebucket.s3.amazonaws.com"), ("user-agent", "anything")];
    let request = request("GET", "/test.txt", query, &headers);
    let at = |now| judge(&request, S3_SECRET, &["s3"], now, Body::Later);
    let verified = at(S3_TIME + 86_400).unwrap();
    assert_eq!(verified.form(), Form::Presigned { expires_at: S3_TIME + 86_400 });
    assert_eq!(verified.content(), Content::Unsigned);
    at(S3_TIME - 900).unwrap();
    assert_eq!(
        at(S3_TIME + 86_401).unwrap_err(),
        SigError::RequestExpired { expired: S3_TIME + 86_400, now: S3_TIME + 86_401 }
    );
    assert_eq!(
        at(S3_TIME - 901).unwrap_err(),
        SigError::SignatureNotYetCurrent { signed: S3_TIME, now: S3_TIME - 901 }
    );
}

#[test]
fn a_header_signature_for_s3_has_to_name_its_payload() {
    let refused = judge_example(("GET", "/", ""), &[], "host;x-amz-date", EMPTY, b"");
    assert_eq!(refused.unwrap_err(), SigError::MissingContentSha256);
    for value in ["", "sha", "UNSIGNED", "STREAMING-AWS4-ECDSA-P256-SHA256-PAYLOAD", &EMPTY.to_uppercase()] {
        let named = [("x-amz-content-sha256", value)];
        let refused =
            judge_example(("GET", "/", ""), &named, "host;x-amz-content-sha256;x-amz-date", EMPTY, b"");
        assert_eq!(refused.unwrap_err(), SigError::UnsupportedContentSha256, "{value}");
    }
}
