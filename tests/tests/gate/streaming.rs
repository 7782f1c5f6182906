//! Uploads in signed chunks: nothing is visible before the last signature and checksum hold.

use super::photos::Photos;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use domain::id::hex;
use domain::sigv4::{Chunking, Content};
use edge::message::{Body, BodyFault, Request};
use edge::platform::Platform;
use hmac::{Hmac, KeyInit, Mac};
use http::Method;
use sha2::{Digest, Sha256};
use tests::World;
use tests::call::{Credentials, sign_as, signer};

/// The least that a chunk may be that is not the last one.
const CHUNK: usize = 8192;

fn mac(key: &[u8], text: &str) -> Vec<u8> {
    let mut mac = Hmac::<Sha256>::new_from_slice(key).unwrap();
    mac.update(text.as_bytes());
    mac.finalize().into_bytes().to_vec()
}

/// One chunk as sent.
struct Chunk {
    data: Vec<u8>,
    signature: String,
}

/// An upload as sent, open to be tampered with.
struct Upload {
    request: Request,
    chunks: Vec<Chunk>,
    trailer: Option<(String, String)>,
}

impl Upload {
    /// Signs an object cut into these chunks, with a SHA-256 in the trailers or without trailers.
    fn new(photos: &Photos, by: &Credentials, target: &str, data: &[&[u8]], trailer: bool) -> Self {
        let whole: Vec<u8> = data.concat();
        let mut request = World::request(Method::PUT, target);
        let chunking = if trailer { Chunking::SignedTrailer } else { Chunking::Signed };
        let mut header =
            |name: &'static str, value: String| drop(request.headers.insert(name, value.parse().unwrap()));
        header("x-amz-decoded-content-length", whole.len().to_string());
        header("content-encoding", "aws-chunked".into());
        if trailer {
            header("x-amz-trailer", "x-amz-checksum-sha256".into());
        }
        let request = sign_as(request, &signer(by, "s3", photos.world.now()), Content::Chunked(chunking));

        // The chain as the specification has it, reckoned without the code under test.
        let text = |name: &str| request.headers.get(name).unwrap().to_str().unwrap().to_owned();
        let (stamp, authorization) = (text("x-amz-date"), text("authorization"));
        let day = &stamp[..8];
        let key = ["us-east-1", "s3", "aws4_request"]
            .iter()
            .fold(mac(format!("AWS4{}", by.secret).as_bytes(), day), |key, part| mac(&key, part));
        let scope = format!("{day}/us-east-1/s3/aws4_request");
        let mut previous = authorization.split("Signature=").nth(1).unwrap().to_owned();
        let mut next = |kind: &str, digests: String| {
            previous = hex(&mac(&key, &format!("{kind}\n{stamp}\n{scope}\n{previous}\n{digests}")));
            previous.clone()
        };
        let nothing = hex(&Sha256::digest(b""));
        let chunks = data
            .iter()
            .chain([&&b""[..]])
            .map(|data| Chunk {
                data: data.to_vec(),
                signature: next(
                    "AWS4-HMAC-SHA256-PAYLOAD",
                    format!("{nothing}\n{}", hex(&Sha256::digest(data))),
                ),
            })
            .collect();
        let trailer = trailer.then(|| {
            let value = STANDARD.encode(Sha256::digest(&whole));
            let line = format!("x-amz-checksum-sha256:{value}\n");
            let signature = next("AWS4-HMAC-SHA256-TRAILER", hex(&Sha256::digest(line)));
            (format!("x-amz-checksum-sha256:{value}"), signature)
        });
        Self { request, chunks, trailer }
    }

    fn body(&self) -> Vec<u8> {
        let mut out = Vec::new();
        for Chunk { data, signature } in &self.chunks {
            out.extend(format!("{:x};chunk-signature={signature}\r\n", data.len()).into_bytes());
            out.extend(data);
            if !data.is_empty() {
                out.extend(b"\r\n");
            }
        }
        match &self.trailer {
            Some((line, signature)) => {
                out.extend(format!("{line}\r\nx-amz-trailer-signature:{signature}\r\n\r\n").into_bytes());
            }
            None => out.extend(b"\r\n"),
        }
        out
    }
}

/// Sends a body in pieces of this size; `torn` breaks the stream off after them.
fn send(photos: &Photos, request: Request, body: &[u8], size: usize, torn: bool) -> (u16, String) {
    let pieces: Vec<Result<Vec<u8>, BodyFault>> = body
        .chunks(size)
        .map(|piece| Ok(piece.to_vec()))
        .chain(torn.then(|| Err(BodyFault("gone".into()))))
        .collect();
    let mut request = request;
    request.body = Body::Stream(Box::pin(futures_util::stream::iter(pieces)));
    let answer = photos.world.ask(request);
    (answer.status.as_u16(), answer.element("Code"))
}

/// Flips a hexadecimal digit.
fn flip(signature: &mut String) {
    let digit = if signature.starts_with('0') { "1" } else { "0" };
    signature.replace_range(..1, digit);
}

#[test]
fn an_object_in_signed_chunks_is_put_together_however_it_is_cut_on_the_way() {
    let photos = Photos::new(1);
    let (ann, anns) = photos.person("ann");
    let (first, last) = (vec![b'a'; CHUNK], b"the end");
    for (n, size) in [usize::MAX, 4096, 7].into_iter().enumerate() {
        for trailer in [false, true] {
            let key = format!("{ann}/{n}{trailer}");
            let target = format!("/s3/photos/{key}");
            let upload = Upload::new(&photos, &anns, &target, &[&first, last], trailer);
            let body = upload.body();
            assert_eq!(send(&photos, upload.request, &body, size, false), (200, String::new()));
            assert_eq!(photos.memory.bytes(&key).unwrap(), [first.as_slice(), last].concat());
        }
    }
    let target = format!("/s3/photos/{ann}/empty");
    let upload = Upload::new(&photos, &anns, &target, &[], true);
    let body = upload.body();
    assert_eq!(send(&photos, upload.request, &body, 100, false), (200, String::new()));
    assert_eq!(photos.memory.bytes(&format!("{ann}/empty")).unwrap(), b"");
}

type Tampering = fn(&mut Upload);

#[test]
fn a_body_that_was_tampered_with_changes_nothing() {
    let photos = Photos::new(1);
    let (ann, anns) = photos.person("ann");
    let (_, bens) = photos.person("ben");
    let target = format!("/s3/photos/{ann}/a.png");
    assert_eq!(photos.put(&anns, &target).status, 200);
    let (first, last) = (vec![b'a'; CHUNK], b"the end");
    let parts: [&[u8]; 2] = [&first, last];
    let signed: [(&str, Tampering, &str); 8] = [
        ("a byte of the first chunk", |u| u.chunks[0].data[100] = b'b', "SignatureDoesNotMatch"),
        ("a byte of the last chunk", |u| u.chunks[1].data[0] = b'T', "SignatureDoesNotMatch"),
        ("the first signature", |u| flip(&mut u.chunks[0].signature), "SignatureDoesNotMatch"),
        ("the second signature", |u| flip(&mut u.chunks[1].signature), "SignatureDoesNotMatch"),
        ("the signature of the end", |u| flip(&mut u.chunks[2].signature), "SignatureDoesNotMatch"),
        ("a chunk left out", |u| drop(u.chunks.remove(1)), "SignatureDoesNotMatch"),
        (
            "a chunk sent twice",
            |u| {
                let Chunk { data, signature } = &u.chunks[0];
                let again = Chunk { data: data.clone(), signature: signature.clone() };
                u.chunks.insert(1, again);
            },
            "IncompleteBody",
        ),
        (
            "signatures exchanged",
            |u| {
                let (one, two) = (u.chunks[0].signature.clone(), u.chunks[1].signature.clone());
                u.chunks[0].signature = two;
                u.chunks[1].signature = one;
            },
            "SignatureDoesNotMatch",
        ),
    ];
    let trailing: [(&str, Tampering, &str); 4] = [
        ("the trailer's signature", |u| flip(&mut u.trailer.as_mut().unwrap().1), "SignatureDoesNotMatch"),
        (
            "the checksum",
            |u| u.trailer.as_mut().unwrap().0 = format!("x-amz-checksum-sha256:{}", STANDARD.encode([0; 32])),
            "SignatureDoesNotMatch",
        ),
        (
            "another trailer",
            |u| u.trailer.as_mut().unwrap().0 = "x-amz-checksum-crc32:y/Q5Jg==".into(),
            "MalformedTrailerError",
        ),
        ("no trailers", |u| u.trailer = None, "InvalidRequest"),
    ];
    let keys = photos.memory.keys();
    let unchanged = |what: &str| {
        assert_eq!(photos.memory.keys(), keys, "{what}");
        assert_eq!(photos.memory.bytes(&keys[0]).unwrap(), b"picture", "{what}: the old object stays");
    };
    for (with_trailer, cases) in [(false, &signed[..]), (true, &signed), (true, &trailing)] {
        for (what, tamper, code) in cases {
            for size in [usize::MAX, 1000] {
                let mut upload = Upload::new(&photos, &anns, &target, &parts, with_trailer);
                tamper(&mut upload);
                let body = upload.body();
                let (status, told) = send(&photos, upload.request, &body, size, false);
                assert!((400..500).contains(&status), "{what}: {status}");
                assert_eq!(told, *code, "{what}");
                unchanged(what);
            }
        }
    }
    // Chunks that another person has signed under ann's head.
    let mut mixed = Upload::new(&photos, &anns, &target, &parts, false);
    mixed.chunks = Upload::new(&photos, &bens, &target, &parts, false).chunks;
    let body = mixed.body();
    assert_eq!(send(&photos, mixed.request, &body, 1000, false).1, "SignatureDoesNotMatch");
    unchanged("another person's chunks");
}

#[test]
fn a_body_that_ends_too_soon_or_too_late_changes_nothing() {
    let photos = Photos::new(1);
    let (ann, anns) = photos.person("ann");
    let target = format!("/s3/photos/{ann}/a.png");
    let (first, last) = (vec![b'a'; CHUNK], b"the end");
    let parts: [&[u8]; 2] = [&first, last];
    for trailer in [false, true] {
        let whole = Upload::new(&photos, &anns, &target, &parts, trailer).body();
        let find = |what: &[u8]| whole.windows(what.len()).position(|window| window == what).unwrap();
        let end = find(b"\r\n0;chunk-signature=");
        let cuts = [0, 10, 100, CHUNK / 2, find(b"the end"), find(b"the end") + 7, end, end + 2, end + 30];
        for cut in cuts {
            for torn in [false, true] {
                let upload = Upload::new(&photos, &anns, &target, &parts, trailer);
                let (status, _) = send(&photos, upload.request, &whole[..cut], 1000, torn);
                assert!((400..500).contains(&status), "cut at {cut}: {status}");
                assert!(photos.memory.keys().is_empty(), "cut at {cut}");
            }
        }
        // All came, and then the line broke: nobody has said that this was all.
        let upload = Upload::new(&photos, &anns, &target, &parts, trailer);
        let (status, _) = send(&photos, upload.request, &whole, 1000, true);
        assert!((400..500).contains(&status), "{status}");
        let mut longer = whole.clone();
        longer.extend(b"more");
        let upload = Upload::new(&photos, &anns, &target, &parts, trailer);
        let (status, _) = send(&photos, upload.request, &longer, 1000, false);
        assert!((400..500).contains(&status), "{status}");
        assert!(photos.memory.keys().is_empty());
    }
}

#[test]
fn an_object_has_the_length_that_was_signed() {
    let photos = Photos::new(1);
    let (ann, anns) = photos.person("ann");
    let target = format!("/s3/photos/{ann}/a.png");
    for length in ["6", "8", "0", "18446744073709551616", "-1", ""] {
        let mut request = World::request(Method::PUT, &target);
        request.headers.insert("x-amz-decoded-content-length", length.parse().unwrap());
        request.headers.insert("x-amz-trailer", "x-amz-checksum-crc32".parse().unwrap());
        let request = sign_as(
            request,
            &signer(&anns, "s3", photos.world.now()),
            Content::Chunked(Chunking::UnsignedTrailer),
        );
        let body = b"7\r\npicture\r\n0\r\nx-amz-checksum-crc32:AAAAAA==\r\n\r\n";
        let (status, code) = send(&photos, request, body, 5, false);
        assert!((400..500).contains(&status), "{length}: {status} {code}");
        assert_ne!(code, "BadDigest", "{length}: the length is told first");
        assert!(photos.memory.keys().is_empty(), "{length}");
    }
}

#[test]
fn a_body_without_end_that_may_not_be_written_is_not_read_to_its_end() {
    let photos = Photos::new(1);
    let ((_, anns), (ben, _)) = (photos.person("ann"), photos.person("ben"));
    let target = format!("/s3/photos/{ben}/a.png");
    let mut request = World::request(Method::PUT, &target);
    request.headers.insert("content-length", "4000000000".parse().unwrap());
    let mut request = sign_as(request, &signer(&anns, "s3", photos.world.now()), Content::Unsigned);
    request.body = Body::Stream(Box::pin(futures_util::stream::repeat_with(|| Ok(vec![0; 1 << 16]))));
    // A bucket takes gigabytes, though not theirs; what stands before an upstream is bounded before it is proved.
    photos.world.ask(request).denies(403, "AccessDenied");
    assert!(photos.memory.keys().is_empty());
    let mut request = World::request(Method::PUT, "/notes/a");
    request.headers.insert("content-length", "4000000000".parse().unwrap());
    assert_eq!(photos.world.ask(request).status, 413);
}
