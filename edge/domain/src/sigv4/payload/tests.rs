//! Whole bodies: the published ones, every declared checksum, broken framing, and any split.

use base64::{Engine, engine::general_purpose::STANDARD};
use proptest::prelude::*;
use sha2::{Digest, Sha256};

use super::super::{Body, Expected, Request, Scope, SigningKey, Unverified, hex};
use super::*;

const SECRET: &str = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY";
/// 2013-05-24T00:00:00Z, the time of S3's examples.
const TIME: i64 = 1_369_353_600;

/// Checksums of `hello`, reckoned apart from this code.
const HELLO: [(&str, &str); 6] = [
    ("x-amz-checksum-crc32", "NhCmhg=="),
    ("x-amz-checksum-crc32c", "mnG7TA=="),
    ("x-amz-checksum-crc64nvme", "M3eFcAZSQlc="),
    ("x-amz-checksum-sha1", "qvTGHdzF6KLavt4PO0gs2a6pQ00="),
    ("x-amz-checksum-sha256", "LPJNul+wow4m6DsqxbninhsWHlwfp0JecwQzYpOLmCQ="),
    ("content-md5", "XUFAKrxLKna5cZ2REBfFkg=="),
];

/// The headers of an unsigned aws-chunked upload.
fn chunked<'a>(length: &'a str, trailer: &'a str) -> Declared {
    Declared::read(&[("x-amz-decoded-content-length", length), ("x-amz-trailer", trailer)]).unwrap()
}

fn chain() -> Chain {
    let scope = Scope::new("20130524".into(), "us-east-1", "s3");
    Chain::new(SigningKey::derive(SECRET, &scope), TIME, &scope, [7; 32])
}

fn decode(framing: Framing, declared: Declared, pieces: &[&[u8]]) -> Result<(Vec<u8>, Checked), ChunkError> {
    let mut decoder = Decoder::new(framing, declared)?;
    let mut out = Vec::new();
    for piece in pieces {
        decoder.push(piece, &mut out)?;
    }
    Ok((out, decoder.finish()?))
}

/// Writes a signed body the way clients do.
fn signed_body(chunks: &[&[u8]], trailer: Option<(&str, &str)>) -> Vec<u8> {
    let mut chain = chain();
    let mut body = Vec::new();
    for chunk in chunks.iter().copied().chain([&b""[..]]) {
        let signature = chain.chunk(&Sha256::digest(chunk).into());
        assert!(chain.accept(signature, &signature));
        let header = format!("{:x};chunk-signature={}\r\n", chunk.len(), hex::encode(&signature));
        body.extend_from_slice(header.as_bytes());
        if !chunk.is_empty() {
            body.extend_from_slice(chunk);
            body.extend_from_slice(b"\r\n");
        }
    }
    if let Some((name, value)) = trailer {
        let signature = hex::encode(&chain.trailer(&format!("{name}:{value}\n")));
        let lines = format!("{name}:{value}\r\nx-amz-trailer-signature:{signature}\r\n");
        body.extend_from_slice(lines.as_bytes());
    }
    body.extend_from_slice(b"\r\n");
    body
}

/// The framing and declarations of a documented upload, its request's signature verified on the way.
fn documented(signature: &str, content: &str, more: &[(&str, &str)]) -> (Framing, Declared) {
    let mut headers = vec![
        ("host", "s3.amazonaws.com"),
        ("x-amz-date", "20130524T000000Z"),
        ("x-amz-storage-class", "REDUCED_REDUNDANCY"),
        ("x-amz-content-sha256", content),
        ("content-encoding", "aws-chunked"),
        ("x-amz-decoded-content-length", "66560"),
    ];
    headers.extend(more);
    let mut names: Vec<&str> = headers.iter().map(|(name, _)| *name).collect();
    names.sort_unstable();
    let authorization = format!(
        "AWS4-HMAC-SHA256 Credential=AKIAIOSFODNN7EXAMPLE/20130524/us-east-1/s3/aws4_request,\
         SignedHeaders={},Signature={signature}",
        names.join(";")
    );
    headers.push(("authorization", &authorization));
    let path = "/examplebucket/chunkObject.txt";
    let request = Request { method: "PUT", path, query: "", headers: &headers, accept_encoding: None };
    let unverified = Unverified::parse(&request).unwrap();
    let key = SigningKey::derive(SECRET, unverified.scope());
    let verified = unverified.verify(&Expected { services: &["s3"], now: TIME }, &key, Body::Later).unwrap();
    (verified.framing(), Declared::read(&headers).unwrap())
}

fn documented_body(signatures: [&str; 3], end: &str) -> Vec<u8> {
    let [first, second, last] = signatures;
    let mut body = format!("10000;chunk-signature={first}\r\n").into_bytes();
    body.resize(body.len() + 65_536, b'a');
    body.extend_from_slice(format!("\r\n400;chunk-signature={second}\r\n").as_bytes());
    body.resize(body.len() + 1024, b'a');
    body.extend_from_slice(format!("\r\n0;chunk-signature={last}\r\n{end}").as_bytes());
    body
}

#[test]
fn the_documented_chunked_upload_decodes() {
    let (framing, declared) = documented(
        "4f232c4386841ef735655705268965c44a0e4690baa4adea153f7db9fa80a0a9",
        "STREAMING-AWS4-HMAC-SHA256-PAYLOAD",
        &[("content-length", "66824")],
    );
    let body = documented_body(
        [
            "ad80c730a21e5b8d04586a2213dd63b9a0e99e0e2307b0ade35a65485a288648",
            "0055627c9e194cb4542bae2aa5492e3c1575bbb81b612b7d234b86a503ef5497",
            "b6c6ea8a5354eaf15b3cb7646744f4275b71ea724fed81ceb9323e279d449df9",
        ],
        "\r\n",
    );
    assert_eq!(body.len(), 66_824);
    let (out, checked) = decode(framing, declared, &[&body]).unwrap();
    assert_eq!(out, vec![b'a'; 66_560]);
    assert_eq!(checked, Checked { length: 66_560, checksum: None, md5: None });
}

#[test]
fn the_documented_upload_with_a_trailer_decodes_in_every_spelling() {
    let signature = "d81f82fc3505edab99d459891051a732e8730629a2e4a59689829ca17fe2e435";
    for end in [
        format!("x-amz-checksum-crc32c:sOO8/Q==\n\r\nx-amz-trailer-signature:{signature}\r\n\r\n"),
        format!("x-amz-checksum-crc32c:sOO8/Q==\r\nx-amz-trailer-signature:{signature}\r\n\r\n"),
        format!("\r\nX-Amz-Checksum-Crc32c: sOO8/Q==\nx-amz-trailer-signature:{signature}\r\n"),
    ] {
        let (framing, declared) = documented(
            "106e2a8a18243abcf37539882f36619c00e2dfc72633413f02d3b74544bfeb8e",
            "STREAMING-AWS4-HMAC-SHA256-PAYLOAD-TRAILER",
            &[("x-amz-trailer", "x-amz-checksum-crc32c")],
        );
        let body = documented_body(
            [
                "b474d8862b1487a5145d686f57f013e54db672cee1c953b3010fb58501ef5aa2",
                "1c1344b170168f8e65b41376b44b20fe354e373826ccbbe2c1d40a8cae51e5c7",
                "2ca2aba2005185cf7159c6277faf83795951dd77a3a99e6e65d5c9f85863f992",
            ],
            &end,
        );
        let (out, checked) = decode(framing, declared, &[&body]).unwrap();
        assert_eq!(out.len(), 66_560);
        let checksum = Checksum { algorithm: Algorithm::Crc32c, value: "sOO8/Q==".into() };
        assert_eq!(checked.checksum, Some(checksum));
    }
}

#[test]
fn every_declared_checksum_is_held_against_a_plain_body() {
    for (name, value) in HELLO {
        let declared = Declared::read(&[(name, value)]).unwrap();
        let judge = |body| decode(Framing::Plain { sha256: None }, declared.clone(), &[body]);
        let (out, checked) = judge(b"hello").unwrap();
        assert_eq!(out, b"hello");
        match checked.checksum {
            Some(checksum) => {
                assert_eq!((checksum.algorithm.header(), checksum.value.as_str()), (name, value));
            }
            None => assert_eq!(checked.md5.map(|md5| STANDARD.encode(md5)).as_deref(), Some(value)),
        }
        let error = judge(b"hallo").unwrap_err();
        let expected =
            Algorithm::of_header(name).map_or(ChunkError::Md5Mismatch, ChunkError::ChecksumMismatch);
        assert_eq!(error, expected);
    }
}

#[test]
fn every_trailing_checksum_is_held_against_an_unsigned_body() {
    for (name, value) in HELLO.iter().filter(|(name, _)| *name != "content-md5") {
        let judge = |data: &str| {
            let body = format!("2\r\n{}\r\n3\r\n{}\r\n0\r\n{name}:{value}\r\n\r\n", &data[..2], &data[2..]);
            decode(Framing::Unsigned, chunked("5", name), &[body.as_bytes()])
        };
        let (out, checked) = judge("hello").unwrap();
        assert_eq!(out, b"hello");
        assert_eq!(checked.checksum.map(|checksum| checksum.value).as_deref(), Some(*value));
        let algorithm = Algorithm::of_header(name).unwrap();
        assert_eq!(judge("hallo").unwrap_err(), ChunkError::ChecksumMismatch(algorithm));
    }
}

#[test]
fn a_plain_body_has_the_length_and_hash_that_were_declared() {
    let judge = |length: &str, body: &[u8], signed: &[u8]| {
        let declared = Declared::read(&[("content-length", length)]).unwrap();
        let sha256 = Some(Sha256::digest(signed).into());
        decode(Framing::Plain { sha256 }, declared, &[body]).map(|(_, checked)| checked.length)
    };
    assert_eq!(judge("5", b"hello", b"hello"), Ok(5));
    assert_eq!(judge("0", b"", b""), Ok(0));
    assert_eq!(judge("5", b"hallo", b"hello"), Err(ChunkError::ContentSha256Mismatch));
    assert_eq!(judge("4", b"hello", b"hello"), Err(ChunkError::LengthMismatch));
    assert_eq!(judge("6", b"hello", b"hello"), Err(ChunkError::LengthMismatch));
}

#[test]
fn the_kind_of_body_and_its_headers_have_to_agree() {
    let new = |framing, headers: &[(&str, &str)]| {
        Decoder::new(framing, Declared::read(headers).unwrap()).map(|decoder| decoder.expected_length())
    };
    let length = ("x-amz-decoded-content-length", "5");
    let trailer = ("x-amz-trailer", "x-amz-checksum-crc32");
    assert_eq!(new(Framing::Unsigned, &[length, trailer]), Ok(Some(5)));
    assert_eq!(new(Framing::Unsigned, &[trailer]), Err(ChunkError::LengthMissing));
    assert_eq!(new(Framing::Unsigned, &[length]), Err(ChunkError::TrailerNotDeclared));
    let signed = |trailer| Framing::Signed { chain: chain(), trailer };
    assert_eq!(new(signed(true), &[length]), Err(ChunkError::TrailerNotDeclared));
    assert_eq!(new(signed(false), &[length, trailer]), Err(ChunkError::TrailerNotDeclared));
    assert_eq!(new(Framing::Plain { sha256: None }, &[trailer]), Err(ChunkError::TrailerNotDeclared));
}

#[test]
fn broken_framing_is_refused() {
    let header = ChunkError::Malformed("a chunk's header");
    let end = ChunkError::Malformed("the end of the body");
    let trailer = ChunkError::MalformedTrailer;
    let crc = "x-amz-checksum-crc32:NhCmhg==\r\n";
    for (body, error) in [
        (String::new(), end.clone()),
        ("5\r\nhel".into(), end.clone()),
        ("5\r\nhello\r\n".into(), end.clone()),
        ("5\r\nhello\r\n0\r\n".into(), end.clone()),
        ("x\r\n".into(), header.clone()),
        (format!("5;chunk-signature={}\r\nhello", "0".repeat(64)), header),
        ("6\r\n".into(), ChunkError::LengthMismatch),
        ("ffffffffffffffff\r\n".into(), ChunkError::LengthMismatch),
        (format!("4\r\nhell\r\n0\r\n{crc}\r\n"), ChunkError::LengthMismatch),
        ("5\r\nhelloo\r\n".into(), ChunkError::Malformed("the end of a chunk")),
        ("5\r\nhello\n".into(), ChunkError::Malformed("the end of a chunk")),
        ("0".repeat(200), ChunkError::TooLong("a chunk's header")),
        ("5\r\nhello\r\n0\r\n\r\n".into(), trailer.clone()),
        (format!("5\r\nhello\r\n0\r\n{crc}{crc}\r\n"), trailer.clone()),
        ("5\r\nhello\r\n0\r\nx-amz-checksum-sha1:qvTGHdzF6KLavt4PO0gs2a6pQ00=\r\n".into(), trailer.clone()),
        ("5\r\nhello\r\n0\r\nx-amz-checksum-crc32:NhCm\r\n".into(), trailer.clone()),
        ("5\r\nhello\r\n0\r\nx-amz-checksum-crc32\r\n".into(), trailer.clone()),
        (format!("5\r\nhello\r\n0\r\n{crc}x-amz-trailer-signature:{}\r\n", "0".repeat(64)), trailer),
        (format!("5\r\nhello\r\n0\r\nx: {}", "y".repeat(600)), ChunkError::TooLong("a trailer")),
        (format!("5\r\nhello\r\n0\r\n{crc}\r\n0"), ChunkError::AfterEnd),
    ] {
        let declared = chunked("5", "x-amz-checksum-crc32");
        let judged = decode(Framing::Unsigned, declared, &[body.as_bytes()]);
        assert_eq!(judged.unwrap_err(), error, "{body}");
    }
}

#[test]
fn an_error_is_repeated_for_ever_after() {
    let mut decoder = Decoder::new(Framing::Unsigned, chunked("5", "x-amz-checksum-crc32")).unwrap();
    let mut out = Vec::new();
    let error = decoder.push(b"z\r\n", &mut out).unwrap_err();
    assert_eq!(decoder.push(b"5\r\nhello\r\n", &mut out), Err(error.clone()));
    assert_eq!(decoder.finish(), Err(error));
    assert!(out.is_empty());
}

#[test]
fn a_signed_chunk_below_8_kib_is_the_last_one() {
    let judge = |chunks: &[&[u8]]| {
        let length = chunks.iter().map(|chunk| chunk.len()).sum::<usize>().to_string();
        let declared = Declared::read(&[("x-amz-decoded-content-length", &length)]).unwrap();
        let body = signed_body(chunks, None);
        decode(Framing::Signed { chain: chain(), trailer: false }, declared, &[&body])
            .map(|(_, checked)| checked.length)
    };
    let full = [1; 8192];
    assert_eq!(judge(&[&full, &full, b"rest"]), Ok(16_388));
    assert_eq!(judge(&[]), Ok(0));
    assert_eq!(judge(&[&full[1..], b"rest"]), Err(ChunkError::ChunkTooSmall));
}

#[test]
fn signed_trailers_have_to_be_signed() {
    let (name, value) = HELLO[0];
    let whole = signed_body(&[b"hello"], Some((name, value)));
    let text = String::from_utf8(whole).unwrap();
    let (before, signature) = text.split_once("x-amz-trailer-signature:").unwrap();
    let judge = |body: &str| {
        let framing = Framing::Signed { chain: chain(), trailer: true };
        decode(framing, chunked("5", name), &[body.as_bytes()]).map(|(_, checked)| checked.length)
    };
    assert_eq!(judge(&text), Ok(5));
    assert_eq!(judge(before), Err(ChunkError::Malformed("the end of the body")));
    assert_eq!(judge(&format!("{before}\r\n\r\n")), Err(ChunkError::MalformedTrailer));
    let forged = "0".repeat(64);
    assert_eq!(
        judge(&format!("{before}x-amz-trailer-signature:{forged}\r\n\r\n")),
        Err(ChunkError::SignatureDoesNotMatch)
    );
    // Another checksum under the same signature is caught as a forgery, before it is compared.
    let other = text.replace(value, "AAAAAA==");
    assert_eq!(judge(&other), Err(ChunkError::SignatureDoesNotMatch));
    let late = format!(
        "{before}x-amz-trailer-signature:{}{name}:{value}\r\n\r\n",
        signature.trim_end_matches("\r\n").to_owned() + "\r\n"
    );
    assert_eq!(judge(&late), Err(ChunkError::MalformedTrailer));
}

proptest! {
    #[test]
    fn any_split_gives_the_same_object(
        sizes in proptest::collection::vec(8192_usize..9000, 0..3),
        last in 0_usize..50,
        cuts in proptest::collection::vec(any::<prop::sample::Index>(), 0..12),
    ) {
        let object: Vec<u8> = (0..251).cycle().take(sizes.iter().sum::<usize>() + last).collect();
        let mut rest = &object[..];
        let mut chunks = Vec::new();
        for size in sizes {
            let (chunk, after) = rest.split_at(size);
            chunks.push(chunk);
            rest = after;
        }
        if last > 0 {
            chunks.push(rest);
        }
        let checksum = STANDARD.encode(Sha256::digest(&object));
        let body = signed_body(&chunks, Some(("x-amz-checksum-sha256", &checksum)));
        let mut cuts: Vec<usize> = cuts.iter().map(|cut| cut.index(body.len() + 1)).collect();
        cuts.extend([0, body.len()]);
        cuts.sort_unstable();
        let pieces: Vec<&[u8]> = cuts.windows(2).map(|cut| &body[cut[0]..cut[1]]).collect();
        let framing = Framing::Signed { chain: chain(), trailer: true };
        let length = object.len().to_string();
        let (out, checked) = decode(framing, chunked(&length, "x-amz-checksum-sha256"), &pieces).unwrap();
        prop_assert_eq!(out, object);
        prop_assert_eq!(checked.checksum.map(|checksum| checksum.value), Some(checksum));
    }

    #[test]
    fn a_changed_bit_of_a_signed_body_is_refused_or_means_nothing(
        place in any::<prop::sample::Index>(),
        bit in 0_u32..8,
    ) {
        let (name, value) = HELLO[0];
        let mut body = signed_body(&[b"hello"], Some((name, value)));
        let trailers = body.windows(name.len()).position(|window| window == name.as_bytes()).unwrap();
        let place = place.index(body.len());
        body[place] ^= 1 << bit;
        let framing = Framing::Signed { chain: chain(), trailer: true };
        match decode(framing, chunked("5", name), &[&body]) {
            Err(_) => {}
            // Case and white space of a trailer's name mean nothing, nor do the bytes of the very last line
            // end.
            Ok((out, checked)) => {
                prop_assert!(place >= trailers);
                prop_assert_eq!(out, b"hello");
                prop_assert_eq!(checked.checksum.map(|checksum| checksum.value), Some(value.to_owned()));
            }
        }
    }

    #[test]
    fn noise_never_decodes(noise in proptest::collection::vec(any::<u8>(), 0..300), signed in any::<bool>()) {
        let framing =
            if signed { Framing::Signed { chain: chain(), trailer: true } } else { Framing::Unsigned };
        prop_assert!(decode(framing, chunked("5", "x-amz-checksum-crc32"), &[&noise]).is_err());
    }

    #[test]
    fn output_never_outgrows_input(
        pieces in proptest::collection::vec("[0-9a-f]{0,3}(\r\n)?[a-z]{0,20}(\r\n)?", 0..20),
    ) {
        let mut decoder = Decoder::new(Framing::Unsigned, chunked("4095", "x-amz-checksum-crc32")).unwrap();
        let mut out = Vec::new();
        let mut taken = 0;
        for piece in pieces {
            taken += piece.len();
            if decoder.push(piece.as_bytes(), &mut out).is_err() {
                break;
            }
            prop_assert!(out.len() <= taken);
        }
    }
}
