use serde_json::{Value, json};

use super::at_once;
use crate::jose::{Algorithm, BadKey, Jwk, KeySet, Keys as _, PublicKey, native, to_base64url};

fn modulus(bits: usize) -> Vec<u8> {
    let mut n = vec![0xff; bits.div_ceil(8)];
    n[0] = u8::MAX >> (n.len() * 8 - bits);
    n
}

fn jwk(value: Value) -> Result<PublicKey, BadKey> {
    PublicKey::from_jwk(&serde_json::from_value::<Jwk>(value).unwrap())
}

#[test]
fn rsa_keys_are_held_to_their_bounds() {
    let f4 = [1, 0, 1];
    assert!(PublicKey::rsa(&modulus(2048), &f4).is_ok());
    assert!(PublicKey::rsa(&modulus(4096), &f4).is_ok());
    assert!(PublicKey::rsa(&modulus(2048), &[3]).is_ok());
    assert!(PublicKey::rsa(&modulus(2048), &[1, 0xff, 0xff, 0xff, 0xff]).is_ok());
    let mut even = modulus(2048);
    *even.last_mut().unwrap() = 0xfe;
    let refused: [(&str, &[u8], &[u8], BadKey); 10] = [
        ("a short modulus", &modulus(2047), &f4, BadKey::Size),
        ("a long modulus", &modulus(4097), &f4, BadKey::Size),
        ("no modulus", &[], &f4, BadKey::Size),
        ("a modulus of zeros", &[0; 256], &f4, BadKey::Size),
        ("an even modulus", &even, &f4, BadKey::Value),
        ("no exponent", &modulus(2048), &[], BadKey::Value),
        ("exponent one", &modulus(2048), &[1], BadKey::Value),
        ("an even exponent", &modulus(2048), &[4], BadKey::Value),
        ("exponent 2^33 + 1", &modulus(2048), &[2, 0, 0, 0, 1], BadKey::Value),
        ("an exponent of nine bytes", &modulus(2048), &[1, 0, 0, 0, 0, 0, 0, 0, 1], BadKey::Size),
    ];
    for (case, n, e, expected) in refused {
        assert_eq!(PublicKey::rsa(n, e).err(), Some(expected), "{case}");
    }
}

#[test]
fn leading_zeros_do_not_make_another_key() {
    let plain = PublicKey::rsa(&modulus(2048), &[1, 0, 1]).unwrap();
    let padded = PublicKey::rsa(&[vec![0], modulus(2048)].concat(), &[0, 1, 0, 1]).unwrap();
    assert_eq!(plain.kid(), padded.kid());
    assert_eq!(plain, padded);
}

#[test]
fn a_published_key_declared_for_something_else_is_refused() {
    let n = to_base64url(modulus(2048));
    let coordinate = to_base64url([7; 32]);
    let refused = [
        (json!({"kty": "RSA", "n": n, "e": "AQAB", "use": "enc"}), BadKey::Purpose),
        (json!({"kty": "RSA", "n": n, "e": "AQAB", "alg": "RSA-OAEP"}), BadKey::Purpose),
        (json!({"kty": "RSA", "n": n, "e": "AQAB", "alg": "HS256"}), BadKey::Purpose),
        (json!({"kty": "RSA", "n": n, "e": "AQAB", "alg": "PS256"}), BadKey::Purpose),
        (json!({"kty": "RSA", "n": n, "e": "AQAB", "alg": "ES256"}), BadKey::Purpose),
        (json!({"kty": "RSA", "n": n, "e": "AQAB", "key_ops": ["sign"]}), BadKey::Purpose),
        (json!({"kty": "RSA", "n": format!("{n}=="), "e": "AQAB"}), BadKey::Encoding),
        (json!({"kty": "RSA", "n": "A".repeat(701), "e": "AQAB"}), BadKey::Size),
        (json!({"kty": "EC", "crv": "P-384", "x": coordinate, "y": coordinate}), BadKey::Kind),
        (json!({"kty": "EC", "crv": "P-256", "x": to_base64url([7; 31]), "y": coordinate}), BadKey::Size),
        (json!({"kty": "EC", "crv": "P-256", "x": to_base64url([7; 33]), "y": coordinate}), BadKey::Size),
        (json!({"kty": "oct", "k": "c2VjcmV0"}), BadKey::Kind),
        (json!({"kty": "OKP", "crv": "Ed25519", "x": coordinate}), BadKey::Kind),
    ];
    for (value, expected) in refused {
        assert_eq!(jwk(value.clone()).err(), Some(expected), "{value}");
    }
    assert!(jwk(json!({"kty": "RSA", "n": n, "e": "AQAB", "use": "sig", "key_ops": ["verify"]})).is_ok());
}

#[test]
fn what_is_published_reads_back_as_the_same_keys() {
    let keys = native::Keys::with_pregenerated();
    let pairs = [Algorithm::Rs256, Algorithm::Rs512, Algorithm::Es256]
        .map(|algorithm| (at_once(keys.generate(algorithm)).unwrap().public, algorithm));
    let published: Vec<Jwk> = pairs.iter().map(|(key, algorithm)| key.to_jwk(*algorithm)).collect();
    let document = json!({ "keys": published });
    for (published, (key, algorithm)) in document["keys"].as_array().unwrap().iter().zip(&pairs) {
        assert_eq!(published["use"], "sig");
        assert_eq!(published["alg"], algorithm.name());
        assert_eq!(published["kid"], key.kid());
    }
    let members = |index: usize| -> Vec<String> {
        let mut names: Vec<_> = document["keys"][index].as_object().unwrap().keys().cloned().collect();
        names.sort();
        names
    };
    assert_eq!(members(0), ["alg", "e", "kid", "kty", "n", "use"]);
    assert_eq!(members(2), ["alg", "crv", "kid", "kty", "use", "x", "y"]);

    let set = KeySet::parse(document.to_string().as_bytes()).unwrap();
    for (key, algorithm) in &pairs {
        let found: Vec<_> = set.candidates(Some(&key.kid()), *algorithm).collect();
        assert_eq!(found, [key]);
        assert_eq!(set.candidates(None, *algorithm).collect::<Vec<_>>(), [key], "by `alg` alone");
    }
    assert_eq!(set.candidates(Some("another"), Algorithm::Es256).count(), 0);
}

#[test]
fn a_set_passes_over_what_it_cannot_use() {
    let key = at_once(native::Keys::new().generate(Algorithm::Es256)).unwrap().public;
    let document = json!({"keys": [
        null, 7, {}, {"kty": "XYZ", "alg": "new"}, {"kty": "oct", "k": "AA"}, {"kty": "RSA", "n": "AQ", "e": "AQ"},
        key.to_jwk(Algorithm::Es256),
    ], "more": true});
    let set = KeySet::parse(document.to_string().as_bytes()).unwrap();
    assert_eq!(set.candidates(None, Algorithm::Es256).collect::<Vec<_>>().len(), 1);
}

#[test]
fn a_set_out_of_bounds_is_refused() {
    let key = at_once(native::Keys::new().generate(Algorithm::Es256)).unwrap().public;
    let set = |count| json!({"keys": vec![key.to_jwk(Algorithm::Es256); count]}).to_string();
    assert!(KeySet::parse(set(32).as_bytes()).is_ok());
    assert!(KeySet::parse(set(33).as_bytes()).is_err());
    assert!(KeySet::parse(format!("{}{}", set(1), " ".repeat(256 * 1024)).as_bytes()).is_err());
    for text in ["", "{}", "[]", r#"{"keys":{}}"#, r#"{"keys":[]"#] {
        assert!(KeySet::parse(text.as_bytes()).is_err(), "{text}");
    }
}
