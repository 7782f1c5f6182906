use proptest::prelude::*;
use serde_json::{Value, json};

use super::at_once;
use crate::jose::{
    Algorithm, Audience, Claims, EncodeFault, Expected, Header, KeyFault, KeyPair, Keys as _, MAX_TOKEN,
    Malformed, Objection, PrivateKey, PublicKey, Rejected, Unverified, encode, header, native, object,
    to_base64url,
};

const NOW: i64 = 1_800_000_000;

fn pair(algorithm: Algorithm) -> KeyPair {
    at_once(native::Keys::with_pregenerated().generate(algorithm)).unwrap()
}

fn issue(pair: &KeyPair, algorithm: Algorithm, claims: &Value) -> String {
    let header = header(algorithm, pair.public.kid());
    at_once(encode(&header, claims, &native::Keys::new(), &pair.private)).unwrap()
}

/// A token over exactly these bytes, whatever they are.
fn signed(pair: &KeyPair, header: &str, payload: &str) -> String {
    let signed = format!("{}.{}", to_base64url(header), to_base64url(payload));
    let signature = at_once(native::Keys::new().sign(&pair.private, Algorithm::Es256, signed.as_bytes()));
    format!("{signed}.{}", to_base64url(signature.unwrap()))
}

fn verify(token: &str, key: &PublicKey) -> Result<Claims, Rejected> {
    let token = Unverified::parse(token).unwrap();
    at_once(token.verify(&native::Keys::new(), key)).map(super::super::Verified::into_inner)
}

fn claims(value: &Value) -> Claims {
    Claims::new(object::parse(value.to_string().as_bytes()).unwrap())
}

#[test]
fn an_issued_token_verifies_with_its_own_key_and_no_other() {
    for algorithm in [Algorithm::Rs256, Algorithm::Rs512, Algorithm::Es256] {
        let keys = native::Keys::with_pregenerated();
        let pair = at_once(keys.generate(algorithm)).unwrap();
        let other = at_once(keys.generate(algorithm)).unwrap();
        let token = issue(&pair, algorithm, &json!({"iss": "pool", "sub": "ann"}));

        let read = Unverified::parse(&token).unwrap();
        assert_eq!(read.kid(), Some(pair.public.kid().as_str()));
        assert_eq!(read.algorithm(), algorithm);
        assert_eq!(read.typ(), None);
        assert_eq!(read.issuer().as_deref(), Some("pool"));
        assert_eq!(verify(&token, &pair.public).unwrap().text("sub"), Some("ann"));
        assert_eq!(verify(&token, &other.public).unwrap_err(), Rejected::Signature);
    }
}

#[test]
fn a_key_declared_for_one_algorithm_proves_no_other() {
    let keys = native::Keys::with_pregenerated();
    let rsa = at_once(keys.generate(Algorithm::Rs256)).unwrap();
    let ec = pair(Algorithm::Es256);
    let token = issue(&rsa, Algorithm::Rs512, &json!({}));
    assert_eq!(verify(&token, &rsa.public).unwrap_err(), Rejected::Key, "pinned to RS256");
    assert_eq!(verify(&token, &ec.public).unwrap_err(), Rejected::Key, "another kind");
    let unpinned = match rsa.public.material() {
        crate::jose::Material::Rsa { n, e } => PublicKey::rsa(n, e).unwrap(),
        crate::jose::Material::P256 { .. } => panic!("an RSA key"),
    };
    assert!(verify(&token, &unpinned).is_ok());
}

#[test]
fn a_point_off_the_curve_is_no_key() {
    let token = issue(&pair(Algorithm::Es256), Algorithm::Es256, &json!({}));
    for (x, y) in [([0; 32], [0; 32]), ([1; 32], [1; 32]), ([0xff; 32], [0xff; 32])] {
        assert_eq!(verify(&token, &PublicKey::p256(&x, &y).unwrap()).unwrap_err(), Rejected::Key);
    }
}

#[test]
fn a_signature_of_another_shape_is_wrong_rather_than_a_fault() {
    let (rsa, ec) = (pair(Algorithm::Rs256), pair(Algorithm::Es256));
    for (pair, algorithm) in [(rsa, Algorithm::Rs256), (ec, Algorithm::Es256)] {
        let token = issue(&pair, algorithm, &json!({}));
        let (signed, _) = token.rsplit_once('.').unwrap();
        for length in [0, 1, 63, 64, 65, 72, 255, 256, 257, 512] {
            for byte in [0, 1, 0xff] {
                let forged = format!("{signed}.{}", to_base64url(vec![byte; length]));
                assert_eq!(
                    verify(&forged, &pair.public).unwrap_err(),
                    Rejected::Signature,
                    "{length} × {byte}"
                );
            }
        }
    }
}

#[test]
fn malformed_tokens_are_refused() {
    let with = |header: &str| format!("{}.{}.AAAA", to_base64url(header), to_base64url("{}"));
    let good = to_base64url(r#"{"alg":"ES256"}"#);
    let deep = format!(r#"{{"alg":"ES256","x":{}}}"#, "[".repeat(4000));
    let cases = [
        (String::new(), Malformed::Parts),
        (".".to_owned(), Malformed::Parts),
        ("..".to_owned(), Malformed::Header),
        ("...".to_owned(), Malformed::Parts),
        (good.clone(), Malformed::Parts),
        (format!("{good}.e30"), Malformed::Parts),
        (format!("{good}.e30.AAAA.AAAA"), Malformed::Parts),
        (format!("{good}.e30.a.b.c"), Malformed::Parts),
        (format!("{good}.e30.AAAA="), Malformed::Encoding),
        (format!("{good}.e30.AAA+"), Malformed::Encoding),
        (format!("{good}.e30.AA AA"), Malformed::Encoding),
        (format!("{good}.e30.AAAA\n"), Malformed::Encoding),
        (format!(" {good}.e30.AAAA"), Malformed::Encoding),
        (format!("{good}.e30.AB"), Malformed::Encoding),
        (format!("{good}.e30.A"), Malformed::Encoding),
        (format!("{good}.e30=.AAAA"), Malformed::Encoding),
        (format!("{good}.é.AAAA"), Malformed::Encoding),
        (with(""), Malformed::Header),
        (with("null"), Malformed::Header),
        (with("[]"), Malformed::Header),
        (with(r#""ES256""#), Malformed::Header),
        (with(r#"{"alg":"ES256""#), Malformed::Header),
        (with(r#"{"alg":"ES256"}{}"#), Malformed::Header),
        (with(r#"{"alg":"ES256","alg":"ES256"}"#), Malformed::Header),
        (with(r#"{"alg":"ES256","x":1,"x":2}"#), Malformed::Header),
        (with(r#"{"alg":"ES256","kid":7}"#), Malformed::Header),
        (with(r#"{"alg":"ES256","typ":{}}"#), Malformed::Header),
        (with(&deep), Malformed::Header),
        (with(r#"{"typ":"JWT"}"#), Malformed::Algorithm),
        (with(r#"{"alg":null}"#), Malformed::Algorithm),
        (with(r#"{"alg":["ES256"]}"#), Malformed::Algorithm),
        (with(r#"{"alg":"none"}"#), Malformed::Algorithm),
        (with(r#"{"alg":"None"}"#), Malformed::Algorithm),
        (with(r#"{"alg":"es256"}"#), Malformed::Algorithm),
        (with(r#"{"alg":"ES256 "}"#), Malformed::Algorithm),
        (with(r#"{"alg":"HS256"}"#), Malformed::Algorithm),
        (with(r#"{"alg":"PS256"}"#), Malformed::Algorithm),
        (with(r#"{"alg":"RS384"}"#), Malformed::Algorithm),
        (with(r#"{"alg":"ES384"}"#), Malformed::Algorithm),
        (with(r#"{"alg":"ES256","crit":["b64"],"b64":false}"#), Malformed::Critical),
        (with(r#"{"alg":"ES256","crit":[]}"#), Malformed::Critical),
        (with(r#"{"alg":"ES256","crit":null}"#), Malformed::Critical),
        (format!("{good}.{}.AAAA", "A".repeat(MAX_TOKEN)), Malformed::TooLong),
    ];
    for (token, expected) in cases {
        assert_eq!(Unverified::parse(&token).err(), Some(expected), "{token}");
    }
    assert!(Unverified::parse(&with(r#"{"alg":"ES256","typ":"JWT","new":{}}"#)).is_ok());
}

#[test]
fn a_key_in_the_header_is_never_looked_at() {
    let (ours, theirs) = (pair(Algorithm::Es256), pair(Algorithm::Es256));
    let mut header = header(Algorithm::Es256, ours.public.kid());
    header.jwk = Some(theirs.public.to_jwk(Algorithm::Es256));
    let token = at_once(encode(&header, &json!({}), &native::Keys::new(), &theirs.private)).unwrap();
    assert_eq!(verify(&token, &ours.public).unwrap_err(), Rejected::Signature);
}

#[test]
fn a_signed_payload_must_be_an_object_with_unique_names() {
    let pair = pair(Algorithm::Es256);
    for payload in ["", "null", "[]", "7", r#""text""#, "{", r#"{"sub":"a","sub":"b"}"#, "{} {}"] {
        let token = signed(&pair, r#"{"alg":"ES256"}"#, payload);
        assert_eq!(verify(&token, &pair.public).unwrap_err(), Rejected::Payload, "{payload}");
    }
    assert!(verify(&signed(&pair, r#"{"alg":"ES256"}"#, " {\r\n} "), &pair.public).is_ok());
}

#[test]
fn an_issuer_that_is_no_string_routes_nowhere() {
    let pair = pair(Algorithm::Es256);
    for payload in ["", "[]", "{}", r#"{"iss":7}"#, r#"{"iss":null}"#, r#"{"iss":"a","iss":"b"}"#] {
        let token = signed(&pair, r#"{"alg":"ES256"}"#, payload);
        assert_eq!(Unverified::parse(&token).unwrap().issuer(), None, "{payload}");
    }
}

#[test]
fn claims_are_held_against_clock_issuer_and_audience() {
    let expected = Expected { issuer: "pool", audience: Audience::AnyOf(&["app", "other"]), leeway: 60 };
    let good = json!({"iss": "pool", "aud": "app", "exp": NOW + 1, "nbf": NOW, "iat": NOW});
    assert_eq!(claims(&good).check(&expected, NOW), Ok(()));
    let cases: [(&str, Value, Result<(), Objection>); 27] = [
        ("exp", Value::Null, Err(Objection::Malformed("exp"))),
        ("exp", json!("1800000001"), Err(Objection::Malformed("exp"))),
        ("exp", json!(true), Err(Objection::Malformed("exp"))),
        ("exp", json!(1e300), Err(Objection::Malformed("exp"))),
        ("exp", json!(u64::MAX), Err(Objection::Malformed("exp"))),
        ("exp", json!(-1), Err(Objection::Expired)),
        ("exp", json!(NOW - 59), Ok(())),
        ("exp", json!(NOW - 60), Err(Objection::Expired)),
        ("exp", json!(1_799_999_940.9), Err(Objection::Expired)),
        ("exp", json!(1_799_999_941.5), Ok(())),
        ("nbf", json!(NOW + 60), Ok(())),
        ("nbf", json!(NOW + 61), Err(Objection::NotYetValid)),
        ("nbf", json!("now"), Err(Objection::Malformed("nbf"))),
        ("iat", json!(NOW + 60), Ok(())),
        ("iat", json!(NOW + 61), Err(Objection::IssuedInTheFuture)),
        ("iat", json!([]), Err(Objection::Malformed("iat"))),
        ("iss", json!("pool2"), Err(Objection::Issuer)),
        ("iss", json!("Pool"), Err(Objection::Issuer)),
        ("iss", json!(["pool"]), Err(Objection::Malformed("iss"))),
        ("aud", json!("other"), Ok(())),
        ("aud", json!(["third", "other"]), Ok(())),
        ("aud", json!(["third"]), Err(Objection::Audience)),
        ("aud", json!([]), Err(Objection::Audience)),
        ("aud", json!("app,other"), Err(Objection::Audience)),
        ("aud", json!(["app", 7]), Err(Objection::Malformed("aud"))),
        ("aud", json!({"app": true}), Err(Objection::Malformed("aud"))),
        ("sub", json!(7), Ok(())),
    ];
    for (name, value, verdict) in cases {
        let mut changed = good.clone();
        changed[name] = value.clone();
        assert_eq!(claims(&changed).check(&expected, NOW), verdict, "{name}: {value}");
    }
    for (name, verdict) in [
        ("exp", Err(Objection::Missing("exp"))),
        ("iss", Err(Objection::Missing("iss"))),
        ("aud", Err(Objection::Missing("aud"))),
        ("nbf", Ok(())),
        ("iat", Ok(())),
    ] {
        let mut without = good.clone();
        without.as_object_mut().unwrap().remove(name);
        assert_eq!(claims(&without).check(&expected, NOW), verdict, "without {name}");
    }
}

#[test]
fn leeway_has_a_ceiling_and_a_floor() {
    let expired = claims(&json!({"iss": "pool", "exp": NOW - 60}));
    let fresh = claims(&json!({"iss": "pool", "exp": NOW + 1}));
    let expected = |leeway| Expected { issuer: "pool", audience: Audience::Unchecked, leeway };
    assert_eq!(expired.check(&expected(3600), NOW), Err(Objection::Expired));
    assert_eq!(fresh.check(&expected(-3600), NOW), Ok(()));
    assert_eq!(fresh.check(&expected(i64::MAX), i64::MAX), Err(Objection::Expired));
    assert_eq!(fresh.check(&expected(i64::MIN), i64::MIN), Ok(()));
}

#[test]
fn an_empty_list_of_audiences_admits_nobody() {
    let expected = Expected { issuer: "pool", audience: Audience::AnyOf(&[]), leeway: 0 };
    for aud in [json!(""), json!([]), json!("app")] {
        let claims = claims(&json!({"iss": "pool", "exp": NOW + 1, "aud": aud}));
        assert_eq!(claims.check(&expected, NOW), Err(Objection::Audience));
    }
}

#[test]
fn nothing_is_issued_that_could_not_be_read_back() {
    let pair = pair(Algorithm::Es256);
    let issue = |header: &Header, length| {
        at_once(encode(header, &json!({"x": "x".repeat(length)}), &native::Keys::new(), &pair.private))
    };
    let ours = header(Algorithm::Es256, "k");
    let (mut fits, mut fails) = (0, MAX_TOKEN);
    while fits + 1 < fails {
        let length = usize::midpoint(fits, fails);
        if issue(&ours, length).is_ok() { fits = length } else { fails = length }
    }
    assert!(fits > MAX_TOKEN / 2);
    assert!(Unverified::parse(&issue(&ours, fits).unwrap()).is_ok());
    assert_eq!(issue(&ours, fails), Err(EncodeFault::TooLong));
    assert_eq!(issue(&ours, MAX_TOKEN), Err(EncodeFault::TooLong));
    assert_eq!(issue(&Header::default(), 0), Err(EncodeFault::Shape), "HS256");
}

#[test]
fn a_private_key_that_is_none_signs_nothing() {
    let garbage = PrivateKey::from_pkcs8(b"not a key".to_vec()).unwrap();
    let ec = pair(Algorithm::Es256);
    for (key, algorithm) in
        [(&garbage, Algorithm::Es256), (&garbage, Algorithm::Rs256), (&ec.private, Algorithm::Rs256)]
    {
        let answer = at_once(native::Keys::new().sign(key, algorithm, b"message"));
        assert_eq!(answer, Err(KeyFault::Unusable));
    }
    assert!(PrivateKey::from_pkcs8(Vec::new()).is_err());
    assert!(PrivateKey::from_pkcs8(vec![0x30; 4097]).is_err());
}

#[test]
fn secrets_do_not_print() {
    let pair = pair(Algorithm::Es256);
    assert_eq!(format!("{:?}", pair.private), "PrivateKey(..)");
    let token = issue(&pair, Algorithm::Es256, &json!({"email": "ann@example.com"}));
    let unverified = Unverified::parse(&token).unwrap();
    let printed = format!("{unverified:?} {:?}", verify(&token, &pair.public).unwrap());
    for secret in token.split('.').skip(1).chain(["ann@example.com"]) {
        assert!(!printed.contains(secret), "{printed}");
    }
}

#[test]
fn pregenerated_keys_of_one_instance_differ() {
    let keys = native::Keys::with_pregenerated();
    let [first, second] = [(); 2].map(|()| at_once(keys.generate(Algorithm::Rs256)).unwrap().public.kid());
    assert_ne!(first, second);
    let again = at_once(native::Keys::with_pregenerated().generate(Algorithm::Rs512)).unwrap();
    assert_eq!(again.public.kid(), first, "made once a process");
    assert_eq!(again.public.algorithm(), Some(Algorithm::Rs512));
}

proptest! {
    #[test]
    fn parsing_never_panics(token in "\\PC*") {
        let _ = Unverified::parse(&token);
    }

    #[test]
    fn parsing_what_looks_like_a_token_never_panics(
        header in "[\\PC]{0,40}",
        members in prop::collection::vec(("alg|kid|typ|crit|jwk|x5c|[a-z]{0,3}", "null|7|\"ES256\"|\"RS256\"|\\[\\]|\\{\\}"), 0..6),
        payload in prop::collection::vec(any::<u8>(), 0..64),
        signature in prop::collection::vec(any::<u8>(), 0..80),
    ) {
        let object: Vec<String> = members.iter().map(|(name, value)| format!("\"{name}\":{value}")).collect();
        for header in [header, format!("{{{}}}", object.join(","))] {
            let token = [header.as_bytes(), &payload, &signature].map(to_base64url).join(".");
            if let Ok(token) = Unverified::parse(&token) {
                let _ = (token.kid(), token.typ(), token.issuer());
                let key = PublicKey::p256(&[1; 32], &[1; 32]).unwrap();
                prop_assert!(at_once(token.verify(&native::Keys::new(), &key)).is_err());
            }
        }
    }

    #[test]
    fn no_changed_character_survives(at in any::<prop::sample::Index>(), with in "[A-Za-z0-9_.=-]") {
        let pair = pair(Algorithm::Es256);
        let token = issue(&pair, Algorithm::Es256, &json!({"sub": "ann"}));
        let at = at.index(token.len());
        let mut changed = token.clone();
        changed.replace_range(at..=at, &with);
        prop_assume!(changed != token);
        if let Ok(changed) = Unverified::parse(&changed) {
            prop_assert!(at_once(changed.verify(&native::Keys::new(), &pair.public)).is_err());
        }
    }
}
