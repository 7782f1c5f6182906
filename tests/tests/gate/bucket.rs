use super::setup::{get, routes, with};
use base64::Engine;
use domain::sigv4::{self, Content};
use edge::message::{Body, BodyFault, Request};
use http::Method;
use serde_json::json;
use sha2::{Digest, Sha256};
use std::rc::Rc;
use tests::World;
use tests::bucket::Memory;
use tests::call::{Answer, Credentials, sign, sign_as, signer};
use tests::world::START;

fn world() -> (Rc<World>, Rc<Memory>) {
    let world = World::with_shards(1);
    let memory = Rc::new(Memory::default());
    memory.clock.set(START * 1000);
    world.add_bucket("BUCKET_PHOTOS", memory.clone());
    routes(
        &world,
        &json!([{ "id": "photos", "match": { "path": "/s3/photos/*" }, "auth": { "kind": "iam" },
                  "upstream": { "kind": "bucket", "bucket": "photos", "binding": "BUCKET_PHOTOS" } }]),
    );
    (world, memory)
}

/// Signs as the operator with the content named so, whatever the body.
fn sign_so(request: Request, content: Content) -> Request {
    sign_as(request, &signer(&Credentials::operator(), "s3", START), content)
}

fn put(target: &str, body: &[u8], headers: &[(&str, &str)]) -> Request {
    let mut request = with(World::request(Method::PUT, target), headers);
    request.headers.insert("content-length", body.len().to_string().parse().unwrap());
    request.body = Body::Bytes(body.to_vec());
    request
}

fn operator(request: Request) -> Request {
    sign(request, &Credentials::operator(), "s3", START)
}

fn ask(world: &Rc<World>, method: Method, target: &str, headers: &[(&str, &str)]) -> Answer {
    world.ask(operator(with(World::request(method, target), headers)))
}

/// The error's code.
fn code(answer: &Answer) -> String {
    let text = answer.text();
    text.split("<Code>").nth(1).and_then(|rest| rest.split("</Code>").next()).unwrap_or_default().to_owned()
}

#[test]
fn an_object_is_put_read_listed_and_deleted() {
    let (world, memory) = world();
    let headers =
        [("content-type", "image/png"), ("x-amz-meta-colour", "blue"), ("cache-control", "no-cache")];
    let stored = world.ask(operator(put("/s3/photos/a/b%20c.png", b"0123456789", &headers)));
    assert_eq!(stored.status, 200, "{}", stored.text());
    assert_eq!(memory.keys(), ["a/b c.png"]);

    let got = ask(&world, Method::GET, "/s3/photos/a/b%20c.png", &[]);
    assert_eq!((got.status.as_u16(), got.text().as_str()), (200, "0123456789"));
    assert_eq!(got.header("etag"), stored.header("etag"));
    for (name, value) in [
        ("content-type", "image/png"),
        ("x-amz-meta-colour", "blue"),
        ("cache-control", "no-cache"),
        ("content-length", "10"),
        ("last-modified", "Tue, 14 Nov 2023 22:13:20 GMT"),
        ("content-security-policy", "sandbox; default-src 'none'"),
    ] {
        assert_eq!(got.header(name), value, "{name}");
    }
    let head = ask(&world, Method::HEAD, "/s3/photos/a/b%20c.png", &[]);
    assert_eq!((head.status.as_u16(), head.header("content-length"), head.body.len()), (200, "10", 0));

    let part = ask(&world, Method::GET, "/s3/photos/a/b%20c.png", &[("range", "bytes=2-4")]);
    assert_eq!((part.status.as_u16(), part.text().as_str()), (206, "234"));
    assert_eq!(part.header("content-range"), "bytes 2-4/10");
    assert_eq!(
        code(&ask(&world, Method::GET, "/s3/photos/a/b%20c.png", &[("range", "bytes=10-")])),
        "InvalidRange"
    );

    let list = ask(&world, Method::GET, "/s3/photos?list-type=2&prefix=a/&encoding-type=url", &[]);
    assert!(list.text().contains("<Key>a/b%20c.png</Key>"), "{}", list.text());
    assert!(list.text().contains("<LastModified>2023-11-14T22:13:20.000Z</LastModified>"));

    assert_eq!(ask(&world, Method::DELETE, "/s3/photos/a/b%20c.png", &[]).status, 204);
    let missing = ask(&world, Method::GET, "/s3/photos/a/b%20c.png", &[]);
    assert_eq!((missing.status.as_u16(), code(&missing).as_str()), (404, "NoSuchKey"));
}

#[test]
fn a_key_is_a_name_and_not_a_path() {
    let (world, memory) = world();
    for target in ["/s3/photos/a//b", "/s3/photos/a/./b", "/s3/photos/a%2fb", "/s3/photos/%C3%BC+%00x"] {
        let answer = world.ask(operator(put(target, b"x", &[])));
        assert_eq!(
            answer.status,
            if target.contains("%00") { 400 } else { 200 },
            "{target} {}",
            answer.text()
        );
    }
    assert_eq!(memory.keys(), ["a/./b", "a//b", "a/b"]);
    assert_eq!(code(&world.ask(operator(put("/s3/photos/../x", b"x", &[])))), "InvalidURI");
}

#[test]
fn a_body_that_is_not_the_declared_one_never_becomes_visible() {
    let (world, memory) = world();
    let crc = |value: &'static str| [("x-amz-checksum-crc32", value)];
    // "123456789" has the CRC32 cbf43926.
    let good = world.ask(operator(put("/s3/photos/good", b"123456789", &crc("y/Q5Jg=="))));
    assert_eq!((good.status.as_u16(), good.header("x-amz-checksum-crc32")), (200, "y/Q5Jg=="));
    let cases: [(&str, Request); 5] = [
        ("BadDigest", operator(put("/s3/photos/bad", b"123456780", &crc("y/Q5Jg==")))),
        ("BadDigest", operator(put("/s3/photos/bad", b"x", &[("content-md5", "1B2M2Y8AsgTpgAmY7PhCfg==")]))),
        (
            "XAmzContentSHA256Mismatch",
            sign_so(put("/s3/photos/bad", b"x", &[]), Content::Sha256(Sha256::digest(b"y").into())),
        ),
        ("IncompleteBody", {
            let mut request = put("/s3/photos/bad", b"longer", &[]);
            request.headers.insert("content-length", "9".parse().unwrap());
            operator(request)
        }),
        ("BadDigest", operator(put("/s3/photos/bad", b"", &crc("y/Q5Jg==")))),
    ];
    for (wanted, request) in cases {
        let answer = world.ask(request);
        assert_eq!(code(&answer), wanted, "{}", answer.text());
    }
    let mut torn = operator(put("/s3/photos/bad", b"0123456789", &[]));
    let pieces = [Ok(b"01234".to_vec()), Ok(b"5678".to_vec()), Err(BodyFault("gone".into()))];
    torn.body = Body::Stream(Box::pin(futures_util::stream::iter(pieces)));
    assert!(world.ask(torn).status.is_client_error());
    assert_eq!(memory.keys(), ["good"]);
}

#[test]
fn an_aws_chunked_body_with_a_trailer_is_unpacked_and_proved() {
    let (world, memory) = world();
    let upload = |key: &str, crc: &str| {
        let body = format!("9\r\n123456789\r\n0\r\nx-amz-checksum-crc32:{crc}\r\n\r\n");
        let headers = [
            ("x-amz-decoded-content-length", "9"),
            ("x-amz-trailer", "x-amz-checksum-crc32"),
            ("content-encoding", "aws-chunked"),
        ];
        let request = put(&format!("/s3/photos/{key}"), body.as_bytes(), &headers);
        world.ask(sign_so(request, Content::Chunked(sigv4::Chunking::UnsignedTrailer)))
    };
    let stored = upload("good", "y/Q5Jg==");
    assert_eq!(stored.status, 200, "{}", stored.text());
    assert_eq!(memory.bytes("good").unwrap(), b"123456789");
    assert_eq!(ask(&world, Method::GET, "/s3/photos/good", &[]).header("content-encoding"), "");
    assert_eq!(code(&upload("bad", "AAAAAA==")), "BadDigest");
    assert_eq!(memory.keys(), ["good"]);
}

#[test]
fn what_is_not_built_is_refused_by_its_name() {
    let (world, memory) = world();
    for (method, target, name) in [
        (Method::GET, "/s3/photos/a?acl", "acl"),
        (Method::POST, "/s3/photos/a?uploads", "uploads"),
        (Method::GET, "/s3/photos/a?versionId=1", "versionId"),
        (Method::PUT, "/s3/photos/a?partNumber=1&uploadId=x", "partNumber"),
        (Method::PUT, "/s3/photos/a?x-id=CopyObject", "CopyObject"),
        (Method::PUT, "/s3/photos/a?partNumber=1&uploadId=x&x-id=UploadPart", "UploadPart"),
        (Method::GET, "/s3/photos", "ListObjects"),
        (Method::PUT, "/s3/photos", "CreateBucket"),
        (Method::POST, "/s3/photos?delete", "delete"),
    ] {
        let answer = ask(&world, method, target, &[]);
        assert_eq!((answer.status.as_u16(), code(&answer).as_str()), (501, "NotImplemented"), "{target}");
        assert!(answer.text().contains(name), "{target} {}", answer.text());
    }
    for header in [
        ("x-amz-copy-source", "/photos/b"),
        ("x-amz-acl", "public-read"),
        ("x-amz-server-side-encryption", "aws:kms"),
        ("x-amz-server-side-encryption-customer-key", "k"),
        ("x-amz-tagging", "a=b"),
        ("x-amz-storage-class", "GLACIER"),
        ("if-none-match", "*"),
        ("expires", "Tue, 14 Nov 2023 22:13:20 GMT"),
    ] {
        let answer = world.ask(operator(put("/s3/photos/a", b"x", &[header])));
        assert_eq!(code(&answer), "NotImplemented", "{header:?}");
        assert!(answer.text().to_lowercase().contains(header.0), "{}", answer.text());
    }
    assert_eq!(world.ask(operator(put("/s3/photos/a", b"x", &[("x-amz-acl", "private")]))).status, 200);
    assert_eq!(memory.keys(), ["a"]);
}

#[test]
fn an_override_that_can_be_no_header_is_refused() {
    let (world, _) = world();
    world.ask(operator(put("/s3/photos/a", b"x", &[]))).ok();
    let ask = |value: &str| {
        ask(&world, Method::GET, &format!("/s3/photos/a?response-content-disposition={value}"), &[])
    };
    assert_eq!(ask("attachment").header("content-disposition"), "attachment");
    assert_eq!(code(&ask("a%0D%0AX-Evil%3A1")), "InvalidArgument");
}

#[test]
fn an_empty_object_has_its_checksum_too() {
    let (world, _) = world();
    let sent = [("x-amz-checksum-crc32", "AAAAAA==")];
    let stored = world.ask(operator(put("/s3/photos/empty", b"", &sent)));
    assert_eq!((stored.status.as_u16(), stored.header("x-amz-checksum-crc32")), (200, "AAAAAA=="));
    assert_eq!(
        code(&world.ask(operator(put("/s3/photos/e", b"", &[("x-amz-checksum-crc32", "AAAAAQ==")])))),
        "BadDigest"
    );
}

#[test]
fn where_no_route_leads_to_a_bucket_s3_is_told_so_in_its_own_words() {
    let (world, _) = world();
    for target in ["/", "/s3/", "/s3/?x-id=ListBuckets", "/s3/other/key", "/other/a%2F..%2Fb"] {
        let answer = ask(&world, Method::GET, target, &[]);
        assert_eq!((answer.status.as_u16(), code(&answer).as_str()), (404, "NoSuchBucket"), "{target}");
        let head = ask(&world, Method::HEAD, target, &[]);
        assert_eq!((head.status.as_u16(), head.text().as_str()), (404, ""), "{target}");
    }
    let presigned = "/other/key?X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=AKIA%2F20231114%2Fus-east-1%2Fs3%2Faws4_request";
    assert_eq!(code(&world.ask(get(presigned, &[]))), "NoSuchBucket");
    // Nobody else reads XML.
    let signed = sign(get("/s3/", &[]), &Credentials::operator(), "execute-api", START);
    for request in [get("/s3/", &[]), signed] {
        let answer = world.ask(request);
        assert_eq!((answer.status.as_u16(), answer.json()["message"].as_str()), (404, Some("Not Found")));
    }
}

#[test]
fn whether_a_bucket_is_there_is_told_to_who_may_list_it() {
    let (world, _) = world();
    let head =
        |path: &str, by: &Credentials| world.ask(sign(World::request(Method::HEAD, path), by, "s3", START));
    let there = head("/s3/photos", &Credentials::operator());
    assert_eq!((there.status.as_u16(), there.header("x-amz-bucket-region")), (200, "us-east-1"));
    assert_eq!(head("/s3/photos/", &Credentials::operator()).status, 200);
    assert_eq!(head("/s3/others", &Credentials::operator()).status, 404);
    let wrong = Credentials { secret: "x".repeat(40), ..Credentials::operator() };
    assert_eq!(head("/s3/photos", &wrong).status, 403);
    assert_eq!(world.ask(World::request(Method::HEAD, "/s3/photos")).status, 403);
}

#[test]
fn a_signature_of_version_2_is_told_which_one_to_use() {
    let (world, _) = world();
    let query = "/s3/photos/a?AWSAccessKeyId=AKIATESTOPERATOR0001&Signature=c2ln&Expires=1700000060";
    let header = ("authorization", "AWS AKIATESTOPERATOR0001:c2ln");
    for request in [get(query, &[]), get("/s3/photos/a", &[header])] {
        let answer = world.ask(request);
        assert_eq!((answer.status.as_u16(), code(&answer).as_str()), (400, "InvalidRequest"));
        assert!(answer.text().contains("AWS4-HMAC-SHA256"), "{}", answer.text());
    }
}

#[test]
fn nobody_gets_in_without_a_signature_that_holds() {
    let (world, memory) = world();
    let unsigned = world.ask(put("/s3/photos/a", b"x", &[]));
    assert_eq!((unsigned.status.as_u16(), code(&unsigned).as_str()), (403, "AccessDenied"));
    let wrong = Credentials { secret: "x".repeat(40), ..Credentials::operator() };
    assert_eq!(
        code(&world.ask(sign(put("/s3/photos/a", b"x", &[]), &wrong, "s3", START))),
        "SignatureDoesNotMatch"
    );
    let unknown = Credentials { access_key_id: "AKIANOBODY".into(), ..Credentials::operator() };
    assert_eq!(
        code(&world.ask(sign(put("/s3/photos/a", b"x", &[]), &unknown, "s3", START))),
        "InvalidAccessKeyId"
    );
    let late = sign(put("/s3/photos/a", b"x", &[]), &Credentials::operator(), "s3", START - 1000);
    assert_eq!(code(&world.ask(late)), "RequestTimeTooSkewed");
    let mut moved = operator(put("/s3/photos/a", b"x", &[]));
    moved.target = "/s3/photos/b".into();
    assert_eq!(code(&world.ask(moved)), "SignatureDoesNotMatch");
    assert!(memory.keys().is_empty());
}

#[test]
fn a_presigned_url_puts_and_gets_until_it_expires() {
    let (world, memory) = world();
    let presigned = |method: &str| {
        let headers = [("host", "localhost:8787")];
        let request = sigv4::Request {
            method,
            path: "/s3/photos/p",
            query: "",
            headers: &headers,
            accept_encoding: None,
        };
        format!(
            "/s3/photos/p?{}",
            signer(&Credentials::operator(), "s3", START).presign(&request, 60, Content::Unsigned).unwrap()
        )
    };
    assert_eq!(world.ask(put(&presigned("PUT"), b"hello", &[])).status, 200);
    assert_eq!(memory.bytes("p").unwrap(), b"hello");
    let got = world.ask(get(&presigned("GET"), &[]));
    assert_eq!((got.status.as_u16(), got.text().as_str()), (200, "hello"), "{}", got.text());
    let url = presigned("GET");
    assert_eq!(world.ask(get(&format!("{url}&response-content-type=text/html"), &[])).status, 403);
    assert_eq!(code(&world.ask(put(&url, b"x", &[]))), "SignatureDoesNotMatch");
}

#[test]
fn a_listing_is_paged_folded_and_its_token_bound_to_it() {
    let (world, _) = world();
    for key in ["a/1", "a/2", "b/1", "c", "d"] {
        assert_eq!(world.ask(operator(put(&format!("/s3/photos/{key}"), b"x", &[]))).status, 200);
    }
    let list = |query: &str| ask(&world, Method::GET, &format!("/s3/photos?{query}"), &[]);
    let text = |answer: &Answer, name: &str| -> Vec<String> {
        let text = answer.text();
        let open = format!("<{name}>");
        let parts = text.split(&open).skip(1);
        parts.map(|part| part.split('<').next().unwrap().to_owned()).collect()
    };
    let first = list("delimiter=%2F&list-type=2&max-keys=2");
    assert_eq!(text(&first, "Prefix"), ["", "a/", "b/"]);
    assert_eq!(
        (text(&first, "IsTruncated"), text(&first, "KeyCount")),
        (vec!["true".to_owned()], vec!["2".to_owned()])
    );
    let token = text(&first, "NextContinuationToken")[0].clone();
    let second = list(&format!("continuation-token={token}&delimiter=%2F&list-type=2&max-keys=2"));
    assert_eq!(
        (text(&second, "Key"), text(&second, "IsTruncated")),
        (vec!["c".to_owned(), "d".to_owned()], vec!["false".to_owned()])
    );
    assert_eq!(code(&list(&format!("continuation-token={token}&list-type=2&prefix=a"))), "InvalidArgument");
    assert_eq!(text(&list("list-type=2&start-after=b%2F1"), "Key"), ["c", "d"]);
    assert_eq!(text(&list("list-type=2&max-keys=0"), "KeyCount"), ["0"]);
    assert_eq!(code(&list("list-type=2&max-keys=x")), "InvalidArgument");
}

#[test]
fn conditions_on_a_read_are_kept() {
    let (world, _) = world();
    let etag = world.ask(operator(put("/s3/photos/a", b"x", &[]))).header("etag").to_owned();
    for (header, status) in [
        (("if-none-match", etag.as_str()), 304),
        (("if-none-match", "\"x\""), 200),
        (("if-match", etag.as_str()), 200),
        (("if-match", "\"x\""), 412),
        (("if-modified-since", "Tue, 14 Nov 2023 22:13:20 GMT"), 304),
        (("if-modified-since", "Tue, 14 Nov 2023 22:13:19 GMT"), 200),
        (("if-unmodified-since", "Tue, 14 Nov 2023 22:13:19 GMT"), 412),
    ] {
        for method in [Method::GET, Method::HEAD] {
            let answer = ask(&world, method, "/s3/photos/a", &[header]);
            assert_eq!(answer.status, status, "{header:?}");
            if status == 304 {
                assert_eq!(answer.header("etag"), etag);
                assert_eq!(answer.header("last-modified"), "Tue, 14 Nov 2023 22:13:20 GMT");
            }
        }
    }
}

#[test]
fn what_is_longer_than_s3_has_it_is_refused_and_not_stored() {
    let (world, memory) = world();
    let path = |key: &str| format!("/s3/photos/{key}");
    let longest =
        world.ask(operator(put(&path(&"k".repeat(1024)), b"x", &[("x-amz-meta-a", &"v".repeat(2048 - 1))])));
    assert_eq!(longest.status, 200, "{}", longest.text());
    let longer = world.ask(operator(put(&path(&"k".repeat(1025)), b"x", &[])));
    assert_eq!((longer.status.as_u16(), code(&longer).as_str()), (400, "KeyTooLongError"));
    // The name counts, too, without what all of them begin with.
    let more = world.ask(operator(put(&path("a"), b"x", &[("x-amz-meta-a", &"v".repeat(2048))])));
    assert_eq!((more.status.as_u16(), code(&more).as_str()), (400, "MetadataTooLarge"));
    let mut without = put(&path("b"), b"x", &[]);
    without.headers.remove("content-length");
    let without = world.ask(operator(without));
    assert_eq!((without.status.as_u16(), code(&without).as_str()), (411, "MissingContentLength"));
    assert_eq!(memory.keys(), ["k".repeat(1024)]);
}

#[test]
fn a_range_beyond_the_end_is_told_where_that_is() {
    let (world, _) = world();
    world.ask(operator(put("/s3/photos/a", b"digits", &[]))).ok();
    let beyond = ask(&world, Method::GET, "/s3/photos/a", &[("range", "bytes=6-")]);
    assert_eq!((beyond.status.as_u16(), beyond.header("content-range")), (416, "bytes */6"));
}

#[test]
fn a_page_of_another_origin_may_sign_and_read() {
    let (world, _) = world();
    let headers = [("origin", "https://app.example"), ("access-control-request-method", "PUT")];
    let allowed = world.ask(with(World::request(Method::OPTIONS, "/s3/photos/a"), &headers));
    assert_eq!((allowed.status.as_u16(), allowed.header("access-control-allow-origin")), (204, "*"));
    let refused = world.ask(get("/s3/photos/a", &[("origin", "https://app.example")]));
    assert!(refused.header("access-control-expose-headers").contains("etag"));
}

/// Some clients ask for it with every read, and prove what comes by it.
#[test]
fn a_checksum_that_a_header_gave_is_kept_for_those_who_ask() {
    let (world, _) = world();
    let digest = base64::engine::general_purpose::STANDARD.encode(Sha256::digest(b"0123456789"));
    let name = "x-amz-checksum-sha256";
    let stored = world.ask(operator(put("/s3/photos/a", b"0123456789", &[(name, &digest)])));
    assert_eq!(stored.header(name), digest, "{}", stored.text());
    let mode = ("x-amz-checksum-mode", "ENABLED");
    for method in [Method::GET, Method::HEAD] {
        let whole = ask(&world, method.clone(), "/s3/photos/a", &[mode]);
        assert_eq!(
            (whole.header(name), whole.header("x-amz-checksum-type")),
            (digest.as_str(), "FULL_OBJECT")
        );
        assert_eq!(ask(&world, method, "/s3/photos/a", &[]).header(name), "", "nobody asked");
    }
    let part = ask(&world, Method::GET, "/s3/photos/a", &[mode, ("range", "bytes=0-3")]);
    assert_eq!((part.text().as_str(), part.header(name)), ("0123", ""), "it is not the part's");
    assert!(part.headers.keys().all(|name| !name.as_str().contains("tidegate")), "{:?}", part.headers);
    world.ask(operator(put("/s3/photos/b", b"plain", &[])));
    assert_eq!(ask(&world, Method::GET, "/s3/photos/b", &[mode]).header(name), "", "there is none");
    for (method, value) in [(Method::GET, "DISABLED"), (Method::DELETE, "ENABLED")] {
        let refused = ask(&world, method, "/s3/photos/a", &[("x-amz-checksum-mode", value)]);
        assert_eq!(code(&refused), "NotImplemented");
    }
    let forged = put("/s3/photos/c", b"c", &[("x-amz-meta-tidegate-checksum", "x-amz-checksum-sha256 AA==")]);
    assert_eq!(code(&world.ask(operator(forged))), "NotImplemented");
}
